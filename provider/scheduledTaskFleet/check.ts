import { type CheckContext, type Checked, check as checkTask, defined, filledIn } from "../scheduledTask/check";
import { type Inputs, rowNamed } from "../scheduledTask/fields";
import { type Declared, type Finding, shapeFailures, unknownProperty } from "../scheduledTask/shapeFailures";
import { sortedJson } from "../scheduledTask/wire";
import {
  atKey,
  type ByKey,
  type FleetInputs,
  fleetInputNames,
  isAllUnknown,
  isSharedName,
  pathOfKey,
  type Shared,
  sharedOf,
  someOf,
  tasksOf,
  withShared,
} from "./fleet";

export interface FleetChecked {
  readonly inputs: FleetInputs;
  readonly failures: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** What check needs to know beside the inputs; `previous` are those of the fleet as last deployed. */
export type FleetContext = Omit<CheckContext, "previous"> & { readonly previous: FleetInputs | undefined };

const expectedTasks = "a map from a key of your choice to the inputs of a ScheduledTask";

/**
 * Checks every task like a single one; a task without a name is named by its key. What is found in a value that the fleet
 * declares is told once, as the fleet's.
 */
export function check(declared: Declared, context: FleetContext): FleetChecked {
  const unknown = Object.keys(declared)
    .filter((name) => !fleetInputNames.includes(name))
    .map((name) =>
      rowNamed(name)
        ? { path: name, reason: "not shared by tasks; declare it under the key of a task" }
        : unknownProperty([name], fleetInputNames),
    );
  const inputs: FleetInputs = defined({ ...filledIn(context.defaults), ...declared });
  const shared = sharedOf(inputs);
  const misshapen = shapeFailures({ ...shared });
  const failures = [...unknown, ...misshapen];
  const { tasks } = declared;
  if (isAllUnknown(tasks)) return { inputs, failures, warnings: [] };
  if (!isMap(tasks)) {
    const failure = { path: "tasks", reason: `${given(tasks)}; expected ${expectedTasks}` };
    return { inputs, failures: [...failures, failure], warnings: [] };
  }
  const before = tasksOf(context.previous ?? {});
  const checked = Object.entries(tasks).map(([key, task]) =>
    checkKey(key, task, { ...context, before, shared, misshapen, keys: tasks }),
  );
  const all = [...failures, ...toldOf(checked, ({ failures: found }) => found), ...adoptedTwice(checked)];
  return {
    inputs: { ...inputs, tasks: Object.fromEntries(checked.map(({ key, inputs: task }) => [key, task])) },
    failures: all,
    warnings: [...toldOf(checked, ({ warnings }) => warnings), ...(all.length > 0 ? [] : untaken(checked, declared))],
  };
}

const isMap = (value: unknown): value is ByKey<unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What stands where a map is expected; never its text, which may be a secret. */
const given = (value: unknown): string =>
  value === undefined || value === null
    ? "missing"
    : Array.isArray(value)
      ? "a list"
      : `a value of type ${typeof value}`;

const under = (key: string, path: string): string => (path === "" ? pathOfKey(key) : `${pathOfKey(key)}.${path}`);

interface KeyChecked extends Checked {
  readonly key: string;
  /** What it has from its fleet. */
  readonly inherited: Shared;
}

interface KeyContext extends Omit<CheckContext, "previous"> {
  readonly before: ByKey<Inputs>;
  readonly shared: Shared;
  /** What is wrong with the shape of shared values, and told as such. */
  readonly misshapen: readonly Finding[];
  /** A map with all keys that are declared. */
  readonly keys: object;
}

function checkKey(key: string, task: unknown, { before, shared, misshapen, keys, ...context }: KeyContext): KeyChecked {
  if (isAllUnknown(task)) return { key, inputs: task as unknown as Inputs, inherited: {}, failures: [], warnings: [] };
  if (!isMap(task)) {
    const failure = { path: "", reason: `${given(task)}; expected the inputs of a ScheduledTask` };
    return { key, inputs: {}, inherited: {}, failures: [failure], warnings: [] };
  }
  // null is what other languages write for "nothing".
  const own = Object.fromEntries(Object.entries(task).filter(([, value]) => value !== null));
  const declared: Declared = { taskName: key, ...withShared(own, shared) };
  const inherited = Object.fromEntries(Object.entries(shared).filter(([name]) => !(name in own) && name in declared));
  const checkAfter = (previous: Inputs | undefined) => checkTask(declared, { ...context, previous });
  const found = checkAfter(atKey(before, key));
  const renamed =
    found.failures.length > 0 && atKey(before, key) === undefined
      ? Object.entries(before).find(([old, inputs]) => !Object.hasOwn(keys, old) && sameButName(inputs, found.inputs))
      : undefined;
  const { inputs, failures, warnings } = renamed ? checkAfter(renamed[1]) : found;
  return {
    key,
    inputs: Object.fromEntries(Object.entries(inputs).filter(([name]) => !Object.hasOwn(inherited, name))),
    inherited,
    failures: failures.filter(({ path }) => !misshapen.some((told) => told.path === path && isIn(path, inherited))),
    warnings,
  };
}

/** Whether a path leads to or into one of these values. */
const isIn = (path: string, values: object): boolean => Object.hasOwn(values, path.split(/[.[]/)[0] ?? "");

/**
 * What was found in the tasks, each under its key; what was found in a shared value once for all that have it, and what all
 * of several tasks are without as a value that could be shared.
 */
function toldOf(checked: readonly KeyChecked[], findingsOf: (one: KeyChecked) => readonly Finding[]): Finding[] {
  const found = checked.flatMap((one) => findingsOf(one).map((finding) => ({ ...finding, one })));
  const alike = Map.groupBy(found, ({ path, reason, one }) => sortedJson([path, reason, isIn(path, one.inputs)]));
  return [...alike.values()].flatMap((findings) => {
    const [first] = findings;
    if (first === undefined) return [];
    const { path, reason, one } = first;
    const isOfAll = findings.length === checked.length;
    if (isIn(path, one.inherited))
      return [{ path, reason: isOfAll ? reason : `${reason} (of ${someOf(findings.map(({ one: { key } }) => key))})` }];
    if (isOfAll && findings.length > 1 && isSharedName(path) && !isIn(path, one.inputs))
      return [{ path, reason: `${reason}, here or in each task` }];
    return findings.map((finding) => ({ path: under(finding.one.key, path), reason }));
  });
}

/** A value of the fleet that no task takes was written for nothing, or in the wrong place. */
function untaken(checked: readonly KeyChecked[], declared: Declared): Finding[] {
  if (checked.length === 0 || checked.some(({ inputs }) => isAllUnknown(inputs))) return [];
  return Object.keys(sharedOf(declared))
    .filter((name) => !checked.some(({ inherited }) => Object.hasOwn(inherited, name)))
    .map((path) => ({ path, reason: "no task takes it: each has its own, or a schedule or action without it" }));
}

function sameButName({ taskName: _, ...old }: Inputs, { taskName: __, ...wanted }: Inputs): boolean {
  return sortedJson(old) === sortedJson(wanted);
}

/** Two keys that take over one task would each undo the other. */
function adoptedTwice(checked: readonly { readonly key: string; readonly inputs: Inputs }[]): Finding[] {
  const takers = new Map<string, string>();
  return checked.flatMap(({ key, inputs: { adoptTaskId } }) => {
    if (adoptTaskId === undefined || isAllUnknown(adoptTaskId)) return [];
    const taker = takers.get(adoptTaskId);
    takers.set(adoptTaskId, taker ?? key);
    return taker === undefined
      ? []
      : [{ path: under(key, "adoptTaskId"), reason: `"${adoptTaskId}" is taken over by ${pathOfKey(taker)} too` }];
  });
}
