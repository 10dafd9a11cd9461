import { check } from "./check";
import { complete, taskOf } from "./examples.fixture";
import { type Inputs, rows, UNKNOWN } from "./fields";

const now = new Date("2026-11-24T07:00:00Z");
const checked = (inputs: object, previous?: Inputs, defaults = {}) =>
  check({ ...inputs }, { now, previous, defaults, markLength: 0 });
const failures = (inputs: object, previous?: Inputs) =>
  checked(inputs, previous).failures.map(({ path, reason }) => `${path}: ${reason}`);
const paths = (inputs: object, previous?: Inputs) => checked(inputs, previous).failures.map(({ path }) => path);

test.each(Object.keys(complete) as (keyof typeof complete)[])(
  "a complete %s task passes as it is, without a warning",
  (type) => {
    const { failures: found, warnings, inputs } = checked(taskOf(type));
    expect(found).toEqual([]);
    expect(warnings).toEqual([]);
    expect(inputs).toEqual({ enable: true, ...taskOf(type) });
  },
);

describe("bad input is named by its path, with what is allowed", () => {
  const week = taskOf("WEEK");
  const { weekList: _, ...noDays } = week;
  const { timeZone: __, ...noZone } = week;
  test.each<[string, object, string[]]>([
    [
      "WEEK without days",
      noDays,
      [
        "weekList: missing, and WEEK needs it; expected a list of at least one of SUN, MON, TUE, WED, THU, FRI, SAT (or 1 to 7, where 1 is Sunday)",
      ],
    ],
    [
      "an empty list of days",
      { ...week, weekList: [] },
      [
        "weekList: 0 items; expected a list of at least one of SUN, MON, TUE, WED, THU, FRI, SAT (or 1 to 7, where 1 is Sunday)",
      ],
    ],
    [
      "a field of another type",
      { ...week, dayInterval: 2 },
      ["dayInterval: not used by WEEK; remove it (WEEK uses weekList, scheduledTime, timeZone)"],
    ],
    [
      "an impossible time",
      { ...week, scheduledTime: "25:00" },
      ['scheduledTime: "25:00"; expected a time of day HH:mm:ss, e.g. "19:30:00"'],
    ],
    [
      "an impossible date",
      { ...taskOf("FIXED_TIME"), scheduledDate: "2027-04-31" },
      ['scheduledDate: "2027-04-31" is not a date that exists'],
    ],
    [
      "an impossible expiry",
      { ...week, expireTime: "2027-02-29 00:00" },
      ['expireTime: "2027-02-29 00:00" is not a date that exists'],
    ],
    [
      "months that never have the day",
      { ...taskOf("MONTH"), monthList: [2], dateList: ["30"] },
      ["dateList: no month of [2] has day 30, so the task would never run"],
    ],
    [
      "weekday 0",
      { ...week, weekList: ["MON", 0] },
      ["weekList[1]: 0; expected one of SUN, MON, TUE, WED, THU, FRI, SAT (or 1 to 7, where 1 is Sunday)"],
    ],
    [
      "weekday 8",
      { ...week, weekList: [8] },
      ["weekList[0]: 8; expected one of SUN, MON, TUE, WED, THU, FRI, SAT (or 1 to 7, where 1 is Sunday)"],
    ],
    [
      "a weekday misspelt",
      { ...week, weekList: ["MONDAYS"] },
      ['weekList[0]: "MONDAYS"; expected one of SUN, MON, TUE, WED, THU, FRI, SAT (or 1 to 7, where 1 is Sunday)'],
    ],
    [
      "a gray field on START",
      { ...week, taskType: "START", grayCount: 3 },
      ["grayCount: only used by taskType EXECUTE_SCRIPT, not by START; remove it"],
    ],
    [
      "START after an event",
      { ...taskOf("LIFE_CYCLE"), taskType: "START" },
      ["taskType: START cannot be triggered by an event; with LIFE_CYCLE use STOP, REBOOT, HIBERNATE, EXECUTE_SCRIPT"],
    ],
    [
      "REBUILD after an event",
      { ...taskOf("LIFE_CYCLE"), taskType: "REBUILD" },
      [
        "taskType: REBUILD cannot be triggered by an event; with LIFE_CYCLE use STOP, REBOOT, HIBERNATE, EXECUTE_SCRIPT",
      ],
    ],
    [
      "an unknown zone",
      { ...week, timeZone: "Paris" },
      ['timeZone: "Paris" is not a name of the tz database, e.g. "Asia/Shanghai" or "Europe/Paris"'],
    ],
    [
      "no zone",
      noZone,
      [
        'timeZone: missing, and WEEK needs it; expected a name of the tz database, e.g. "Asia/Shanghai" or "Europe/Paris", here or for the whole stack by `pulumi config set huaweicloud-workspace:timeZone`; there is no other default',
      ],
    ],
    [
      "parameters that are no JSON",
      { ...week, extraParams: "{oops" },
      [
        "extraParams: a text of 5 characters that is not JSON; expected an object or JSON text of at most 2000 characters",
      ],
    ],
    [
      "parameters that are too long",
      { ...week, extraParams: { notify_message: "x".repeat(2000) } },
      ["extraParams: 2021 characters as JSON; expected at most 2000"],
    ],
    [
      "too long a description",
      { ...week, description: "x".repeat(256) },
      ["description: a text of 256 characters; expected a text of 0 to 255 characters"],
    ],
    ["an unknown property", { ...week, weeklist: [1] }, ["weeklist: unknown property; did you mean weekList?"]],
    [
      "a property that resembles none",
      { ...week, foo: 1 },
      [`foo: unknown property; known are ${rows.map(({ name }) => name).join(", ")}`],
    ],
    [
      "an unknown property of a target",
      { ...week, applyObjects: [{ objectType: "DESKTOP", objectID: "d" }] },
      ["applyObjects[0].objectID: unknown property; did you mean objectId?"],
    ],
    [
      "a target without id",
      { ...week, applyObjects: [{ objectType: "DESKTOP" }] },
      ["applyObjects[0].objectId: missing; a target of type DESKTOP needs an id"],
    ],
    [
      "an interval of half a day",
      { ...taskOf("DAY"), dayInterval: 0.5 },
      ["dayInterval: 0.5; expected a whole number from 1 to 31"],
    ],
    [
      "no type at all",
      { taskName: "x", taskType: "STOP" },
      ["scheduledType: missing; expected one of FIXED_TIME, DAY, WEEK, MONTH, LIFE_CYCLE"],
    ],
    [
      "a schedule type that is none",
      { ...week, scheduledType: "YEAR" },
      ['scheduledType: "YEAR"; expected one of FIXED_TIME, DAY, WEEK, MONTH, LIFE_CYCLE'],
    ],
  ])("%s", (_name, inputs, expected) => {
    expect(failures(inputs)).toEqual(expected);
  });

  test("1,001 targets", () => {
    const applyObjects = Array.from({ length: 1001 }, (_, index) => ({ objectType: "DESKTOP", objectId: `d${index}` }));
    expect(failures({ ...week, applyObjects })[0]).toMatch(
      /^applyObjects: 1001 items; expected a list of at most 1000 targets/,
    );
    expect(failures({ ...week, applyObjects: applyObjects.slice(1) })).toEqual([]);
  });

  test("the vendor's literal example, which mixes all types: each foreign field by its name", () => {
    const example = {
      taskName: "Test task",
      taskType: "STOP",
      scheduledType: "FIXED_TIME",
      dayInterval: 1,
      weekList: [1, 2, 7],
      monthList: [1, 3, 12],
      dateList: ["1", "2", "28", "L"],
      scheduledDate: "2030-12-23",
      scheduledTime: "09:00:00",
      expireTime: "2030-12-31 09:00:00",
      grayCount: 1000,
      grayDesktopIds: ["string"],
      grayFailThreshold: 1000,
      lifeCycleType: "string",
      timeZone: "Asia/Shanghai",
      priority: 50,
      isGray: true,
      waitTime: 43200,
    };
    expect(paths(example).sort()).toEqual(
      [
        "dayInterval",
        "weekList",
        "monthList",
        "dateList",
        "lifeCycleType",
        "priority",
        "waitTime",
        "isGray",
        "grayCount",
        "grayDesktopIds",
        "grayFailThreshold",
      ].sort(),
    );
  });

  test("all failures at once", () => {
    expect(
      paths({ ...week, weekList: ["X"], scheduledTime: "9", timeZone: "Paris", waitTime: 5, foo: 1 }).sort(),
    ).toEqual(["foo", "scheduledTime", "timeZone", "waitTime", "weekList[0]"].sort());
  });

  test("a text that may be a secret is never printed", () => {
    const secret = "hunter2-hunter2";
    const all = checked({ ...week, extraParams: `{${secret}`, description: secret.repeat(20), weeklist: secret });
    expect(all.failures).toHaveLength(3);
    expect(JSON.stringify([all.failures, all.warnings])).not.toContain("hunter2");
  });
});

