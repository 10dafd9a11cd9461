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
const declare = (tasks: Tasks, shared: object = {}): void =>
  stack.declare({ resources: { fleet: { type: TYPE, properties: { tasks, ...shared } } } });
const detailedDiff = async () => {
  const { steps } = JSON.parse((await stack.preview(["--json"])).stdout) as {
    steps: { urn: string; detailedDiff?: { [path: string]: { kind: string } } }[];
  };
  const found = steps.find(({ urn }) => urn.endsWith("::fleet"))?.detailedDiff ?? {};
  return Object.entries(found).map(([path, { kind }]) => `${kind} ${path}`);
};
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

test("a schedule that the fleet declares changes by one path, and what a task lost of it is told", async () => {
  const { applyObjects, ...shared } = day;
  const tasks = { a: { applyObjects }, b: { applyObjects }, c: { applyObjects, scheduledTime: "5:00" } };
  const all = { ...shared, description: "all", extraParams: { notify_message: secret("planted") } };
  declare(tasks, all);
  const said = [(await stack.up()).output];
  await expectQuiet();
  await cloud.newRequests();
  declare(tasks, { ...all, scheduledTime: "21:00" });
  expect(await detailedDiff()).toEqual(["update scheduledTime"]);
  expectSuccess(await stack.up());
  expect(writes(await cloud.newRequests()).map(({ body }) => body)).toEqual(
    Array(2).fill({ scheduled_time: "21:00:00" }),
  );
  await expectQuiet();

  await cloud.edit((await cloud.task("a"))?.id ?? "", { extra_params: '{"notify_message":"foreign"}' });
  await cloud.edit((await cloud.task("b"))?.id ?? "", { description: "" });
  said.push((await stack.preview(["--refresh", "--diff"])).output);
  expectSuccess(await stack.refresh());
  expect((await detailedDiff()).sort()).toEqual(["delete tasks.a.extraParams", "delete tasks.b.lacks"]);
  said.push((await stack.preview(["--diff"])).output);
  const exported = (await stack.run(["stack", "export"])).output;
  for (const text of [...said, exported]) expect(text).not.toMatch(/planted|foreign/);
  expectSuccess(await stack.up());
  expect(await cloud.task("b")).toMatchObject({ description: "all" });
  expect(await cloud.task("a")).toMatchObject({ extra_params: '{"notify_message":"planted"}' });
  await expectQuiet();
});

describe("a tainted resource, whose replacement the engine creates before it deletes it", () => {
  const taint = async () => {
    for (const { urn } of await stack.resources()) expectSuccess(await stack.run(["state", "taint", "--yes", urn]));
  };
  const declareBoth = () =>
    stack.declare({
      resources: {
        fleet: { type: TYPE, properties: { tasks: { a: day, b: day } } },
        single: { properties: { ...day, taskName: "c" } },
      },
    });
  const expectKept = async (before: object[]) => {
    expect(writes(await cloud.newRequests())).toEqual([]);
    expect(await cloud.tasks()).toEqual(before);
    await expectQuiet();
    expect((await stack.resources()).map(({ urn }) => urn.split("::").at(-1)).sort()).toEqual(["fleet", "single"]);
  };

  test("with the owner's mark it takes its tasks over, and they stay", async () => {
    await stack.run(["config", "set", "huaweicloud-workspace:owner", "acme/prod"]);
    declareBoth();
    expectSuccess(await stack.up());
    const before = await cloud.tasks();
    await taint();
    await cloud.newRequests();
    expectSuccess(await stack.up());
    await expectKept(before);
  });

  test("what was taken over only in part stays too, when the next run deletes what was tainted", async () => {
    await stack.run(["config", "set", "huaweicloud-workspace:owner", "acme/prod"]);
    declare({ a: day, b: day, c: day });
    expectSuccess(await stack.up());
    const before = await cloud.tasks();
    await taint();
    const denial = { status: 403, body: { error_code: "WKS.0403", error_msg: "no" } };
    await cloud.control("PUT", "faults", [{ operation: "ShowScheduledTasks", nth: 2, when: "before", do: denial }]);
    expect((await stack.up(["--refresh=false"])).output).toContain("1 of 3 tasks failed");
    expect((await stack.resources()).map(({ type }) => type)).toEqual([TYPE, TYPE]);
    await cloud.control("PUT", "faults", []);
    await cloud.newRequests();
    expectSuccess(await stack.up(["--refresh=false"]));
    expect(writes(await cloud.newRequests())).toEqual([]);
    expect(await cloud.tasks()).toEqual(before);
    expect((await stack.resources()).map(({ type }) => type)).toEqual([TYPE]);
    await expectQuiet();
  });

  test("without it nothing is made twice, and the way out that the error names leads out", async () => {
    declareBoth();
    expectSuccess(await stack.up());
    const before = await cloud.tasks();
    await taint();
    await cloud.newRequests();
    const { code, output } = await stack.up();
    expect([code === 0, output]).toEqual([false, expect.stringContaining("exactly these fields is there already")]);
    expectSuccess(
      await stack.run(["up", "--yes", "--skip-preview"], { env: { HUAWEICLOUD_WORKSPACE_ON_EXISTING: "adopt" } }),
    );
    await expectKept(before);
  });
});

test("one line pauses a fleet, and is one line of the preview", async () => {
  const { enable: _enable, ...plain } = day;
  declare({ a: plain, b: plain, c: { ...plain, enable: true } });
  expectSuccess(await stack.up());
  await cloud.newRequests();
  declare({ a: plain, b: plain, c: { ...plain, enable: true } }, { enable: false });
  expect(await detailedDiff()).toEqual(["update enable"]);
  expectSuccess(await stack.up());
  expect(writes(await cloud.newRequests()).map(({ body }) => body)).toEqual([{ enable: false }, { enable: false }]);
  await expectQuiet();
  expect((await cloud.tasks()).filter(({ enable }) => enable).map(({ task_name }) => task_name)).toEqual(["c"]);
});

test("what a failed update leaves holds no secret of before in clear text, wherever it stands then", async () => {
  const { projectId } = cloud.emulator;
  const hidden = { ...day, extraParams: { notify_message: secret("planted") } };
  declare({ hidden, kept: { ...day, description: secret("planted too") } }, { projectId: secret(projectId) });
  expectSuccess(await stack.up());
  const refusal = { status: 400, body: { error_code: "WKS.0001", error_msg: "no" } };
  await cloud.control("PUT", "faults", [{ operation: "*", every: 1, when: "before", do: refusal }]);
  const said: string[] = [];
  for (const [tasks, shared] of [
    [{ kept: { ...day, description: "open" } }, { projectId: secret(projectId) }],
    [{ hidden, kept: day }, { projectId: secret("elsewhere") }],
  ] as const) {
    declare(tasks, shared);
    const { code, output } = await stack.up();
    expect(code).not.toBe(0);
    // The state of the provider has the project of the configuration, which is no secret.
    said.push(output, JSON.stringify((await stack.resources()).find(({ type }) => type === TYPE)));
  }
  for (const planted of ["planted", projectId]) expect(said.join("\n")).not.toContain(planted);
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
