import {
  type Policy,
  type ResourceValidationPolicy,
  type StackValidationPolicy,
  unknownCheckingProxy,
} from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { UNKNOWN } from "../provider/scheduledTask/fields";
import { policies } from ".";

const now = new Date("2026-11-25T00:00:00Z");
beforeAll(() => jest.useFakeTimers({ now }));
afterAll(() => jest.useRealTimers());
afterEach(() => pulumi.runtime.setAllConfig({}));

const TYPE = "huaweicloud-workspace:index:ScheduledTask";
const task = (fields: object = {}) => ({
  taskName: "t",
  taskType: "REBOOT",
  scheduledType: "DAY",
  dayInterval: 1,
  scheduledTime: "12:00",
  timeZone: "Asia/Shanghai",
  applyObjects: [{ objectType: "DESKTOP", objectId: "d1" }],
  ...fields,
});

interface Given {
  readonly type?: string;
  readonly name?: string;
  readonly props: object;
  readonly provider?: object;
}

/** As the engine hands it to a policy: reading what is unknown throws. */
const resourceOf = ({ type = TYPE, name = "r", props, provider }: Given) => ({
  type,
  name,
  urn: `urn:${name}`,
  props: unknownCheckingProxy(props),
  ...(provider && { provider: { type: "", urn: "", name: "", props: provider } }),
});

/** The policy of a name, and what it says. */
function judged(rule: string, given: readonly Given[], config: object = {}): string[] {
  const policy = policies.find(({ name }) => name === rule) as Policy;
  const said: string[] = [];
  const report = (message: string, urn?: string) => void said.push(urn ? `${urn} ${message}` : message);
  const args = { getConfig: () => config };
  if ("validateStack" in policy) {
    const resources = given.map(resourceOf);
    (policy as StackValidationPolicy).validateStack({ ...args, resources } as never, report);
  } else {
    const { validateResource } = policy as ResourceValidationPolicy;
    for (const one of given)
      (validateResource as (args: never, report: unknown) => void)({ ...args, ...resourceOf(one) } as never, report);
  }
  return said;
}
const saidOf = (rule: string, fields: object, config?: object): string[] =>
  judged(rule, [{ props: task(fields) }], config);

test.each([
  ["pulumi-nodejs:dynamic/huaweicloud-workspace:ScheduledTask", task(), ["r: its taskName does not match ^x"]],
  ["huaweicloud-workspace:index:ScheduledTask", task(), ["r: its taskName does not match ^x"]],
  [
    "pulumi-nodejs:dynamic/huaweicloud-workspace:ScheduledTaskFleet",
    { tasks: { "a b": task(), late: UNKNOWN, x: task({ taskName: "x" }) } },
    ['r["a b"]: its taskName does not match ^x'],
  ],
  [
    "pulumi-nodejs:dynamic/huaweicloud-workspace:ScheduledTaskFleet",
    { tasks: { "a b": JSON.stringify(task()), late: UNKNOWN } },
    ['r["a b"]: its taskName does not match ^x'],
  ],
  [
    "huaweicloud-workspace:index:ScheduledTaskFleet",
    { ...task(), tasks: { a: { taskName: "x-a" }, b: { taskName: "b" } } },
    ['r["b"]: its taskName does not match ^x'],
  ],
  ["huaweicloud-workspace:index:ScheduledTaskFleet", { tasks: UNKNOWN }, []],
  ["huaweicloud-workspace:index:PowerSchedule", task(), []],
  ["other:index:ScheduledTask", task(), []],
])("tasks of a resource of type %s", (type, props, said) => {
  expect(judged("naming", [{ type, props }], { pattern: "^x" })).toEqual(said);
});

const acknowledging = (rule: string) =>
  `to let it pass, add "${rule}:<task name>" to "acknowledged" of the stack configuration huaweicloud-workspace:review`;

test("a rule of the review says what the review says, until its acknowledgement", () => {
  const rebuild = `r: it rebuilds desktops; ${acknowledging("rebuild")}`;
  expect(saidOf("rebuild", { taskType: "REBUILD" })).toEqual([rebuild]);
  expect(saidOf("rebuild", { taskType: "REBUILD", enable: UNKNOWN })).toEqual([]);
  const type = "huaweicloud-workspace:index:ScheduledTaskFleet";
  const saidOfFleet = (enable: unknown) =>
    judged("rebuild", [{ type, props: { enable, tasks: { t: task({ taskType: "REBUILD" }) } } }]);
  expect(saidOfFleet(true)).toEqual([`r["t"]: it rebuilds desktops; ${acknowledging("rebuild")}`]);
  expect(saidOfFleet(UNKNOWN)).toEqual([]);
  const shared = { ...task({ taskType: "REBUILD" }), tasks: { t: { taskName: "t" } } };
  expect(judged("rebuild", [{ type, props: shared }])).toEqual(saidOfFleet(true));
  pulumi.runtime.setConfig("huaweicloud-workspace:review", '{"acknowledged": ["rebuild:t"]}');
  expect(saidOf("rebuild", { taskType: "REBUILD" })).toEqual([]);
  expect(saidOf("rebuild", { taskType: "REBUILD", taskName: "u" })).toEqual([rebuild]);
  expect(saidOf("rebuild", { taskType: "REBUILD", taskName: UNKNOWN })).toEqual([]);
});

