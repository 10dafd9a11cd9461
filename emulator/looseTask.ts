import { missingValue, unknownName } from "./errors";
import { assertFields, assertObject, bodies, type Rules } from "./rules";
import { type Task, toTargetSet } from "./task";

/**
 * What the console (and so the data file) may hold: any value of the right type, so that no impossible task is stored.
 */
const looseRules = loosened({ ...bodies.create, ...bodies.update });

function loosened(rules: Rules): Rules {
  const any = Number.POSITIVE_INFINITY;
  return Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => {
      if (rule.kind === "text") return [name, { kind: "text", min: 0, max: any }];
      if (rule.kind === "integer") return [name, { kind: "integer", min: -any, max: any }];
      return [name, rule];
    }),
  );
}

/** A whole task of loosely checked fields. Throws the fault. */
export function looseTask(id: string, fields: unknown): Task {
  assertObject(fields);
  assertFields(fields, looseRules);
  const { task_name, task_type, scheduled_type, apply_objects = [] } = fields;
  if (task_name === undefined || task_type === undefined || scheduled_type === undefined) {
    throw missingValue("task_name, task_type, scheduled_type", "a task has all three");
  }
  const own = { task_name, task_type, scheduled_type, apply_objects: toTargetSet(apply_objects) };
  return { id, enable: true, force_execute: false, ...fields, ...own };
}

/** The task with some fields changed; null takes one away, or back to its default. Throws the fault. */
export function looselyEdited({ id, ...fields }: Task, edit: unknown): Task {
  assertObject(edit);
  const stranger = Object.keys(edit).find((name) => !Object.hasOwn(looseRules, name));
  if (stranger !== undefined) throw unknownName(stranger);
  return looseTask(
    id,
    Object.fromEntries(Object.entries({ ...fields, ...edit }).filter(([, value]) => value !== null)),
  );
}