describe("an unknown value", () => {
  test.each(rows.filter(({ wireName }) => wireName).map(({ name }) => name))("never fails: %s", (name) => {
    const type = (Object.keys(complete) as (keyof typeof complete)[]).find((key) => name in complete[key]) ?? "MONTH";
    expect(failures({ ...taskOf(type), [name]: UNKNOWN })).toEqual([]);
  });

  test("never fails inside a list", () => {
    expect(
      failures({
        ...taskOf("WEEK"),
        weekList: [UNKNOWN, "MON"],
        applyObjects: [{ objectType: "DESKTOP", objectId: UNKNOWN }, UNKNOWN],
      }),
    ).toEqual([]);
    expect(failures({ ...taskOf("MONTH"), monthList: [UNKNOWN, 2], dateList: [UNKNOWN, "30"] })).toEqual([]);
  });
});

describe("the stack's time zone", () => {
  const { timeZone: _, ...noZone } = taskOf("WEEK");
  const defaults = { timeZone: "Europe/Berlin" };

  test("fills a timed task that declares none, visibly", () => {
    expect(checked(noZone, undefined, defaults).inputs.timeZone).toBe("Europe/Berlin");
    expect(checked(taskOf("WEEK"), undefined, defaults).inputs.timeZone).toBe("Asia/Shanghai");
  });

  test("does not touch a triggered task", () => {
    expect(checked(taskOf("LIFE_CYCLE"), undefined, defaults).inputs.timeZone).toBeUndefined();
  });
});

