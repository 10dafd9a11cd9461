import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import { type Cloud, startCloud } from "../emulated";
import { createTasksStack, type TasksStack } from "./tasks";

let cloud: Cloud;
let stack: TasksStack;

beforeAll(async () => {
  cloud = await startCloud({ requireSignature: true });
  stack = await createTasksStack(cloud);
});
afterAll(async () => {
  stack.cleanup();
  await cloud.stop();
});

const week = taskOf("WEEK");
const { weekList: _, ...noDays } = week;
const { timeZone: __, ...noZone } = week;
const targets = Array.from({ length: 1001 }, (_item, index) => ({ objectType: "DESKTOP", objectId: `d${index}` }));
const vendorsExample = {
  ...taskOf("FIXED_TIME"),
  dayInterval: 1,
  weekList: ["1", "2", "7"],
  monthList: [1, 3, 12],
  dateList: ["1", "2", "28", "L"],
  lifeCycleType: "string",
  waitTime: 43200,
  priority: 50,
  isGray: true,
  grayCount: 1000,
  grayDesktopIds: ["string"],
  grayFailThreshold: 1000,
};

/** Args, and the paths of which a failure must speak. */
const bad: { readonly [name: string]: readonly [object, readonly string[]] } = {
  "no-days": [noDays, ["weekList"]],
  "day-interval": [{ ...week, dayInterval: 2 }, ["dayInterval"]],
  time: [{ ...week, scheduledTime: "25:00" }, ["scheduledTime"]],
  date: [{ ...taskOf("FIXED_TIME"), scheduledDate: "2027-04-31" }, ["scheduledDate"]],
  never: [{ ...taskOf("MONTH"), monthList: [2], dateList: ["30"] }, ["dateList"]],
  "weekday-0": [{ ...week, weekList: [0] }, ["weekList[0]"]],
  "weekday-8": [{ ...week, weekList: ["MON", 8] }, ["weekList[1]"]],
  "weekday-name": [{ ...week, weekList: ["MONDAYS"] }, ["weekList[0]"]],
  gray: [{ ...week, taskType: "START", grayCount: 1, isGray: true }, ["grayCount", "isGray"]],
  start: [{ ...taskOf("LIFE_CYCLE"), taskType: "START" }, ["taskType"]],
  rebuild: [{ ...taskOf("LIFE_CYCLE"), taskType: "REBUILD" }, ["taskType"]],
  zone: [{ ...week, timeZone: "Paris" }, ["timeZone"]],
  "no-zone": [noZone, ["timeZone"]],
  json: [{ ...week, extraParams: "{planted-secret" }, ["extraParams"]],
  targets: [{ ...week, applyObjects: targets }, ["applyObjects"]],
  description: [{ ...week, description: "x".repeat(256) }, ["description"]],
  unknown: [{ ...week, weeklist: ["MON"] }, ["weeklist"]],
  vendor: [
    vendorsExample,
    [
      "dayInterval",
      "weekList",
      "monthList",
      "dateList",
      "lifeCycleType",
      "waitTime",
      "priority",
      "isGray",
      "grayCount",
      "grayDesktopIds",
      "grayFailThreshold",
    ],
  ],
};

// One at a time: the engine stops at the first resource that fails.
test.each(Object.entries(bad))("%s fails at preview with its path, before any request", async (name, [args, paths]) => {
  stack.declare({ [name]: { args } });
  const { code, output } = await stack.preview();
  expect(code).not.toBe(0);
  const problems = [...output.matchAll(/has a problem: ([^:\n]+): /g)].map(([, path]) => path);
  // Printed twice, as it happens and at the end.
  expect([...new Set(problems)].sort()).toEqual([...paths].sort());
  expect(output).not.toContain("planted-secret");
  expect(output).not.toContain("<nil>");
  expect(await cloud.counts()).toEqual({});
});

test("a preview without refresh needs no credentials; an update without them names every way to give them", async () => {
  const { emulator } = cloud;
  const { "huaweicloud-workspace:endpoint": endpoint } = cloud.config;
  const bare = await createTasksStack(cloud, { config: { "huaweicloud-workspace:endpoint": endpoint }, secrets: {} });
  try {
    bare.declare({ one: { args: week } });
    expect((await bare.preview()).code).toBe(0);
    const nowhere = await bare.up();
    expect(nowhere.code).not.toBe(0);
    for (const way of [
      "HW_REGION_NAME",
      "huaweicloud-workspace:region",
      "HW_PROJECT_ID",
      "huaweicloud-workspace:projectId",
    ])
      expect(nowhere.output).toContain(way);
    const place = { HW_REGION_NAME: emulator.region, HW_PROJECT_ID: emulator.projectId };
    const keyless = await bare.run(["up", "--yes", "--skip-preview"], { env: place });
    expect(keyless.code).not.toBe(0);
    for (const way of [
      "HW_ACCESS_KEY",
      "HW_SECRET_KEY",
      "HW_SECURITY_TOKEN",
      "HW_AUTH_TOKEN",
      "huaweicloud-workspace:accessKey",
      "secretKey",
      "huaweicloud-workspace:authToken",
    ])
      expect(keyless.output).toContain(way);
    expect(await cloud.counts()).toEqual({});
    const keys = { HW_ACCESS_KEY: emulator.accessKey, HW_SECRET_KEY: "wrong" };
    const denied = await bare.run(["up", "--yes", "--skip-preview"], { env: { ...place, ...keys } });
    expect(denied.output).toMatch(
      /list ScheduledTasks named "task": 401 APIGW\.0301 ".*" \(request \S+\)\. Check the access keys/,
    );
    const right = await bare.run(["up", "--yes", "--skip-preview"], {
      env: { ...place, ...keys, HW_SECRET_KEY: emulator.secretKey },
    });
    expect([right.code, await cloud.counts()]).toMatchObject([0, { CreateScheduledTasks: 1 }]);
  } finally {
    bare.cleanup();
  }
});
