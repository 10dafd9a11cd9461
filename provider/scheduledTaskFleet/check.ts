import { type CheckContext, type Checked, check as checkTask } from "../scheduledTask/check";
import type { Inputs } from "../scheduledTask/fields";
import type { Declared, Finding } from "../scheduledTask/shapeFailures";
import { sortedJson } from "../scheduledTask/wire";
import { type ByKey, type FleetInputs, isAllUnknown, pathOfKey } from "./fleet";

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
  const { tasks, ...extra } = declared;
  const unknown = Object.keys(extra).map((path) => ({ path, reason: "unknown property; known is tasks" }));
  if (isAllUnknown(tasks)) return { inputs: { ...declared }, failures: unknown, warnings: [] };
  if (!isMap(tasks)) {
    const reason =
      tasks === undefined ? "missing" : Array.isArray(tasks) ? "a list" : `a value of type ${typeof tasks}`;
    const failure = { path: "tasks", reason: `${reason}; expected ${expectedTasks}` };
    return { inputs: { ...declared }, failures: [...unknown, failure], warnings: [] };
  }
  const checked = Object.entries(tasks).map(([key, task]) => ({ key, ...checkKey(key, task, context, tasks) }));
  const findings = (of: "failures" | "warnings"): Finding[] =>
    checked.flatMap((one) => one[of].map(({ path, reason }) => ({ path: under(one.key, path), reason })));
  return {
    inputs: { ...extra, tasks: Object.fromEntries(checked.map(({ key, inputs }) => [key, inputs])) },
    failures: [...unknown, ...findings("failures"), ...adoptedTwice(checked)],
    warnings: findings("warnings"),
  };
}

const isMap = (value: unknown): value is ByKey<unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const under = (key: string, path: string): string => (path === "" ? pathOfKey(key) : `${pathOfKey(key)}.${path}`);

function checkKey(key: string, task: unknown, context: FleetContext, tasks: ByKey<unknown>): Checked {
  if (isAllUnknown(task)) return { inputs: task as unknown as Inputs, failures: [], warnings: [] };
  if (!isMap(task)) {
    const failure = { path: "", reason: "expected the inputs of a ScheduledTask" };
    return { inputs: {}, failures: [failure], warnings: [] };
  }
  // null is what other languages write for "nothing".
  const given = Object.fromEntries(Object.entries(task).filter(([, value]) => value !== null));
  const declared = { taskName: key, ...given };
  const before = context.previous?.tasks ?? {};
  const checked = checkTask(declared, { ...context, previous: before[key] });
  if (checked.failures.length === 0 || before[key] !== undefined) return checked;
  const renamed = Object.entries(before).find(
    ([old, inputs]) => !Object.hasOwn(tasks, old) && sameButName(inputs, checked.inputs),
  );
  return renamed ? checkTask(declared, { ...context, previous: renamed[1] }) : checked;
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
