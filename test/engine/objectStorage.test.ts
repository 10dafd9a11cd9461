import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import { type Cloud, startCloud } from "../emulated";
import { type ObjectStorage, startObjectStorage } from "./objectStorage";
import { createTasksStack, type Tasks, type TasksStack, tasksIn } from "./tasks";

const checkpoint = /^\.pulumi\/stacks\/harness\/test\.json$/;
const lock = /^\.pulumi\/locks\/.*\.json$/;

let storage: ObjectStorage;
let cloud: Cloud;
let stack: TasksStack;

beforeAll(async () => {
  storage = await startObjectStorage();
}, 600_000);
afterAll(() => storage.stop());

beforeEach(async () => {
  cloud = await startCloud({ requireSignature: true });
  stack = await createTasksStack(cloud, { options: { refresh: "always" }, env: storage.env });
  stack.declare(tasks);
});
afterEach(async () => {
  await stack.destroy();
  await stack.run(["stack", "rm", "--yes", "--force"]);
  stack.cleanup();
  await cloud.stop();
});

const names = Array.from({ length: 20 }, (_, index) => `task-${index}`).sort();
const tasks: Tasks = Object.fromEntries(names.map((taskName) => [taskName, { args: { ...taskOf("DAY"), taskName } }]));

const begin = () => {
  const child = stack.start(["up", "--yes", "--skip-preview"]);
  return { child, exited: once(child, "exit"), outcome: stack.ended(child) };
};

const until = async (isSo: () => boolean | Promise<boolean>) => {
  for (const end = Date.now() + 60_000; !(await isSo()); await sleep(20))
    if (Date.now() > end) throw new Error("it did not come to that within a minute");
};

/** The answer to the tenth POST takes so long that something can be done meanwhile, or never comes. */
const holdTenth = (how: "hang" | { delayMs: number }) =>
  cloud.control("PUT", "faults", [{ operation: "CreateScheduledTasks", nth: 10, when: "after", do: how }]);
const held = () => until(async () => (await cloud.tasks()).length >= 10);

/** The cloud holds each declared task once, the state knows all of them, nothing is left to do and nobody holds the lock. */
async function expectSettled() {
  const live = await cloud.tasks();
  expect(live.map(({ task_name }) => task_name).sort()).toEqual(names);
  const deployment = await stack.state();
  expect(
    tasksIn(deployment)
      .map(({ id }) => id)
      .sort(),
  ).toEqual(live.map(({ id }) => id).sort());
  expect(deployment.pending_operations ?? []).toEqual([]);
  expect(await stack.preview(["--refresh", "--expect-no-changes"])).toMatchObject({ code: 0 });
  expect(storage.objects().filter((name) => lock.test(name))).toEqual([]);
}

test("the state lies in the bucket, which is named by host", async () => {
  expect(await stack.up()).toMatchObject({ code: 0 });
  expect(storage.objects().filter((name) => checkpoint.test(name))).toHaveLength(1);
  expect([...storage.hosts]).toEqual(["pulumi-state.obs.example.test"]);
  await expectSettled();
});

test("a stack moves from files to the bucket, secrets and all", async () => {
  const files = { env: { PULUMI_BACKEND_URL: pathToFileURL(mkdtempSync(join(stack.folder, "state-"))).href } };
  const expectOk = async (args: string[], settings = {}) =>
    expect(await stack.run(args, settings)).toMatchObject({ code: 0 });
  await expectOk(["stack", "rm", "--yes", "--preserve-config"]);
  await expectOk(["stack", "init", "test"], files);
  await expectOk(["up", "--yes", "--skip-preview"], files);
  await expectOk(["stack", "export", "--show-secrets", "--file", "stack.json"], files);

  await expectOk(["stack", "init", "test"]);
  await expectOk(["stack", "import", "--file", "stack.json"]);
  await expectSettled();
});

test("of two runs at once the second stops and says who holds the lock; nothing is lost", async () => {
  await holdTenth({ delayMs: 15_000 });
  const first = begin();
  await held();
  const second = await stack.up();
  expect(second.code).not.toBe(0);
  expect(second.output).toMatch(/the stack is currently locked by 1 lock\(s\)/);
  expect(await first.outcome).toMatchObject({ code: 0 });
  await expectSettled();
});

test("Ctrl-C in an up: what is in flight is recorded, the lock is given back, and the next up does the rest", async () => {
  await holdTenth({ delayMs: 5_000 });
  const running = begin();
  await held();
  running.child.kill("SIGINT");
  expect((await running.outcome).code).not.toBe(0);
  expect(storage.objects().filter((name) => lock.test(name))).toEqual([]);
  expect(await stack.up()).toMatchObject({ code: 0 });
  await expectSettled();
});

test("kill -9 in an up leaves a lock: `cancel`, `up`, adopt what is named, and there is no duplicate", async () => {
  await holdTenth("hang");
  const running = begin();
  await held();
  running.child.kill("SIGKILL");
  await running.exited;
  await cloud.control("PUT", "faults", []);
  const known = new Set(tasksIn(await stack.state()).map(({ id }) => id));
  const orphans = (await cloud.tasks()).filter(({ id }) => !known.has(id));
  expect(orphans.length).toBeGreaterThan(0);

  const locked = await stack.up();
  expect(locked.code).not.toBe(0);
  expect(locked.output).toMatch(/pulumi cancel/);
  expect(await stack.run(["cancel", "--yes"])).toMatchObject({ code: 0 });

  const plain = await stack.up();
  expect(plain.code).not.toBe(0);
  expect(orphans.filter(({ id }) => !plain.output.includes(id))).toEqual([]);
  const env = { HUAWEICLOUD_WORKSPACE_ON_EXISTING: "adopt" };
  expect(await stack.run(["up", "--yes", "--skip-preview"], { env })).toMatchObject({ code: 0 });
  const clearing = ["refresh", "--yes", "--skip-preview", "--clear-pending-creates"];
  expect(await stack.run(clearing)).toMatchObject({ code: 0 });
  await expectSettled();
});
