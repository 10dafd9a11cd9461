import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import { type Cloud, startCloud, writes } from "../emulated";
import { createTasksStack, type Tasks, type TasksStack } from "./tasks";

let cloud: Cloud;
let stack: TasksStack;
const week = taskOf("WEEK");
const task = (edit: object = {}, options: object = {}): Tasks[string] => ({
  args: { ...week, taskName: undefined, ...edit },
  options,
});

beforeAll(async () => {
  cloud = await startCloud({ requireSignature: true });
  stack = await createTasksStack(cloud);
});
afterAll(async () => {
  stack.cleanup();
  await cloud.stop();
});

const deploy = async (tasks: Tasks, args: string[] = []) => {
  stack.declare(tasks);
  await cloud.newRequests();
  const { code, output } = await stack.up(args);
  return { ok: code === 0, output, sent: writes(await cloud.newRequests()) };
};

test("ignoreChanges leaves a field to the console, in updates and in drift", async () => {
  const ignoring = { ignoreChanges: ["scheduledTime", "enable"] };
  await deploy({ one: task({}, ignoring) });
  const { id } = (await cloud.task("one")) ?? { id: "" };
  await cloud.edit(id, { scheduled_time: "23:00:00", enable: false });
  expect((await stack.preview(["--refresh", "--expect-no-changes"])).code).toBe(0);
  const { ok, sent } = await deploy({ one: task({ scheduledTime: "01:00", description: "new" }, ignoring) }, [
    "--refresh",
  ]);
  expect(ok).toBe(true);
  expect(sent.map(({ body }) => body)).toEqual([{ description: "new" }]);
  expect(await cloud.task("one")).toMatchObject({ scheduled_time: "23:00:00", enable: false });
});

test("protect refuses to delete, and to replace", async () => {
  await deploy({ one: task({}, { protect: true }) });
  const replaced = await deploy({ one: task({ taskType: "REBOOT" }, { protect: true }) });
  expect([replaced.ok, replaced.sent]).toEqual([false, []]);
  const removed = await deploy({});
  expect([removed.ok, removed.sent]).toEqual([false, []]);
  expect(removed.output).toContain("protect");
  expect(await cloud.tasks()).toHaveLength(1);
});

test("a replaced task is deleted before the new one is made, and the preview says so", async () => {
  await deploy({ one: task() });
  const { id } = (await cloud.task("one")) ?? {};
  stack.declare({ one: task({ taskType: "REBOOT" }) });
  const { output } = await stack.preview(["--diff"]);
  expect(output).toMatch(/\+-\S+:ScheduledTask: \(replace\)[\s\S]*~ taskType *: "STOP" => "REBOOT"/);
  expect(output).toContain("one: a change of taskType replaces the task");
  const { ok, sent } = await deploy({ one: task({ taskType: "REBOOT" }) });
  expect([ok, sent.map(({ operation }) => operation)]).toEqual([
    true,
    ["DeleteScheduledTasks", "CreateScheduledTasks"],
  ]);
  expect((await cloud.task("one"))?.id).not.toBe(id);
});

test("aliases rename a resource without touching the task", async () => {
  const { id } = (await cloud.task("one")) ?? {};
  const { ok, sent } = await deploy({
    uno: task({ taskType: "REBOOT", taskName: "one" }, { aliases: [{ name: "one" }] }),
  });
  expect([ok, sent]).toEqual([true, []]);
  expect((await stack.resources()).map(({ urn, id: stated }) => [urn.split("::").at(-1), stated])).toEqual([
    ["uno", id],
  ]);
});

test("--target updates the named task and no other", async () => {
  await deploy({ a: task(), b: task() });
  const urn = (await stack.resources()).find((resource) => resource.urn.endsWith("::a"))?.urn ?? "";
  const changed = { a: task({ description: "a" }), b: task({ description: "b" }) };
  const { ok, sent } = await deploy(changed, ["--target", urn]);
  expect([ok, sent.map(({ body }) => body)]).toEqual([true, [{ description: "a" }]]);
});

test("retainOnDelete leaves the task in the cloud", async () => {
  await deploy({ a: task({}, { retainOnDelete: true }), b: task() });
  const { ok, sent } = await deploy({ b: task() });
  expect([ok, sent]).toEqual([true, []]);
  expect(await cloud.task("a")).toBeDefined();
  expect((await stack.resources()).map(({ urn }) => urn.split("::").at(-1))).toEqual(["b"]);
});

test("adoptTaskId takes over an equal task without a write, and names what differs in another", async () => {
  const { id } = (await cloud.task("a")) ?? { id: "" };
  const adopted = await deploy({ b: task(), mine: task({ taskName: "a", adoptTaskId: id }) });
  expect([adopted.ok, adopted.sent]).toEqual([true, []]);
  expect((await stack.resources()).find(({ urn }) => urn.endsWith("::mine"))?.id).toBe(id);

  const later = await deploy({ b: task(), mine: task({ taskName: "a" }) });
  expect([later.ok, later.sent]).toEqual([true, []]);

  const other = await cloud.make({
    task_name: "theirs",
    task_type: "STOP",
    scheduled_type: "DAY",
    day_interval: 1,
    scheduled_time: "10:00:00",
    time_zone: "UTC",
    enable: true,
  });
  const theirs = {
    taskType: "STOP",
    scheduledType: "DAY",
    dayInterval: 2,
    scheduledTime: "10:00",
    timeZone: "Etc/UTC",
    taskName: "theirs",
    adoptTaskId: other,
  };
  const refused = await deploy({ b: task(), mine: task({ taskName: "a" }), theirs: { args: theirs } });
  expect([refused.ok, refused.sent]).toEqual([false, []]);
  expect(refused.output).toContain("dayInterval: live 1, declared 2");
  expect(refused.output).not.toContain("timeZone: live");
  await stack.run(["config", "set", "huaweicloud-workspace:onConflict", "overwrite"]);
  const overwritten = await deploy({ b: task(), mine: task({ taskName: "a" }), theirs: { args: theirs } });
  expect([overwritten.ok, overwritten.sent.map(({ body }) => body)]).toEqual([true, [{ day_interval: 2 }]]);
});
