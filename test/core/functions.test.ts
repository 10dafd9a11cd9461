import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import { badArgs, type FunctionName, functions } from "../../provider/scheduledTask/functions";
import { queried } from "../../provider/scheduledTask/queried";
import { type Cloud, startCloud } from "../emulated";
import { Deployment } from "./fronts";

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud({ requireSignature: true });
});
afterAll(() => cloud.stop());
beforeEach(() => cloud.reset());

const rowOf = (name: FunctionName) => {
  const found = functions.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no function ${name}`);
  return found;
};

/** Calls a function as both fronts do. */
async function run(name: FunctionName, args: object, owner?: string): Promise<object> {
  const { url: endpoint, region, projectId, accessKey, secretKey } = cloud.emulator;
  const settings = { endpoint, region, projectId, accessKey, secretKey, ...(owner !== undefined && { owner }) };
  return rowOf(name).run(queried(settings, {}, { engineRuns: async () => true, tell: () => {} }), { ...args });
}

async function made(type: Parameters<typeof taskOf>[0], edits: object = {}): Promise<string> {
  const deployment = new Deployment(cloud);
  await deployment.up({ ...taskOf(type), ...edits });
  return deployment.id ?? "";
}

describe("getScheduledTask", () => {
  const gray = async () => made("MONTH", { taskName: "gray" });
  const whatIsLive = {
    ...taskOf("MONTH"),
    taskName: "gray",
    enable: true,
    forceExecute: false,
    lastStatus: "",
    nextExecutionTime: expect.stringMatching(/^20\d\d-0[17]-(01|15) /),
  };

  test("by id: every field that can be read, and when it runs next", async () => {
    const id = await gray();
    await made("MONTH", { taskName: "gray as well" });
    expect(await run("getScheduledTask", { id })).toStrictEqual({ id, ...whatIsLive });
    expect(await run("getScheduledTask", { id, taskName: "" })).toEqual({ id, ...whatIsLive });
  });

  test("by exact name, without a word about what only resembles it", async () => {
    await made("MONTH", { taskName: "gray as well" });
    const id = await gray();
    expect(await run("getScheduledTask", { taskName: "gray" })).toEqual({ id, ...whatIsLive });
  });

  test("a triggered task, which the list shows only when asked for", async () => {
    const id = await made("LIFE_CYCLE", { enable: false });
    expect(await run("getScheduledTask", { taskName: "task" })).toEqual({
      ...taskOf("LIFE_CYCLE"),
      id,
      enable: false,
      forceExecute: false,
      lastStatus: "",
      nextExecutionTime: "",
    });
  });

  test.each([
    [{}, "getScheduledTask: give the id of the task, or its exact taskName."],
    [{ id: "", taskName: "" }, "getScheduledTask: give the id of the task, or its exact taskName."],
    [{ taskName: "none" }, 'getScheduledTask: no task has the name "none".'],
    [{ id: "nothing" }, 'getScheduledTask: no task has the id "nothing".'],
  ])("%j fails", async (args, reason) => {
    await expect(run("getScheduledTask", args)).rejects.toMatchObject({ message: reason });
  });

  test("an error that says nothing about a task is told as it is", async () => {
    await cloud.control("PUT", "denied", ["ShowScheduledTasks"]);
    await expect(run("getScheduledTask", { id: "nothing" })).rejects.toThrow(
      /^read ScheduledTask "nothing" \(id nothing\): 403 .*workspace:scheduledTasks:get/,
    );
  });
});

describe("getScheduledTasks", () => {
  const names = async (args: object) =>
    ((await run("getScheduledTasks", args)) as { scheduledTasks: { taskName: string }[] }).scheduledTasks
      .map(({ taskName }) => taskName)
      .sort();

  test("every row as the list shows it, triggered ones last", async () => {
    const week = await made("WEEK", { taskName: "week", description: "after work" });
    const event = await made("LIFE_CYCLE", { taskName: "event" });
    expect(await run("getScheduledTasks", {})).toEqual({
      scheduledTasks: [
        {
          id: week,
          taskName: "week",
          taskType: "STOP",
          scheduledType: "WEEK",
          expireTime: "2030-12-31 09:00:00",
          enable: true,
          description: "after work",
          timeZone: "Asia/Shanghai",
          extraParams: '{"notify_message":"bye"}',
          lastStatus: "",
          nextExecutionTime: expect.stringMatching(/ 19:30:00$/),
        },
        {
          id: event,
          taskName: "event",
          taskType: "STOP",
          scheduledType: "LIFE_CYCLE",
          lifeCycleType: "POST_DESKTOP_DISCONNECTED",
          waitTime: 30,
          lifeCycleExecPeriod: 720,
          priority: 10,
          enable: true,
          lastStatus: "",
          nextExecutionTime: "",
        },
      ],
    });
  });

  test("each argument narrows", async () => {
    await made("WEEK", { taskName: "week" });
    await made("MONTH", { taskName: "script" });
    await made("LIFE_CYCLE", { taskName: "event" });
    await made("LIFE_CYCLE", { taskName: "new", lifeCycleType: "POST_CREATE_DESKTOP_SUCCESS" });
    expect(await names({})).toEqual(["event", "new", "script", "week"]);
    expect(await names({ taskName: "e" })).toEqual(["event", "new", "week"]);
    expect(await names({ taskName: "", taskType: "" })).toHaveLength(4);
    expect(await names({ taskType: "EXECUTE_SCRIPT" })).toEqual(["script"]);
    expect(await names({ scheduledType: "WEEK" })).toEqual(["week"]);
    expect(await names({ scheduledType: "LIFE_CYCLE" })).toEqual(["event", "new"]);
    expect(await names({ lifeCycleType: "POST_CREATE_DESKTOP_SUCCESS" })).toEqual(["new"]);
    expect(await names({ lastStatus: "FAIL" })).toEqual([]);
  });

  test("more than a page, and no word of an owner's mark", async () => {
    for (let index = 0; index < 53; index++)
      await cloud.make({ ...daily, task_name: `t${index}`, description: "d [team]" });
    const { scheduledTasks } = (await run("getScheduledTasks", {}, "team")) as { scheduledTasks: object[] };
    expect(scheduledTasks).toHaveLength(53);
    expect(scheduledTasks[52]).toMatchObject({ taskName: "t52", description: "d" });
  });
});

const daily = {
  task_type: "STOP",
  scheduled_type: "DAY",
  day_interval: 1,
  scheduled_time: "09:00:00",
  time_zone: "UTC",
};

describe("getFutureExecutions", () => {
  const monday = { scheduledType: "WEEK", weekList: ["MON"], scheduledTime: "9:00", timeZone: "Asia/Shanghai" };

  test("asks with the schedule alone, in the API's spelling, and creates nothing", async () => {
    await cloud.control("PUT", "clock", { now: "2027-01-16T00:00:00Z" });
    expect(await run("getFutureExecutions", { ...monday, region: "r", projectId: "p" })).toEqual({
      futureExecutions: expect.arrayContaining(["2027-01-18 09:00:00", "2027-01-25 09:00:00"]),
    });
    const [{ operation, body } = { operation: "none", body: {} }] = await cloud.newRequests();
    expect([operation, body]).toEqual([
      "ListFutureExecutions",
      { scheduled_type: "WEEK", week_list: "2", scheduled_time: "09:00:00", time_zone: "Asia/Shanghai" },
    ]);
    expect(await cloud.tasks()).toEqual([]);
  });

  test("a schedule that no task could have is not sent, and each of its faults is named", async () => {
    const wrong = { ...monday, weekList: ["NOW"], scheduledTime: "25:00" };
    await expect(run("getFutureExecutions", wrong)).rejects.toThrow(
      /^getFutureExecutions: weekList\[0\]: .*; scheduledTime: /,
    );
    expect(await cloud.newRequests()).toEqual([]);
  });
});

test("the records of a task, and what a run did on each desktop", async () => {
  await cloud.control("PUT", "clock", { now: "2027-01-01T00:00:00Z" });
  const targets = ["d1", "d2"].map((objectId) => ({ objectType: "DESKTOP", objectId }));
  const taskId = await made("DAY", { taskName: "daily", dayInterval: 1, applyObjects: targets });
  expect(await run("getScheduledTaskRecords", { taskId })).toEqual({ records: [], totalCount: 0 });
  await cloud.control("PUT", "clock", { now: "2027-01-02T12:00:00Z" });
  const { records, totalCount } = (await run("getScheduledTaskRecords", { taskId })) as {
    records: { id: string }[];
    totalCount: number;
  };
  expect(totalCount).toBe(records.length);
  const [record = { id: "none" }] = records;
  expect(record).toMatchObject({
    id: expect.any(String),
    startTime: expect.stringMatching(/^2027-01-0\dT/),
    taskType: "STOP",
    scheduledType: "DAY",
    status: "SUCCESS",
    successNum: 2,
    failedNum: 0,
    skipNum: 0,
    timeZone: "Asia/Shanghai",
  });
  const known = rowOf("getScheduledTaskRecords").result.map(({ name }) => name);
  expect(known).toEqual(expect.arrayContaining(Object.keys(record)));
  expect(Object.values(record)).not.toContain(null);

  const found = (await run("getScheduledTaskRecordDetails", { taskId, recordId: record.id })) as { details: object[] };
  expect(found).toMatchObject({
    totalCount: 2,
    details: [
      { recordId: record.id, desktopId: "d1", execStatus: "SUCCESS" },
      { recordId: record.id, desktopId: "d2", execStatus: "SUCCESS" },
    ],
  });
  const told = rowOf("getScheduledTaskRecordDetails").result.map(({ name }) => name);
  expect(told).toEqual(expect.arrayContaining(Object.keys(found.details[0] ?? {})));
});

test("what a record does not say is left out", async () => {
  const record = { id: "r", status: "SUCCESS", life_cycle_type: null };
  await cloud.control("PUT", "faults", [
    {
      operation: "ListScheduledTasksRecords",
      nth: 1,
      when: "before",
      do: { status: 200, body: { tasks_records: [record], total_count: 1 } },
    },
  ]);
  expect(await run("getScheduledTaskRecords", { taskId: "1" })).toStrictEqual({
    records: [{ id: "r", status: "SUCCESS" }],
    totalCount: 1,
  });
});

test("arguments that are missing or unknown are named, with what is known", () => {
  const details = rowOf("getScheduledTaskRecordDetails");
  expect(badArgs(details, { taskId: "t", recordId: "r", region: "x" })).toEqual([]);
  expect(badArgs(details, { id: "x", recordId: "r" })).toEqual([
    { path: "taskId", reason: "missing" },
    { path: "id", reason: "unknown; known are taskId, recordId, region, projectId" },
  ]);
  expect(badArgs(rowOf("getFutureExecutions"), {}).map(({ path }) => path)).toEqual(["scheduledType"]);
  expect(badArgs(rowOf("getScheduledTask"), {})).toEqual([]);
});
