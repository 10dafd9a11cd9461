import { liveTasks, type Wanted } from "../../export/liveTasks";
import { queried } from "../../provider/scheduledTask/queried";
import { type Cloud, startCloud } from "../emulated";

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud({ requireSignature: true });
});
afterAll(() => cloud.stop());
beforeEach(() => cloud.reset());

const listed = (wanted: Partial<Wanted> = {}, owner?: string) => {
  const { url, region, projectId, accessKey, secretKey } = cloud.emulator;
  const settings = { endpoint: url, region, projectId, accessKey, secretKey, ...(owner !== undefined && { owner }) };
  const project = queried(settings, {}, { engineRuns: async () => true, tell: () => {} });
  return liveTasks(project, { names: [], types: [], held: new Set(), marked: false, ...wanted }, owner);
};
const day = { scheduled_type: "DAY", day_interval: 1, scheduled_time: "09:00:00", time_zone: "Asia/Shanghai" };
const make = (task_name: string, fields: object = {}) =>
  cloud.make({ task_name, task_type: "STOP", ...day, ...fields });
const event = { scheduled_type: "LIFE_CYCLE", life_cycle_type: "POST_DESKTOP_DISCONNECTED" };
const declared = {
  taskType: "STOP",
  scheduledType: "DAY",
  dayInterval: 1,
  scheduledTime: "09:00:00",
  timeZone: "Asia/Shanghai",
};

test("every task is found, each with what is not at its default, in the order of the field table", async () => {
  const off = await make("off", { enable: false, description: "x", apply_objects: [{ object_type: "ALL_DESKTOPS" }] });
  const triggered = await cloud.make({
    task_name: "triggered",
    task_type: "REBOOT",
    ...event,
    wait_time: 0,
    priority: 7,
  });
  const { tasks, notes } = await listed();
  expect(tasks).toEqual([
    {
      id: off,
      inputs: {
        taskName: "off",
        ...declared,
        enable: false,
        description: "x",
        applyObjects: [{ objectType: "ALL_DESKTOPS" }],
      },
    },
    {
      id: triggered,
      inputs: {
        taskName: "triggered",
        taskType: "REBOOT",
        scheduledType: "LIFE_CYCLE",
        lifeCycleType: "POST_DESKTOP_DISCONNECTED",
        priority: 7,
      },
    },
  ]);
  expect(Object.keys(tasks[0]?.inputs ?? {}).slice(-3)).toEqual(["enable", "description", "applyObjects"]);
  expect(notes).toEqual([]);
});

test("asks for pages of the list and one detail of each wanted task, and writes nothing", async () => {
  for (let index = 0; index < 60; index++) await make(`many-${index}`);
  await make("wanted");
  const { tasks } = await listed({ names: ["wanted"] });
  expect(tasks).toHaveLength(1);
  expect(await cloud.counts()).toEqual({ ListScheduledTasks: 3, ShowScheduledTasks: 1 });
});

const namesIn = async (wanted: Partial<Wanted>) => (await listed(wanted)).tasks.map(({ inputs }) => inputs.taskName);

test("names and types narrow what is exported", async () => {
  for (const name of ["sales-a", "sales-b", "a-sales", "s.les-c"]) await make(name);
  await make("sales-c", { task_type: "START" });
  expect(await namesIn({ names: ["sales-*"] })).toEqual(["sales-a", "sales-b", "sales-c"]);
  expect(await namesIn({ names: ["*-a", "a-*"] })).toEqual(["sales-a", "a-sales"]);
  expect(await namesIn({ names: ["s.les-*"] })).toEqual(["s.les-c"]);
  expect(await namesIn({ types: ["START"] })).toEqual(["sales-c"]);
  expect(await namesIn({ types: ["START"], names: ["a*"] })).toEqual([]);
});

