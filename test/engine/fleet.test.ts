import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import { type Cloud, startCloud, writes } from "../emulated";
import { createStack, type Stack } from "./stack";

type Tasks = { [key: string]: object };

/** Declares what fleet.json holds: fleets, and tasks of their own. */
const program = `
const pulumi = require("@pulumi/pulumi");
const { ScheduledTask, ScheduledTaskFleet } = require("pulumi-huaweicloud-workspace");
const { fleet, single = {}, secretKey, shared = {}, secretProject, secretNotice } = require("./fleet.json");
const singles = Object.entries(single).map(([name, args]) => new ScheduledTask(name, args));
const tasks = { ...fleet };
if (secretKey) tasks[secretKey] = { ...tasks[secretKey], extraParams: pulumi.secret({ notify_message: "planted" }) };
if (secretNotice) shared.extraParams = { notify_message: pulumi.secret(secretNotice) };
if (secretProject) shared.projectId = pulumi.secret(secretProject);
exports.ids = fleet && new ScheduledTaskFleet("fleet", { tasks, ...shared }, { dependsOn: singles }).taskIds;
`;

let cloud: Cloud;
let stack: Stack;

beforeEach(async () => {
  cloud = await startCloud({ requireSignature: true, latencyMs: 20 });
  stack = await createStack({ program, config: cloud.config, secrets: cloud.secrets });
});
afterEach(async () => {
  stack.cleanup();
  await cloud.stop();
});

interface Content {
  readonly fleet?: Tasks;
  readonly single?: Tasks;
  /** Of the task that has a secret. */
  readonly secretKey?: string;
  readonly shared?: object;
  readonly secretProject?: string;
  readonly secretNotice?: string;
}
const declare = (content: Content): void => writeFileSync(join(stack.folder, "fleet.json"), JSON.stringify(content));
const nightly = (index: number): object => ({ ...taskOf("DAY"), taskName: `night-${index}` });
const fleetOf = (count: number): Tasks =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, nightly(index)]));
const names = async () => (await cloud.tasks()).map(({ task_name }) => String(task_name)).sort();
const namesOf = (count: number) => Array.from({ length: count }, (_, index) => `night-${index}`).sort();
const expectSuccess = ({ code, output }: { code: number | null; output: string }): void =>
  expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
const expectQuiet = async () => {
  expectSuccess(await stack.preview(["--refresh", "--expect-no-changes"]));
  expect((await stack.state()).pending_operations ?? []).toEqual([]);
};
const fleetState = async () => {
  const found = (await stack.resources()).find(({ type }) => type.endsWith("ScheduledTaskFleet"));
  if (found === undefined) throw new Error("no fleet in the state");
  return found;
};

