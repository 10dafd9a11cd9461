import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import { type Cloud, startCloud, writes } from "../emulated";
import { createStack, type Stack } from "./stack";

let cloud: Cloud;
let stack: Stack;

beforeAll(async () => {
  cloud = await startCloud({ requireSignature: true });
});
afterEach(() => stack.cleanup());
afterAll(() => cloud.stop());

const { taskName: _, ...daily } = taskOf("DAY");

/** What a program in JavaScript gets of a task of the plugin. */
async function outputsOf(made: string): Promise<unknown> {
  const program = `
const { ScheduledTask } = require("pulumi-huaweicloud-workspace/plugin");
const task = ${made};
const names = ["taskName", "enable", "projectId", "region", "scheduledTime", "waitTime", "description", "weekList"];
for (const name of names) exports[name] = task[name].apply((value) => value === undefined ? "none" : value);
`;
  stack = await createStack({ program, config: cloud.config, secrets: cloud.secrets });
  const { code, output } = await stack.up();
  expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
  return JSON.parse((await stack.run(["stack", "output", "--json"])).stdout);
}

const { scheduledTime } = daily;
const expected = () => ({
  taskName: "nightly",
  enable: true,
  projectId: cloud.emulator.projectId,
  region: cloud.emulator.region,
  scheduledTime,
  waitTime: "none",
  description: "none",
  weekList: "none",
});

test("of what a task declares, and of what is filled in, there is an output; of all else there is none", async () => {
  expect(await outputsOf(`new ScheduledTask("nightly", ${JSON.stringify(daily)})`)).toEqual(expected());
});

test("a task that is got by its id has an output of each field", async () => {
  const id = await cloud.make({ ...wire, task_name: "nightly", description: "by hand" });
  expect(await outputsOf(`ScheduledTask.get("found", "${id}")`)).toMatchObject({
    taskName: "nightly",
    scheduledTime: wire.scheduled_time,
    description: "by hand",
  });
  await stack.run(["refresh", "--yes"]);
  const { deployment } = JSON.parse((await stack.run(["stack", "export"])).stdout);
  expect(deployment.resources.at(-1)).toMatchObject({ id, external: true });
  expect(deployment.resources.at(-1).inputs).toBeUndefined();
});
const wire = {
  task_type: "STOP",
  scheduled_type: "DAY",
  day_interval: 2,
  scheduled_time: "09:00:00",
  time_zone: "UTC",
};

test("a fleet that moves here and back asks nothing of the cloud but reads, and gives its program tasks and not texts", async () => {
  const programOf = (module: string, more: string) => `
const { ScheduledTaskFleet } = require("pulumi-huaweicloud-workspace${module}");
const fleet = new ScheduledTaskFleet("fleet", { tasks: ${JSON.stringify({ a: daily, b: daily })} });
exports.ids = fleet.taskIds;
${more}
`;
  const dynamic = programOf("", "");
  stack = await createStack({ program: dynamic, config: cloud.config, secrets: cloud.secrets });
  const run = async (program: string) => {
    writeFileSync(join(stack.folder, "index.js"), program);
    const { code, output } = await stack.up();
    expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
    return JSON.parse((await stack.run(["stack", "output", "--json"])).stdout);
  };
  const { ids } = await run(dynamic);
  await cloud.newRequests();
  const moved = await run(programOf("/plugin", "exports.name = fleet.tasks.apply(({ a }) => a.taskName);"));
  expect(moved).toEqual({ ids, name: "a" });
  expect(await run(dynamic)).toEqual({ ids });
  expect((await stack.preview(["--refresh", "--expect-no-changes"])).code).toBe(0);
  expect(writes(await cloud.newRequests())).toEqual([]);
});
