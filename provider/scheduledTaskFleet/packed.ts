/**
 * How the dynamic front keeps the state of a fleet: a task as one text of JSON. The engine logs, and the host parses, each
 * property of each task by itself, a dozen times in one command; as texts a preview of 500 tasks takes an eighth less.
 */
import { holdsSecret } from "../cloud/redaction";
import { sortedJson } from "../scheduledTask/wire";
import { atKey, type ByKey, type FleetState } from "./fleet";

/** The state of a fleet as it may stand in a stack: some of its tasks as texts. */
export type PackedFleet = Omit<FleetState, "tasks"> & { readonly tasks?: unknown };

/**
 * A task that holds a secret stays as it is, so that the engine hides the secret and not the whole task.
 *
 * @param arrived the state as it was before: what was no text in it may hold a secret that is not known in this process
 */
export function packFleet(state: FleetState, arrived: PackedFleet = {}): PackedFleet {
  const before = isMap(arrived.tasks) ? arrived.tasks : {};
  return withTasks(state, (task, key) => {
    if (!isMap(task) || isMap(atKey(before, key))) return task;
    return holdsSecret(task) ? task : sortedJson(task);
  });
}

/**
 * The state with no task as a text: itself if there is none. A text that is no JSON is what the engine writes for a task
 * that is unknown or hidden.
 */
export const unpackFleet = (kept: PackedFleet): FleetState =>
  withTasks(kept, (task) => (typeof task === "string" ? (taskIn(task) ?? task) : task)) as FleetState;

/** As the engine would have kept it: a number that a double cannot hold stands in a text of its own. */
function taskIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withTasks(fleet: PackedFleet, change: (task: unknown, key: string) => unknown): PackedFleet {
  if (!isMap(fleet.tasks)) return fleet;
  const entries = Object.entries(fleet.tasks);
  const changed = entries.map(([key, task]) => [key, change(task, key)] as const);
  const isSame = changed.every(([, task], index) => task === entries[index]?.[1]);
  return isSame ? fleet : { ...fleet, tasks: Object.fromEntries(changed) };
}

const isMap = (value: unknown): value is ByKey<unknown> => typeof value === "object" && value !== null;
