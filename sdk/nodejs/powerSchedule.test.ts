import * as pulumi from "@pulumi/pulumi";
import { PowerSchedule, type PowerScheduleArgs } from "./powerSchedule";

/** What the engine is asked to make, by name. */
const made = new Map<string, { type: string; inputs: { [name: string]: unknown } }>();

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: ({ name, type, inputs }) => {
      made.set(name, { type, inputs });
      return { id: `id-${name}`, state: inputs };
    },
    call: () => ({}),
  }),
);

const office: PowerScheduleArgs = {
  days: ["MON", "FRI"],
  startAt: "08:00",
  stopAt: "19:30",
  timeZone: "Asia/Shanghai",
  targets: [{ objectType: "DESKTOP_POOL", objectId: "pool-sales" }],
};

/** The inputs of the START and the STOP, without what every task of the front has. */
async function tasksOf(edit: Partial<PowerScheduleArgs> = {}) {
  made.clear();
  const { start, stop } = new PowerSchedule("office", { ...office, ...edit });
  await Promise.all([start, stop].map(({ id }) => new Promise((resolve) => id.apply(resolve))));
  return ["office-start", "office-stop"].map((name) => {
    const { __provider, ...inputs } = made.get(name)?.inputs ?? {};
    return inputs;
  });
}

test("a START and a STOP of the same targets, named by the component", async () => {
  const common = {
    scheduledType: "WEEK",
    weekList: ["MON", "FRI"],
    timeZone: "Asia/Shanghai",
    applyObjects: [{ objectType: "DESKTOP_POOL", objectId: "pool-sales" }],
  };
  expect(await tasksOf()).toEqual([
    { ...common, taskName: "office-start", taskType: "START", scheduledTime: "08:00" },
    { ...common, taskName: "office-stop", taskType: "STOP", scheduledTime: "19:30" },
  ]);
  expect([...made].map(([name, { type }]) => [name, type])).toEqual([
    ["office", "huaweicloud-workspace:index:PowerSchedule"],
    ["office-start", "pulumi-nodejs:dynamic/huaweicloud-workspace:ScheduledTask"],
    ["office-stop", "pulumi-nodejs:dynamic/huaweicloud-workspace:ScheduledTask"],
  ]);
});

test("what both have goes to both, what one has to that one", async () => {
  const [start, stop] = await tasksOf({
    enable: false,
    expireTime: "2030-12-31 00:00:00",
    region: "cn-north-4",
    start: { taskName: "wake", description: "before work" },
    stop: { forceExecute: true, extraParams: { notify_message: "Save your work." } },
  });
  const both = { enable: false, expireTime: "2030-12-31 00:00:00", region: "cn-north-4" };
  expect(start).toMatchObject({ ...both, taskName: "wake", description: "before work" });
  expect(start).not.toHaveProperty("forceExecute");
  expect(stop).toMatchObject({
    ...both,
    taskName: "office-stop",
    forceExecute: true,
    extraParams: { notify_message: "Save your work." },
  });
});

test.each([
  ["a night", "20:00", "4:00", ["MON", "FRI", "SAT"], ["TUE", "SAT", "SUN"]],
  ["to midnight", "08:00", "00:00", ["SAT"], ["SUN"]],
  ["numbers, as the API counts", "20:00", "04:00", [1, 7], ["MON", "SUN"]],
  ["their texts", "20:00", "04:00", ["2"], ["TUE"]],
  ["a day, however it is written", "8:00", "08:00:01", [1, "MON"], [1, "MON"]],
])("the STOP comes after the START: %s", async (_, startAt, stopAt, days, stopDays) => {
  const edit = { startAt, stopAt, days: days as PowerScheduleArgs["days"] };
  const [start, stop] = await tasksOf(edit);
  expect([start?.weekList, stop?.weekList]).toEqual([days, stopDays]);
  const late = Object.fromEntries(Object.entries(edit).map(([name, value]) => [name, pulumi.output(value)]));
  expect((await tasksOf(late as unknown as PowerScheduleArgs)).map(({ weekList }) => weekList)).toEqual([
    days,
    stopDays,
  ]);
});

test.each<[object, RegExp]>([
  [{ days: ["MONDAY"] }, /^PowerSchedule "office": days\[0\]: "MONDAY"; expected one of SUN, /],
  [{ days: [] }, /: days: 0 items; expected a list of at least one/],
  [{ days: undefined }, /: days: missing/],
  [{ startAt: "25:00" }, /: startAt: "25:00"; expected a time of day/],
  [{ stopAt: 19 }, /: stopAt: 19; expected a time of day/],
  [{ targets: [{ objectType: "DESKTOP", objectID: "d1" }] }, /: targets\[0\]\.objectID: unknown property/],
  [{ startAt: "25:00", stopAt: "24:00" }, /startAt: "25:00".*; stopAt: "24:00"/],
  [{ startAt: "8:00", stopAt: "08:00:00" }, /: stopAt: the same time as startAt; expected another one$/],
])("%j is refused by name", (edit, message) => {
  expect(() => new PowerSchedule("office", { ...office, ...edit })).toThrow(message);
});

test("a part that is not known yet is no failure", async () => {
  const [start] = await tasksOf({ targets: [{ objectType: "DESKTOP", objectId: pulumi.output("d1") }] });
  expect(start?.applyObjects).toEqual([{ objectType: "DESKTOP", objectId: "d1" }]);
});
