import { type FieldName, type Inputs, row, type SharedName } from "../scheduledTask/fields";
import { equal, isUnknown } from "../scheduledTask/wire";
import {
  atKey,
  type FleetInputs,
  type FleetState,
  type FleetTask,
  isAllUnknown,
  isSharedName,
  pathOfKey,
  sharedNames,
  someOf,
} from "../scheduledTaskFleet/fleet";
import { type Step, stepsOf } from "../scheduledTaskFleet/steps";
import { type Kind, kindOf, type Paths, pathsOf } from "./detailedDiff";
import { diffNotes } from "./diffNotes";
import { type Changed, toldAtMost } from "./story";

/** What changes, per key and field. A task that is replaced does not replace its fleet. */
export function fleetPaths(steps: readonly Step[], state: FleetState, inputs: FleetInputs): Paths {
  const shared = sharedPaths(steps, state, inputs);
  if (isAllUnknown(inputs.tasks)) return { ...shared, tasks: "update" };
  return { ...shared, ...Object.fromEntries(steps.flatMap((step) => stepPaths(step, state, inputs, shared))) };
}

/** What all tasks share: changed where it is for a task, and not where it only moved from the tasks to their fleet or back. */
function sharedPaths(steps: readonly Step[], state: FleetState, inputs: FleetInputs): Paths {
  const changed = sharedNames.filter((name) => {
    const [old, wanted] = [state[name], inputs[name]];
    const isSame = old === undefined || wanted === undefined ? old === wanted : equal(row(name), old, wanted);
    return (!isSame || isUnknown(wanted)) && steps.some((step) => changesShared(step, name, inputs));
  });
  return Object.fromEntries(changed.map((name) => [name, kindOf(state[name], inputs[name])]));
}

const changesShared = (step: Step, name: SharedName, { tasks = {} }: FleetInputs): boolean =>
  (step.kind === "update" || step.kind === "replace") &&
  namesOf(step).includes(name) &&
  atKey(tasks, step.key)?.[name] === undefined;

const namesOf = (step: Step & { readonly kind: "update" | "replace" }): FieldName[] => [
  ...step.changes.map(({ field }) => field.name),
  ...replacesOf(step),
];

/** @param shared what is told of all tasks, and so of none by itself */
function stepPaths(step: Step, fleet: FleetState, wanted: FleetInputs, shared: Paths): (readonly [string, Kind])[] {
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
  if (changes.length === 0 && step.kind === "update") return [];
  const ownState: FleetTask = atKey(fleet.tasks, member.key) ?? {};
  const declared: Inputs = atKey(wanted.tasks, step.key) ?? {};
  const isOwn = (name: FieldName): boolean =>
    !isSharedName(name) ||
    shared[name] === undefined ||
    declared[name] !== undefined ||
    (ownState[name] !== undefined && fleet[name] !== undefined);
  const own = {
    changes: changes.filter(({ field }) => isOwn(field.name)),
    replaces: replacesOf(step).filter(isOwn),
  };
  const inherited = (task: Inputs): Inputs =>
    Object.fromEntries(Object.entries(task).filter(([name]) => !(name in ownState || name in declared)));
  const [before, after] = [
    { ...inherited(member.state), ...ownState },
    { ...inherited(step.inputs), ...declared },
  ];
  const paths = Object.entries(pathsOf(own, before, after));
  // What a task has lost of its fleet stands in no inputs of its own that the engine could show.
  const isLost = (name: string): boolean => !(name in declared) && (ownState.lacks ?? []).some((lost) => lost === name);
  const told = paths.map(([name, kind]) => (isLost(name) ? (["lacks", "delete"] as const) : ([name, kind] as const)));
  return told.map(([name, kind]) => [`${path}.${name}`, kindInFleet(kind)]);
}

const replacesOf = (step: Step): readonly FieldName[] => (step.kind === "replace" ? step.replaces : []);

const kindInFleet = (kind: Kind): Kind => kind.replace("-replace", "") as Kind;

/** What a preview cannot show and a reader of it should know; what is the same of many tasks is said once. */
export function fleetNotes(steps: readonly Step[]): string[] {
  const byNote = Map.groupBy(notesOf(steps), ({ note }) => note);
  const lines = [...byNote].map(([note, of]) => `${someOf(of.map(({ key }) => key))}: ${note}`);
  const more = lines.length - toldAtMost;
  return more > 0 ? [...lines.slice(0, toldAtMost), `${more} more lines of this kind are left out.`] : lines;
}

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
