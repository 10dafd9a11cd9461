import { UNKNOWN } from "../scheduledTask/fields";
import { stateOf } from "../scheduledTask/state";
import { type FleetInputs, type FleetState, isAllUnknown } from "./fleet";
import { stepsOf } from "./steps";

/** The state that a preview expects: ids of tasks that stay are known. */
export function plannedFleet(state: FleetState, inputs: FleetInputs): FleetState {
  if (isAllUnknown(inputs.tasks)) return { tasks: inputs.tasks, taskIds: UNKNOWN } as unknown as FleetState;
  const planned = stepsOf(state, inputs).flatMap((step) => {
    if (step.kind === "delete") return [];
    const task = isAllUnknown(step.inputs) ? step.inputs : stateOf(step.inputs);
    return [{ key: step.key, task, id: step.kind === "update" ? step.member.id : UNKNOWN }];
  });
  return {
    tasks: Object.fromEntries(planned.map(({ key, task }) => [key, task])),
    taskIds: Object.fromEntries(planned.map(({ key, id }) => [key, id])),
  };
}

/** The inputs that a program with this state would have. */
export const inputsOfFleet = ({ tasks = {} }: FleetState): FleetInputs => ({
  tasks: Object.fromEntries(Object.entries(tasks).map(([key, { unmanaged: _, ...inputs }]) => [key, inputs])),
});
