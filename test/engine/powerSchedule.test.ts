import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Cloud, startCloud, writes } from "../emulated";
import { createStack, type Stack } from "./stack";

const program = `
const { PowerSchedule } = require("pulumi-huaweicloud-workspace");
const { name, args, opts } = require("./schedule.json");
new PowerSchedule(name, args, opts);
`;

let cloud: Cloud;
let stack: Stack;
beforeAll(async () => {
  cloud = await startCloud({ requireSignature: true });
  stack = await createStack({ program, config: cloud.config, secrets: cloud.secrets });
});
afterAll(async () => {
  stack?.cleanup();
  await cloud?.stop();
});

const office = {
  days: ["MON", "TUE"],
  startAt: "08:00",
  stopAt: "19:30",
  timeZone: "Asia/Shanghai",
  targets: [{ objectType: "DESKTOP_POOL", objectId: "pool-sales" }],
};

/** What is sent for it. */
async function deploy(name: string, args: object, opts: object = {}) {
  writeFileSync(join(stack.folder, "schedule.json"), JSON.stringify({ name, args, opts }));
  await cloud.newRequests();
  const { code, output } = await stack.up();
  const sent = writes(await cloud.newRequests());
  return { code, output, sent: sent.map(({ operation, body }) => [operation, body]) };
}

test("a schedule is made, its days changed by two PUTs, renamed by an alias without a write, and destroyed", async () => {
  expect(await deploy("office", office)).toMatchObject({ code: 0 });
  const tasks = (await cloud.tasks()).map(({ task_name, task_type, week_list, scheduled_time }) => [
    task_name,
    task_type,
    week_list,
    scheduled_time,
  ]);
  expect(tasks.sort()).toEqual([
    ["office-start", "START", "2,3", "08:00:00"],
    ["office-stop", "STOP", "2,3", "19:30:00"],
  ]);
  const parents = (await stack.resources()).map(({ urn }) => urn.split("::")[2]);
  const child = "pulumi-nodejs:dynamic/huaweicloud-workspace:ScheduledTask";
  const component = "huaweicloud-workspace:index:PowerSchedule";
  expect(parents).toEqual([component, `${component}$${child}`, `${component}$${child}`]);

  const days = ["MON", "FRI"];
  expect(await deploy("office", { ...office, days })).toMatchObject({
    code: 0,
    sent: [
      ["UpdateScheduledTasks", { week_list: "2,6" }],
      ["UpdateScheduledTasks", { week_list: "2,6" }],
    ],
  });

  const names = { start: { taskName: "office-start" }, stop: { taskName: "office-stop" } };
  const renamed = await deploy("sales", { ...office, days, ...names }, { aliases: [{ name: "office" }] });
  expect(renamed).toMatchObject({ code: 0, sent: [] });

  const wrong = await deploy("sales", { ...office, startAt: "8 o'clock" }, { aliases: [{ name: "office" }] });
  expect(wrong.code).not.toBe(0);
  expect(wrong.output).toContain('PowerSchedule "sales": startAt: "8 o\'clock"; expected a time of day HH:mm:ss');
  expect(wrong.sent).toEqual([]);

  expect(await stack.destroy()).toMatchObject({ code: 0 });
  expect(await cloud.tasks()).toEqual([]);
});