test("an acknowledgement that is misspelt stops the run", () => {
  pulumi.runtime.setConfig("huaweicloud-workspace:review", '{"acknowledged": ["rebuilds:t"]}');
  expect(() => saidOf("rebuild", {})).toThrow(/^stack configuration huaweicloud-workspace:review: acknowledged/);
});

const desktops = (count: number) =>
  Array.from({ length: count }, (_, id) => ({ objectType: "DESKTOP", objectId: `${id}` }));

test.each([
  ["more single desktops than allowed", desktops(3), {}, true],
  ["as many as allowed", desktops(2), {}, false],
  ["a pool", [{ objectType: "DESKTOP_POOL", objectId: "p" }], {}, true],
  ["targets that are not known yet", UNKNOWN, {}, false],
  ["a target that is not known yet", [UNKNOWN, ...desktops(1)], {}, false],
  ["a gray field", desktops(3), { grayCount: 1 }, false],
  ["a gray mode that is not known yet", desktops(3), { isGray: UNKNOWN }, false],
  ["gray mode switched off", desktops(3), { isGray: false, grayCount: 1 }, true],
])("no-gray-rollout over 2 targets: %s", (_, applyObjects, fields, isBroken) => {
  const said = saidOf("no-gray-rollout", { taskType: "EXECUTE_SCRIPT", applyObjects, ...fields }, { overTargets: 2 });
  const text = `r: it runs a script everywhere at once, without gray rollout; ${acknowledging("no-gray-rollout")}`;
  expect(said).toEqual(isBroken ? [text] : []);
});

test.each([
  [["Asia/Shanghai"], {}, true],
  [["Etc/UTC"], { timeZone: "UTC" }, true],
  [["UTC", "Asia/Tokyo"], {}, false],
  [[], {}, true],
  [["UTC"], { timeZone: UNKNOWN }, true],
  [["UTC"], { timeZone: undefined, scheduledType: "LIFE_CYCLE" }, true],
])("allowed-time-zones %j: %j", (zones, fields, isAllowed) => {
  expect(saidOf("allowed-time-zones", fields, { zones })).toEqual(
    isAllowed ? [] : ["r: its timeZone is none of UTC, Asia/Tokyo"],
  );
  expect(saidOf("allowed-time-zones", fields, { zones, except: ["t"] })).toEqual([]);
});

const office = { from: "09:00", to: "18:00" };
const night = { from: "22:00", to: "6:00" };
/** In New York it is then 08:00 in winter, and 09:00 in summer. */
const newYork = { scheduledTime: "13:00", timeZone: "UTC" };
test.each([
  ["inside", office, {}, true],
  ["their first minute", office, { scheduledTime: "09:00" }, true],
  ["their end", office, { scheduledTime: "18:00" }, false],
  ["before", office, { scheduledTime: "8:59:59" }, false],
  ["past midnight", night, { scheduledTime: "05:59" }, true],
  ["before midnight", night, { scheduledTime: "22:00" }, true],
  ["the end of the night", night, { scheduledTime: "06:00" }, false],
  ["all day", { from: "09:00", to: "09:00" }, {}, true],
  ["another day", { ...office, days: ["SAT", "SUN"] }, { scheduledType: "WEEK", weekList: ["FRI"] }, false],
  ["Sunday", { ...office, days: ["SUN"] }, { scheduledType: "WEEK", weekList: ["SUN"] }, true],
  [
    "the night of Friday",
    { ...night, days: ["FRI"] },
    { scheduledType: "WEEK", weekList: ["SAT"], scheduledTime: "01:00" },
    true,
  ],
  [
    "the night of Thursday",
    { ...night, days: ["SAT"] },
    { scheduledType: "WEEK", weekList: ["SAT"], scheduledTime: "01:00" },
    false,
  ],
  ["the clock of another zone", { ...office, timeZone: "UTC" }, { scheduledTime: "17:00" }, true],
  ["not by that clock", { ...office, timeZone: "UTC" }, {}, false],
  ["only in summer", { ...office, timeZone: "America/New_York" }, newYork, true],
  ["another action", { ...office, taskTypes: ["STOP"] }, {}, false],
  ["that action", { ...office, taskTypes: ["REBOOT"] }, {}, true],
  ["switched off", office, { enable: false }, false],
  ["perhaps switched off", office, { enable: UNKNOWN }, false],
  ["a time that is not known yet", office, { scheduledTime: UNKNOWN }, false],
  ["an action that is not known yet", { ...office, taskTypes: ["REBOOT"] }, { taskType: UNKNOWN }, false],
  ["after an event", office, { scheduledType: "LIFE_CYCLE", lifeCycleType: "POST_X", scheduledTime: undefined }, false],
])("quiet-hours: %s", (_, hours, fields, isBroken) => {
  const { dayInterval, ...rest } = task(fields);
  const props = rest.scheduledType === "DAY" ? { ...rest, dayInterval } : rest;
  expect(judged("quiet-hours", [{ props }], { hours: [hours] }).length).toBe(isBroken ? 1 : 0);
});

