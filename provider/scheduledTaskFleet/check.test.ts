import type { CheckContext } from "../scheduledTask/check";
import { taskOf } from "../scheduledTask/examples.fixture";
import { UNKNOWN } from "../scheduledTask/fields";
import { check } from "./check";
import { type FleetInputs, tasksOf } from "./fleet";

const now = new Date("2026-11-24T00:00:00Z");
const checked = (declared: object, previous?: FleetInputs, defaults: CheckContext["defaults"] = {}) =>
  check({ ...declared }, { now, previous, defaults, markLength: 0 });
const linesOf = (declared: object, previous?: FleetInputs): string[] =>
  checked(declared, previous).failures.map(({ path, reason }) => `${path}: ${reason}`);
const { taskName: _, ...day } = taskOf("DAY");

test("a sound fleet passes, and a task is named by its key", () => {
  expect(checked({ tasks: { a: day, b: { ...day, taskName: "mine", description: null } } })).toMatchObject({
    failures: [],
    inputs: { tasks: { a: { taskName: "a" }, b: { taskName: "mine" } } },
  });
  expect(checked({ tasks: { b: { ...day, description: null } } }).inputs.tasks?.b).not.toHaveProperty("description");
});

test.each([
  [{}, ["tasks: missing; expected a map from a key of your choice to the inputs of a ScheduledTask"]],
  [{ tasks: [day] }, ["tasks: a list; expected a map from a key of your choice to the inputs of a ScheduledTask"]],
  [
    { tasks: "day" },
    ["tasks: a value of type string; expected a map from a key of your choice to the inputs of a ScheduledTask"],
  ],
  [{ tasks: {}, task: {} }, ["task: unknown property; did you mean tasks?"]],
  [
    { tasks: {}, somethingElse: 1 },
    [expect.stringMatching(/^somethingElse: unknown property; known are tasks, taskType,/)],
  ],
  [{ tasks: {}, taskName: "a" }, ["taskName: not shared by tasks; declare it under the key of a task"]],
  [{ tasks: { a: "day" } }, ["tasks.a: a value of type string; expected the inputs of a ScheduledTask"]],
  [{ tasks: { a: [] } }, ["tasks.a: a list; expected the inputs of a ScheduledTask"]],
  [{ tasks: { a: null } }, ["tasks.a: missing; expected the inputs of a ScheduledTask"]],
  [
    { tasks: { a: { ...day, adoptTaskId: "1" }, "b c": { ...day, adoptTaskId: "1" } } },
    ['tasks["b c"].adoptTaskId: "1" is taken over by tasks.a too'],
  ],
])("%#: what is no fleet is told", (declared, lines) => {
  expect(linesOf(declared)).toEqual(lines);
});

test("failures and warnings stand under the key of their task", () => {
  const bad = { ...taskOf("WEEK"), weekList: ["MON", "TODAY"] };
  expect(linesOf({ tasks: { "night-stop": bad, other: { ...day, dayInterval: 99 } } })).toEqual([
    expect.stringMatching(/^tasks\.night-stop\.weekList\[1\]: "TODAY"; expected/),
    expect.stringMatching(/^tasks\.other\.dayInterval: 99; expected/),
  ]);
  const { applyObjects: __, ...bare } = day;
  expect(checked({ tasks: { a: bare } }).warnings).toEqual([
    { path: "tasks.a.applyObjects", reason: expect.stringContaining("acts on no desktop") },
  ]);
});

test("what is not known yet never fails", () => {
  expect(linesOf({ tasks: UNKNOWN })).toEqual([]);
  expect(linesOf({ tasks: { a: UNKNOWN, b: { ...day, dayInterval: UNKNOWN } } })).toEqual([]);
  expect(linesOf({ tasks: { a: { ...day, adoptTaskId: UNKNOWN }, b: { ...day, adoptTaskId: UNKNOWN } } })).toEqual([]);
});

