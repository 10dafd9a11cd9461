import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Cloud, startCloud, writes } from "../emulated";
import { createStack } from "./stack";
import { createYamlStack, type Plugin, pluginsOf, preparePlugin, ref, type YamlStack } from "./yaml";

let plugin: Plugin;
let cloud: Cloud;
let stack: YamlStack;

beforeAll(async () => {
  plugin = preparePlugin();
  cloud = await startCloud({ requireSignature: true });
}, 600_000);
beforeEach(async () => {
  await cloud.reset();
  stack = await createYamlStack(plugin, cloud);
});
afterEach(() => stack?.cleanup());
afterAll(async () => {
  await cloud?.stop();
  plugin?.cleanup();
});

const TYPE = "huaweicloud-workspace:index:ScheduledTask";
const target = [{ object_type: "DESKTOP", object_id: "d1" }];
const day = { scheduled_type: "DAY", day_interval: 2, scheduled_time: "10:00:00", time_zone: "UTC", enable: true };
/** One of each schedule type, each with what is easily lost. */
const made: { readonly [name: string]: object } = {
  off: { task_type: "STOP", ...day, enable: false, force_execute: true, expire_time: "2032-12-31 09:00:00" },
  ran: {
    task_type: "START",
    scheduled_type: "FIXED_TIME",
    scheduled_date: "2020-02-03",
    scheduled_time: "09:00:00",
    time_zone: "Asia/Shanghai",
    enable: true,
    apply_objects: [...target, { object_type: "DESKTOP_POOL", object_id: "p1" }],
  },
  week: {
    task_type: "REBOOT",
    scheduled_type: "WEEK",
    week_list: "2,6",
    scheduled_time: "09:05:00",
    time_zone: "Asia/Shanghai",
    description: "made: by hand #1",
    extra_params: '{"notify_message":"x","n":12345678901234567890}',
    enable: true,
  },
  month: {
    task_type: "EXECUTE_SCRIPT",
    scheduled_type: "MONTH",
    month_list: "1,7",
    date_list: "15",
    scheduled_time: "09:00:00",
    time_zone: "Asia/Shanghai",
    gray_count: 3,
    gray_desktop_ids: ["d1", "d2"],
    gray_fail_threshold: 2,
    is_gray: true,
    apply_objects: target,
    enable: true,
  },
  triggered: {
    task_type: "STOP",
    scheduled_type: "LIFE_CYCLE",
    life_cycle_type: "POST_DESKTOP_DISCONNECTED",
    wait_time: 30,
    life_cycle_exec_period: 60,
    priority: 7,
    apply_objects: target,
    enable: true,
  },
};
const names = Object.keys(made);
const make = async (): Promise<string[]> => {
  const ids = [];
  for (const name of names) ids.push(await cloud.make({ task_name: `the ${name}`, ...made[name] }));
  return ids;
};

/** Appends the resources of generated code to the program. */
const take = (code: string) => {
  const resources = code.replace(/^resources:$/m, "");
  const head = `name: harness\nruntime: yaml\nplugins: ${JSON.stringify(pluginsOf(plugin))}\nresources:\n`;
  stack.write(`${head}${resources}`);
};
const expectEmptyPreviews = async () => {
  for (const args of [[], ["--refresh"]]) {
    const { code, output } = await stack.preview([...args, "--expect-no-changes"]);
    expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
  }
};

