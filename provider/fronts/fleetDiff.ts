import type { FieldName, Inputs, SharedName } from "../scheduledTask/fields";
import type { State } from "../scheduledTask/state";
import {
  atKey,
  type FleetInputs,
  type FleetState,
  isAllUnknown,
  isSharedName,
  pathOfKey,
  sharedNames,
} from "../scheduledTaskFleet/fleet";
import { type Step, stepsOf } from "../scheduledTaskFleet/steps";
import { type Kind, kindOf, type Paths, pathsOf } from "./detailedDiff";
import { diffNotes } from "./diffNotes";
import { type Changed, toldAtMost } from "./story";

/** What changes, per key and field. A task that is replaced does not replace its fleet. */
export const fleetPaths = (steps: readonly Step[], state: FleetState, inputs: FleetInputs): Paths => ({
  ...sharedPaths(steps, state, inputs),
  ...(isAllUnknown(inputs.tasks)
    ? { tasks: "update" }
    : Object.fromEntries(steps.flatMap((step) => stepPaths(step, state, inputs)))),
});

/** What all tasks share; a state from before they did says nothing of it, and differs where a task comes to have it. */
function sharedPaths(steps: readonly Step[], state: FleetState, inputs: FleetInputs): Paths {
  const changed = sharedNames.filter(
    (name) =>
      inputs[name] !== undefined &&
      state[name] !== inputs[name] &&
      (state[name] !== undefined || steps.some((step) => inherits(step, name, inputs))),
  );
  return Object.fromEntries(changed.map((name) => [name, kindOf(state[name], inputs[name])]));
}

const inherits = (step: Step, name: SharedName, { tasks = {} }: FleetInputs): boolean =>
  (step.kind === "update" || step.kind === "replace") &&
  namesOf(step).includes(name) &&
  atKey(tasks, step.key)?.[name] === undefined;

const namesOf = (step: Step & { readonly kind: "update" | "replace" }): FieldName[] => [
  ...step.changes.map(({ field }) => field.name),
  ...replacesOf(step),
];

function stepPaths(step: Step, fleet: FleetState, wanted: FleetInputs): (readonly [string, Kind])[] {
  if (step.kind === "delete") return [[pathOfKey(step.member.key), "delete"]];
  const path = pathOfKey(step.key);
  if (step.kind === "create") return [[path, "add"]];
  const { member, changes } = step;
  if (member.key !== step.key)
    return [
      [pathOfKey(member.key), "delete"],
      [path, "add"],
    ];
  if (isAllUnknown(step.inputs)) return [[path, "update"]];
  const ownState: State = atKey(fleet.tasks, member.key) ?? {};
  const ownInputs: Inputs = atKey(wanted.tasks, step.key) ?? {};
  const isOwn = (name: FieldName): boolean =>
    !isSharedName(name) || ownState[name] !== undefined || ownInputs[name] !== undefined;
  const own = {
    changes: changes.filter(({ field }) => isOwn(field.name)),
    replaces: replacesOf(step).filter(isOwn),
  };
  const paths = Object.entries(pathsOf(own, ownState, ownInputs));
  return paths.map(([name, kind]) => [`${path}.${name}`, kindInFleet(kind)]);
}

const replacesOf = (step: Step): readonly FieldName[] => (step.kind === "replace" ? step.replaces : []);

const kindInFleet = (kind: Kind): Kind => kind.replace("-replace", "") as Kind;

const namedAtMost = 3;

/** What a preview cannot show and a reader of it should know; what is the same of many tasks is said once. */
export function fleetNotes(steps: readonly Step[]): string[] {
  const byNote = Map.groupBy(notesOf(steps), ({ note }) => note);
  const lines = [...byNote].map(([note, of]) => `${someOf(of.map(({ key }) => key))}: ${note}`);
  const more = lines.length - toldAtMost;
  return more > 0 ? [...lines.slice(0, toldAtMost), `${more} more lines of this kind are left out.`] : lines;
}

const someOf = (keys: readonly string[]): string =>
  keys.length > namedAtMost
    ? `${keys.slice(0, namedAtMost).join(", ")} and ${keys.length - namedAtMost} more`
    : keys.join(", ");

const notesOf = (steps: readonly Step[]): { key: string; note: string }[] =>
  steps.flatMap((step) => {
    if (step.kind === "create" || step.kind === "delete" || isAllUnknown(step.inputs)) return [];
    const { key, member } = step;
    const notes = diffNotes(member.id, step.inputs, replacesOf(step));
    const all = member.key === key ? notes : [...notes, `was ${member.key} and stays the task ${member.id}.`];
    return all.map((note) => ({ key, note }));
  });

/** The tasks that an update changes, by their keys. */
export const changedInFleet = (state: FleetState, inputs: FleetInputs): Changed[] =>
  stepsOf(state, inputs).flatMap((step) =>
    step.kind === "replace" || (step.kind === "update" && step.changes.length > 0)
      ? [{ name: step.key, before: step.member.state, after: step.inputs }]
      : [],
  );
