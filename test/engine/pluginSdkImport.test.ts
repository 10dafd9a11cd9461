import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { preparePython } from "../../tools/pythonEnvironment";
import { vendorsSdk } from "../clients/vendorsSdk";
import { type Cloud, startCloud, writes } from "../emulated";
import { createYamlStack, type Plugin, pluginsOf, preparePlugin, type YamlStack } from "./yaml";

let plugin: Plugin;
let cloud: Cloud;
let stack: YamlStack;

// The first time on a machine, the vendor's SDK is downloaded.
beforeAll(async () => {
  plugin = preparePlugin();
  cloud = await startCloud({ requireSignature: true });
  stack = await createYamlStack(plugin, cloud);
}, 600_000);
afterAll(async () => {
  stack?.cleanup();
  await cloud?.stop();
  plugin?.cleanup();
});

const pool = [{ object_type: "DESKTOP_POOL", object_id: "pool-sales" }];
const zone = { scheduled_time: "09:05:00", time_zone: "Asia/Shanghai" };
/** One of each schedule type: what is posted, and what can be set only afterwards. */
const made: { readonly [name: string]: readonly [posted: object, later: object] } = {
  off: [
    { task_type: "STOP", scheduled_type: "DAY", day_interval: 2, ...zone, apply_objects: pool, force_execute: true },
    { enable: false },
  ],
  once: [
    {
      task_type: "START",
      scheduled_type: "FIXED_TIME",
      scheduled_date: "2032-02-03",
      ...zone,
      apply_objects: [...pool, { object_type: "DESKTOP", object_id: "d1" }],
    },
    {},
  ],
  week: [
    {
      task_type: "REBOOT",
      scheduled_type: "WEEK",
      week_list: "2,6",
      ...zone,
      apply_objects: pool,
      description: "made: by a script #1",
      extra_params: '{"notify_message":"x"}',
    },
    {},
  ],
  month: [
    {
      task_type: "EXECUTE_SCRIPT",
      scheduled_type: "MONTH",
      month_list: "1,7",
      date_list: "15",
      ...zone,
      apply_objects: pool,
      gray_count: 3,
      gray_fail_threshold: 2,
    },
    { is_gray: true },
  ],
  triggered: [
    {
      task_type: "STOP",
      scheduled_type: "LIFE_CYCLE",
      life_cycle_type: "POST_DESKTOP_DISCONNECTED",
      wait_time: 30,
      apply_objects: pool,
    },
    { priority: 7 },
  ],
};

test("five tasks made by the vendor's SDK are imported, and have five empty previews", async () => {
  const python = await preparePython(vendorsSdk("requirements.txt"));
  const { url, projectId, accessKey, secretKey } = cloud.emulator;
  const lines = Object.entries(made).map(([name, [posted, later]]) =>
    JSON.stringify([{ task_name: name, ...posted }, later]),
  );
  const account = JSON.stringify({ url, projectId, accessKey, secretKey });
  const ids = await python.run(vendorsSdk("make_tasks.py"), [account], lines.join("\n"));
  expect((await cloud.tasks()).map(({ id }) => id)).toEqual(ids);

  const type = "huaweicloud-workspace:index:ScheduledTask";
  const resources = Object.keys(made).map((name, index) => ({ type, name, id: ids[index] }));
  writeFileSync(join(stack.folder, "bulk.json"), JSON.stringify({ resources }));
  await cloud.newRequests();
  const imported = await stack.run(["import", "--file", "bulk.json", "--yes", "--protect=false", "--out", "code.yaml"]);
  expect([imported.code, imported.code === 0 ? "" : imported.output]).toEqual([0, ""]);
  const code = readFileSync(join(stack.folder, "code.yaml"), "utf8");
  stack.write(`name: harness\nruntime: yaml\nplugins: ${JSON.stringify(pluginsOf(plugin))}\n${code}`);
  for (const { urn } of await stack.resources())
    for (const args of [[], ["--refresh"]]) {
      const { code: exit, output } = await stack.preview([...args, "--expect-no-changes", "--target", urn]);
      expect([urn, exit, exit === 0 ? "" : output]).toEqual([urn, 0, ""]);
    }
  expect(writes(await cloud.newRequests())).toEqual([]);
}, 600_000);