test("a fleet is made, changed by the smallest PUTs, drifts, is repaired and destroyed", async () => {
  declare({ fleet: fleetOf(12) });
  expectSuccess(await stack.up());
  expect(await names()).toEqual(namesOf(12));
  await expectQuiet();
  await cloud.newRequests();

  const { "key-9": _, "key-10": __, "key-11": ___, ...rest } = fleetOf(12);
  declare({ fleet: { ...rest, "key-0": { ...nightly(0), scheduledTime: "21:00" } } });
  expectSuccess(await stack.up());
  expect(writes(await cloud.newRequests()).map(({ operation, body }) => [operation, body])).toEqual([
    ["BatchDeleteScheduledTasks", { task_ids: expect.any(Array) }],
    ["UpdateScheduledTasks", { scheduled_time: "21:00:00" }],
  ]);
  await expectQuiet();

  const ids = (await fleetState()).outputs?.taskIds as { [key: string]: string };
  await cloud.edit(ids["key-1"] ?? "", { enable: false });
  await cloud.drop(ids["key-2"] ?? "");
  const drift = await stack.preview(["--refresh", "--diff"]);
  expect(drift.output).toMatch(/~ key-1: \{[^~]*- enable\s*: false/);
  expect(drift.output).toMatch(/\+ key-2: \{/);
  expectSuccess(await stack.up(["--refresh"]));
  expect(await names()).toEqual(namesOf(9));
  await expectQuiet();
  expectSuccess(await stack.destroy());
  expect(await names()).toEqual([]);
});

test("500 tasks: a tenth changes by a PUT of one field each, three go in one batch, a refresh asks for each and for one list", async () => {
  const counted = async () => {
    const before = await cloud.counts();
    return async () =>
      Object.fromEntries(
        Object.entries(await cloud.counts())
          .map(([name, count]) => [name, count - (before[name] ?? 0)] as const)
          .filter(([, count]) => count > 0),
      );
  };
  const all = fleetOf(500);
  declare({ fleet: all });
  expectSuccess(await stack.up());
  expect(await cloud.tasks()).toHaveLength(500);

  const { "key-7": _, "key-77": __, "key-477": ___, ...rest } = all;
  const edited = Object.fromEntries(
    Object.entries(rest).map(([key, task], index) => [key, index % 10 === 0 ? { ...task, dayInterval: 9 } : task]),
  );
  await cloud.newRequests();
  declare({ fleet: edited });
  expectSuccess(await stack.up());
  const [batch, ...puts] = writes(await cloud.newRequests());
  expect([batch?.operation, batch?.body]).toMatchObject(["BatchDeleteScheduledTasks", { task_ids: { length: 3 } }]);
  expect(puts.map(({ operation, body }) => [operation, body])).toEqual(
    Array.from({ length: 50 }, () => ["UpdateScheduledTasks", { day_interval: 9 }]),
  );
  expect(await cloud.tasks()).toHaveLength(497);

  const refreshed = await counted();
  expectSuccess(await stack.preview(["--refresh", "--expect-no-changes"]));
  const { ShowScheduledTasks: shows, ListScheduledTasks: lists, ...others } = await refreshed();
  expect([shows, others]).toEqual([497, {}]);
  expect(lists).toBeLessThanOrEqual(11);

  const destroyed = await counted();
  expectSuccess(await stack.destroy());
  expect(await destroyed()).toMatchObject({ BatchDeleteScheduledTasks: 1 });
  expect((await destroyed()).DeleteScheduledTasks).toBeUndefined();
  expect(await cloud.tasks()).toEqual([]);
});

test("20 tasks, the answer of every third POST lost: 20 tasks, one run, exit 0", async () => {
  declare({ fleet: fleetOf(20) });
  await cloud.control("PUT", "faults", [{ operation: "CreateScheduledTasks", every: 3, when: "after", do: "reset" }]);
  expectSuccess(await stack.up());
  expect(await names()).toEqual(namesOf(20));
  await cloud.control("PUT", "faults", []);
  await expectQuiet();
});

test("a partial failure keeps what is done and names the keys; the next up does only the rest", async () => {
  declare({ fleet: fleetOf(5) });
  const refusal = { status: 400, body: { error_code: "WKS.0001", error_msg: "no" } };
  await cloud.control("PUT", "faults", [{ operation: "CreateScheduledTasks", nth: 2, when: "before", do: refusal }]);
  const { code, output } = await stack.up();
  expect(code).not.toBe(0);
  expect(output).toMatch(/1 of 5 tasks failed\.\n\s*- key-\d: create/);
  expect(Object.keys((await fleetState()).outputs?.taskIds as object)).toHaveLength(4);
  await cloud.control("PUT", "faults", []);
  await cloud.newRequests();
  expectSuccess(await stack.up());
  expect(writes(await cloud.newRequests()).map(({ operation }) => operation)).toEqual(["CreateScheduledTasks"]);
  await expectQuiet();
});

test("one line pauses a fleet, and what it shares may be secret, also where a failed update moves it", async () => {
  const { projectId } = cloud.emulator;
  const tasks = Object.fromEntries(
    Object.entries(fleetOf(3)).map(([key, { enable: _, ...task }]: [string, { enable?: unknown }]) => [key, task]),
  );
  declare({ fleet: tasks, secretProject: projectId });
  expectSuccess(await stack.up());
  await cloud.newRequests();
  declare({ fleet: tasks, secretProject: projectId, shared: { enable: false } });
  const preview = await stack.preview(["--diff"]);
  expect(preview.output).toMatch(/~ enable\s*: true => false/);
  expectSuccess(await stack.up());
  expect(writes(await cloud.newRequests()).map(({ body }) => body)).toEqual(Array(3).fill({ enable: false }));
  await expectQuiet();

  const refusal = { status: 400, body: { error_code: "WKS.0001", error_msg: "no" } };
  await cloud.control("PUT", "faults", [{ operation: "*", every: 1, when: "before", do: refusal }]);
  declare({ fleet: tasks, secretProject: "elsewhere", shared: { enable: false } });
  const failed = await stack.up();
  expect(failed.code).not.toBe(0);
  const { outputs } = await fleetState();
  expect(Object.keys(outputs?.tasks as object)).toHaveLength(3);
  for (const text of [preview.output, failed.output, JSON.stringify(outputs)]) expect(text).not.toContain(projectId);
});

test("a schedule that the fleet declares changes by one line, and a secret there is none of any state, also where a task drifts", async () => {
  const { applyObjects, extraParams: _, description: __, ...shared } = taskOf("WEEK");
  const fleet = { a: { applyObjects }, b: { applyObjects }, c: { applyObjects, scheduledTime: "5:00" } };
  const content = { fleet, secretNotice: "planted" };
  declare({ ...content, shared: { ...shared, taskName: undefined, description: "all" } });
  const said = [(await stack.up()).output];
  expect(await cloud.task("a")).toMatchObject({ extra_params: '{"notify_message":"planted"}', description: "all" });
  await expectQuiet();
  await cloud.newRequests();

  const later = { ...shared, taskName: undefined, description: "all", scheduledTime: "21:00" };
  declare({ ...content, shared: later });
  const preview = await stack.preview(["--diff"]);
  expect(preview.output).toMatch(/~ scheduledTime\s*: "[^"]*" => "21:00"/);
  expect(preview.output).not.toMatch(/~ tasks/);
  expectSuccess(await stack.up());
  expect(writes(await cloud.newRequests()).map(({ body }) => body)).toEqual(
    Array(2).fill({ scheduled_time: "21:00:00" }),
  );
  await expectQuiet();

  const ids = (await fleetState()).outputs?.taskIds as { [key: string]: string };
  await cloud.edit(ids.a ?? "", { extra_params: '{"notify_message":"foreign"}' });
  await cloud.edit(ids.b ?? "", { description: "" });
  const drift = await stack.preview(["--refresh", "--diff"]);
  expect(drift.output).toMatch(/\+ extraParams : \[secret\][\s\S]*\+ lacks\s*: \[\s*\+\s*\[0\]: "description"/);
  expect(drift.output).toContain("b: description set; next");
  expectSuccess(await stack.refresh());
  const exported = (await stack.run(["stack", "export"])).output;
  for (const text of [...said, preview.output, drift.output, exported]) expect(text).not.toMatch(/planted|foreign/);
  expectSuccess(await stack.up());
  expect(await cloud.task("a")).toMatchObject({ extra_params: '{"notify_message":"planted"}' });
  expect(await cloud.task("b")).toMatchObject({ description: "all" });
  await expectQuiet();
});

test("a secret in one task stays secret and hides only itself", async () => {
  declare({ fleet: fleetOf(2), secretKey: "key-1" });
  const { output } = await stack.up();
  const exported = (await stack.run(["stack", "export"])).output;
  for (const text of [output, exported, (await stack.preview(["--diff", "--refresh"])).output])
    expect(text).not.toContain("planted");
  const { tasks } = (await fleetState()).outputs as { tasks: { [key: string]: unknown } };
  expect(JSON.parse(String(tasks["key-0"]))).toMatchObject({ taskName: "night-0" });
  expect(tasks["key-1"]).toMatchObject({ taskName: "night-1", extraParams: { ciphertext: expect.any(String) } });
  await expectQuiet();

  const refusal = { status: 400, body: { error_code: "WKS.0001", error_msg: "no" } };
  await cloud.control("PUT", "faults", [{ operation: "DeleteScheduledTasks", every: 1, when: "before", do: refusal }]);
  declare({ fleet: fleetOf(1) });
  expect((await stack.up()).code).not.toBe(0);
  expect(JSON.stringify(await fleetState())).toContain("night-1");
  expect((await stack.run(["stack", "export"])).output).not.toContain("planted");
  await cloud.control("PUT", "faults", []);
  expectSuccess(await stack.up());
  expect(await names()).toEqual(namesOf(1));
  await expectQuiet();
});

test("a task moves into a fleet and out of it without a write", async () => {
  declare({ single: { alone: nightly(0) } });
  expectSuccess(await stack.up());
  const [{ id } = { id: "" }] = await cloud.tasks();
  await cloud.newRequests();
  declare({ fleet: { "key-0": { ...nightly(0), adoptTaskId: id } } });
  expectSuccess(await stack.up());
  declare({ fleet: { "key-0": nightly(0) } });
  await expectQuiet();
  declare({ fleet: {}, single: { alone: { ...nightly(0), adoptTaskId: id } } });
  expectSuccess(await stack.up());
  expect(writes(await cloud.newRequests())).toEqual([]);
  expect((await cloud.tasks()).map((task) => task.id)).toEqual([id]);
  declare({ fleet: {}, single: { alone: nightly(0) } });
  await expectQuiet();
});

/** Kills the CLI as soon as this many tasks were made; the host, which outlives it, sends nothing more. */
const killedAt = async (count: number): Promise<void> => {
  const child = stack.start(["up", "--yes", "--skip-preview"]);
  const ended = once(child, "exit");
  while ((await cloud.tasks()).length < count && child.exitCode === null) await new Promise(setImmediate);
  child.kill("SIGKILL");
  await ended;
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  stack.mendCheckpoint();
};

test.each([1, 25, 50, 75, 99])(
  "after kill -9 at POST %i of 100 nothing is double, and all is adopted when told to",
  async (count) => {
    declare({ fleet: fleetOf(100) });
    await killedAt(count);
    const left = await cloud.tasks();
    expect(left.length).toBeGreaterThan(0);
    expectSuccess(await stack.run(["cancel", "--yes"]));
    const plain = await stack.up(["--refresh"]);
    expect(plain.code).not.toBe(0);
    for (const { id } of left) expect(plain.output).toContain(id);
    expect(await names()).toEqual(namesOf(100));
    const adopting = await stack.run(["up", "--yes", "--skip-preview", "--refresh"], {
      env: { HUAWEICLOUD_WORKSPACE_ON_EXISTING: "adopt" },
    });
    expectSuccess(adopting);
    expect(await names()).toEqual(namesOf(100));
    await stack.run(["refresh", "--yes", "--skip-preview", "--clear-pending-creates"]);
    await expectQuiet();
  },
);
