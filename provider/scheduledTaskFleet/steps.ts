import { type Change, type Diff, diff } from "../scheduledTask/diff";
import type { FieldName, Inputs } from "../scheduledTask/fields";
import { type FleetInputs, type FleetState, isAllUnknown, type Member, membersOf } from "./fleet";

/** What becomes of one task in an update of its fleet. */
export type Step =
  | { readonly kind: "create"; readonly key: string; readonly inputs: Inputs }
  | { readonly kind: "delete"; readonly member: Member }
  /** Without a change nothing is sent. The member's key is another one if it is renamed. */
  | {
      readonly kind: "update";
      readonly key: string;
      readonly inputs: Inputs;
      readonly member: Member;
      readonly changes: readonly Change[];
    }
  /** The old task goes first, for two would both run. */
  | {
      readonly kind: "replace";
      readonly key: string;
      readonly inputs: Inputs;
      readonly member: Member;
      readonly replaces: readonly FieldName[];
    };

/** What brings a fleet from its state to new inputs; tasks that are all unknown in this preview have no steps. */
export function stepsOf(state: FleetState, inputs: FleetInputs): Step[] {
  const members = new Map(membersOf(state).map((member) => [member.key, member]));
  const wanted = isAllUnknown(inputs.tasks) ? {} : (inputs.tasks ?? {});
  const removed = [...members.values()].filter(({ key }) => !Object.hasOwn(wanted, key));
  const steps: Step[] = [];
  for (const [key, task] of Object.entries(wanted)) {
    const known = members.get(key);
    const member = known ?? takeRenamed(removed, task);
    steps.push(member === undefined ? { kind: "create", key, inputs: task } : stepOf(member, key, task));
  }
  return [...steps, ...removed.map((member): Step => ({ kind: "delete", member }))];
}

function stepOf(member: Member, key: string, inputs: Inputs): Step {
  const { changes, replaces } = changesOf(member, inputs);
  return replaces.length > 0
    ? { kind: "replace", key, inputs, member, replaces }
    : { kind: "update", key, inputs, member, changes };
}

const changesOf = ({ state }: Member, inputs: Inputs): Diff =>
  isAllUnknown(inputs) ? { changes: [], replaces: [] } : diff(state, inputs);

/**
 * A key that is gone and a new one with an equal task: the key was renamed, and the task stays. A name that defaults to
 * the key changes with it.
 */
function takeRenamed(removed: Member[], inputs: Inputs): Member | undefined {
  if (isAllUnknown(inputs)) return undefined;
  const differences = removed.map((member) => ({ member, ...diff(member.state, inputs) }));
  const same = differences.filter(
    ({ changes, replaces }) => replaces.length === 0 && changes.every(({ field }) => field.name === "taskName"),
  );
  const found = (same.find(({ changes }) => changes.length === 0) ?? same[0])?.member;
  if (found !== undefined) removed.splice(removed.indexOf(found), 1);
  return found;
}
