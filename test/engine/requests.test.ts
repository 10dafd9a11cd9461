import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import { type Cloud, startCloud } from "../emulated";
import { createTasksStack, type TasksStack } from "./tasks";

let cloud: Cloud;
let stack: TasksStack;
const count = 200;

beforeAll(async () => {
  cloud = await startCloud({ requireSignature: true });
  stack = await createTasksStack(cloud);
});
afterAll(async () => {
  stack.cleanup();
  await cloud.stop();
});

test("a refresh of 200 tasks costs 200 details and at most 6 lists", async () => {
  const kinds = ["WEEK", "DAY", "LIFE_CYCLE", "MONTH"] as const;
  const tasks = Array.from({ length: count }, (_, index) => [
    `task-${index}`,
    { args: { ...taskOf(kinds[index % 4] ?? "DAY"), taskName: `task-${index}` } },
  ]);
  stack.declare(Object.fromEntries(tasks));
  expect((await stack.up()).code).toBe(0);
  expect(await cloud.tasks()).toHaveLength(count);
  await cloud.newRequests();
  expect((await stack.preview(["--refresh", "--expect-no-changes"])).code).toBe(0);
  const operations = (await cloud.newRequests()).map(({ operation }) => operation);
  expect(operations.filter((operation) => operation === "ShowScheduledTasks")).toHaveLength(count);
  expect(operations.filter((operation) => operation === "ListScheduledTasks").length).toBeLessThanOrEqual(6);
  expect(operations.length).toBeLessThanOrEqual(count + 6);
  expect((await stack.destroy()).code).toBe(0);
  expect(await cloud.tasks()).toEqual([]);
});
