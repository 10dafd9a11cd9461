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
  return liveTasks(project, { names: [], types: [], held: new Set(), taken: [], marked: false, ...wanted }, owner);
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

const resourcesIn = async (wanted: Partial<Wanted> = {}) => {
  const { tasks, names } = await listed(wanted);
  return tasks.map(({ id, inputs }) => [inputs.taskName, names.get(id)]);
};

test("a resource has the same name whatever is narrowed, and none that is taken", async () => {
  for (const name of ["patch", "Patch!"]) await make(name);
  await make("Patch?", { task_type: "START" });
  await make("patch", { description: "[acme/lab]" });
  const all = Object.fromEntries(await resourcesIn());
  expect(all).toMatchObject({ patch: "patch" });
  expect(new Set(Object.values(all))).toEqual(new Set(["patch", "patch-2", "patch-3"]));
  expect(await resourcesIn({ names: ["Patch!"] })).toEqual([["Patch!", all["Patch!"]]]);
  expect(await resourcesIn({ types: ["START"] })).toEqual([["Patch?", all["Patch?"]]]);
  expect((await resourcesIn({ marked: true })).slice(-1)).toEqual([["patch", "patch-4"]]);
  expect(await resourcesIn({ names: ["Patch?"], taken: ["patch", "patch-2", "patch-3"] })).toEqual([
    ["Patch?", expect.stringMatching(/^patch-[456]$/)],
  ]);
});

test("what a task is never found to do is an error that names what it may be", async () => {
  await make("new", { task_type: "FUTURE" });
  await expect(listed({ types: ["STOP", "stop"] })).rejects.toThrow(
    'no task does "stop": --type is one of CREATE_SNAPSHOT, EXECUTE_SCRIPT, FUTURE, HIBERNATE, REBOOT, REBUILD, START, STOP',
  );
  expect((await listed({ types: ["FUTURE", "START"] })).tasks).toHaveLength(1);
});

test("half of a character is declared in no field, and in a name stops the task only", async () => {
  await make("cut", { description: "cut \ud83d", extra_params: '{"notify_message":"cut \\ud83d"}' });
  const id = await make("name \ud83d");
  const { tasks, notes } = await listed();
  expect(tasks).toEqual([{ id: expect.any(String), inputs: { taskName: "cut", ...declared } }]);
  expect(notes).toEqual([
    expect.stringMatching(
      /^"cut" .* without .*: extraParams: .*half of a character.*; description: |description.*extraParams/,
    ),
    expect.stringMatching(`^"name \\\\ud83d" \\(id ${id}\\) is left out`),
  ]);
});

test("nothing that a terminal obeys is in what is said of a task", async () => {
  await make("x\u001b[31mred\n::error::injected\u202e", { time_zone: "" });
  await make("o", { description: "d [a\u001b[31m/b\n::warning::hi]" });
  const { notes } = await listed();
  expect(notes.some((note) => note.startsWith('"x\\u001b[31mred\\n::error::injected\\u202e" (id '))).toBe(true);
  expect(notes.join("")).not.toMatch(/(?! )[\p{C}\p{Z}]/u);
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
