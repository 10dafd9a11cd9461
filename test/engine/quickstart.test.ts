import { resolve } from "node:path";
import { type Cloud, startCloud } from "../emulated";
import { createStack, type Deployment, type Stack } from "./stack";

const repository = resolve(__dirname, "../..");
const pool = [{ object_type: "DESKTOP_POOL", object_id: "pool-sales" }];

/** By task name; each is live with `enable` and `force_execute` too. */
const expected = {
  "evening-stop": {
    task_type: "STOP",
    scheduled_type: "WEEK",
    week_list: "2,6",
    scheduled_time: "19:30:00",
    time_zone: "Asia/Shanghai",
    apply_objects: pool,
    enable: true,
  },
  "Test task": {
    task_type: "REBOOT",
    scheduled_type: "FIXED_TIME",
    scheduled_date: "2032-12-23",
    scheduled_time: "09:00:00",
    expire_time: "2032-12-31 09:00:00",
    time_zone: "Asia/Shanghai",
    description: "A description.",
    extra_params: '{"notify_message":"Test"}',
    apply_objects: [{ object_type: "DESKTOP", object_id: "2b31e-d520xxxx-xxebedb6-e57xxxxxx" }],
    enable: true,
  },
  "monthly-patch": {
    task_type: "EXECUTE_SCRIPT",
    scheduled_type: "MONTH",
    month_list: "1,2,3,4,5,6,7,8,9,10,11,12",
    date_list: "1",
    scheduled_time: "02:00:00",
    time_zone: "Asia/Shanghai",
    is_gray: true,
    gray_count: 5,
    gray_fail_threshold: 2,
    apply_objects: [{ object_type: "DESKTOP_TAG", object_id: "tag-windows" }],
    enable: true,
  },
  "hibernate-when-left": {
    task_type: "HIBERNATE",
    scheduled_type: "LIFE_CYCLE",
    life_cycle_type: "POST_DESKTOP_DISCONNECTED",
    wait_time: 30,
    // The API's own default.
    life_cycle_exec_period: 1440,
    priority: 10,
    apply_objects: pool,
    enable: true,
  },
  "nightly-snapshot": {
    task_type: "CREATE_SNAPSHOT",
    scheduled_type: "DAY",
    day_interval: 1,
    scheduled_time: "03:00:00",
    time_zone: "Asia/Shanghai",
    apply_objects: pool,
    enable: false,
  },
};

let cloud: Cloud;
let stack: Stack;

beforeAll(async () => {
  cloud = await startCloud({ requireSignature: true });
  stack = await createStack({ program: { folder: repository }, config: cloud.config, secrets: cloud.secrets });
});
afterAll(async () => {
  stack?.cleanup();
  await cloud.stop();
});

test("a preview announces five tasks and asks the cloud for nothing", async () => {
  const { code, stdout, output } = await stack.preview();
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("+ 6 to create") });
  expect(stdout.match(/:ScheduledTask \S+ create/g)).toHaveLength(5);
  expect(await cloud.counts()).toEqual({});
});

test("up makes exactly these five", async () => {
  const { code, output } = await stack.up();
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("+ 6 created") });
  const live = (await cloud.tasks()).map(({ id: _, task_name: name, ...fields }) => [name, fields]);
  expect(live).toHaveLength(5);
  expect(Object.fromEntries(live)).toEqual(
    Object.fromEntries(Object.entries(expected).map(([name, fields]) => [name, { ...fields, force_execute: false }])),
  );
});

test("the state is small and holds no credential", async () => {
  const { code, stdout } = await stack.run(["stack", "export"]);
  expect(code).toBe(0);
  for (const credential of [cloud.emulator.accessKey, cloud.emulator.secretKey])
    expect(stdout).not.toContain(credential);
  const { resources = [] } = (JSON.parse(stdout) as { deployment: Deployment }).deployment;
  // Five tasks, the stack and the provider of dynamic resources.
  expect(resources).toHaveLength(7);
  const { stackTrace, sourcePosition, ...eveningStop } = Object(
    resources.find(({ urn }) => /::evening-stop$/.test(urn)),
  );
  expect(stackTrace).toBeDefined();
  expect(sourcePosition).toBeDefined();
  expect(Buffer.byteLength(JSON.stringify(eveningStop))).toBeLessThanOrEqual(1_500);
});

test("a preview that reads the cloud finds nothing to do, twice", async () => {
  for (const _ of [1, 2]) {
    const { code, output } = await stack.preview(["--refresh", "--expect-no-changes"]);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("6 unchanged") });
  }
});

test("destroy leaves no task", async () => {
  const { code, output } = await stack.destroy();
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("- 6 deleted") });
  expect(await cloud.tasks()).toEqual([]);
});
