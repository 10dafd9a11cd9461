import { type Change, type Diff, diff, likeness } from "../scheduledTask/diff";
import type { FieldName, Inputs } from "../scheduledTask/fields";
import { type FleetInputs, type FleetState, isAllUnknown, type Member, membersOf, tasksOf } from "./fleet";

/** What becomes of one task in an update of its fleet; its inputs are with what it shares. */
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
      readonly changes: readonly Change[];
      readonly replaces: readonly FieldName[];
    };

/** What brings a fleet from its state to new inputs; tasks that are all unknown in this preview have no steps. */
export function stepsOf(state: FleetState, inputs: FleetInputs): Step[] {
  const members = new Map(membersOf(state).map((member) => [member.key, member]));
  const wanted = tasksOf(inputs);
  const removed = new Removed([...members.values()].filter(({ key }) => !Object.hasOwn(wanted, key)));
  const steps: Step[] = [];
  for (const [key, task] of Object.entries(wanted)) {
    const known = members.get(key);
    const member = known ?? removed.takeRenamed(task);
    steps.push(member === undefined ? { kind: "create", key, inputs: task } : stepOf(member, key, task));
  }
  return [...steps, ...removed.left().map((member): Step => ({ kind: "delete", member }))];
}

function stepOf(member: Member, key: string, inputs: Inputs): Step {
  const { changes, replaces } = changesOf(member, inputs);
  return replaces.length > 0
    ? { kind: "replace", key, inputs, member, changes, replaces }
    : { kind: "update", key, inputs, member, changes };
}

const changesOf = ({ state }: Member, inputs: Inputs): Diff =>
  isAllUnknown(inputs) ? { changes: [], replaces: [] } : diff(state, inputs);

/** The tasks whose keys are gone, found by what they are: a fleet may rename thousands of keys at once. */
class Removed {
  private readonly byLikeness = new Map<string, Set<Member>>();

  constructor(members: readonly Member[]) {
    for (const member of members) {
      const alike = likeness(member.state);
      this.byLikeness.set(alike, (this.byLikeness.get(alike) ?? new Set()).add(member));
    }
  }

  /**
   * A key that is gone and a new one with an equal task: the key was renamed, and the task stays. A name that defaults
   * to the key changes with it.
   */
  takeRenamed(inputs: Inputs): Member | undefined {
    if (this.byLikeness.size === 0 || isAllUnknown(inputs)) return undefined;
    const alike = this.byLikeness.get(likeness(inputs)) ?? new Set();
    const isSame = ({ state }: Member): boolean => {
      const { changes, replaces } = diff(state, inputs);
      return replaces.length === 0 && changes.every(({ field }) => field.name === "taskName");
    };
    const namesakes = [...alike].filter(({ state }) => state.taskName === inputs.taskName);
    const found = namesakes.find(isSame) ?? [...alike].find(isSame);
    if (found !== undefined) alike.delete(found);
    return found;
  }

  left(): Member[] {
    return [...this.byLikeness.values()].flatMap((alike) => [...alike]);
  }
}