test("a date that has passed is no failure of a task that was there before, also under another key", () => {
  const ran = { ...taskOf("FIXED_TIME"), taskName: "ran", scheduledDate: "2020-02-03" };
  const { expireTime: __, ...before } = ran;
  const previous = checked({ tasks: { old: before } }).inputs;
  expect(linesOf({ tasks: { old: before } }, previous)).toEqual([]);
  expect(linesOf({ tasks: { young: before } }, previous)).toEqual([]);
  expect(linesOf({ tasks: { constructor: before } }, previous)).toEqual([]);
  expect(linesOf({ tasks: { old: before, young: before } }, previous)).toEqual([
    expect.stringMatching(/^tasks\.young\.scheduledDate: .* is in the past/),
  ]);
});

test("a shared value that is not known yet makes no task a new one", () => {
  const { expireTime: _, ...ran } = { ...taskOf("FIXED_TIME"), scheduledDate: "2020-02-03" };
  const previous = checked({ region: "r", tasks: { ran } }).inputs;
  expect(linesOf({ region: UNKNOWN, tasks: { ran } }, previous)).toEqual([]);
  expect(linesOf({ region: "other", tasks: { ran } }, previous)).toEqual([
    expect.stringMatching(/^tasks\.ran\.scheduledDate: .* is in the past/),
  ]);
});

test("what all tasks share is filled in once, and a task that declares its own keeps it", () => {
  const defaults = { region: "cn-north-4", projectId: "p", timeZone: "UTC" };
  const { timeZone: _zone, ...unzoned } = day;
  const tasks = { a: { ...unzoned, enable: null }, b: { ...day, enable: true, region: "cn-east-3" } };
  const a = { ...unzoned, taskName: "a", timeZone: "UTC" };
  const b = { ...day, taskName: "b", enable: true, region: "cn-east-3" };
  const shared = { enable: true, region: "cn-north-4", projectId: "p" };
  expect(checked({ tasks }, undefined, defaults)).toEqual({
    failures: [],
    warnings: [],
    inputs: { ...shared, tasks: { a, b } },
  });
  expect(checked({ tasks, enable: false }, undefined, defaults).inputs).toEqual({
    ...shared,
    enable: false,
    tasks: { a, b },
  });
  expect(checked({ tasks: UNKNOWN }, undefined, defaults).inputs).toEqual({ ...shared, tasks: UNKNOWN });
});

test.each([[{}], [{ a: { ...day, enable: true, region: "r" } }], [UNKNOWN]])(
  "a shared value is judged though no task has it: %#",
  (tasks) => {
    expect(linesOf({ tasks, enable: "maybe", region: 5 })).toEqual([
      expect.stringMatching(/^enable: .*expected/),
      expect.stringMatching(/^region: .*expected/),
    ]);
  },
);

test("what is wrong with a shared value is said once, and under a task that declares it by itself", () => {
  const tasks = { a: day, b: day, c: { ...day, enable: "no" } };
  expect(linesOf({ tasks, enable: "yes", region: "" })).toEqual([
    expect.stringMatching(/^enable: .*expected/),
    expect.stringMatching(/^region: .*expected/),
    expect.stringMatching(/^tasks\.c\.enable: .*expected/),
  ]);
});

test("a task whose values are shared from now on is the one that it was", () => {
  const { expireTime: _, ...ran } = { ...taskOf("FIXED_TIME"), scheduledDate: "2020-02-03" };
  const previous = { tasks: { old: { ...ran, taskName: "old", enable: true, region: "r" } } };
  expect(linesOf({ region: "r", tasks: { young: ran } }, previous)).toEqual([]);
});

test("what is found in a shared value is said once, with the tasks that it is true of where others have none of it", () => {
  const ran = { ...taskOf("FIXED_TIME"), taskType: "START", scheduledDate: "2020-02-03" };
  const { taskName: _name, expireTime: _, ...shared } = ran;
  const soon = { scheduledDate: "2030-02-03" };
  const all = Object.fromEntries(["a", "b", "c", "d", "e"].map((key) => [key, {}]));
  expect(linesOf({ ...shared, tasks: all })).toEqual([expect.stringMatching(/^scheduledDate: .* there\)$/)]);
  expect(linesOf({ ...shared, tasks: { ...all, f: soon } })).toEqual([
    expect.stringMatching(/^scheduledDate: .* is in the past .* \(of a, b, c and 2 more\)$/),
  ]);
  const event = { scheduledType: "LIFE_CYCLE", lifeCycleType: "POST_DESKTOP_DISCONNECTED" };
  expect(linesOf({ ...shared, ...soon, tasks: { soon: {}, event } })).toEqual([
    expect.stringMatching(/^taskType: START cannot be triggered by an event.* \(of event\)$/),
  ]);
  expect(linesOf({ ...shared, ...soon, weekList: ["TODAY"], tasks: { a: { scheduledType: "WEEK" }, b: {} } })).toEqual([
    expect.stringMatching(/^weekList\[0\]: "TODAY"; expected/),
  ]);
});

