import type { Dialects } from "./dialects";
import { ApiError, badValue, codes, conflict, missingValue, unknownName } from "./errors";
import { assertFields, assertObject, bodies, checkValue, targetsVerb } from "./rules";
import { checkTask, isForeign, isRequired } from "./scheduledTypes";
import type { ApplyObject, Task, TaskFields } from "./task";
import { pickFields, toTargetSet } from "./task";
import { parseLocal, toInstant, zoneOf } from "./zones";

/** The task that a create's body makes. Throws the API's refusal. */
export function createdTask(id: string, body: unknown, dialect: Dialects, now: number): Task {
  assertObject(body);
  assertFields(body, bodies.create);
  const { task_name, task_type, scheduled_type } = body;
  if (task_name === undefined) throw missingValue("task_name", "a task has a name");
  if (task_type === undefined) throw missingValue("task_type", "it says what the task does");
  if (scheduled_type === undefined) throw missingValue("scheduled_type", "it says when the task runs");
  if (dialect.bare === "refused" && (body.apply_objects ?? []).length === 0) {
    throw missingValue("apply_objects", "a task has at least one object");
  }
  const task = withTriggerDefaults({
    id,
    enable: dialect.born === "enabled",
    force_execute: false,
    ...withoutForeign(body, scheduled_type, dialect),
    task_name,
    task_type,
    scheduled_type,
    apply_objects: toTargetSet(body.apply_objects ?? []),
  });
  checkTask(task, dialect);
  refusePast(task, now);
  return task;
}

/** The task that an update's body leaves. Throws the API's refusal. */
export function updatedTask(task: Task, body: unknown, dialect: Dialects, now: number): Task {
  assertObject(body);
  const { apply_object_update_type: verb, ...fields } = body;
  if (verb !== undefined) {
    if (dialect.verb === "refused") throw unknownName("apply_object_update_type");
    checkValue("apply_object_update_type", verb, targetsVerb);
    if (verb === "FULL_COVERAGE" && !("apply_objects" in fields)) {
      throw missingValue("apply_objects", "FULL_COVERAGE replaces the whole set");
    }
  }
  assertFields(fields, bodies.update);
  const type = fields.scheduled_type ?? task.scheduled_type;
  const changes = withoutIgnoredClears(withoutForeign(fields, type, dialect), dialect);
  const base = withoutGray(baseOf(task, type, new Set(Object.keys(fields)), dialect), changes, dialect);
  const updated = withTriggerDefaults({
    ...base,
    ...changes,
    apply_objects: updatedTargets(base.apply_objects, changes.apply_objects, verb, dialect),
  });
  checkTask(updated, dialect);
  if (fields.scheduled_date || fields.scheduled_time || type !== task.scheduled_type) refusePast(updated, now);
  return updated;
}

function withoutForeign(fields: TaskFields, type: string, dialect: Dialects): TaskFields {
  if (dialect.foreign === "stored") return fields;
  const foreign = Object.keys(fields).find((name) => isForeign(name, type));
  if (foreign === undefined) return fields;
  if (dialect.foreign === "refused")
    throw conflict(`The parameter ${foreign} is not allowed with scheduled_type ${type}`);
  return pickFields(fields, (name) => !isForeign(name, type));
}

function withoutIgnoredClears(fields: TaskFields, dialect: Dialects): TaskFields {
  if (dialect.clear === "clears") return fields;
  return pickFields(fields, (_, value) => value !== "" && !(Array.isArray(value) && value.length === 0));
}

/** What an update starts from: the old task, or only what a PUT that resets omitted fields leaves of it. */
function baseOf(task: Task, type: string, sent: Set<string>, dialect: Dialects): Task {
  const kept = pickFields(task, (name) => dialect.foreign === "stored" || !isForeign(name, type));
  const { id, task_name, task_type, enable, force_execute, apply_objects } = task;
  const own = { id, task_name, task_type, scheduled_type: type };
  if (dialect.omitted === "keeps") return { ...kept, ...own, enable, force_execute, apply_objects };
  // A field that is sent is not omitted: an ignored clear keeps its value, a set that is added to is the old one.
  return {
    enable: true,
    force_execute: false,
    apply_objects: [],
    ...pickFields(kept, (name) => isRequired(name, type) || sent.has(name)),
    ...own,
  };
}

/**
 * UNKNOWN: leaving gray mode is the only way that could clear gray_fail_threshold, whose least value is 1; here it
 * clears all three.
 */
function withoutGray(task: Task, changes: TaskFields, dialect: Dialects): Task {
  if (changes.is_gray !== false || dialect.clear === "ignored") return task;
  const { gray_count, gray_desktop_ids, gray_fail_threshold, ...rest } = task;
  return rest;
}

function updatedTargets(
  old: ApplyObject[],
  sent: ApplyObject[] | undefined,
  verb: unknown,
  dialect: Dialects,
): ApplyObject[] {
  if (verb === "CLEAR_ALL") {
    if (sent && sent.length > 0) throw conflict("The parameter apply_objects is not allowed with CLEAR_ALL");
    return [];
  }
  // Under dialect `clear` an ignored `[]` ends here too, with FULL_COVERAGE or without.
  if (sent === undefined) return old;
  const added = verb === undefined && dialect.targets === "add" && sent.length > 0;
  return checkedCount(toTargetSet(added ? [...old, ...sent] : sent));
}

function checkedCount(targets: ApplyObject[]): ApplyObject[] {
  if (targets.length > 1000) throw badValue("apply_objects", "a task has at most 1000 objects");
  return targets;
}

/** The documented defaults of the trigger group; tasks of other types have neither field. */
function withTriggerDefaults(task: Task): Task {
  return task.scheduled_type === "LIFE_CYCLE" ? { wait_time: 0, life_cycle_exec_period: 1440, ...task } : task;
}

function refusePast(task: Task, now: number): void {
  if (task.scheduled_type !== "FIXED_TIME") return;
  const start = parseLocal(`${task.scheduled_date} ${task.scheduled_time}`);
  if (toInstant(zoneOf(task), start) <= now) {
    throw new ApiError(400, codes.past, "The scheduled time is in the past");
  }
}
