import type { Dialects } from "./dialects";
import { dateAndTime } from "./formats";
import type { ApplyObject, Task, TaskFields } from "./task";
import { pickFields, targetKey } from "./task";
import { gmtOffset, localText, parseLocal, toInstant, zoneOf } from "./zones";

/**
 * What ShowScheduledTasks does not return, and what ListScheduledTasks does not return (is_gray is returned by
 * neither).
 */
const hiddenInDetail = new Set(["enable", "priority", "is_gray"]);
const shownInList = new Set([
  "id",
  "task_name",
  "task_type",
  "scheduled_type",
  "life_cycle_type",
  "life_cycle_exec_period",
  "expire_time",
  "enable",
  "description",
  "priority",
  "time_zone",
  "wait_time",
  "extra_params",
]);

export function taskDetail(task: Task, dialect: Dialects, now: number): object {
  const targets = dialect.order === "sorted" ? sortedTargets(task.apply_objects) : task.apply_objects;
  return {
    ...pickFields(asRead(task, dialect, now), (name) => !hiddenInDetail.has(name)),
    apply_objects: targets.map((target) => ({ ...target, object_name: objectName(target) })),
  };
}

/** `nextRun` is an instant; texts are "" where there is nothing to say, as was seen of last_status. */
export function taskRow(
  task: Task,
  nextRun: number | undefined,
  lastStatus: string,
  dialect: Dialects,
  now: number,
): object {
  const zone = zoneOf(task);
  return {
    ...pickFields(asRead(task, dialect, now), (name) => shownInList.has(name)),
    last_status: lastStatus,
    next_execution_time: nextRun === undefined ? "" : dateTimeAsRead(localText(zone, nextRun), zone, dialect),
  };
}

function asRead(task: Task, dialect: Dialects, now: number): TaskFields {
  const zone = zoneOf(task);
  const read: TaskFields = { ...task };
  if (task.scheduled_time) read.scheduled_time = timeAsRead(task.scheduled_time, zone, dialect, now);
  if (task.expire_time) read.expire_time = dateTimeAsRead(task.expire_time, zone, dialect);
  if (dialect.order === "sorted") {
    if (task.week_list) read.week_list = sortedCommaList(task.week_list);
    if (task.month_list) read.month_list = sortedCommaList(task.month_list);
    if (task.date_list) read.date_list = sortedCommaList(task.date_list);
    if (task.gray_desktop_ids) read.gray_desktop_ids = [...task.gray_desktop_ids].sort();
  }
  return read;
}

function timeAsRead(time: string, zone: string, { times }: Dialects, now: number): string {
  return times === "zoned" ? `${time} ${gmtOffset(zone, now)}` : withoutSeconds(time, times);
}

function dateTimeAsRead(text: string, zone: string, { times }: Dialects): string {
  return times === "zoned" && dateAndTime.accepts(text)
    ? `${text} ${gmtOffset(zone, toInstant(zone, parseLocal(text)))}`
    : withoutSeconds(text, times);
}

/** As java.time prints: only `:00` is left out, so that nothing is lost. */
const withoutSeconds = (text: string, times: Dialects["times"]) =>
  times === "short" ? text.replace(/(\d\d:\d\d):00$/, "$1") : text;

/** Numbers by value, L last. */
const sortedCommaList = (list: string) =>
  list
    .split(",")
    .sort((a, b) => rank(a) - rank(b))
    .join(",");

const rank = (item: string) => (item === "L" ? 32 : Number(item));

const sortedTargets = (targets: ApplyObject[]) => [...targets].sort((a, b) => (targetKey(a) < targetKey(b) ? -1 : 1));

/** A made-up name: the server adds one on read, and ignores one that is written. */
const objectName = ({ object_id }: ApplyObject) => (object_id === undefined ? "All desktops" : `name of ${object_id}`);
