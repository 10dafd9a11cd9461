import * as fc from "fast-check";
import { type Inputs, weekdays } from "../provider/scheduledTask/fields";
import { nextRuns } from "../provider/scheduledTask/nextRuns";
import { isTimed, scheduleOf } from "../provider/scheduledTask/schedule";
import { meetingOf, type Timetable, timetableOf } from "./meetings";

const within = 30;
const now = new Date("2026-11-25T00:00:00Z");

const timetable = (inputs: Inputs): Timetable => {
  const schedule = scheduleOf({ timeZone: "Asia/Shanghai", ...inputs });
  if (schedule === undefined || !isTimed(schedule)) throw new Error(`no schedule: ${JSON.stringify(inputs)}`);
  return timetableOf(schedule);
};
const meeting = (one: Inputs, other: Inputs, at = now): number | undefined =>
  meetingOf(timetable(one), timetable(other), within, at);

const daily = (scheduledTime: string, fields: Inputs = {}): Inputs => ({
  scheduledType: "DAY",
  dayInterval: 1,
  scheduledTime,
  ...fields,
});
const weekly = (scheduledTime: string, ...weekList: string[]): Inputs => ({
  scheduledType: "WEEK",
  weekList: weekList as never,
  scheduledTime,
});
const monthly = (scheduledTime: string, monthList: (number | string)[], dateList: (number | string)[]): Inputs =>
  ({ scheduledType: "MONTH", monthList, dateList, scheduledTime }) as Inputs;
const onceOn = (scheduledDate: string, scheduledTime: string): Inputs => ({
  scheduledType: "FIXED_TIME",
  scheduledDate,
  scheduledTime,
});

test.each<[string, Inputs, Inputs, number | undefined]>([
  ["half an hour apart", daily("12:00"), daily("12:30"), 30],
  ["more", daily("12:00"), daily("12:31"), undefined],
  ["the other one first", daily("12:30"), daily("12:00"), -30],
  ["seconds do not count", daily("12:00:00"), daily("12:30:59"), 30],
  ["around midnight", daily("23:50"), daily("00:10"), 20],
  ["Sunday night", weekly("23:50", "SUN"), weekly("00:10", "MON"), 20],
  ["Sunday night, and Sunday morning", weekly("23:50", "SUN"), weekly("00:10", "SUN"), undefined],
  ["on other days of the week", weekly("12:00", "MON", "TUE"), weekly("12:00", "WED"), undefined],
  ["the last of February, and its 29th", monthly("12:00", [2], ["L"]), monthly("12:00", [1, 2], [29]), 0],
  ["in other months", monthly("12:00", [1], [1]), monthly("12:00", [2], [1]), undefined],
  ["the end of a month, and the next one's beginning", monthly("23:50", [4], ["L"]), monthly("00:10", [5], [1]), 20],
  ["a Monday that comes after years", monthly("12:00", [2], [29]), weekly("12:00", "MON"), 0],
  [
    "every two days and every three: from when is not known",
    daily("12:00", { dayInterval: 2 }),
    daily("12:00", { dayInterval: 3 }),
    0,
  ],
  ["a date that comes", onceOn("2027-03-01", "12:00"), weekly("12:10", "MON"), 10],
  ["a date on another day", onceOn("2027-03-02", "12:00"), weekly("12:10", "MON"), undefined],
  ["a date that is past", onceOn("2026-11-23", "12:00"), weekly("12:10", "MON"), undefined],
  ["a time that is past today", onceOn("2026-11-25", "07:00"), daily("07:10"), undefined],
  ["a time to come today", onceOn("2026-11-25", "08:00"), daily("08:10"), 10],
  ["not before the end", weekly("12:00", "MON"), daily("12:00", { expireTime: "2026-11-29 23:59:59" }), undefined],
  ["before the end", daily("12:00", { expireTime: "2026-11-30 23:59:59" }), weekly("12:00", "MON"), 0],
  ["one instant in two zones", daily("12:00"), daily("04:05", { timeZone: "UTC" }), 5],
  ["another day in the other zone", weekly("03:00", "TUE"), { ...weekly("19:00", "MON"), timeZone: "UTC" }, 0],
  ["only in summer", daily("20:00"), daily("08:00", { timeZone: "America/New_York" }), 0],
  ["only in winter", daily("21:00"), daily("08:00", { timeZone: "America/New_York" }), 0],
  [
    "never in summer",
    monthly("21:00", [7], [1]),
    { ...monthly("08:00", [7], [1]), timeZone: "America/New_York" },
    undefined,
  ],
])("%s", (_, one, other, minutes) => {
  expect(meeting(one, other)).toBe(minutes);
});

test("the verdict is the same on every day of two years", () => {
  const [start, stop] = [monthly("08:00", [1], [1]), weekly("08:10", "MON")];
  const verdicts = Array.from({ length: 147 }, (_, index) =>
    meeting(start, stop, new Date(now.getTime() + index * 5 * 86_400_000)),
  );
  expect(new Set(verdicts)).toEqual(new Set([10]));
});

const zones = ["UTC", "Asia/Shanghai", "America/New_York", "Asia/Kolkata"];
/** None that a clock skips or has twice. */
const times = fc
  .tuple(fc.constantFrom("00", "08", "12", "20", "23"), fc.constantFrom("00", "15", "31", "45"))
  .map(([hour, minute]) => `${hour}:${minute}`);
const somewhere = fc.record({ scheduledTime: times, timeZone: fc.constantFrom(...zones) });
const ofDaysOfTheWeek = fc.oneof(
  somewhere.map((rest) => ({ scheduledType: "DAY", dayInterval: 1, ...rest })),
  fc
    .tuple(somewhere, fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1, maxLength: 3 }))
    .map(([rest, weekList]) => ({ scheduledType: "WEEK", weekList, ...rest })),
);
const ofDates = fc
  .tuple(
    somewhere,
    fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 }),
    fc.uniqueArray(fc.oneof(fc.integer({ min: 1, max: 28 }), fc.constant("L")), { minLength: 1, maxLength: 12 }),
  )
  .map(([rest, monthList, dateList]) => ({ scheduledType: "MONTH", monthList, dateList, ...rest }));

/** Whether runs of the next year are so close, one by one. */
function meetWithinAYear(one: Inputs, other: Inputs): boolean {
  const [some, others] = [one, other].map((inputs) =>
    nextRuns(inputs, now, 366).map(({ at }) => Math.floor(at.epochMilliseconds / 60_000)),
  );
  const sorted = (others ?? []).sort((a, b) => a - b);
  return (some ?? []).some((run) => sorted.some((at) => Math.abs(at - run) <= within));
}

test("days of the week: as the runs of a year, one by one", () => {
  fc.assert(
    fc.property(ofDaysOfTheWeek, ofDaysOfTheWeek, (one, other) => {
      expect(meeting(one as Inputs, other as Inputs) !== undefined).toBe(
        meetWithinAYear(one as Inputs, other as Inputs),
      );
    }),
    { numRuns: 30 },
  );
});

test("dates: no meeting within a year is missed", () => {
  fc.assert(
    fc.property(ofDates, fc.oneof(ofDates, ofDaysOfTheWeek), (one, other) => {
      if (meeting(one as Inputs, other as Inputs) === undefined)
        expect(meetWithinAYear(one as Inputs, other as Inputs)).toBe(false);
    }),
    { numRuns: 30 },
  );
});
