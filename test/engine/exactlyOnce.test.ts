import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import { type Cloud, startCloud, writes } from "../emulated";
import { createTasksStack, type Tasks, type TasksStack } from "./tasks";

let cloud: Cloud;
let stack: TasksStack;

beforeEach(async () => {
  cloud = await startCloud({ requireSignature: true, latencyMs: 50 });
  stack = await createTasksStack(cloud);
});
afterEach(async () => {
  stack.cleanup();
  await cloud.stop();
});

const tasks = (count: number): Tasks =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `task-${index}`,
      { args: { ...taskOf("DAY"), taskName: `task-${index}` } },
    ]),
  );
const names = async () => (await cloud.tasks()).map((task) => String(task.task_name)).sort();
const expectQuiet = async () => {
  const { code, output } = await stack.preview(["--refresh", "--expect-no-changes"]);
  expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
  expect((await stack.state()).pending_operations ?? []).toEqual([]);
};

test("20 tasks, the answer of every third POST lost: 20 tasks, one run, exit 0", async () => {
  stack.declare(tasks(20));
  await cloud.control("PUT", "faults", [{ operation: "CreateScheduledTasks", every: 3, when: "after", do: "reset" }]);
  const { code, output } = await stack.up();
  expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
  expect(await names()).toEqual(Object.keys(tasks(20)).sort());
  await cloud.control("PUT", "faults", []);
  await expectQuiet();
});

/** Kills the CLI as soon as this many tasks were made. */
const killedAt = async (count: number): Promise<void> => {
  const child = stack.start(["up", "--yes", "--skip-preview"]);
  const ended = once(child, "exit");
  while ((await cloud.tasks()).length < count && child.exitCode === null) await sleep(5);
  child.kill("SIGKILL");
  await ended;
  // The host outlives the engine: what it would still send, it sends now.
  await sleep(1_500);
  stack.mendCheckpoint();
};

test.each([1, 15, 29])(
  "after kill -9 at POST %i of 30: nothing double, every orphan named, and adopted when told to",
  async (count) => {
    stack.declare(tasks(30));
    await killedAt(count);
    const left = await names();
    const known = new Set((await stack.resources()).map(({ id }) => id));
    const orphans = (await cloud.tasks()).filter(({ id }) => !known.has(id));
    expect((await stack.run(["cancel", "--yes"])).code).toBe(0);

    const plain = await stack.up(["--refresh"]);
    if (orphans.length > 0) {
      expect(plain.code).not.toBe(0);
      expect(orphans.some(({ id }) => plain.output.includes(id))).toBe(true);
    }
    expect(new Set(await names()).size).toBe((await names()).length);
    expect((await names()).length).toBeGreaterThanOrEqual(left.length);

    const adopting = await stack.run(["up", "--yes", "--skip-preview", "--refresh"], {
      env: { HUAWEICLOUD_WORKSPACE_ON_EXISTING: "adopt" },
    });
    expect([adopting.code, adopting.code === 0 ? "" : adopting.output]).toEqual([0, ""]);
    expect(await names()).toEqual(Object.keys(tasks(30)).sort());
    await stack.run(["refresh", "--yes", "--skip-preview", "--clear-pending-creates"]);
    await expectQuiet();
  },
);

test("with an owner the next up ends with exactly the declared tasks by itself", async () => {
  await stack.run(["config", "set", "huaweicloud-workspace:owner", "acme/prod"]);
  stack.declare(tasks(30));
  await killedAt(10);
  await stack.run(["cancel", "--yes"]);
  const { code, output } = await stack.up(["--refresh"]);
  expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
  expect(await names()).toEqual(Object.keys(tasks(30)).sort());
});

test("a rename without an alias keeps the task when it may be taken over, and deletes nothing that is live", async () => {
  await stack.run(["config", "set", "huaweicloud-workspace:onExisting", "adopt"]);
  const args = { ...taskOf("DAY"), taskName: "nightly" };
  stack.declare({ old: { args } });
  await stack.up();
  const [before] = await cloud.tasks();
  await cloud.newRequests();
  stack.declare({ new: { args } });
  const { code, output } = await stack.up(["--refresh"]);
  expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
  expect(writes(await cloud.newRequests())).toEqual([]);
  expect((await cloud.tasks()).map(({ id }) => id)).toEqual([before?.id]);
  expect(output).toContain('is not deleted: it is managed as "nightly"');
  await expectQuiet();
});
