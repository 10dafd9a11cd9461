/** Whether two tasks ever run close to each other, read from their schedules: the verdict is the same on every day. Pure. */
import { wallClock } from "../provider/scheduledTask/calendar";
import type { Days, Timed } from "../provider/scheduledTask/schedule";

const dayMinutes = 1440;
const months = Array.from({ length: 12 }, (_, index) => index);
/** After so many years every date has been on every day of the week. */
const cycleYears = 28;

/** A schedule as it is compared. */
export interface Timetable {
  readonly days: Days;
  readonly zone: string;
  /** Minutes since midnight. */
  readonly time: number;
  /** After which it runs no more, minutes since 1970 by the clock of its zone. */
  readonly end: number;
}

export const timetableOf = ({ days, zone, time, expiry }: Timed): Timetable => ({
  days,
  zone,
  time: minutesOf(`1970-01-01 ${time}`),
  end: expiry === undefined ? Number.POSITIVE_INFINITY : minutesOf(expiry),
});

/**
 * How many minutes after a run of `one` the other runs, the first time that these are at most `within`; negative when it
 * runs before. Undefined when they are never so close.
 *
 * From which day every n days count is not documented: such a task is taken to run every day. Clocks of two zones differ
 * as they do in the month in question of this year. That a clock skips a time or has it twice is left aside.
 */
export function meetingOf(one: Timetable, other: Timetable, within: number, now: Date): number | undefined {
  const close = leadsOf(one.zone, other.zone, now.getUTCFullYear()).flatMap((lead) =>
    closest(one, other, lead, within),
  );
  if (close.length === 0) return undefined;
  const { dates, at } = calendarFrom(Math.floor(now.getTime() / 60_000 / dayMinutes));
  const horizon = [one, other].every(({ days: { type } }) => type === "DAY" || type === "WEEK") ? 366 : dates.length;
  for (const date of dates.slice(0, horizon)) {
    const run = date.day * dayMinutes + one.time;
    if (run > one.end) return undefined;
    if (!isOn(one.days, date)) continue;
    for (const { days, minutes, offset, months } of close) {
      const match = at(date.day + days);
      if (match === undefined || !months.has(date.month) || !isOn(other.days, match)) continue;
      const isPast = (run - offset + Math.min(minutes, 0)) * 60_000 < now.getTime();
      if (!isPast && match.day * dayMinutes + other.time <= other.end) return minutes;
    }
  }
  return undefined;
}

/** Minutes since 1970 of yyyy-MM-dd HH:mm:ss, the seconds left out. */
const minutesOf = (text: string): number => Math.floor(Date.parse(`${text.replace(" ", "T")}Z`) / 60_000);

/** Minutes by which two zones are ahead of UTC, and in which months, from 1, that is so. */
interface Lead {
  readonly one: number;
  readonly other: number;
  readonly months: Set<number>;
}

const knownLeads = new Map<string, readonly Lead[]>();

/** In the month of a clock change both hold. */
function leadsOf(one: string, other: string, year: number): readonly Lead[] {
  const key = JSON.stringify([one, other, year]);
  const known = knownLeads.get(key);
  if (known) return known;
  const leads = new Map<string, Lead>();
  for (const month of months)
    for (const at of [new Date(Date.UTC(year, month, 1)), new Date(Date.UTC(year, month + 1, 0))]) {
      const [ofOne, ofOther] = [aheadOfUtc(one, at), aheadOfUtc(other, at)];
      const lead = leads.get(`${ofOne} ${ofOther}`) ?? { one: ofOne, other: ofOther, months: new Set() };
      leads.set(`${ofOne} ${ofOther}`, lead);
      lead.months.add(month + 1);
    }
  knownLeads.set(key, [...leads.values()]);
  return [...leads.values()];
}

const aheadOfUtc = (zone: string, at: Date): number => minutesOf(wallClock(at, zone)) - at.getTime() / 60_000;

interface Closest {
  /** From the date of a run to that of the other's which is closest to it. */
  readonly days: number;
  /** From that run to the other. */
  readonly minutes: number;
  readonly offset: number;
  readonly months: ReadonlySet<number>;
}

/** The times of day of two tasks that are so close to each other; none that are not. */
function closest(one: Timetable, other: Timetable, lead: Lead, within: number): Closest[] {
  const later = other.time - lead.other - (one.time - lead.one);
  const days = -Math.round(later / dayMinutes);
  const minutes = days * dayMinutes + later;
  return Math.abs(minutes) <= within ? [{ days, minutes, offset: lead.one, months: lead.months }] : [];
}

interface CalendarDate {
  /** Days since 1970. */
  readonly day: number;
  readonly month: number;
  readonly date: number;
  /** From 1, Monday. */
  readonly weekday: number;
  readonly isLast: boolean;
}

interface Calendar {
  readonly dates: readonly CalendarDate[];
  readonly at: (day: number) => CalendarDate | undefined;
}

let known: { readonly today: number; readonly calendar: Calendar } | undefined;

/** All dates of a cycle, from the first that is today somewhere. */
function calendarFrom(today: number): Calendar {
  if (known?.today === today) return known.calendar;
  const first = today - 1;
  const dates = Array.from({ length: Math.ceil(cycleYears * 365.25) + 2 }, (_, index) => dateOf(first + index));
  known = { today, calendar: { dates, at: (day) => dates[day - first] } };
  return known.calendar;
}

function dateOf(day: number): CalendarDate {
  const at = new Date(day * 86_400_000);
  const isLast = new Date((day + 1) * 86_400_000).getUTCDate() === 1;
  return { day, month: at.getUTCMonth() + 1, date: at.getUTCDate(), weekday: at.getUTCDay() || 7, isLast };
}

function isOn(days: Days, { day, month, date, weekday, isLast }: CalendarDate): boolean {
  switch (days.type) {
    case "FIXED_TIME":
      return Date.parse(days.date) === day * 86_400_000;
    case "DAY":
      return true;
    case "WEEK":
      return days.weekdays.includes(weekday);
    case "MONTH":
      return days.months.includes(month) && days.dates.some((one) => (one === "L" ? isLast : one === date));
  }
}