test("five tasks made elsewhere are imported one by one, by id and by name; the code has empty previews", async () => {
  const ids = await make();
  await cloud.newRequests();
  let code = "";
  for (const [index, name] of names.entries()) {
    const file = join(stack.folder, `${name}.yaml`);
    const which = index % 2 === 0 ? (ids[index] ?? "") : `the ${name}`;
    const imported = await stack.run(["import", TYPE, name, which, "--yes", "--protect=false", "--out", file]);
    expect([imported.code, imported.code === 0 ? "" : imported.output]).toEqual([0, ""]);
    code += readFileSync(file, "utf8").replace("resources:\n", "");
  }
  expect((await stack.resources()).map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  take(code);
  await expectEmptyPreviews();
  expect(writes(await cloud.newRequests())).toEqual([]);
  for (const told of [
    "enable: false",
    "forceExecute: true",
    "priority: 7",
    "lifeCycleExecPeriod: 60",
    "grayFailThreshold: 2",
  ])
    expect(code).toContain(told);
  // Of a task with its defaults none is written.
  expect(code.match(/enable:/g)).toHaveLength(1);
});

test("a bulk import file does the same", async () => {
  const ids = await make();
  const resources = names.map((name, index) => ({ type: TYPE, name, id: ids[index] }));
  writeFileSync(join(stack.folder, "bulk.json"), JSON.stringify({ resources }));
  const file = join(stack.folder, "code.yaml");
  const imported = await stack.run(["import", "--file", "bulk.json", "--yes", "--protect=false", "--out", file]);
  expect([imported.code, imported.code === 0 ? "" : imported.output]).toEqual([0, ""]);
  take(readFileSync(file, "utf8"));
  await expectEmptyPreviews();
});

test("an id that is none, and a name that several tasks have, are told", async () => {
  const missing = await stack.run(["import", TYPE, "one", "nothing", "--yes"]);
  expect([missing.code === 0, missing.output]).toEqual([false, expect.stringContaining("'nothing' does not exist")]);
  const ids = [
    await cloud.make({ task_name: "twin", ...made.off }),
    await cloud.make({ task_name: "twin", ...made.off }),
  ];
  const ambiguous = await stack.run(["import", TYPE, "one", "twin", "--yes"]);
  expect(ambiguous.code).not.toBe(0);
  for (const id of ids) expect(ambiguous.output).toContain(id);
});

test("the import option takes over a task, and get reads one", async () => {
  const id = await cloud.make({ task_name: "theirs", ...made.off });
  const properties = {
    taskName: "theirs",
    taskType: "STOP",
    scheduledType: "DAY",
    dayInterval: 2,
    scheduledTime: "10:00",
    timeZone: "Etc/UTC",
    enable: false,
    forceExecute: true,
    expireTime: "2032-12-31 09:00",
  };
  await cloud.newRequests();
  stack.declare({ resources: { mine: { properties, options: { import: id } } } });
  const { code, output } = await stack.up();
  expect([code, code === 0 ? "" : output, writes(await cloud.newRequests())]).toEqual([0, "", []]);
  expect((await stack.resources()).map((resource) => resource.id)).toEqual([id]);

  const other = await cloud.make({ task_name: "other", ...made.triggered });
  stack.write(
    JSON.stringify({
      name: "harness",
      runtime: "yaml",
      plugins: pluginsOf(plugin),
      resources: {
        mine: { type: TYPE, properties },
        read: { type: TYPE, get: { id: other } },
      },
      outputs: { action: ref("read.taskType"), waits: ref("read.waitTime") },
    }),
  );
  expect(await stack.up()).toMatchObject({ code: 0 });
  expect((await stack.state()).resources?.[0]?.outputs).toEqual({ action: "STOP", waits: 30 });
});

/** What the functions of the TypeScript SDK say, which no plugin serves. */
async function fromTypeScript(offId: string, monthId: string): Promise<object> {
  const { config, secrets } = cloud;
  const program = `
const cloud = require("pulumi-huaweicloud-workspace");
const records = cloud.getScheduledTaskRecords({ taskId: "${monthId}" });
module.exports = {
  byId: cloud.getScheduledTask({ id: "${offId}" }),
  byName: cloud.getScheduledTask({ taskName: "the triggered" }),
  all: cloud.getScheduledTasks({}),
  scripts: cloud.getScheduledTasks({ taskType: "EXECUTE_SCRIPT" }),
  triggered: cloud.getScheduledTasks({ scheduledType: "LIFE_CYCLE" }),
  future: cloud.getFutureExecutions({ scheduledType: "WEEK", weekList: ["MON"], scheduledTime: "9:00", timeZone: "Asia/Shanghai" }),
  records,
  details: records.then(({ records: [{ id }] }) => cloud.getScheduledTaskRecordDetails({ taskId: "${monthId}", recordId: id })),
};
`;
  const typescript = await createStack({ program, config, secrets });
  try {
    const { code, output } = await typescript.up();
    expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
    return (await typescript.state()).resources?.[0]?.outputs ?? {};
  } finally {
    typescript.cleanup();
  }
}

test("functions find tasks, ask when a schedule runs, and read what ran", async () => {
  const [offId = "", , , monthId = ""] = await make();
  for (let index = 0; index < 60; index++) await cloud.make({ task_name: `many ${index}`, task_type: "STOP", ...day });
  await cloud.control("PUT", "clock", { now: "2027-01-16T00:00:00Z" });
  const call = (name: string, args: object) => ({
    "fn::invoke": { function: `huaweicloud-workspace:index:${name}`, arguments: args },
  });
  stack.declare({
    resources: {},
    variables: {
      byId: call("getScheduledTask", { id: offId }),
      byName: call("getScheduledTask", { taskName: "the triggered" }),
      all: call("getScheduledTasks", {}),
      scripts: call("getScheduledTasks", { taskType: "EXECUTE_SCRIPT" }),
      triggered: call("getScheduledTasks", { scheduledType: "LIFE_CYCLE" }),
      future: call("getFutureExecutions", {
        scheduledType: "WEEK",
        weekList: ["MON"],
        scheduledTime: "9:00",
        timeZone: "Asia/Shanghai",
      }),
      records: call("getScheduledTaskRecords", { taskId: monthId }),
      details: call("getScheduledTaskRecordDetails", { taskId: monthId, recordId: ref("records.records[0].id") }),
    },
    outputs: Object.fromEntries(
      ["byId", "byName", "all", "scripts", "triggered", "future", "records", "details"].map((name) => [
        name,
        ref(name),
      ]),
    ),
  });
  const { code, output } = await stack.up();
  expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
  const outputs = (await stack.state()).resources?.[0]?.outputs ?? {};
  expect(outputs).toMatchObject({
    byId: { id: offId, taskName: "the off", enable: false, forceExecute: true, lastStatus: "", nextExecutionTime: "" },
    byName: { taskName: "the triggered", priority: 7, lifeCycleType: "POST_DESKTOP_DISCONNECTED" },
    scripts: { scheduledTasks: [{ taskName: "the month", lastStatus: "SUCCESS" }] },
    triggered: { scheduledTasks: [{ taskName: "the triggered" }] },
    records: { totalCount: 1, records: [{ status: "SUCCESS", successNum: 1, taskType: "EXECUTE_SCRIPT" }] },
    details: { totalCount: 1, details: [{ desktopId: "d1", execStatus: "SUCCESS" }] },
  });
  expect(outputs.all).toMatchObject({ scheduledTasks: { length: 65 } });
  expect(outputs).toEqual(await fromTypeScript(offId, monthId));
  expect(outputs.future).toEqual({ futureExecutions: expect.arrayContaining(["2027-01-18 09:00:00"]) });
});
