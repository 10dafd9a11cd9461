import { dateAndTime, timeOfDay } from "./formats";
import type { TaskFields } from "./task";
import { parseLocal, toInstant, toLocal, zoneOf } from "./zones";

const dayMs = 86_400_000;
/** 29 February can be eight years away (around 2100). */
const longestWaitDays = 8 * 366;

/**
 * The first instant after `after` at which the schedule runs. `anchor`: the instant from which a DAY schedule counts
 * its days. A schedule that the console has made senseless never runs.
 */
export function nextRun(schedule: TaskFields, after: number, anchor: number): number | undefined {
  const zone = zoneOf(schedule);
  const { scheduled_time = "" } = schedule;
  if (!timeOfDay.accepts(scheduled_time)) return undefined;
  const runsOn = dayRule(schedule, zone, anchor);
  if (!runsOn) return undefined;
  const time = timeOfDayMs(scheduled_time);
  const first = firstDay(schedule, Math.floor(toLocal(zone, after) / dayMs) - 1);
  for (let day = first; day <= first + longestWaitDays; day++) {
    if (!runsOn(day)) continue;
    const at = toInstant(zone, day * dayMs + time);
    if (at > after) return isExpired(schedule, zone, at) ? undefined : at;
  }
  return undefined;
}

/** At most `count` runs after `after`, in order. */
export function futureRuns(schedule: TaskFields, after: number, count: number): number[] {
  const runs: number[] = [];
  let at = nextRun(schedule, after, after);
  while (at !== undefined && runs.length < count) {
    runs.push(at);
    at = nextRun(schedule, at, after);
  }
  return runs;
}

/** Days are counted from 1970-01-01 on the zone's own calendar. */
function dayRule(schedule: TaskFields, zone: string, anchor: number): ((day: number) => boolean) | undefined {
  switch (schedule.scheduled_type) {
    case "FIXED_TIME": {
      const date = parseLocal(`${schedule.scheduled_date} 00:00:00`) / dayMs;
      return (day) => day === date;
    }
    case "DAY": {
      const interval = schedule.day_interval ?? 1;
      const first = firstDailyRun(schedule.scheduled_time ?? "", zone, anchor);
      return (day) => day >= first && (day - first) % interval === 0;
    }
    case "WEEK": {
      const weekdays = (schedule.week_list ?? "").split(",");
      return (day) => weekdays.includes(String(new Date(day * dayMs).getUTCDay() + 1));
    }
    case "MONTH": {
      const months = (schedule.month_list ?? "").split(",");
      const dates = (schedule.date_list ?? "").split(",");
      return (day) => {
        const date = new Date(day * dayMs);
        if (!months.includes(String(date.getUTCMonth() + 1))) return false;
        return dates.includes(String(date.getUTCDate())) || (dates.includes("L") && isLastOfMonth(day));
      };
    }
    default:
      return undefined;
  }
}

/**
 * UNKNOWN in the documents: here "every N days" begins with the first time the hour strikes after the schedule was
 * made.
 */
function firstDailyRun(time: string, zone: string, anchor: number): number {
  const day = Math.floor(toLocal(zone, anchor) / dayMs);
  const struck = toInstant(zone, day * dayMs + timeOfDayMs(time)) <= anchor;
  return struck ? day + 1 : day;
}

/** Far dates need no walk through all days before them. */
function firstDay(schedule: TaskFields, day: number): number {
  if (schedule.scheduled_type !== "FIXED_TIME") return day;
  return Math.max(day, parseLocal(`${schedule.scheduled_date} 00:00:00`) / dayMs);
}

const timeOfDayMs = (time: string) => parseLocal(`1970-01-01 ${time}`);

const isLastOfMonth = (day: number) => new Date((day + 1) * dayMs).getUTCDate() === 1;

/** The zone in which expire_time is read is UNKNOWN: here it is the task's own. */
function isExpired(schedule: TaskFields, zone: string, at: number): boolean {
  const { expire_time = "" } = schedule;
  return dateAndTime.accepts(expire_time) && at > toInstant(zone, parseLocal(expire_time));
}