test("what a stack holds is left out, and counted", async () => {
  const [one, two] = [await make("one"), await make("two")];
  await make("three");
  expect(await listed({ held: new Set([one]) })).toMatchObject({
    tasks: [{ inputs: { taskName: "two" } }, { inputs: { taskName: "three" } }],
    notes: ["1 task left out: a stack holds it already."],
  });
  expect((await listed({ held: new Set([one, two]) })).notes).toEqual(["2 tasks left out: stacks hold them already."]);
});

test("what another owner marks is left out by name of the owner; the own mark is no part of a description", async () => {
  await make("ours", { description: "Nightly. [acme/prod]" });
  await make("theirs", { description: "Nightly. [acme/lab]" });
  await make("theirs too", { description: "[acme/lab]" });
  await make("nobody's", { description: "see [1]" });
  const labs = "2 tasks left out: their descriptions end in [acme/lab], the mark of an owner; --marked exports them.";
  const one = (mark: string): string =>
    `1 task left out: its description ends in [${mark}], the mark of an owner; --marked exports it.`;
  expect(await listed({}, "acme/prod")).toMatchObject({
    tasks: [{ inputs: { description: "Nightly." } }],
    notes: [labs, one("1")],
  });
  expect((await listed()).notes).toEqual([one("acme/prod"), labs, one("1")]);
  expect(await listed({ marked: true }, "acme/prod")).toMatchObject({
    tasks: ["Nightly.", "Nightly. [acme/lab]", "[acme/lab]", "see [1]"].map((description) => ({
      inputs: { description },
    })),
    notes: [],
  });
});

test("a date that is past is exported as it is", async () => {
  const past = {
    scheduled_type: "FIXED_TIME",
    scheduled_date: "2020-02-03",
    scheduled_time: "09:00:00",
    time_zone: "Etc/UTC",
  };
  await cloud.make({ task_name: "ran", task_type: "STOP", ...past, expire_time: "2020-03-01 00:00:00" });
  expect((await listed()).tasks).toMatchObject([
    { inputs: { scheduledDate: "2020-02-03", expireTime: "2020-03-01 00:00:00" } },
  ]);
});

test("a task that no program can declare is left out, and said why", async () => {
  const id = await cloud.make({ task_name: "no zone", task_type: "STOP", ...day, time_zone: "" });
  const { tasks, notes } = await listed();
  expect(tasks).toEqual([]);
  expect(notes).toEqual([
    expect.stringMatching(`^"no zone" \\(id ${id}\\) is left out, for no program can declare it: timeZone: `),
  ]);
});

test("a field that no program can declare, and that may go undeclared, is left out of its task, without its text", async () => {
  await make("odd", { extra_params: "planted, no JSON" });
  const { tasks, notes } = await listed();
  expect(tasks).toMatchObject([{ inputs: { taskName: "odd" } }]);
  expect(tasks[0]?.inputs).not.toHaveProperty("extraParams");
  expect(notes).toEqual([expect.stringMatching(/^"odd" \(id .*\) is exported without .*: extraParams: /)]);
  expect(notes.join()).not.toContain("planted");
});

test("a description that is too long with the mark of the owner is left undeclared", async () => {
  await make("long", { description: "x".repeat(250) });
  expect((await listed({}, "acme/prod")).tasks[0]?.inputs).not.toHaveProperty("description");
  expect((await listed()).tasks[0]?.inputs).toHaveProperty("description");
});

test("a task that goes while the list is read is no task", async () => {
  const id = await make("gone");
  await make("there");
  await cloud.control("PUT", "faults", [
    {
      operation: "ShowScheduledTasks",
      nth: 1,
      when: "before",
      do: { status: 404, body: { error_code: "WKS.0404", error_msg: "no" } },
    },
  ]);
  const { tasks } = await listed();
  expect(tasks).toHaveLength(1);
  expect(id).toBeDefined();
});

test("a list that is denied is an error that names it", async () => {
  await cloud.control("PUT", "denied", ["ListScheduledTasks"]);
  await expect(listed()).rejects.toThrow(/^list ScheduledTasks: 403 /);
});
