import { type Inputs, mayHave, row, rows, type SharedName, UNKNOWN } from "../scheduledTask/fields";
import type { State } from "../scheduledTask/state";
import { equal } from "../scheduledTask/wire";

export type ByKey<T> = { readonly [key: string]: T };

/** Of a map with keys of a user's choice: `constructor` is one, and every object inherits a value of that name. */
export const atKey = <T>(map: ByKey<T> | undefined, key: string): T | undefined =>
  map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;

/** Fields that a fleet declares once, for the tasks that have a use for them and no value of their own. */
export type Shared = Pick<Inputs, SharedName>;

export const sharedNames = rows.filter(({ identifies }) => !identifies).map(({ name }) => name) as SharedName[];

const allSharedNames: ReadonlySet<string> = new Set(sharedNames);

export const fleetInputNames: readonly string[] = ["tasks", ...sharedNames];

/** What a program declares: tasks by a key of its choice, which is the name of a task that declares none. */
export interface FleetInputs extends Shared {
  readonly tasks?: ByKey<Inputs>;
}

/** A task in the state of its fleet: without a value where it has the shared one. */
export type FleetTask = State & {
  /** Shared fields of which the live task has no value. */
  readonly lacks?: readonly SharedName[];
};

/** What is known of the deployed tasks. */
export interface FleetState extends Shared {
  readonly tasks?: ByKey<FleetTask>;
  /** Ids of the tasks that are live. */
  readonly taskIds?: ByKey<string>;
}

/** A live task of a fleet, with what it shares. */
export interface Member {
  readonly key: string;
  readonly id: string;
  readonly state: State;
}

export const isSharedName = (name: string): name is SharedName => allSharedNames.has(name);

export const sharedOf = (fleet: Shared): Shared =>
  Object.fromEntries(sharedNames.flatMap((name) => (fleet[name] === undefined ? [] : [[name, fleet[name]]])));

/** A task with what it shares, which is no field of another schedule or action. */
export function withShared(task: Inputs, shared: Shared): Inputs {
  const whole = { ...shared, ...task };
  const had = Object.entries(whole).filter(
    ([name]) => Object.hasOwn(task, name) || !isSharedName(name) || mayHave(whole, row(name)),
  );
  return Object.fromEntries(had);
}

/** A task of a state with what it shares, but for what it lacks. */
export function wholeTask({ lacks = [], ...task }: FleetTask, shared: Shared): State {
  const had = Object.entries(withShared(task, shared)).filter(([name]) => !lacks.some((lacking) => lacking === name));
  return Object.fromEntries(had);
}

/** The tasks with what they share; of one that is unknown as a whole nothing is known. */
export function tasksOf(fleet: FleetInputs | FleetState): ByKey<State> {
  if (fleet.tasks === undefined || isAllUnknown(fleet.tasks)) return {};
  const shared = sharedOf(fleet);
  const entries = Object.entries(fleet.tasks);
  return Object.fromEntries(entries.map(([key, task]) => [key, isAllUnknown(task) ? task : wholeTask(task, shared)]));
}

export function membersOf(fleet: FleetState): Member[] {
  const tasks = tasksOf(fleet);
  return Object.entries(fleet.taskIds ?? {}).map(([key, id]) => ({ key, id, state: atKey(tasks, key) ?? {} }));
}

/** @param like what the tasks share, and what each declares by itself, be it the same */
export function fleetOf(members: readonly Member[], like: FleetInputs): FleetState {
  const shared = sharedOf(like);
  const keptOf = ({ key, state }: Member): FleetTask => {
    const own = ownOf(state, shared, atKey(like.tasks, key));
    const lacks = Object.keys(withShared(own, shared))
      .filter(isSharedName)
      .filter((name) => state[name] === undefined);
    return lacks.length > 0 ? { ...own, lacks } : own;
  };
  return {
    ...shared,
    tasks: Object.fromEntries(members.map((member) => [member.key, keptOf(member)])),
    taskIds: Object.fromEntries(members.map(({ key, id }) => [key, id])),
  };
}

/** A task without what it shares, unless it is declared as its own. */
function ownOf(task: State, shared: Shared, declared: Inputs = {}): State {
  const isOwn = ([name, value]: readonly [string, unknown]): boolean =>
    value !== undefined &&
    (!isSharedName(name) ||
      shared[name] === undefined ||
      Object.hasOwn(declared, name) ||
      !mayHave(task, row(name)) ||
      !equal(row(name), shared[name], value));
  return Object.fromEntries(Object.entries(task).filter(isOwn));
}

const namedAtMost = 3;

/** Keys as a message names them: the first ones, and how many more there are. */
export const someOf = (keys: readonly string[]): string =>
  keys.length > namedAtMost
    ? `${keys.slice(0, namedAtMost).join(", ")} and ${keys.length - namedAtMost} more`
    : keys.join(", ");

/** Where a task stands in the inputs, as the engine writes paths. */
export const pathOfKey = (key: string): string =>
  /^[\w-]+$/.test(key) ? `tasks.${key}` : `tasks[${JSON.stringify(key)}]`;

/** Whether nothing of a value is known in this preview; of one that holds an unknown the rest is known. */
export const isAllUnknown = (value: unknown): boolean => value === UNKNOWN;
