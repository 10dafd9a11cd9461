import { type CheckContext, type Checked, check as checkTask, defined, filledIn } from "../scheduledTask/check";
import type { Inputs } from "../scheduledTask/fields";
import { type Declared, type Finding, shapeFailures } from "../scheduledTask/shapeFailures";
import { sortedJson } from "../scheduledTask/wire";
import {
  atKey,
  type ByKey,
  type FleetInputs,
  fleetInputNames,
  isAllUnknown,
  isSharedName,
  ownOf,
  pathOfKey,
  sharedOf,
  tasksOf,
} from "./fleet";

export interface FleetChecked {
  readonly inputs: FleetInputs;
  readonly failures: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** What check needs to know beside the inputs; `previous` are those of the fleet as last deployed. */
export type FleetContext = Omit<CheckContext, "previous"> & { readonly previous: FleetInputs | undefined };

const expectedTasks = "a map from a key of your choice to the inputs of a ScheduledTask";

/** Checks every task like a single one; a task without a name is named by its key. */
export function check(declared: Declared, context: FleetContext): FleetChecked {
  const unknown = Object.keys(declared)
    .filter((name) => !fleetInputNames.includes(name))
    .map((path) => ({ path, reason: `unknown property; known are ${fleetInputNames.join(", ")}` }));
  const inputs: FleetInputs = defined({ ...filledIn(context.defaults), ...declared });
  const failures = [...unknown, ...shapeFailures({ ...sharedOf(inputs) })];
  const { tasks } = declared;
  if (isAllUnknown(tasks)) return { inputs, failures, warnings: [] };
  if (!isMap(tasks)) {
    const failure = { path: "tasks", reason: `${given(tasks)}; expected ${expectedTasks}` };
    return { inputs, failures: [...failures, failure], warnings: [] };
  }
  const before = tasksOf(context.previous ?? {});
  const checked = Object.entries(tasks).map(([key, task]) => checkKey(key, task, inputs, { ...context, before }));
  return {
    inputs: { ...inputs, tasks: Object.fromEntries(checked.map(({ key, inputs: task }) => [key, task])) },
    failures: [...failures, ...checked.flatMap((one) => one.failures), ...adoptedTwice(checked)],
    warnings: checked.flatMap((one) => one.warnings),
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

const under = (key: string, path: string): string => `${pathOfKey(key)}.${path}`;

type KeyChecked = Checked & { readonly key: string };
type KeyContext = Omit<CheckContext, "previous"> & { readonly before: ByKey<Inputs> };

function checkKey(key: string, task: unknown, fleet: FleetInputs, { before, ...context }: KeyContext): KeyChecked {
  if (isAllUnknown(task)) return { key, inputs: task as unknown as Inputs, failures: [], warnings: [] };
  if (!isMap(task)) {
    const failure = { path: pathOfKey(key), reason: `${given(task)}; expected the inputs of a ScheduledTask` };
    return { key, inputs: {}, failures: [failure], warnings: [] };
  }
  // null is what other languages write for "nothing".
  const own = Object.fromEntries(Object.entries(task).filter(([, value]) => value !== null));
  const declared = { taskName: key, ...sharedOf(fleet), ...own };
  const checkAfter = (previous: Inputs | undefined) => checkTask(declared, { ...context, previous });
  const found = checkAfter(atKey(before, key));
  const renamed =
    found.failures.length > 0 && atKey(before, key) === undefined
      ? Object.entries(before).find(
          ([old, inputs]) => !Object.hasOwn(fleet.tasks ?? {}, old) && sameButName(inputs, found.inputs),
        )
      : undefined;
  const { inputs, failures, warnings } = renamed ? checkAfter(renamed[1]) : found;
  const placed = (findings: readonly Finding[]): Finding[] =>
    findings
      .filter(({ path }) => !isSharedName(path) || Object.hasOwn(own, path))
      .map(({ path, reason }) => ({ path: under(key, path), reason }));
  return { key, inputs: ownOf(inputs, fleet, own), failures: placed(failures), warnings: placed(warnings) };
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
