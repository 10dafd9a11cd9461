import { type Inputs, rows, type SharedName, UNKNOWN } from "../scheduledTask/fields";
import type { State } from "../scheduledTask/state";

export type ByKey<T> = { readonly [key: string]: T };

/** Of a map with keys of a user's choice: `constructor` is one, and every object inherits a value of that name. */
export const atKey = <T>(map: ByKey<T> | undefined, key: string): T | undefined =>
  map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;

/** Fields that a fleet declares once, for the tasks that have no value of their own. */
export type Shared = Pick<Inputs, SharedName>;

export const sharedNames = rows.filter(({ shared }) => shared).map(({ name }) => name) as SharedName[];

export const fleetInputNames: readonly string[] = ["tasks", ...sharedNames];

/** What a program declares: tasks by a key of its choice, which is the name of a task that declares none. */
export interface FleetInputs extends Shared {
  readonly tasks?: ByKey<Inputs>;
}

/** What is known of the deployed tasks. A task has no value of its own where it has the shared one. */
export interface FleetState extends Shared {
  readonly tasks?: ByKey<State>;
  /** Ids of the tasks that are live. */
  readonly taskIds?: ByKey<string>;
}

/** A live task of a fleet, with what it shares. */
export interface Member {
  readonly key: string;
  readonly id: string;
  readonly state: State;
}

export const isSharedName = (name: string): name is SharedName => sharedNames.some((shared) => shared === name);

export const sharedOf = (fleet: Shared): Shared =>
  Object.fromEntries(sharedNames.flatMap((name) => (fleet[name] === undefined ? [] : [[name, fleet[name]]])));

/** The tasks with what they share; of one that is unknown as a whole nothing is known. */
export function tasksOf(fleet: FleetInputs): ByKey<Inputs> {
  if (fleet.tasks === undefined || isAllUnknown(fleet.tasks)) return {};
  const shared = sharedOf(fleet);
  const entries = Object.entries(fleet.tasks);
  return Object.fromEntries(entries.map(([key, task]) => [key, isAllUnknown(task) ? task : { ...shared, ...task }]));
}

export function membersOf(fleet: FleetState): Member[] {
  const tasks: ByKey<State> = tasksOf(fleet);
  return Object.entries(fleet.taskIds ?? {}).map(([key, id]) => ({ key, id, state: atKey(tasks, key) ?? {} }));
}

/** @param like what the tasks share, and what each declares by itself, be it the same */
export const fleetOf = (members: readonly Member[], like: FleetInputs): FleetState => ({
  ...sharedOf(like),
  tasks: Object.fromEntries(members.map(({ key, state }) => [key, ownOf(state, like, atKey(like.tasks, key))])),
  taskIds: Object.fromEntries(members.map(({ key, id }) => [key, id])),
});

/** A task without what it shares, unless it is declared as its own. */
export function ownOf<T extends Inputs>(task: T, shared: Shared, declared: Inputs = {}): T {
  if (isAllUnknown(task)) return task;
  const isOwn = ([name, value]: readonly [string, unknown]): boolean =>
    !isSharedName(name) || shared[name] !== value || Object.hasOwn(declared, name);
  return Object.fromEntries(Object.entries(task).filter(isOwn)) as T;
}

/** Where a task stands in the inputs, as the engine writes paths. */
export const pathOfKey = (key: string): string =>
  /^[\w-]+$/.test(key) ? `tasks.${key}` : `tasks[${JSON.stringify(key)}]`;

/** Whether nothing of a value is known in this preview; of one that holds an unknown the rest is known. */
export const isAllUnknown = (value: unknown): boolean => value === UNKNOWN;
