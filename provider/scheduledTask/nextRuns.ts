/** The next runs of a schedule; pure. The only module that loads Temporal, which a start of the provider does not need. */
import { Temporal } from "temporal-polyfill";
import type { Inputs } from "./fields";
import { type Days, isTimed, scheduleOf, type Timed } from "./schedule";

/**
 * Why a run is only expected: the documents do not say what the cloud does.
 *
 * - `gap`: the clock skips the declared time on that day. Expected is the time as much later as the clock is put forward.
 * - `overlap`: the declared time comes twice on that day. Expected is the first.
 * - `anchor`: from which day every n days count is not known. Expected is the first possible one.
 */
export type Doubt = "gap" | "overlap" | "anchor";

/** One run of a task. */
export interface Run {
  readonly at: Temporal.ZonedDateTime;
  /** What the schedule says; `at` shows another clock time only in a gap. */
  readonly declared: Temporal.PlainDateTime;
  /** Empty for a run that is certain. */
  readonly doubts: readonly Doubt[];
}

/**
 * The next runs of a task strictly after an instant, at most `count`, in order. None for a task that is switched off,
 * that an event triggers, or whose schedule is not valid or not yet known. A month without a declared day is skipped.
 *
 * The zone in which the cloud reads an expiry is not documented: it is read in the task's own. A run at the very instant
 * of the expiry still happens.
 *
 * @param inputs in any spelling that check accepts
 */
export function nextRuns(inputs: Inputs, after: Date, count: number): Run[] {
  const schedule = inputs.enable === false ? undefined : scheduleOf(inputs);
  if (schedule === undefined || !isTimed(schedule)) return [];
  const runs = runsOf(schedule, Temporal.Instant.fromEpochMilliseconds(after.getTime()));
  const found: Run[] = [];
  while (found.length < count) {
    const { value: run } = runs.next();
    if (run === undefined) break;
    found.push(run);
  }
  return found;
}

function* runsOf(schedule: Timed, after: Temporal.Instant): Generator<Run, undefined> {
  const expiry = schedule.expiry && Temporal.PlainDateTime.from(schedule.expiry).toZonedDateTime(schedule.zone);
  let last = after.toZonedDateTimeISO(schedule.zone);
  for (const date of datesFrom(schedule.days, firstDate(schedule, after))) {
    const run = runOn(date, schedule);
    if (expiry && isAfter(run.at, expiry)) return;
    // Where a zone skips a whole day, the runs of that day and of the next are one.
    if (!isAfter(run.at, last)) continue;
    last = run.at;
    yield run;
  }
}

const isAfter = (a: Temporal.ZonedDateTime, b: Temporal.ZonedDateTime): boolean =>
  Temporal.ZonedDateTime.compare(a, b) > 0;

/** From which date to look for runs; yesterday's may come today, when it falls into a gap at midnight. */
function firstDate(schedule: Timed, after: Temporal.Instant): Temporal.PlainDate {
  const yesterday = after.toZonedDateTimeISO(schedule.zone).toPlainDate().subtract({ days: 1 });
  if (!hasAnchor(schedule.days)) return yesterday;
  const [first] = runsOf({ ...schedule, days: { type: "DAY", interval: 1 } }, after);
  return first?.declared.toPlainDate() ?? yesterday;
}

const hasAnchor = (days: Days): boolean => days.type === "DAY" && days.interval > 1;

/** Days on which a task runs, in order, perhaps with some before `from`. Only that of FIXED_TIME comes to an end. */
function* datesFrom(days: Days, from: Temporal.PlainDate): Generator<Temporal.PlainDate, void> {
  switch (days.type) {
    case "FIXED_TIME":
      yield Temporal.PlainDate.from(days.date);
      return;
    case "DAY":
      for (let date = from; ; date = date.add({ days: days.interval })) yield date;
    case "WEEK":
      for (let date = from; ; date = date.add({ days: 1 })) if (days.weekdays.includes(date.dayOfWeek)) yield date;
    case "MONTH":
      for (let month = from.toPlainYearMonth(); ; month = month.add({ months: 1 }))
        if (days.months.includes(month.month)) yield* datesIn(month, days.dates);
  }
}

function datesIn(month: Temporal.PlainYearMonth, dates: readonly (number | "L")[]): Temporal.PlainDate[] {
  const days = new Set(dates.map((date) => (date === "L" ? month.daysInMonth : date)));
  return [...days].filter((day) => day <= month.daysInMonth).map((day) => month.toPlainDate({ day }));
}

function runOn(date: Temporal.PlainDate, { days, time, zone }: Timed): Run {
  const declared = date.toPlainDateTime(Temporal.PlainTime.from(time));
  const at = declared.toZonedDateTime(zone, { disambiguation: "compatible" });
  const isSkipped = !at.toPlainDateTime().equals(declared);
  const isRepeated = !isSkipped && !declared.toZonedDateTime(zone, { disambiguation: "later" }).equals(at);
  const doubts: Doubt[] = [];
  if (isSkipped) doubts.push("gap");
  if (isRepeated) doubts.push("overlap");
  if (hasAnchor(days)) doubts.push("anchor");
  return { at, declared, doubts };
}
