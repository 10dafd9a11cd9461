import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import ts from "typescript";
import { type Cloud, startCloud, writes } from "../emulated";
import { createStack, type Stack } from "./stack";
import { type Plugin, pluginsOf, preparePlugin } from "./yaml";

const repository = resolve(__dirname, "../..");
const page = readFileSync(join(repository, "docs", "policies.md"), "utf8");
const block = (language: string): string =>
  new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, "m").exec(page)?.[1] ?? "";

type Tasks = { [key: string]: object };

const daily = { scheduledType: "DAY", dayInterval: 1, scheduledTime: "20:00", timeZone: "Asia/Shanghai" };
const saturdays = { scheduledType: "WEEK", weekList: ["SAT"], scheduledTime: "12:00", timeZone: "Asia/Shanghai" };
const desktops = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ objectType: "DESKTOP", objectId: `planted-${index}` }));
const pool = [{ objectType: "DESKTOP_POOL", objectId: "planted-pool" }];
const task = (taskType: string, fields: object = {}) => ({ ...daily, taskType, applyObjects: desktops(1), ...fields });

/** Tasks that each break the rules that are named. */
const broken: { [key: string]: { rules: string[]; args: object } } = {
  remake: { rules: ["rebuild"], args: task("REBUILD") },
  force: { rules: ["force-execute"], args: task("STOP", { forceExecute: true }) },
  all: { rules: ["all-desktops"], args: task("REBOOT", { applyObjects: [{ objectType: "ALL_DESKTOPS" }] }) },
  crowd: { rules: ["many-targets"], args: task("REBOOT", { applyObjects: desktops(12) }) },
  script: { rules: ["no-gray-rollout"], args: task("EXECUTE_SCRIPT", { applyObjects: pool }) },
  scripts: { rules: ["no-gray-rollout"], args: task("EXECUTE_SCRIPT", { applyObjects: desktops(11) }) },
  abroad: { rules: ["allowed-time-zones"], args: task("REBOOT", { timeZone: "Asia/Tokyo" }) },
  noon: { rules: ["quiet-hours"], args: task("REBOOT", { scheduledTime: "12:34" }) },
  "Bad name": { rules: ["naming"], args: task("REBOOT") },
};

/** Tasks on the other side of each rule. */
const kept: Tasks = {
  remake: task("REBUILD"),
  polite: task("STOP", { forceExecute: false }),
  chosen: task("REBOOT", { applyObjects: pool }),
  few: task("REBOOT", { applyObjects: desktops(11) }),
  script: task("EXECUTE_SCRIPT", { applyObjects: pool, grayCount: 1 }),
  scripts: task("EXECUTE_SCRIPT", { applyObjects: desktops(10) }),
  universal: task("REBOOT", { timeZone: "Etc/UTC", scheduledTime: "19:00" }),
  evening: task("REBOOT", { scheduledTime: "18:00" }),
  weekend: { ...saturdays, taskType: "REBOOT", applyObjects: pool },
  lab: task("REBOOT", { scheduledTime: "12:00" }),
  lunch: task("START", { scheduledTime: "12:00" }),
};

/** A START and a STOP, so many minutes apart. */
const power = (minutes: number): Tasks => ({
  start: task("START", { scheduledTime: "22:00" }),
  stop: task("STOP", { scheduledTime: `22:${minutes}` }),
});

/** Single tasks and a fleet of both fronts; each of these four has names and targets of its own. */
const program = `
const pulumi = require("@pulumi/pulumi");
const { tasks, late, secret } = require("./tasks.json");
const fronts = { d: require("pulumi-huaweicloud-workspace"), p: require("pulumi-huaweicloud-workspace/plugin") };
for (const [front, { ScheduledTask, ScheduledTaskFleet }] of Object.entries(fronts)) {
  const schedule = { scheduledType: "DAY", dayInterval: 1, scheduledTime: "21:00", timeZone: "UTC" };
  const { id } = new ScheduledTask(front, { taskType: "REBOOT", ...schedule });
  const wrap = (value, name) =>
    late.includes(name) ? id.apply(() => value) : secret.includes(name) ? pulumi.secret(value) : value;
  const declared = (prefix) => Object.entries(tasks).map(([key, { applyObjects, ...args }]) => {
    const targets = applyObjects.map(({ objectType, objectId }) => ({ objectType, objectId: objectId && prefix + objectId }));
    const all = { ...args, taskName: prefix + key, applyObjects: targets };
    return [key, Object.fromEntries(Object.entries(all).map(([name, value]) => [name, wrap(value, name)]))];
  });
  for (const [key, args] of declared(front + "-one-")) new ScheduledTask(front + "-" + key, args);
  new ScheduledTaskFleet(front + "-fleet", { tasks: Object.fromEntries(declared(front + "-many-")) });
}
`;
const namesOf = (key: string): string[] => ["d-one", "d-many", "p-one", "p-many"].map((prefix) => `${prefix}-${key}`);

/** Where the program declares a task. */
const places = (key: string): string[] =>
  ["d", "p"].flatMap((front) => [`${front}-${key}`, `${front}-fleet[${JSON.stringify(key)}]`]);

