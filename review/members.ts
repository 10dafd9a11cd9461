/** The tasks of a fleet in a preview, each by the key that the program gives it now; pure. */
import { type Inputs, rows, UNKNOWN } from "../provider/scheduledTask/fields";
import type { State } from "../provider/scheduledTask/state";
import {
  atKey,
  type ByKey,
  type FleetState,
  type FleetTask,
  fleetOf as fleetFrom,
  isAllUnknown,
  type Member,
  membersOf,
  pathOfKey,
  sharedNames,
  sharedOf,
  wholeTask,
  tasksOf as withShared,
} from "../provider/scheduledTaskFleet/fleet";
import { unpackFleet } from "../provider/scheduledTaskFleet/packed";
import { type Step, stepsOf } from "../provider/scheduledTaskFleet/steps";
import { MASK, type PreviewedResource, type Values } from "./preview";
import { fieldsOf, namesIn, secretIn, type Versions, without } from "./versions";

/**
 * What an `up` does follows from the live tasks, since it updates a fleet that was read; what drifted, from the state.
 * Tasks that are gone are those of the state that are not live.
 */
export function membersIn(resource: PreviewedResource): Versions[] {
  const [before = [], live = []] = [fleetOf(resource.state), fleetOf(resource.live)].map(membersOf);
  const alive = new Map(live.map((member) => [member.id, member.state]));
  const states = new Map(before.map((member) => [member.id, member.state]));
  const gone = new Map(before.filter(({ id }) => !alive.has(id)).map((member) => [member.key, member]));
  const wanted = wantedIn(resource, live, gone);
  const common = commonOf(resource);
  if (wanted === undefined) return [{ ...common(""), declaredAs: resource.name, ...whollyUnknown }];
  const versions = comparableSteps(live, wanted).map((step): Versions => {
    if (step.kind === "create") {
      const lost = gone.get(step.key);
      gone.delete(step.key);
      const [id, state] = [lost?.id, lost?.state];
      return { ...common(step.key), ...wantedOf(atKey(wanted, step.key)), id, state, fate: "changed" };
    }
    const { id, key: oldKey } = step.member;
    const key = step.kind === "delete" ? oldKey : step.key;
    const own = { ...common(key, oldKey), id, state: states.get(id), live: alive.get(id) };
    if (step.kind === "delete") return { ...own, fate: goingOf(resource) };
    // What an update tells of a key that was renamed is of the whole task.
    if (key !== oldKey) return { ...own, ...wantedOf(atKey(wanted, key)), fate: "changed", changed: undefined };
    return { ...own, ...wantedOf(atKey(wanted, key)), fate: step.kind === "replace" ? "replaced" : resource.fate };
  });
  const forgotten = [...gone.values()].map(({ key, id, state }) => ({
    ...common(key),
    id,
    state,
    fate: goingOf(resource),
  }));
  return [...versions, ...forgotten];
}

/** Without the fields that are secret, since a mask is no value: it would seem to change. */
function comparableSteps(live: readonly Member[], wanted: ByKey<Inputs>): Step[] {
  const secret = new Map(live.map(({ key, state }) => [key, secretIn(state, atKey(wanted, key))]));
  const seen = live.map((member) => ({ ...member, state: without(member.state, secret.get(member.key) ?? []) }));
  const tasks = Object.entries(wanted).map(([key, inputs]) => [
    key,
    isAllUnknown(inputs) ? inputs : without(inputs, secret.get(key) ?? secretIn(inputs)),
  ]);
  return stepsOf(fleetFrom(seen, {}), { tasks: Object.fromEntries(tasks) });
}

/** What the code wants of a task; nothing is known of one that is unknown as a whole. */
const wantedOf = (inputs: Inputs | undefined): Pick<Versions, "wanted" | "isUnknown"> =>
  isAllUnknown(inputs) ? { wanted: {}, isUnknown: true } : { wanted: inputs, isUnknown: false };

/** A fleet that is given up as a whole leaves its tasks; of one that stays those that the code drops are deleted. */
const goingOf = ({ fate }: PreviewedResource): Versions["fate"] => (fate === "released" ? "released" : "changed");

/** What is known of each task of a fleet, by its key now and before. */
function commonOf({ name, urn, drifted, changed, state, live, wanted }: PreviewedResource) {
  const [before, now, next] = [state, live, wanted].map(fleetNames);
  return (key: string, oldKey = key): Versions => ({
    declaredAs: `${name}[${JSON.stringify(key)}]`,
    fleet: name,
    urn,
    id: undefined,
    state: undefined,
    live: undefined,
    wanted: undefined,
    inherited: next?.(key).inherited ?? new Set(),
    isUnknown: false,
    fate: "same",
    drifted: namesOf(oldKey, drifted, [before?.(oldKey), now?.(oldKey)]),
    changed: namesOf(key, changed, [now?.(oldKey), next?.(key)]),
  });
}

