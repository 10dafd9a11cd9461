import type { FieldName } from "../scheduledTask/fields";
import { type FleetInputs, type FleetState, isAllUnknown, pathOfKey } from "../scheduledTaskFleet/fleet";
import { type Step, stepsOf } from "../scheduledTaskFleet/steps";
import { type Kind, type Paths, pathsOf } from "./detailedDiff";
import { diffNotes } from "./diffNotes";
import type { Changed } from "./story";

/** What changes, per key and field. A task that is replaced does not replace its fleet. */
export const fleetPaths = (steps: readonly Step[], inputs: FleetInputs): Paths =>
  isAllUnknown(inputs.tasks) ? { tasks: "update" } : Object.fromEntries(steps.flatMap(stepPaths));

function stepPaths(step: Step): (readonly [string, Kind])[] {
  if (step.kind === "delete") return [[pathOfKey(step.member.key), "delete"]];
  const path = pathOfKey(step.key);
  if (step.kind === "create") return [[path, "add"]];
  const { member, inputs, changes } = step;
  if (member.key !== step.key)
    return [
      [pathOfKey(member.key), "delete"],
      [path, "add"],
    ];
  if (isAllUnknown(inputs)) return [[path, "update"]];
  const found = { changes, replaces: replacesOf(step) };
  return Object.entries(pathsOf(found, member.state, inputs)).map(([name, kind]) => [
    `${path}.${name}`,
    kindInFleet(kind),
  ]);
}

const replacesOf = (step: Step): readonly FieldName[] => (step.kind === "replace" ? step.replaces : []);

const kindInFleet = (kind: Kind): Kind => kind.replace("-replace", "") as Kind;

/** What a preview cannot show and a reader of it should know. */
export const fleetNotes = (steps: readonly Step[]): string[] =>
  steps.flatMap((step) => {
    if (step.kind === "create" || step.kind === "delete" || isAllUnknown(step.inputs)) return [];
    const { key, member } = step;
    const notes = diffNotes(member.id, step.inputs, replacesOf(step)).map((note) => `${key}: ${note}`);
    return member.key === key ? notes : [...notes, `${key}: was ${member.key} and stays the task ${member.id}.`];
  });

/** The tasks that an update changes, by their keys. */
export const changedInFleet = (state: FleetState, inputs: FleetInputs): Changed[] =>
  stepsOf(state, inputs).flatMap((step) =>
    step.kind === "replace" || (step.kind === "update" && step.changes.length > 0)
      ? [{ name: step.key, before: step.member.state, after: step.inputs }]
      : [],
  );
