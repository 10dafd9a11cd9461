import { UNKNOWN } from "../scheduledTask/fields";
import { stateOf } from "../scheduledTask/state";
import { atKey, type FleetInputs, type FleetState, isAllUnknown, sharedOf } from "./fleet";
import { stepsOf } from "./steps";

/** The state that a preview expects: ids of tasks that stay are known. */
export function plannedFleet(state: FleetState, inputs: FleetInputs): FleetState {
  const shared = sharedOf(inputs);
  if (isAllUnknown(inputs.tasks)) return { ...shared, tasks: inputs.tasks, taskIds: UNKNOWN } as unknown as FleetState;
  const planned = stepsOf(state, inputs).flatMap((step) => {
    if (step.kind === "delete") return [];
    const task = isAllUnknown(step.inputs) ? step.inputs : stateOf(atKey(inputs.tasks, step.key) ?? {});
    return [{ key: step.key, task, id: step.kind === "update" ? step.member.id : UNKNOWN }];
  });
  return {
    ...shared,
    tasks: Object.fromEntries(planned.map(({ key, task }) => [key, task])),
    taskIds: Object.fromEntries(planned.map(({ key, id }) => [key, id])),
  };
}

/** The inputs that a program with this state would have. */
export const inputsOfFleet = ({ tasks = {}, ...fleet }: FleetState): FleetInputs => ({
  ...sharedOf(fleet),
  tasks: Object.fromEntries(
    Object.entries(tasks).map(([key, { unmanaged: _, lacks: __, ...inputs }]) => [key, inputs]),
  ),
});
