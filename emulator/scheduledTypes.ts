import type { Dialects } from "./dialects";
import { badValue, conflict, missingValue } from "./errors";
import type { TaskFields } from "./task";

interface Group {
  /** Fields that only this type (or, for scheduled_time, only timed types) uses. */
  uses: readonly string[];
  /**
   * Fields it cannot run without. Every schema marks them optional; that they are required is documented for the sister
   * app API only, and the emulator takes the strict side.
   */
  requires: readonly (keyof TaskFields)[];
}

const scheduledTypes: Record<string, Group> = {
  FIXED_TIME: { uses: ["scheduled_date", "scheduled_time"], requires: ["scheduled_date", "scheduled_time"] },
  DAY: { uses: ["day_interval", "scheduled_time"], requires: ["day_interval", "scheduled_time"] },
  WEEK: { uses: ["week_list", "scheduled_time"], requires: ["week_list", "scheduled_time"] },
  MONTH: {
    uses: ["month_list", "date_list", "scheduled_time"],
    requires: ["month_list", "date_list", "scheduled_time"],
  },
  LIFE_CYCLE: {
    uses: ["life_cycle_type", "wait_time", "life_cycle_exec_period", "priority"],
    requires: ["life_cycle_type"],
  },
};

const groupedFields = new Set(Object.values(scheduledTypes).flatMap((group) => group.uses));
const grayFields: readonly (keyof TaskFields)[] = ["is_gray", "gray_count", "gray_desktop_ids", "gray_fail_threshold"];

/** A field that belongs to other schedule types only. */
export function isForeign(name: string, scheduledType: string): boolean {
  return groupedFields.has(name) && !groupOf(scheduledType).uses.includes(name);
}

export function isRequired(name: string, scheduledType: string): boolean {
  return groupOf(scheduledType).requires.some((required) => required === name);
}

function groupOf(scheduledType: string): Group {
  return scheduledTypes[scheduledType] ?? { uses: [], requires: [] };
}

/** What a schedule must hold as a whole, with or without a task around it. */
export function checkSchedule(fields: TaskFields, dialect: Pick<Dialects, "last">): void {
  const type = fields.scheduled_type;
  if (type === undefined) throw missingValue("scheduled_type", "without it the other schedule fields mean nothing");
  for (const name of groupOf(type).requires) {
    if (fields[name] === undefined || fields[name] === "") throw missingValue(name, `scheduled_type ${type} needs it`);
  }
  if (type === "MONTH") checkMonthDates(fields, dialect);
}

/** What a task must hold as a whole, after a create and after an update alike. */
export function checkTask(task: TaskFields, dialect: Pick<Dialects, "last">): void {
  checkSchedule(task, dialect);
  const type = task.task_type ?? "";
  if (task.scheduled_type === "LIFE_CYCLE" && (type === "START" || type === "REBUILD")) {
    throw conflict(`The task_type ${type} is not allowed with scheduled_type LIFE_CYCLE`);
  }
  const gray = grayFields.find((name) => task[name] !== undefined);
  if (gray && type !== "EXECUTE_SCRIPT")
    throw conflict(`The parameter ${gray} is allowed with task_type EXECUTE_SCRIPT only`);
}

const longestDay = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function checkMonthDates({ month_list = "", date_list = "" }: TaskFields, { last }: Pick<Dialects, "last">): void {
  const dates = date_list.split(",");
  if (last === "refused" && dates.includes("L") && dates.length > 1) throw badValue("date_list", "L must stand alone");
  const longest = Math.max(...month_list.split(",").map((month) => longestDay[Number(month) - 1] ?? 31));
  if (!dates.some((date) => date === "L" || Number(date) <= longest)) {
    throw badValue("date_list", `none of these dates is in the months ${month_list}`);
  }
}
