import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import { type Cloud, startCloud, writes } from "../emulated";
import { createStack } from "./stack";
import { createYamlStack, type Plugin, preparePlugin, ref, type YamlStack, yamlProgram } from "./yaml";

let plugin: Plugin;
let cloud: Cloud;
let stack: YamlStack;
const { taskName: _, ...week } = taskOf("WEEK");

beforeAll(async () => {
  plugin = preparePlugin();
  // Signatures are those of one project; here are several.
  cloud = await startCloud();
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

const PROVIDER = "pulumi:providers:huaweicloud-workspace";
const settingsOf = (projectId: string) => ({
  endpoint: cloud.emulator.url,
  region: "cn-north-4",
  projectId,
  accessKey: cloud.emulator.accessKey,
  secretKey: cloud.emulator.secretKey,
});
const paths = async () => [...new Set(writes(await cloud.newRequests()).map(({ path }) => path.split("/")[2]))].sort();

test("two explicit providers reach two projects in one program; a changed project replaces what was in it", async () => {
  const program = (second: string) => ({
    resources: {
      east: { type: PROVIDER, properties: settingsOf("p-east") },
      west: { type: PROVIDER, properties: settingsOf(second) },
      one: { properties: week, options: { provider: ref("east") } },
      two: { properties: week, options: { provider: ref("west") } },
    },
  });
  stack.declare(program("p-west"));
  await cloud.newRequests();
  expect(await stack.up()).toMatchObject({ code: 0 });
  expect(await paths()).toEqual(["p-east", "p-west"]);
  expect(await stack.preview(["--refresh", "--expect-no-changes"])).toMatchObject({ code: 0 });

  stack.declare(program("p-other"));
  const { stdout } = await stack.preview(["--json"]);
  const { steps } = JSON.parse(stdout) as { steps: { urn: string; op: string }[] };
  expect(Object.fromEntries(steps.map(({ urn, op }) => [urn.split("::").at(-1), op]))).toMatchObject({
    west: "replace",
    two: "replace",
  });
  await cloud.newRequests();
  expect(await stack.up()).toMatchObject({ code: 0 });
  expect(await paths()).toEqual(["p-other", "p-west"]);
  expect(await cloud.tasks()).toHaveLength(2);
  expect(await stack.preview(["--refresh", "--expect-no-changes"])).toMatchObject({ code: 0 });
});

test("two regions in one program, each with its endpoint; a task of a changed region moves there", async () => {
  const other = await startCloud();
  const program = (region: string, endpoint: string) => ({
    resources: {
      north: { type: PROVIDER, properties: settingsOf("p") },
      south: { type: PROVIDER, properties: { ...settingsOf("p"), region, endpoint } },
      one: { properties: week, options: { provider: ref("north") } },
      two: { properties: week, options: { provider: ref("south") } },
    },
  });
  try {
    stack.declare(program("ap-southeast-1", other.emulator.url));
    expect(await stack.up()).toMatchObject({ code: 0 });
    expect((await cloud.tasks()).map((task) => task.task_name)).toEqual(["one"]);
    expect((await other.tasks()).map((task) => task.task_name)).toEqual(["two"]);
    expect(await stack.preview(["--refresh", "--expect-no-changes"])).toMatchObject({ code: 0 });
    stack.declare(program("cn-north-4", cloud.emulator.url));
    expect(await stack.up()).toMatchObject({ code: 0 });
    expect((await cloud.tasks()).map((task) => task.task_name).sort()).toEqual(["one", "two"]);
    expect(await other.tasks()).toEqual([]);
  } finally {
    await other.stop();
  }
});

test("a provider that is configured wrongly says everything at once, before any request", async () => {
  const wrong = { ...settingsOf("p"), endpoint: "http://example.com", timeZone: "Paris", onConflict: "ask" };
  stack.declare({ resources: { bad: { type: PROVIDER, properties: wrong } } });
  const { code, output } = await stack.preview();
  expect(code).not.toBe(0);
  for (const path of ["endpoint", "timeZone", "onConflict"]) expect(output).toContain(`${path}: `);
  expect(await cloud.counts()).toEqual({});
});

test("a write that is not finished keeps the id and what is live, and the next update goes on", async () => {
  stack.declareTasks({ one: { ...week, enable: false } });
  await cloud.control("PUT", "faults", [
    {
      operation: "UpdateScheduledTasks",
      nth: 1,
      when: "before",
      do: { status: 403, body: { error_code: "WKS.1", error_msg: "no" } },
    },
  ]);
  const failed = await stack.up();
  expect(failed.code).not.toBe(0);
  expect(failed.output).toContain("was created (id ");
  const [resource] = await stack.resources();
  expect(resource?.id).toBe((await cloud.task("one"))?.id);
  expect(resource?.outputs).toMatchObject({ enable: true, applyObjects: [] });
  expect(resource?.initErrors).toHaveLength(1);
  await cloud.newRequests();
  expect(await stack.up()).toMatchObject({ code: 0 });
  expect(writes(await cloud.newRequests()).map(({ operation }) => operation)).toEqual(["UpdateScheduledTasks"]);
  expect(await cloud.task("one")).toMatchObject({ enable: false });
});

test("from the dynamic front to the plugin and back: the same task, and nothing is written", async () => {
  const dynamic = await createStack({
    program: `
const { ScheduledTask } = require("pulumi-huaweicloud-workspace");
new ScheduledTask("one", ${JSON.stringify(week)});
`,
    config: cloud.config,
    secrets: cloud.secrets,
  });
  try {
    expect(await dynamic.up()).toMatchObject({ code: 0 });
    const { id } = (await cloud.task("one")) ?? {};
    const aliases = [{ type: "pulumi-nodejs:dynamic/huaweicloud-workspace:ScheduledTask" }];
    const yaml = yamlProgram(plugin, { resources: { one: { properties: week, options: { aliases } } } });
    const nodejs = readFileSync(join(dynamic.folder, "Pulumi.yaml"));
    const moves = [
      ["to the plugin", yaml],
      ["and back", nodejs],
      ["and to the plugin again", yaml],
    ] as const;
    await cloud.newRequests();
    for (const [name, pulumiYaml] of moves) {
      writeFileSync(join(dynamic.folder, "Pulumi.yaml"), pulumiYaml);
      for (const args of [
        ["up", "--yes"],
        ["refresh", "--yes"],
        ["preview", "--refresh", "--expect-no-changes"],
      ]) {
        const { code, output } = await dynamic.run(args);
        expect([name, args, code, code === 0 ? "" : output]).toEqual([name, args, 0, ""]);
      }
      expect([name, (await dynamic.resources()).map((resource) => resource.id)]).toEqual([name, [id]]);
    }
    expect(writes(await cloud.newRequests())).toEqual([]);
    expect(await dynamic.destroy()).toMatchObject({ code: 0 });
    expect(await cloud.tasks()).toEqual([]);
  } finally {
    dynamic.cleanup();
  }
});

test("customTimeouts end a call; a task that was made by then is kept, and the next update goes on", async () => {
  stack.declareTasks({ one: { ...week, enable: false } }, { customTimeouts: { create: "1s" } });
  await cloud.control("PUT", "faults", [
    { operation: "CreateScheduledTasks", nth: 1, when: "before", do: { delayMs: 3_000 } },
  ]);
  const { code, output } = await stack.up();
  expect(code).not.toBe(0);
  expect(output).toContain("not done within the 1 s that customTimeouts allow");
  expect((await stack.resources()).map(({ id }) => id)).toEqual([(await cloud.task("one"))?.id]);
  expect(await cloud.task("one")).toMatchObject({ enable: true });
  await cloud.newRequests();
  stack.declareTasks({ one: { ...week, enable: false } });
  expect(await stack.up()).toMatchObject({ code: 0 });
  expect(writes(await cloud.newRequests()).map(({ operation }) => operation)).toEqual(["UpdateScheduledTasks"]);
  expect(await cloud.task("one")).toMatchObject({ enable: false });
});