describe("a date in the past", () => {
  const ran = { ...taskOf("FIXED_TIME"), scheduledDate: "2026-11-24", scheduledTime: "15:00" };

  test("is refused on create, in the task's own zone", () => {
    expect(failures(ran)).toEqual([
      "scheduledDate: 2026-11-24 15:00:00 Asia/Shanghai is in the past (it is 2026-11-24 15:00:00 there)",
    ]);
    expect(failures({ ...ran, scheduledTime: "15:01" })).toEqual([]);
    expect(failures({ ...ran, timeZone: "Europe/Berlin" })).toEqual([]);
  });

  test("is no error once it was deployed, and one again when it changes", () => {
    expect(failures({ ...ran, description: "x" }, ran)).toEqual([]);
    expect(paths({ ...ran, scheduledDate: "2026-11-23" }, ran)).toEqual(["scheduledDate"]);
  });

  test("is no error for a task that is taken over", () => {
    expect(failures({ ...ran, adoptTaskId: "1" })).toEqual([]);
  });

  test("is tolerated in expireTime for a day, since its zone is not documented", () => {
    expect(failures({ ...taskOf("WEEK"), expireTime: "2026-11-23 08:00:00" })).toEqual([]);
    expect(paths({ ...taskOf("WEEK"), expireTime: "2026-11-23 06:59:59" })).toEqual(["expireTime"]);
    expect(
      failures(
        { ...taskOf("WEEK"), expireTime: "2020-01-01 00:00" },
        { ...taskOf("WEEK"), expireTime: "2020-01-01 00:00:00" },
      ),
    ).toEqual([]);
  });
});

describe("doubt is a warning, not a failure", () => {
  test.each<[string, object, string]>([
    ["an undocumented action", { ...taskOf("WEEK"), taskType: "PAUSE" }, '"PAUSE" is not among the documented values'],
    ["an undocumented event", { ...taskOf("LIFE_CYCLE"), lifeCycleType: "POST_X" }, '"POST_X" is not among'],
    [
      "an undocumented kind of target",
      { ...taskOf("WEEK"), applyObjects: [{ objectType: "USER", objectId: "u" }] },
      '"USER" is not among',
    ],
    ["no targets", { ...taskOf("WEEK"), applyObjects: undefined }, "the task acts on no desktop"],
    ["gray fields switched off", { ...taskOf("MONTH"), isGray: false }, "they have no effect"],
    ["L beside numbers", { ...taskOf("MONTH"), dateList: ["1", "L"] }, "documented both ways"],
    [
      "a day that some months lack",
      { ...taskOf("MONTH"), monthList: [1, 2, 4], dateList: [29, 31] },
      "day 29 is skipped in months that lack it (2)",
    ],
    [
      "parameters that an update refuses",
      { ...taskOf("WEEK"), extraParams: { notify_message: "x".repeat(1024) } },
      "more than 1024 characters",
    ],
  ])("%s", (_name, inputs, warning) => {
    const result = checked(inputs);
    expect(result.failures).toEqual([]);
    expect(result.warnings.map(({ reason }) => reason).join("\n")).toContain(warning);
  });
});

test("gray mode that is off without other gray fields is no doubt", () => {
  const { grayCount: _, grayDesktopIds: __, grayFailThreshold: ___, ...plain } = taskOf("MONTH");
  expect(checked({ ...plain, isGray: false }).warnings).toEqual([]);
});
