import { taskOf } from "./examples.fixture";
import type { Inputs } from "./fields";
import { UNKNOWN } from "./fields";
import { nextRuns } from "./nextRuns";

/** Each run as its time with offset, and its doubts. */
const runs = (inputs: object, after: string, count = 3): string[] =>
  nextRuns(inputs as Inputs, new Date(after), count).map(({ at, doubts }) =>
    [at.toString({ timeZoneName: "never" }), ...doubts].join(" "),
  );

const { expireTime: _, ...week } = taskOf("WEEK");
const month = { ...taskOf("MONTH"), monthList: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] };
const tuesday = "2026-11-24T10:00:00Z";

describe("the next runs", () => {
  test.each<[string, object, string[]]>([
    [
      "of days of the week",
      week,
      ["2026-11-27T19:30:00+08:00", "2026-11-30T19:30:00+08:00", "2026-12-04T19:30:00+08:00"],
    ],
    [
      "of Sunday, by its name or by the API's number",
      { ...week, weekList: ["1", "SUN", 1] },
      ["2026-11-29T19:30:00+08:00", "2026-12-06T19:30:00+08:00", "2026-12-13T19:30:00+08:00"],
    ],
    [
      "of today, later",
      { ...week, weekList: ["TUE"] },
      ["2026-11-24T19:30:00+08:00", "2026-12-01T19:30:00+08:00", "2026-12-08T19:30:00+08:00"],
    ],
    [
      "of every day",
      { ...taskOf("DAY"), dayInterval: 1 },
      ["2026-11-25T09:00:00+08:00", "2026-11-26T09:00:00+08:00", "2026-11-27T09:00:00+08:00"],
    ],
    [
      "of every n days, counted from the first possible one",
      { ...taskOf("DAY"), dayInterval: 20, scheduledTime: "18:01" },
      ["2026-11-24T18:01:00+08:00 anchor", "2026-12-14T18:01:00+08:00 anchor", "2027-01-03T18:01:00+08:00 anchor"],
    ],
    [
      "of chosen months",
      taskOf("MONTH"),
      ["2027-01-01T09:00:00+08:00", "2027-01-15T09:00:00+08:00", "2027-07-01T09:00:00+08:00"],
    ],
    [
      "of the last day of the month",
      { ...month, dateList: ["L"] },
      ["2026-11-30T09:00:00+08:00", "2026-12-31T09:00:00+08:00", "2027-01-31T09:00:00+08:00"],
    ],
    [
      "of day 31, which some months lack",
      { ...month, dateList: [31] },
      ["2026-12-31T09:00:00+08:00", "2027-01-31T09:00:00+08:00", "2027-03-31T09:00:00+08:00"],
    ],
    [
      "of day 30 and the last day, once where they are one",
      { ...month, dateList: ["30", "L"] },
      ["2026-11-30T09:00:00+08:00", "2026-12-30T09:00:00+08:00", "2026-12-31T09:00:00+08:00"],
    ],
    [
      "of 29 February",
      { ...month, monthList: [2], dateList: ["29"] },
      ["2028-02-29T09:00:00+08:00", "2032-02-29T09:00:00+08:00", "2036-02-29T09:00:00+08:00"],
    ],
    ["of a date", taskOf("FIXED_TIME"), ["2030-12-23T09:00:00+08:00"]],
    ["in an offset", { ...taskOf("FIXED_TIME"), timeZone: "GMT-3:30" }, ["2030-12-23T09:00:00-03:30"]],
    ["in an alias of a zone", { ...taskOf("FIXED_TIME"), timeZone: "PRC" }, ["2030-12-23T09:00:00+08:00"]],
    ["of a time with seconds", { ...taskOf("FIXED_TIME"), scheduledTime: "9:05:07" }, ["2030-12-23T09:05:07+08:00"]],
    [
      "until an expiry, in the task's zone and inclusive",
      { ...week, expireTime: "2026-11-30T19:30" },
      ["2026-11-27T19:30:00+08:00", "2026-11-30T19:30:00+08:00"],
    ],
    [
      "of every n days until an expiry",
      { ...taskOf("DAY"), expireTime: "2026-11-26 00:00:00" },
      ["2026-11-25T09:00:00+08:00 anchor"],
    ],
  ])("%s", (_what, inputs, expected) => {
    expect(runs(inputs, tuesday)).toEqual(expected);
  });
});

test("a run at the given instant is not a next one", () => {
  expect(runs(week, "2026-11-27T11:30:00Z", 1)).toEqual(["2026-11-30T19:30:00+08:00"]);
  expect(runs(week, "2026-11-27T11:29:59.999Z", 1)).toEqual(["2026-11-27T19:30:00+08:00"]);
  expect(runs({ ...taskOf("DAY"), dayInterval: 2 }, "2026-11-24T01:00:00Z", 1)).toEqual([
    "2026-11-25T09:00:00+08:00 anchor",
  ]);
});