test("quiet hours are named as they are configured", () => {
  const hours = [{ ...office, days: ["MON", "WED"], timeZone: "Asia/Shanghai" }];
  expect(saidOf("quiet-hours", {}, { hours })).toEqual([
    "r: it runs in quiet hours, 09:00 to 18:00 Asia/Shanghai MON WED",
  ]);
  expect(saidOf("quiet-hours", {}, { hours: [office] })).toEqual([
    "r: it runs in quiet hours, 09:00 to 18:00 of its own time zone",
  ]);
  expect(() => saidOf("quiet-hours", {}, { hours: [{ ...office, timeZone: "Mars" }] })).toThrow(
    "quiet-hours.hours: timeZone: Mars is no name of the tz database",
  );
});

test("naming: a pattern that is none says so, and a name that is not known yet passes", () => {
  expect(() => saidOf("naming", {}, { pattern: "(" })).toThrow(/^naming\.pattern: /);
  expect(saidOf("naming", { taskName: UNKNOWN }, { pattern: "^x" })).toEqual([]);
  expect(saidOf("naming", {}, {})).toEqual([]);
});

const start = { name: "on", props: task({ taskName: "on", taskType: "START" }) };
const stop = (fields: object = {}, more: object = {}) => ({
  name: "off",
  props: task({ taskName: "off", taskType: "STOP", scheduledTime: "12:30", ...fields }),
  ...more,
});
const all = { applyObjects: [{ objectType: "ALL_DESKTOPS" }] };
test.each([
  ["on one target", stop(), {}, "one target"],
  ["on all desktops", stop(all), {}, "targets of which one may hold the other"],
  ["later", stop({ scheduledTime: "12:31" }), {}, undefined],
  ["on another target", stop({ applyObjects: [{ objectType: "DESKTOP", objectId: "d2" }] }), {}, undefined],
  ["in another region", stop({ ...all, region: "r2" }), {}, undefined],
  ["of another provider", stop({}, { provider: { projectId: "p2" } }), {}, undefined],
  ["that is perhaps switched off", stop({ enable: UNKNOWN }), {}, undefined],
  ["excepted", stop(), { except: ["off"] }, undefined],
  ["at a time that is not known yet", stop({ scheduledTime: UNKNOWN }), {}, undefined],
])("power-conflict: a START and a STOP %s", (_, other, config, where) => {
  expect(judged("power-conflict", [start, other], config)).toEqual(
    where === undefined ? [] : [`urn:off on, then off: START and STOP within 30 minutes of ${where}`],
  );
});

test.each(["2026-12-02T00:00:00Z", "2026-12-25T00:00:00Z", "2027-06-01T00:00:00Z"])(
  "power-conflict: the verdict of %s is that of every day",
  (day) => {
    jest.setSystemTime(new Date(day));
    const { dayInterval: _, ...first } = task({
      scheduledType: "MONTH",
      monthList: [1],
      dateList: [1],
      taskType: "START",
    });
    const said = judged("power-conflict", [{ name: "on", props: { ...first, scheduledTime: "12:25" } }, stop()]);
    jest.setSystemTime(now);
    expect(said).toEqual(["urn:off on, then off: START and STOP within 30 minutes of one target"]);
  },
);

test("power-conflict: two tasks that meet on many targets are named once, and for certain", () => {
  const both = { applyObjects: [...desktops(3), ...all.applyObjects] };
  expect(judged("power-conflict", [{ ...start, props: { ...start.props, ...both } }, stop(both)])).toEqual([
    "urn:off on, then off: START and STOP within 30 minutes of one target",
  ]);
});

test("power-conflict: thousands of tasks on one target are compared, and 10,000 conflicts told", () => {
  const clock = (minute: number): string => new Date(minute * 60_000).toISOString().slice(11, 16);
  const many = Array.from({ length: 4000 }, (_, index) => {
    const taskType = index % 2 === 0 ? "START" : "STOP";
    return { name: `t${index}`, props: task({ taskName: `t${index}`, taskType, scheduledTime: clock(index % 1440) }) };
  });
  const began = performance.now();
  expect(judged("power-conflict", many)).toHaveLength(10_000);
  expect(performance.now() - began).toBeLessThan(20_000);
});