test("a task has no shared field of another schedule or action, and what it needs must stand somewhere", () => {
  const { taskName: _, ...week } = taskOf("WEEK");
  const { inputs, failures } = checked({
    ...week,
    dayInterval: 2,
    grayCount: 3,
    tasks: { a: {}, b: { scheduledType: "DAY" } },
  });
  expect(failures).toEqual([]);
  expect(inputs.tasks).toEqual({ a: { taskName: "a" }, b: { taskName: "b", scheduledType: "DAY" } });
  const { scheduledTime: __, ...untimed } = week;
  expect(linesOf({ ...untimed, tasks: { a: {}, b: { scheduledTime: "8:00" } } })).toEqual([
    expect.stringMatching(/^tasks\.a\.scheduledTime: missing, and WEEK needs it/),
  ]);
  expect(linesOf({ ...week, tasks: { a: { lacks: ["weekList"] } } })).toEqual([
    expect.stringMatching(/^tasks\.a\.lacks: unknown property/),
  ]);
});

test("what all tasks are without is said once, with the place where it could stand for all", () => {
  const { taskName: _, weekList: __, ...week } = taskOf("WEEK");
  expect(linesOf({ ...week, tasks: { a: {}, b: {}, c: {} } })).toEqual([
    expect.stringMatching(/^weekList: missing, and WEEK needs it; .*, here or in each task$/),
  ]);
  expect(linesOf({ ...week, tasks: { a: {} } })).toEqual([expect.stringMatching(/^tasks\.a\.weekList: missing/)]);
  expect(linesOf({ ...week, tasks: { a: {}, b: { weekList: ["MON"] } } })).toEqual([
    expect.stringMatching(/^tasks\.a\.weekList: missing/),
  ]);
  expect(linesOf({ ...week, tasks: { a: { weekList: [] }, b: { weekList: [] } } })).toEqual([
    expect.stringMatching(/^tasks\.a\.weekList: 0 items/),
    expect.stringMatching(/^tasks\.b\.weekList: 0 items/),
  ]);
});

test("beside what is wrong nothing is doubted for being of no use", () => {
  const { taskName: _, ...week } = taskOf("WEEK");
  expect(checked({ ...week, scheduledType: "WEEKLY", tasks: { a: {}, b: {} } })).toMatchObject({
    failures: [{ path: "scheduledType" }],
    warnings: [],
  });
});

test("an event takes no time zone of its fleet, as it takes none of the stack", () => {
  const event = { taskType: "STOP", scheduledType: "LIFE_CYCLE", lifeCycleType: "POST_DESKTOP_DISCONNECTED" };
  const { inputs, failures } = checked({ timeZone: "UTC", tasks: { event, own: { ...event, timeZone: "UTC" }, day } });
  expect(failures).toEqual([]);
  expect(Object.entries(tasksOf(inputs)).map(([key, { timeZone }]) => [key, timeZone])).toEqual([
    ["event", undefined],
    ["own", "UTC"],
    ["day", day.timeZone],
  ]);
});

test("a shared value that no task takes is doubted, unless a task is not known yet", () => {
  const { taskName: _, ...week } = taskOf("WEEK");
  const warningsOf = (tasks: object) =>
    checked({ dayInterval: 2, region: "r", tasks }).warnings.map(({ path, reason }) => `${path}: ${reason}`);
  const untaken = "dayInterval: no task takes it: each has its own, or a schedule or action without it";
  expect(warningsOf({ a: week, b: { ...day, dayInterval: 3 } })).toEqual([untaken]);
  expect(warningsOf({ a: { ...week, region: "s" } })).toEqual([untaken, expect.stringMatching(/^region: no task/)]);
  for (const tasks of [{}, { a: week, b: UNKNOWN }, UNKNOWN]) expect(warningsOf(tasks as object)).toEqual([]);
});