describe("none", () => {
  test.each<[string, object]>([
    ["of a task that is switched off", { ...week, enable: false }],
    ["of a task that an event triggers", taskOf("LIFE_CYCLE")],
    ["of a date in the past", { ...taskOf("FIXED_TIME"), scheduledDate: "2026-11-24" }],
    ["after the expiry", { ...week, expireTime: "2026-11-01 00:00:00" }],
    ["of every n days after the expiry", { ...taskOf("DAY"), expireTime: "2026-11-24 18:00:00" }],
    ["of days that no chosen month has", { ...month, monthList: [2, 4], dateList: [31] }],
    ["without a schedule type", { ...week, scheduledType: undefined }],
    ["of an unknown schedule type", { ...week, scheduledType: "HOURLY" }],
    ["without a time", { ...week, scheduledTime: undefined }],
    ["at a time that does not exist", { ...week, scheduledTime: "25:00" }],
    ["without a zone", { ...week, timeZone: undefined }],
    ["in no zone", { ...week, timeZone: "Paris" }],
    ["in a zone that means another to most people", { ...week, timeZone: "CST" }],
    ["without days", { ...week, weekList: [] }],
    ["on days that do not exist", { ...week, weekList: ["FREITAG"] }],
    ["on a date that does not exist", { ...taskOf("FIXED_TIME"), scheduledDate: "2031-02-29" }],
    ["with an expiry that does not exist", { ...week, expireTime: "2031-02-29 00:00:00" }],
    ["every 0 days", { ...taskOf("DAY"), dayInterval: 0 }],
    ["with a value that is not yet known", { ...week, weekList: ["MON", UNKNOWN] }],
    ["with an expiry that is not yet known", { ...week, expireTime: UNKNOWN }],
  ])("%s", (_what, inputs) => {
    expect(runs(inputs, tuesday)).toEqual([]);
  });

  test("when none is asked for", () => {
    expect(runs(week, tuesday, 0)).toEqual([]);
  });
});

describe("02:30 on the days of summer time", () => {
  const nightly = (timeZone: string) => ({ ...taskOf("DAY"), dayInterval: 1, scheduledTime: "02:30", timeZone });

  test.each([
    [
      "Europe/Berlin",
      "2027-03-26T12:00:00Z",
      ["2027-03-27T02:30:00+01:00", "2027-03-28T03:30:00+02:00 gap", "2027-03-29T02:30:00+02:00"],
    ],
    [
      "Europe/Berlin",
      "2027-10-29T12:00:00Z",
      ["2027-10-30T02:30:00+02:00", "2027-10-31T02:30:00+02:00 overlap", "2027-11-01T02:30:00+01:00"],
    ],
    [
      "America/New_York",
      "2027-03-12T12:00:00Z",
      ["2027-03-13T02:30:00-05:00", "2027-03-14T03:30:00-04:00 gap", "2027-03-15T02:30:00-04:00"],
    ],
    [
      "America/New_York",
      "2027-11-05T12:00:00Z",
      ["2027-11-06T02:30:00-04:00", "2027-11-07T02:30:00-05:00", "2027-11-08T02:30:00-05:00"],
    ],
  ])("%s after %s", (timeZone, after, expected) => {
    expect(runs(nightly(timeZone), after)).toEqual(expected);
  });

  test("in New York it is 01:30 that comes twice", () => {
    expect(runs({ ...nightly("America/New_York"), scheduledTime: "01:30" }, "2027-11-06T12:00:00Z", 1)).toEqual([
      "2027-11-07T01:30:00-04:00 overlap",
    ]);
  });

  test("the second 02:30 is not a run", () => {
    expect(runs(nightly("Europe/Berlin"), "2027-10-31T00:30:00Z", 1)).toEqual(["2027-11-01T02:30:00+01:00"]);
  });

  test("every n days are days of the calendar, and what the gap makes of one moves no other", () => {
    expect(runs({ ...nightly("Europe/Berlin"), dayInterval: 2 }, "2027-03-27T12:00:00Z")).toEqual([
      "2027-03-28T03:30:00+02:00 gap anchor",
      "2027-03-30T02:30:00+02:00 anchor",
      "2027-04-01T02:30:00+02:00 anchor",
    ]);
  });
});

test("a run that a gap at midnight moves into the next day is found on that day", () => {
  // In Nuuk, 27 March 2027 ends at 23:00.
  const late = { ...taskOf("DAY"), dayInterval: 1, scheduledTime: "23:30", timeZone: "America/Nuuk" };
  expect(runs(late, "2027-03-28T01:15:00Z", 2)).toEqual(["2027-03-28T00:30:00-01:00 gap", "2027-03-28T23:30:00-01:00"]);
});

test("a day that a zone skipped is no second run of the next", () => {
  const samoa = { ...taskOf("DAY"), dayInterval: 1, timeZone: "Pacific/Apia" };
  expect(runs(samoa, "2011-12-29T12:00:00Z", 3)).toEqual([
    "2011-12-29T09:00:00-10:00",
    "2011-12-31T09:00:00+14:00 gap",
    "2012-01-01T09:00:00+14:00",
  ]);
});
