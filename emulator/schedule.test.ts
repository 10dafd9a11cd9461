import { futureRuns, nextRun } from "./schedule";
import type { TaskFields } from "./task";

const at = (text: string) => Date.parse(text);
const next = (schedule: TaskFields, after: string, anchor = after) => {
  const run = nextRun(schedule, at(after), at(anchor));
  return run === undefined ? undefined : new Date(run).toISOString();
};

const shanghai = { scheduled_time: "09:00:00", time_zone: "Asia/Shanghai" };
const weekly = { ...shanghai, scheduled_type: "WEEK", week_list: "1,7" };
const daily = { ...shanghai, scheduled_type: "DAY", day_interval: 1 };
const monthly = { ...shanghai, scheduled_type: "MONTH", month_list: "2,4", date_list: "30,L" };

test.each<[string, TaskFields, string, string | undefined]>([
  ["1 is Sunday and 7 is Saturday", weekly, "2026-11-24T00:00:00Z", "2026-11-28T01:00:00.000Z"],
  ["after Saturday comes Sunday", weekly, "2026-11-28T01:00:00Z", "2026-11-29T01:00:00.000Z"],
  ["a run at this very instant is not next", daily, "2026-11-24T01:00:00Z", "2026-11-25T01:00:00.000Z"],
  ["a time still ahead is today", daily, "2026-11-24T00:59:59Z", "2026-11-24T01:00:00.000Z"],
  [
    "the zone's day counts, not UTC's",
    { ...daily, scheduled_time: "01:00:00" },
    "2026-11-23T16:30:00Z",
    "2026-11-23T17:00:00.000Z",
  ],
  ["no zone means Asia/Shanghai", { ...daily, time_zone: "" }, "2026-11-24T00:00:00Z", "2026-11-24T01:00:00.000Z"],
  ["30 February is skipped, L is its last day", monthly, "2026-01-01T00:00:00Z", "2026-02-28T01:00:00.000Z"],
  ["L and 30 are one day in April", monthly, "2026-04-30T01:00:00Z", "2027-02-28T01:00:00.000Z"],
  ["L in a leap year", monthly, "2028-01-01T00:00:00Z", "2028-02-29T01:00:00.000Z"],
  [
    "29 February can be eight years away",
    { ...monthly, month_list: "2", date_list: "29" },
    "2096-03-01T00:00:00Z",
    "2104-02-29T01:00:00.000Z",
  ],
  [
    "a fixed date ahead",
    { ...shanghai, scheduled_type: "FIXED_TIME", scheduled_date: "2099-12-31" },
    "2026-01-01T00:00:00Z",
    "2099-12-31T01:00:00.000Z",
  ],
  [
    "a fixed date past",
    { ...shanghai, scheduled_type: "FIXED_TIME", scheduled_date: "2026-01-01" },
    "2026-01-01T01:00:00Z",
    undefined,
  ],
  [
    "the last run before expiry",
    { ...daily, expire_time: "2026-11-24 09:00:00" },
    "2026-11-24T00:00:00Z",
    "2026-11-24T01:00:00.000Z",
  ],
  ["nothing after expiry", { ...daily, expire_time: "2026-11-24 08:59:59" }, "2026-11-24T00:00:00Z", undefined],
  ["LIFE_CYCLE has no time", { ...shanghai, scheduled_type: "LIFE_CYCLE" }, "2026-11-24T00:00:00Z", undefined],
])("%s", (_, schedule, after, expected) => {
  expect(next(schedule, after)).toBe(expected);
});

test("DAY counts its days from the first run after the schedule was made", () => {
  const schedule = { ...daily, day_interval: 3 };
  expect(next(schedule, "2026-11-24T02:00:00Z")).toBe("2026-11-25T01:00:00.000Z");
  expect(next(schedule, "2026-11-25T01:00:00Z", "2026-11-24T02:00:00Z")).toBe("2026-11-28T01:00:00.000Z");
  expect(next(schedule, "2026-11-24T00:00:00Z")).toBe("2026-11-24T01:00:00.000Z");
});

const newYork = { scheduled_type: "DAY", day_interval: 1, time_zone: "America/New_York" };

test("a time that the clock change skips moves on by the gap", () => {
  expect(next({ ...newYork, scheduled_time: "02:30:00" }, "2026-03-08T00:00:00Z")).toBe("2026-03-08T07:30:00.000Z");
});

test("a time that occurs twice means the first", () => {
  expect(next({ ...newYork, scheduled_time: "01:30:00" }, "2026-11-01T00:00:00Z")).toBe("2026-11-01T05:30:00.000Z");
});

test("the same hour of the day is kept across a clock change", () => {
  const runs = futureRuns({ ...newYork, scheduled_time: "09:00:00" }, at("2026-03-07T00:00:00Z"), 2);
  expect(runs.map((run) => new Date(run).toISOString())).toEqual([
    "2026-03-07T14:00:00.000Z",
    "2026-03-08T13:00:00.000Z",
  ]);
});

test("future runs end where the schedule ends", () => {
  expect(futureRuns({ ...daily, expire_time: "2026-11-26 00:00:00" }, at("2026-11-24T00:00:00Z"), 5)).toHaveLength(2);
});
