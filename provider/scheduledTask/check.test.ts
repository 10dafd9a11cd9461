import { check } from "./check";
import { complete, taskOf } from "./examples.fixture";
import { type Inputs, rows, UNKNOWN } from "./fields";

const now = new Date("2026-11-24T07:00:00Z");
const checked = (inputs: object, previous?: Inputs, defaults = {}, markLength = 0) =>
  check({ ...inputs }, { now, previous, defaults, markLength });
const failures = (inputs: object, previous?: Inputs) =>
  checked(inputs, previous).failures.map(({ path, reason }) => `${path}: ${reason}`);
const paths = (inputs: object, previous?: Inputs) => checked(inputs, previous).failures.map(({ path }) => path);

test.each(Object.keys(complete) as (keyof typeof complete)[])(
  "a complete %s task passes as it is, without a warning",
  (type) => {
    const { failures: found, warnings, inputs } = checked(taskOf(type));
    expect(found).toEqual([]);
    expect(warnings).toEqual([]);
    expect(inputs).toStrictEqual({ enable: true, ...taskOf(type) });
  },
);

test("what the program leaves undefined it does not declare", () => {
  expect(checked({ ...taskOf("DAY"), description: undefined }).inputs).toStrictEqual({
    enable: true,
    ...taskOf("DAY"),
  });
});

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
      "a month that has none of the days",
      { ...taskOf("MONTH"), monthList: [2], dateList: [30, "31"] },
      ["dateList: no month of [2] has day 30 or 31, so the task would never run"],
    ],
    [
      "a month that is none",
      { ...taskOf("MONTH"), monthList: [1, 13] },
      ["monthList[1]: 13; expected a number from 1 to 12"],
    ],
    [
      "a day that no month has",
      { ...taskOf("MONTH"), dateList: ["32"] },
      ['dateList[0]: "32"; expected one of "1" to "31", or "L" for the last day of the month'],
    ],
    [
      "an id that is none",
      { ...taskOf("MONTH"), grayDesktopIds: ["d1", 5] },
      ["grayDesktopIds[1]: 5; expected a list of at most 1000 ids of 1 to 255 characters"],
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
      "a gray field on an action that is none",
      { ...week, taskType: 5, grayCount: 3 },
      ["taskType: 5; expected a text of 1 to 255 characters"],
    ],
    [
      "a gray field without an action",
      { ...taskOf("MONTH"), taskType: undefined },
      ["taskType: missing; expected one of START, STOP, REBOOT, HIBERNATE, REBUILD, EXECUTE_SCRIPT, CREATE_SNAPSHOT"],
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
    [
      "a text that is none",
      { ...week, description: 5 },
      ["description: a value of type number; expected a text of 0 to 255 characters"],
    ],
    [
      "a value that is null",
      { ...week, scheduledTime: null },
      ['scheduledTime: null; expected a time of day HH:mm:ss, e.g. "19:30:00"'],
    ],
    [
      "an object for a text",
      { ...week, scheduledTime: {} },
      ['scheduledTime: a value of type object; expected a time of day HH:mm:ss, e.g. "19:30:00"'],
    ],
    [
      "a text of 80 characters",
      { ...week, scheduledTime: "9".repeat(80) },
      [`scheduledTime: "${"9".repeat(80)}"; expected a time of day HH:mm:ss, e.g. "19:30:00"`],
    ],
    [
      "a longer one",
      { ...week, scheduledTime: "9".repeat(81) },
      ['scheduledTime: a text of 81 characters; expected a time of day HH:mm:ss, e.g. "19:30:00"'],
    ],
    ["an unknown property", { ...week, weeklist: [1] }, ["weeklist: unknown property; did you mean weekList?"]],
    [
      "one that resembles a known one less",
      { ...week, weeks: [1] },
      ["weeks: unknown property; did you mean weekList?"],
    ],
    [
      "one with digits",
      { ...week, day1: 1, "2days": 1 },
      [
        `day1: unknown property; known are ${rows.map(({ name }) => name).join(", ")}`,
        `2days: unknown property; known are ${rows.map(({ name }) => name).join(", ")}`,
      ],
    ],
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
      "one of the eleventh target",
      {
        ...week,
        applyObjects: [...Array(10).fill({ objectType: "ALL_DESKTOPS" }), { objectType: "ALL_DESKTOPS", type: 1 }],
      },
      ["applyObjects[10].type: unknown property; known are objectType, objectId"],
    ],
    [
      "a target that is none",
      { ...week, applyObjects: ["d"] },
      [
        'applyObjects[0]: "d"; expected {objectType, objectId}: objectType is DESKTOP, DESKTOP_POOL, ALL_DESKTOPS, DESKTOP_TAG, and both are texts of 1 to 255 characters',
      ],
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

  test.each<[string, object]>([
    ["a day that only a leap year has", { ...taskOf("MONTH"), monthList: [2], dateList: ["29"] }],
    [
      "a day that the month has beside one that it lacks",
      { ...taskOf("MONTH"), monthList: [2], dateList: ["1", "30"] },
    ],
    ["a day that one of the months has", { ...taskOf("MONTH"), monthList: [2, 4], dateList: ["30"] }],
    ["the last day", { ...taskOf("MONTH"), monthList: [2], dateList: ["30", "L"] }],
    ["all desktops, which need no id", { ...week, applyObjects: [{ objectType: "ALL_DESKTOPS" }] }],
    ["parameters as text", { ...week, extraParams: '{"notify_message":"bye"}' }],
    ["as many parameters as fit", { ...week, extraParams: { notify_message: "x".repeat(1979) } }],
    ["as long a description as fits", { ...week, description: "\u{1f600}".repeat(255) }],
  ])("%s passes", (_name, inputs) => {
    expect(failures(inputs)).toEqual([]);
  });

  test("a description that the owner's mark makes too long", () => {
    const marked = (description: string | undefined, markLength: number) =>
      checked({ ...week, description }, undefined, {}, markLength).failures;
    expect(marked("\u{1f600}".repeat(246), 10)).toEqual([
      {
        path: "description",
        reason: "a text of 246 characters; expected at most 245, since the owner's mark takes 10",
      },
    ]);
    expect(marked("x".repeat(245), 10)).toEqual([]);
    expect(marked(undefined, 10)).toEqual([]);
    expect(marked(UNKNOWN, 230)).toEqual([]);
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

  test("hides no failure beside it", () => {
    expect(paths({ ...taskOf("WEEK"), weekList: [UNKNOWN, 8] })).toEqual(["weekList[1]"]);
  });
});

describe("the stack's time zone", () => {
  const { timeZone: _, ...noZone } = taskOf("WEEK");
  const defaults = { timeZone: "Europe/Berlin" };

  test("fills a timed task that declares none, visibly", () => {
    expect(checked(noZone, undefined, defaults).inputs.timeZone).toBe("Europe/Berlin");
    expect(checked(taskOf("WEEK"), undefined, defaults).inputs.timeZone).toBe("Asia/Shanghai");
    expect(checked({ ...noZone, scheduledType: UNKNOWN }, undefined, defaults).inputs.timeZone).toBe("Europe/Berlin");
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
    expect(paths({ ...ran, adoptTaskId: "1", scheduledDate: "2026-11-23" }, ran)).toEqual(["scheduledDate"]);
  });

  test("is an error for a task that is replaced, and for no other", () => {
    expect(paths({ ...ran, taskType: "REBOOT" }, ran)).toEqual(["scheduledDate"]);
    expect(paths({ ...ran, region: "r1", description: "new" }, { ...ran, description: "old" })).toEqual([]);
  });

  test.each<[string, object]>([
    ["scheduledDate", { scheduledDate: undefined }],
    ["scheduledDate", { scheduledDate: "2026-02-31" }],
    ["scheduledTime", { scheduledTime: undefined }],
    ["timeZone", { timeZone: undefined }],
    ["timeZone", { timeZone: "Paris" }],
  ])("is not judged without a sound %s: %j", (name, edit) => {
    expect(paths({ ...ran, scheduledDate: "2026-11-20", ...edit })).toEqual([name]);
  });

  test("is tolerated in expireTime for a day, since its zone is not documented", () => {
    expect(failures({ ...taskOf("WEEK"), expireTime: "2026-11-23 07:00:00" })).toEqual([]);
    const past = { ...taskOf("WEEK"), expireTime: "2026-11-23 6:59:59" };
    expect(failures(past)).toEqual(["expireTime: 2026-11-23 06:59:59 is in the past by more than a day"]);
    expect(paths(past, taskOf("WEEK"))).toEqual(["expireTime"]);
    expect(
      failures(
        { ...taskOf("WEEK"), expireTime: "2020-01-01 00:00" },
        { ...taskOf("WEEK"), expireTime: "2020-01-01 00:00:00" },
      ),
    ).toEqual([]);
  });
});

describe("doubt is a warning, not a failure", () => {
  const warnings = (inputs: object, previous?: Inputs) =>
    checked(inputs, previous).warnings.map(({ path, reason }) => `${path}: ${reason}`);

  test.each<[string, object, string[]]>([
    [
      "an undocumented action",
      { ...taskOf("WEEK"), taskType: "PAUSE" },
      [
        'taskType: "PAUSE" is not among the documented values START, STOP, REBOOT, HIBERNATE, REBUILD, EXECUTE_SCRIPT, CREATE_SNAPSHOT',
      ],
    ],
    [
      "an undocumented event",
      { ...taskOf("LIFE_CYCLE"), lifeCycleType: "POST_X" },
      [
        'lifeCycleType: "POST_X" is not among the documented values POST_CREATE_DESKTOP_SUCCESS, POST_REBUILD_DESKTOP_SUCCESS, POST_REATTACH_DESKTOP_SUCCESS, POST_DESKTOP_DISCONNECTED, POST_DESKTOP_CANNOT_CONNECT',
      ],
    ],
    [
      "an undocumented kind of target",
      { ...taskOf("WEEK"), applyObjects: [{ objectType: "USER", objectId: "u" }] },
      [
        'applyObjects[0].objectType: "USER" is not among the documented values DESKTOP, DESKTOP_POOL, ALL_DESKTOPS, DESKTOP_TAG',
      ],
    ],
    [
      "no targets",
      { ...taskOf("WEEK"), applyObjects: undefined },
      ["applyObjects: none are declared: the task acts on no desktop"],
    ],
    [
      "gray fields switched off",
      { ...taskOf("MONTH"), isGray: false },
      ["isGray: false beside other gray fields: they have no effect"],
    ],
    [
      "L beside numbers",
      { ...taskOf("MONTH"), dateList: ["1", "L"] },
      ["dateList: whether the cloud accepts L beside numbers is documented both ways"],
    ],
    [
      "days that some months lack",
      { ...taskOf("MONTH"), monthList: [1, 2, 4], dateList: [28, 29, 30, 31] },
      [
        'dateList: day 29 is skipped in months that lack it (2); "L" is the last day',
        'dateList: day 30 is skipped in months that lack it (2); "L" is the last day',
        'dateList: day 31 is skipped in months that lack it (2, 4); "L" is the last day',
      ],
    ],
    [
      "parameters that an update refuses",
      { ...taskOf("WEEK"), extraParams: { notify_message: "x".repeat(1004) } },
      ["extraParams: more than 1024 characters as JSON: accepted when a task is created, refused in an update"],
    ],
  ])("%s", (_name, inputs, expected) => {
    expect(failures(inputs)).toEqual([]);
    expect(warnings(inputs)).toEqual(expected);
  });

  test.each<[string, object]>([
    ["the last day alone", { ...taskOf("MONTH"), dateList: ["L"] }],
    ["parameters that an update accepts", { ...taskOf("WEEK"), extraParams: { notify_message: "x".repeat(1003) } }],
    ["days that no month has, which fail", { ...taskOf("MONTH"), monthList: [2], dateList: ["30"] }],
  ])("not %s", (_name, inputs) => {
    expect(warnings(inputs)).toEqual([]);
  });

  test("no targets are doubted once", () => {
    const { applyObjects: _, ...inputs } = taskOf("WEEK");
    expect(warnings(inputs, inputs)).toEqual([]);
  });

  test("not gray mode that is off without other gray fields", () => {
    const { grayCount: _, grayDesktopIds: __, grayFailThreshold: ___, ...plain } = taskOf("MONTH");
    expect(warnings({ ...plain, isGray: false })).toEqual([]);
  });
});