/** A pack as this engine runs it: a runtime without a language host makes it start a command of that name. */
function writePack(folder: string, files: { [name: string]: string }): void {
  cpSync(join(repository, "policies", "pack"), folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejslocal\n");
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
}

let plugin: Plugin;
let cloud: Cloud;
let stack: Stack;
let folder: string;

beforeAll(async () => {
  plugin = preparePlugin();
  folder = mkdtempSync(join(tmpdir(), "policies-"));
  const host = `"$(node -p 'require.resolve("@pulumi/pulumi/cmd/run-policy-pack")')"`;
  const command = join(folder, "pulumi-analyzer-policy-nodejslocal");
  writeFileSync(command, `#!/bin/sh\nexec node ${host} "$@"\n`, { mode: 0o755 });
  writePack(join(folder, "shipped"), {});
  const manifest = JSON.stringify({ name: "own", version: "1.0.0", main: "index.js" });
  // What the engine does with a pack in TypeScript, without half a minute of checking types.
  const { outputText } = ts.transpileModule(block("ts"), { compilerOptions: { module: ts.ModuleKind.CommonJS } });
  writePack(join(folder, "own"), { "index.js": outputText, "package.json": manifest });
  const config = JSON.parse(block("json"));
  config["quiet-hours"].except.push(...namesOf("lab"));
  writeFileSync(join(folder, "policies.json"), JSON.stringify(config));
  cloud = await startCloud({ requireSignature: true });
}, 900_000);
afterAll(async () => {
  await cloud?.stop();
  plugin?.cleanup();
  if (folder) rmSync(folder, { recursive: true, force: true });
});
afterEach(() => stack?.cleanup());

/** What of the tasks is known only after a first one is made, and what is secret: names of fields. */
interface Hiding {
  readonly late?: readonly string[];
  readonly secret?: readonly string[];
}

const write = (tasks: Tasks, { late = [], secret = [] }: Hiding = {}): void =>
  writeFileSync(join(stack.folder, "tasks.json"), JSON.stringify({ tasks, late, secret }));

async function declare(tasks: Tasks, acknowledged: readonly string[], hiding?: Hiding) {
  const review = JSON.stringify({ maxTargets: 11, acknowledged });
  await cloud.reset();
  stack = await createStack({
    program,
    plugins: pluginsOf(plugin),
    config: { ...cloud.config, "huaweicloud-workspace:review": review },
    secrets: cloud.secrets,
  });
  write(tasks, hiding);
}

interface Violation {
  readonly rule: string;
  readonly level: string;
  readonly where: string;
}

/** Runs a command under a pack; also what the policies say. */
async function under(pack: string, args: string[]) {
  const log = join(folder, "events.json");
  const settings = ["--policy-pack", join(folder, pack), "--event-log", log];
  const config = pack === "shipped" ? ["--policy-pack-config", join(folder, "policies.json")] : [];
  const env = { PATH: [folder, stack.env.PATH].join(delimiter), PULUMI_DEBUG_COMMANDS: "true" };
  const outcome = await stack.run([...args, ...settings, ...config], { env });
  const events = readFileSync(log, "utf8").trim().split("\n");
  rmSync(log);
  const violations = events.flatMap((line): Violation[] => {
    const { policyEvent } = JSON.parse(line) as EngineEvent;
    if (policyEvent === undefined) return [];
    const [, where = ""] = /\n(.*?): /.exec(policyEvent.message) ?? [];
    return [{ rule: policyEvent.policyName, level: policyEvent.enforcementLevel, where }];
  });
  return { ...outcome, violations };
}

const inOrder = (violations: readonly Violation[]): string[] =>
  violations.map(({ rule, level, where }) => `${rule} ${level} ${where}`).sort();

test("each rule stops an up before a write, in both fronts and in fleets, and shows no secret", async () => {
  const tasks = Object.fromEntries(Object.entries(broken).map(([key, { args }]) => [key, args]));
  const secret = ["applyObjects", "timeZone", "scheduledTime", "taskName", "taskType", "forceExecute"];
  await declare(tasks, [], { secret });
  const { code, output, violations } = await under("shipped", ["up", "--yes"]);
  const expected = Object.entries(broken).flatMap(([key, { rules }]) =>
    rules.flatMap((rule) =>
      places(key).map((where) => ({ rule, level: rule === "many-targets" ? "advisory" : "mandatory", where })),
    ),
  );
  expect(inOrder(violations)).toEqual(inOrder(expected));
  expect(code).not.toBe(0);
  expect(writes(await cloud.newRequests())).toEqual([]);
  expect(output).not.toMatch(/planted|Tokyo|12:34|-one-|-many-/);
});

test("no rule is broken by tasks on its other side, nor by what is not known yet", async () => {
  const late = ["timeZone", "scheduledTime", "taskName", "grayCount", "forceExecute"];
  const acknowledged = namesOf("remake").map((name) => `rebuild:${name}`);
  await declare({ ...kept, ...power(31) }, acknowledged, { late });
  const { code, output, violations } = await under("shipped", ["up", "--yes"]);
  expect([code, violations, code === 0 ? "" : output]).toEqual([0, [], ""]);
  expect(await cloud.tasks()).toHaveLength(2 + 4 * (Object.keys(kept).length + 2));
});

test("a pack of five lines stops a START and a STOP of one target that are too close, and has a configuration of its own", async () => {
  await declare(power(30), []);
  const close = await under("own", ["preview"]);
  const pairs = ["d-start, then d-stop", "p-start, then p-stop"];
  const members = ["d", "p"].map((front) => `${front}-fleet["start"], then ${front}-fleet["stop"]`);
  expect(inOrder(close.violations)).toEqual(
    inOrder([...pairs, ...members].map((where) => ({ rule: "power-conflict", level: "mandatory", where }))),
  );
  expect(close.code).not.toBe(0);

  write({ Upper: task("REBOOT") });
  const named = await under("own", ["preview"]);
  expect(inOrder(named.violations)).toEqual(
    inOrder(places("Upper").map((where) => ({ rule: "naming", level: "mandatory", where }))),
  );
  expect(named.code).not.toBe(0);
});