/** Names of the fields that a task has from its fleet, and of those that it lacks of it. */
interface FleetNames {
  readonly inherited: ReadonlySet<string>;
  readonly lacks: readonly string[];
}

/** By key; what is hidden as a whole may have any. */
function fleetNames(values: Values = {}): (key: string) => FleetNames {
  const { tasks = {} } = unpackFleet(values);
  const shared = sharedOf(values);
  return (key) => {
    const task: unknown = isObject(tasks) ? (atKey(tasks as ByKey<unknown>, key) ?? {}) : tasks;
    if (!isObject(task)) return { inherited: new Set(sharedNames), lacks: [] };
    const whole = wholeTask(taskOf(task), shared);
    return {
      inherited: new Set(Object.keys(whole).filter((name) => !(name in task))),
      lacks: taskOf(task).lacks ?? [],
    };
  };
}

/** The fields of a task that paths name, those that it has of its fleet, or lacks of it, included. */
function namesOf(
  key: string,
  paths: readonly string[] | undefined,
  versions: readonly (FleetNames | undefined)[],
): ReadonlySet<string> | undefined {
  const own = namesIn(paths, `${pathOfKey(key)}.`);
  if (own === undefined) return undefined;
  const shared = (paths ?? []).filter((path) => versions.some((version) => version?.inherited.has(path)));
  const lost = own.has("lacks") ? versions.flatMap((version) => version?.lacks ?? []) : [];
  return new Set([...own, ...shared, ...lost]);
}

/**
 * Of a fleet that is hidden, or not yet known, as a whole only its known tasks can be told, and where the engine names
 * what an `up` adds and deletes, these.
 *
 * @returns undefined when no task of it can be told
 */
function wantedIn(
  { wanted, changed = [] }: PreviewedResource,
  live: readonly Member[],
  gone: ReadonlyMap<string, Member>,
): ByKey<Inputs> | undefined {
  const tasks = wanted?.tasks;
  if (tasks !== UNKNOWN && tasks !== MASK) return tasksOf(wanted);
  const alive = new Set(live.map(({ key }) => key));
  const named = new Set(changed.flatMap((path) => keyAt(path) ?? []));
  const kept = [...alive].filter((key) => tasks === UNKNOWN || !named.has(key));
  const coming = [...gone.keys(), ...[...named].filter((key) => !alive.has(key))];
  const keys = new Set([...kept, ...coming]);
  return keys.size === 0 && alive.size === 0
    ? undefined
    : Object.fromEntries([...keys].map((key) => [key, taskOf(tasks)]));
}

/** The key of a path that is of a whole task. */
function keyAt(path: string): string | undefined {
  const [, plain, quoted] = /^tasks(?:\.([\w-]+)|\[("(?:[^"\\]|\\.)*")\])$/.exec(path) ?? [];
  return plain ?? (quoted && JSON.parse(quoted));
}

/** A new fleet of which nothing is known, in place of its tasks. */
const whollyUnknown = { wanted: {}, isUnknown: true, fate: "changed" } as const;

/** A task of which every value is hidden. */
const hidden = Object.fromEntries(rows.map(({ name }) => [name, MASK])) as Inputs;

const isObject = (value: unknown): value is Values => typeof value === "object" && value !== null;

/** The tasks with what they share. */
function tasksOf(values: Values = {}): ByKey<Inputs> {
  const tasks = isObject(values.tasks) ? values.tasks : {};
  const known = Object.fromEntries(Object.entries(tasks).map(([key, task]) => [key, taskOf(task)]));
  return withShared({ ...sharedOf(values), tasks: known });
}

function taskOf(task: unknown): FleetTask {
  if (task === UNKNOWN) return UNKNOWN as unknown as Inputs;
  if (task === MASK) return hidden;
  return isObject(task) ? { ...fieldsOf(task), ...lackingIn(task) } : {};
}

const lackingIn = ({ lacks }: FleetTask): Pick<FleetTask, "lacks"> => (lacks === undefined ? {} : { lacks });

const fleetOf = (values: Values = {}): FleetState => ({
  tasks: values.tasks === MASK ? hiddenTasks(values) : (tasksOf({ ...unpackFleet(values) }) as ByKey<State>),
  taskIds: idsOf(values),
});

const idsOf = (values: Values | undefined): ByKey<string> =>
  isObject(values?.taskIds) ? (values.taskIds as ByKey<string>) : {};

const hiddenTasks = (values: Values): ByKey<State> =>
  Object.fromEntries(Object.keys(idsOf(values)).map((key) => [key, hidden]));
