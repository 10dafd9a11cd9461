import { readFileSync } from "node:fs";
import { join } from "node:path";
import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import { type Cloud, startCloud, writes } from "../emulated";
import { createYamlStack, type Plugin, pluginsOf, preparePlugin, secret, type YamlStack } from "./yaml";

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

const TYPE = "huaweicloud-workspace:index:ScheduledTaskFleet";
type Tasks = { readonly [key: string]: object };
const { taskName: _, ...day } = taskOf("DAY");
const declare = (tasks: Tasks): void => stack.declare({ resources: { fleet: { type: TYPE, properties: { tasks } } } });
const expectSuccess = ({ code, output }: { code: number | null; output: string }): void =>
  expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
const expectQuiet = async () => expectSuccess(await stack.preview(["--refresh", "--expect-no-changes"]));
const names = async () => (await cloud.tasks()).map(({ task_name }) => String(task_name)).sort();

test("a fleet in YAML: per-path preview, smallest requests, repair, one batch at the end", async () => {
  declare({ a: day, b: day, c: day });
  expectSuccess(await stack.up());
  expect(await names()).toEqual(["a", "b", "c"]);
  await expectQuiet();
  await cloud.newRequests();

  const [target] = day.applyObjects ?? [];
  declare({
    a: { ...day, applyObjects: [{ objectType: "DESKTOP", objectId: "new" }, target] },
    b: day,
    d: { ...day, dayInterval: 9 },
  });
  const preview = await stack.preview(["--json"]);
  const steps = JSON.parse(preview.stdout).steps as { urn: string; detailedDiff?: object }[];
  const step = steps.find(({ urn }) => urn.endsWith("::fleet"));
  expect(step?.detailedDiff).toEqual({
    "tasks.a.applyObjects[0]": { kind: "add", inputDiff: expect.any(Boolean) },
    "tasks.c": { kind: "delete", inputDiff: expect.any(Boolean) },
    "tasks.d": { kind: "add", inputDiff: expect.any(Boolean) },
  });
  expectSuccess(await stack.up());
  expect(
    writes(await cloud.newRequests())
      .map(({ operation }) => operation)
      .sort(),
  ).toEqual(["CreateScheduledTasks", "DeleteScheduledTasks", "UpdateScheduledTasks"]);
  await expectQuiet();

  await cloud.edit((await cloud.task("b"))?.id ?? "", { enable: false });
  await cloud.drop((await cloud.task("a"))?.id ?? "");
  expectSuccess(await stack.up(["--refresh"]));
  expect(await names()).toEqual(["a", "b", "d"]);
  await expectQuiet();
  await cloud.newRequests();
  expectSuccess(await stack.destroy());
  expect(writes(await cloud.newRequests()).map(({ operation }) => operation)).toEqual(["BatchDeleteScheduledTasks"]);
});

test("a partial failure names its key and keeps the others", async () => {
  declare({ a: day, b: { ...day, dayInterval: 9 } });
  const refusal = { status: 400, body: { error_code: "WKS.0001", error_msg: "no" } };
  await cloud.control("PUT", "faults", [{ operation: "CreateScheduledTasks", nth: 1, when: "before", do: refusal }]);
  const { code, output } = await stack.up();
  expect(code).not.toBe(0);
  expect(output).toMatch(/1 of 2 tasks failed\.\n\s*- [ab]: create/);
  await cloud.control("PUT", "faults", []);
  await cloud.newRequests();
  expectSuccess(await stack.up());
  expect(writes(await cloud.newRequests())).toHaveLength(1);
  await expectQuiet();
});

test("a secret in one task stays secret and hides only itself, also when another field of the task drifts", async () => {
  const hidden = { ...day, extraParams: { notify_message: secret("planted") } };
  declare({ open: day, hidden });
  const said = [(await stack.up()).output];
  await cloud.edit((await cloud.task("hidden"))?.id ?? "", { day_interval: 9 });
  said.push((await stack.preview(["--refresh", "--diff"])).output);
  await stack.refresh();
  const exported = (await stack.run(["stack", "export"])).output;
  expect([...said, exported].join("\n")).not.toContain("planted");
  const fleet = (await stack.resources()).find(({ type }) => type === TYPE);
  expect(fleet?.outputs?.tasks).toMatchObject({
    open: { taskName: "open", dayInterval: 2 },
    hidden: { taskName: "hidden", dayInterval: 9, extraParams: { notify_message: { ciphertext: expect.any(String) } } },
  });
});

test("tasks made elsewhere are imported by a prefix, and by a list; the code has an empty preview", async () => {
  const wire = {
    task_type: "STOP",
    scheduled_type: "DAY",
    day_interval: 2,
    scheduled_time: "10:00:00",
    time_zone: "UTC",
    enable: true,
  };
  const triggered = {
    task_type: "STOP",
    scheduled_type: "LIFE_CYCLE",
    life_cycle_type: "POST_DESKTOP_DISCONNECTED",
    priority: 7,
    enable: true,
  };
  await cloud.make({ ...wire, task_name: "night-one" });
  await cloud.make({ ...triggered, task_name: "night-two" });
  const other = await cloud.make({ ...wire, task_name: "other", enable: false });
  for (const [named, keys] of [
    ["night-*", ["night-one", "night-two"]],
    [`${other}, night-one`, ["other", "night-one"]],
  ] as const) {
    await cloud.newRequests();
    const file = join(stack.folder, "imported.yaml");
    const imported = await stack.run(["import", TYPE, "fleet", named, "--yes", "--protect=false", "--out", file]);
    expectSuccess(imported);
    const fleet = (await stack.resources()).find(({ type }) => type === TYPE);
    expect(Object.keys(fleet?.outputs?.taskIds as object).sort()).toEqual([...keys].sort());
    stack.write(
      `name: harness\nruntime: yaml\nplugins: ${JSON.stringify(pluginsOf(plugin))}\n${readFileSync(file, "utf8")}`,
    );
    await expectQuiet();
    expect(writes(await cloud.newRequests())).toEqual([]);
    await stack.run(["state", "delete", "--all", "--yes"]);
  }
});
