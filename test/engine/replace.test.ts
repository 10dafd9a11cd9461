import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import { type Cloud, startCloud, writes } from "../emulated";
import { createTasksStack, isPlugin, type TasksStack } from "./tasks";

let cloud: Cloud;
let stack: TasksStack;
const one = { args: { ...taskOf("DAY"), taskName: "one" } };
// The class of the dynamic front has the option itself.
const declared = { one: { ...one, ...(isPlugin && { options: { deleteBeforeReplace: true } }) } };

beforeAll(async () => {
  cloud = await startCloud({ requireSignature: true });
  stack = await createTasksStack(cloud);
  stack.declare(declared);
  await stack.up();
});
afterAll(async () => {
  stack.cleanup();
  await cloud.stop();
});

const urn = async () => (await stack.resources()).find((resource) => resource.urn.endsWith("::one"))?.urn ?? "";
const expectReplaced = async (run: () => Promise<{ code: number | null; output: string }>) => {
  const before = await cloud.task("one");
  await cloud.newRequests();
  const { code, output } = await run();
  expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
  const sent = writes(await cloud.newRequests()).map(({ operation }) => operation);
  expect(sent).toEqual(["DeleteScheduledTasks", "CreateScheduledTasks"]);
  expect(await cloud.tasks()).toHaveLength(1);
  expect((await cloud.task("one"))?.id).not.toBe(before?.id);
  expect((await stack.preview(["--refresh", "--expect-no-changes"])).code).toBe(0);
};

test("a tainted task is deleted first and then made anew", async () => {
  expect((await stack.run(["state", "taint", "--yes", await urn()])).code).toBe(0);
  await expectReplaced(() => stack.up());
});

test("--target-replace deletes the task first and then makes it anew", async () => {
  await expectReplaced(async () => stack.up(["--target-replace", await urn()]));
});

if (isPlugin)
  test("without the option nothing is made twice: it is refused, and nothing is sent", async () => {
    stack.declare({ one });
    expect((await stack.up()).code).toBe(0);
    await cloud.newRequests();
    const { code, output } = await stack.up(["--target-replace", await urn()]);
    expect([code === 0, output]).toEqual([false, expect.stringContaining("exactly these fields is there already")]);
    expect(writes(await cloud.newRequests())).toEqual([]);
  });
