/** When a task runs, read out of its inputs: validated once, so that nothing after it needs to. Pure. */
import { isDate, neverFires, zoneId } from "./calendar";
import { type FieldName, type Inputs, inGroup, type Row, row, rows, weekdays } from "./fields";
import { shapeFailures } from "./shapeFailures";
import { canonical, isUnknown } from "./wire";

/** The days on which a timed task runs. */
export type Days =
  | { readonly type: "FIXED_TIME"; readonly date: string }
  | { readonly type: "DAY"; readonly interval: number }
  /** From 1, Monday, to 7, Sunday: ascending, as ISO 8601 and Temporal count, not the API. */
  | { readonly type: "WEEK"; readonly weekdays: readonly number[] }
  /** Ascending, the last day of the month at the end. */
  | { readonly type: "MONTH"; readonly months: readonly number[]; readonly dates: readonly (number | "L")[] };

interface Expiring {
  /** yyyy-MM-dd HH:mm:ss, after which the task runs no more. */
  readonly expiry?: string;
}

/** A task that runs on certain days at a time of day. */
export interface Timed extends Expiring {
  readonly days: Days;
  /** HH:mm:ss */
  readonly time: string;
  /** The zone as it was declared. */
  readonly timeZone: string;
  /** The same as JavaScript names it. */
  readonly zone: string;
}

/** A task that runs after an event. */
export interface Triggered extends Expiring {
  readonly event: string;
  /** In a unit that is not documented. */
  readonly wait: number;
}

/** The schedule of a task; undefined when a part of it is missing, wrong or not yet known. */
export function scheduleOf(inputs: Inputs): Timed | Triggered | undefined {
  const parts = rows.filter((field) => field.name === "expireTime" || isScheduleField(inputs, field));
  const declared = Object.fromEntries(parts.map(({ name }) => [name, inputs[name]]));
  const isComplete = parts.every((field) => inputs[field.name] !== undefined || !isNeeded(inputs, field));
  if (!isComplete || isUnknown(declared) || shapeFailures(declared).length > 0) return undefined;
  const expiry = text(inputs, "expireTime");
  if (expiry !== "" && !isDate(expiry.slice(0, 10))) return undefined;
  const schedule = inputs.scheduledType === "LIFE_CYCLE" ? triggeredBy(inputs) : timedBy(inputs);
  return schedule && { ...schedule, ...(expiry !== "" && { expiry }) };
}

/** Whether a task runs by the clock, not after an event. */
export const isTimed = (schedule: Timed | Triggered): schedule is Timed => "days" in schedule;

/** Whether a field is one of those that a schedule is read from. The end is no part of it, since every type may have one. */
export const isScheduleField = ({ scheduledType }: Inputs, field: Row): boolean =>
  field.name === "scheduledType" ||
  (inGroup(scheduledType, field) && field.name !== "priority" && field.name !== "lifeCycleExecPeriod");

const isNeeded = ({ scheduledType }: Inputs, { requiredBy }: Row): boolean =>
  requiredBy?.some((type) => type === scheduledType) ?? false;

const triggeredBy = (inputs: Inputs): Triggered => ({
  event: text(inputs, "lifeCycleType"),
  wait: inputs.waitTime ?? 0,
});

function timedBy(inputs: Inputs): Timed | undefined {
  const timeZone = text(inputs, "timeZone");
  const [days, zone] = [daysOf(inputs), zoneId(timeZone)];
  return days && zone !== undefined ? { days, time: text(inputs, "scheduledTime"), timeZone, zone } : undefined;
}

function daysOf(inputs: Inputs): Days | undefined {
  switch (inputs.scheduledType) {
    case "FIXED_TIME": {
      const date = text(inputs, "scheduledDate");
      return isDate(date) ? { type: "FIXED_TIME", date } : undefined;
    }
    case "DAY":
      return { type: "DAY", interval: Number(inputs.dayInterval) };
    case "WEEK":
      return { type: "WEEK", weekdays: list(inputs, "weekList").map(isoWeekday).sort(ascending) };
    case "MONTH": {
      const months = list(inputs, "monthList").map(Number);
      const dates = list(inputs, "dateList").map((date) => (date === "L" ? date : Number(date)));
      return neverFires(months, dates) ? undefined : { type: "MONTH", months, dates };
    }
    default:
      return undefined;
  }
}

const names: readonly unknown[] = weekdays;
const isoWeekday = (name: unknown): number => names.indexOf(name) || 7;
const ascending = (a: number, b: number): number => a - b;

const list = (inputs: Inputs, name: FieldName): unknown[] => {
  const value = canonical(row(name), inputs[name]);
  return Array.isArray(value) ? value : [];
};

/** The canonical text of a field; of an optional one that is not declared, an empty one. */
function text(inputs: Inputs, name: FieldName): string {
  // The zone keeps its spelling: its canonical name is often an older one.
  const value = name === "timeZone" ? inputs.timeZone : canonical(row(name), inputs[name]);
  return value === undefined ? "" : String(value);
}
