import { unmarked } from "../../provider/cloud/ownerMark";
import { meant } from "../../provider/scheduledTask/diff";
import { type FieldName, type Inputs, rows, uses } from "../../provider/scheduledTask/fields";
import { equal, fromWire } from "../../provider/scheduledTask/wire";
import type { LiveTask } from "../emulated";
import type { Known, Program } from "./runner";

/** What is to be true of the cloud after a run that succeeded. */
export interface Expected {
  readonly program: Program;
  /** Tasks that no program has declared, as they were made. */
  readonly foreign: readonly LiveTask[];
  /** Tasks before the run. */
  readonly before: readonly LiveTask[];
  /** What the last run that succeeded declared; a task that a failed run may have touched since is not in it. */
  readonly applied: Program;
}

/** Everything that is otherwise than expected, in words; empty when all is well. */
export function differences(
  expected: Expected,
  live: readonly LiveTask[],
  known: ReadonlyMap<string, Known>,
): string[] {
  const { program, foreign } = expected;
  const byId = new Map(live.map((task) => [task.id, task]));
  const ours = new Set([...known.values()].map(({ id }) => id));
  return [
    ...[...known.keys()].filter((name) => !program.has(name)).map((name) => `${name}: in the state, not declared`),
    ...live
      .filter(({ id }) => !ours.has(id) && !foreign.some((task) => task.id === id))
      .map(({ id, task_name }) => `${id} "${task_name}": live, in no state`),
    ...foreign
      .filter((task) => JSON.stringify(byId.get(task.id)) !== JSON.stringify(task))
      .map(({ id }) => `${id}: a foreign task was changed`),
    ...[...program].flatMap(([name, inputs]) => {
      const one = known.get(name);
      const task = one && byId.get(one.id);
      if (one === undefined || task === undefined) return [`${name}: declared, not live`];
      return wrongFields(inputs, one, task, expected.applied.get(name), before(expected, one.id)).map(
        (what) => `${name}: ${what}`,
      );
    }),
  ];
}

const before = ({ before: tasks }: Expected, id: string): LiveTask | undefined => tasks.find((task) => task.id === id);

export const OWNER = "acme/prod";

function wrongFields(
  inputs: Inputs,
  { state }: Known,
  marked: LiveTask,
  applied: Inputs | undefined,
  old: LiveTask | undefined,
): string[] {
  const wanted = meant(inputs);
  const live = unmarked(marked, OWNER);
  const was = old && unmarked(old, OWNER);
  const is = (name: FieldName, value: unknown, task: typeof live) =>
    rows.some((field) => field.name === name && equal(field, value, fromWire(field, task)));
  return rows
    .filter((field) => field.wireName !== undefined && uses(inputs.scheduledType, field))
    .flatMap(({ name, ...field }): string[] => {
      const declared = wanted[name] ?? (field.enforced ? field.default : undefined);
      const wrong: string[] = [];
      if ((declared !== undefined || field.enforced) && !is(name, declared, live))
        wrong.push(`${name} is not as declared`);
      if (state[name] !== undefined && field.readFrom !== "nothing" && !is(name, state[name], live))
        wrong.push(`${name} is not as the state has it`);
      const isUntouched =
        was?.scheduled_type === live.scheduled_type && applied !== undefined && meant(applied)[name] === undefined;
      if (
        declared === undefined &&
        !field.enforced &&
        isUntouched &&
        was &&
        live[String(field.wireName)] !== was[String(field.wireName)]
      )
        if (JSON.stringify(live[String(field.wireName)]) !== JSON.stringify(was[String(field.wireName)]))
          wrong.push(`${name} was changed, and is not declared`);
      return wrong;
    });
}
