import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { PageData } from "../../review/page/data";
import type { Report, ReportTask } from "../../review/report";
import { type Cloud, startCloud, writes } from "../emulated";
import { createStack, type Stack, type StackSettings } from "./stack";
import { type Front, pluginsOfBuild } from "./tasks";
import { type TextFormat, type Told, toldTasks } from "./toldTasks";

/** Tuesday noon in Shanghai: whenever this runs, the next runs are the same, and none is near. */
const noon = "2026-11-24T04:00:00Z";
const formats: readonly TextFormat[] = ["markdown", "html", "junit"];

/** What differs, in the words of each format; the page says DESKTOP in words too. */
const changedTasks = (desktop: string): Told => {
  const script = (version: number): string => `{"script":"patch","version":${version}}`;
  return {
    "stop-1": ["planned", ["time of day", "19:30:00", "19:30:00", "18:00:00"]],
    "stop-2": ["planned", ["days of the week", "MON, FRI", "MON, FRI", "MON, TUE, FRI"]],
    "patch-3": ["planned", ["first batch size", "1", "1", "5"]],
    "stop-5": ["drift", ["enabled", "true", "false", "true"]],
    "stop-6": ["drift", ["targets", `${desktop} d6`, `${desktop} x6`, `${desktop} d6`]],
    "patch-7": ["drift", ["extended parameters", script(1), script(2), script(1)]],
    "stop-8": ["gone"],
  };
};
const besides: Told = { "console-1": ["unmanaged"], "console-2": ["unmanaged"] };

/** Texts that people read are compared with files that people have read; `RECORD=1` writes them. */
function expectGolden(name: string, text: string): void {
  const file = join(__dirname, "fixtures", name);
  if (process.env.RECORD) {
    mkdirSync(join(__dirname, "fixtures"), { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, "utf8"));
}

const cli = resolve(__dirname, "../../dist/tools/cli.js");

type Declared = { [name: string]: { [field: string]: unknown } };
const weekly = (index: number) => ({
  taskType: "STOP",
  scheduledType: "WEEK",
  weekList: ["MON", "FRI"],
  scheduledTime: "19:30",
  timeZone: "Asia/Shanghai",
  applyObjects: [{ objectType: "DESKTOP", objectId: `d${index}` }],
});
const script = (index: number) => ({
  ...weekly(index),
  taskType: "EXECUTE_SCRIPT",
  grayCount: 1,
  extraParams: { script: "patch", version: 1 },
});
const many = (count: number, prefix: string, task: (index: number) => object): Declared =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`${prefix}-${at + 1}`, task(at + 1)])) as Declared;

/** Twenty single tasks and a fleet of ten, with a secret in one. */
const declared = (): { single: Declared; fleet: Declared } => {
  const single = many(20, "stop", weekly);
  single["stop-20"] = { ...weekly(20), description: { secret: "planted-secret-text" } };
  return { single, fleet: many(10, "patch", script) };
};

const programOf = (front: Front): string => `
const { CustomResource, secret } = require("@pulumi/pulumi");
const revived = (_, value) => value && typeof value === "object" && "secret" in value ? secret(value.secret) : value;
const tasks = JSON.parse(require("node:fs").readFileSync(require.resolve("./tasks.json"), "utf8"), revived);
const { ScheduledTask, ScheduledTaskFleet } = require("pulumi-huaweicloud-workspace${front === "plugin" ? "/plugin" : ""}");
for (const [name, args] of Object.entries(tasks.single)) new ScheduledTask(name, args);
new ScheduledTaskFleet("patches", { tasks: tasks.fleet });
`;

interface Reviewed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe.each<Front>(["dynamic", "plugin"])("a review, %s front", (front) => {
  let cloud: Cloud;
  let stack: Stack;
  let env: NodeJS.ProcessEnv;
  /** Ids of the live tasks by their names. */
  let ids: { readonly [name: string]: string };
  const tasks = declared();
  const save = () => writeFileSync(join(stack.folder, "tasks.json"), JSON.stringify(tasks));
  const file = (name: string): string => join(stack.folder, name);

  /** As a person calls it, in the folder of the project. */
  const review = (args: readonly string[], extra: object = {}): Promise<Reviewed> =>
    new Promise((done) => {
      const settings = { cwd: stack.folder, env: { ...env, ...extra }, maxBuffer: 1 << 26 };
      execFile(process.execPath, [cli, "review", ...args], settings, (error, stdout, stderr) =>
        done({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
      );
    });
  /** The same for both fronts and every run: the types in URNs, and the ids. */
  const comparable = (text: string): string =>
    Object.entries(ids).reduce(
      (comparable, [name, id]) => comparable.replaceAll(id, `id-of-${name}`),
      text.replace(/(urn:pulumi:test::harness::)(?:(?!::)\S)+?(ScheduledTask(?:Fleet)?::)/g, "$1$2"),
    );
  const changedIn = ({ stacks, unmanaged }: Report): ReportTask[] =>
    [...stacks.flatMap((one) => one.tasks), ...unmanaged].filter(({ verdict }) => verdict !== "same");

  beforeAll(async () => {
    cloud = await startCloud({ requireSignature: true });
    const { config, secrets } = cloud;
    const settings = { program: programOf(front), config, secrets, ...pluginsOfBuild(front) } as StackSettings;
    stack = await createStack(settings);
    save();
    expect(await stack.up()).toMatchObject({ code: 0 });
    env = stack.env;
  });
  afterAll(async () => {
    stack?.cleanup();
    await cloud?.stop();
  });

  test("prints nothing of a clean stack, and writes nothing to the cloud", async () => {
    await cloud.newRequests();
    const outcome = await review(["--stack", "test", "--fail-on", "changes,drift,guard"]);
    expect(outcome).toEqual({ code: 0, stdout: "", stderr: expect.any(String) });
    expect(writes(await cloud.newRequests())).toEqual([]);
  });

  test("names exactly what was changed in the code, in the console, and beside the stack", async () => {
    Object.assign(tasks.single["stop-1"] ?? {}, { scheduledTime: "18:00" });
    Object.assign(tasks.single["stop-2"] ?? {}, { weekList: ["MON", "TUE", "FRI"] });
    Object.assign(tasks.fleet["patch-3"] ?? {}, { grayCount: 5 });
    save();
    const idsByName = async () => (await cloud.tasks()).map(({ task_name, id }) => [String(task_name), id]);
    const live = Object.fromEntries(await idsByName());
    await cloud.edit(live["stop-5"] ?? "", { enable: false });
    await cloud.edit(live["stop-6"] ?? "", { apply_objects: [{ object_type: "DESKTOP", object_id: "x6" }] });
    await cloud.edit(live["patch-7"] ?? "", { extra_params: '{"script":"patch","version":2}' });
    await cloud.drop(live["stop-8"] ?? "");
    for (const name of ["console-1", "console-2"])
      await cloud.make({
        task_name: name,
        task_type: "REBOOT",
        scheduled_type: "DAY",
        day_interval: 1,
        scheduled_time: "04:00:00",
        time_zone: "Asia/Shanghai",
      });
    ids = { ...live, ...Object.fromEntries(await idsByName()) };
    const saved = file("events.jsonl");
    const asked = ["--stack", "test", "--unmanaged", "--format", "json", "--save", saved, "--at", noon];
    const outcome = await review(asked);
    expect(outcome.code).toBe(0);
    const report = JSON.parse(outcome.stdout) as Report;
    writeFileSync(file("report.json"), outcome.stdout);
    const target = (id: string) => [{ objectType: "DESKTOP", objectId: id }];
    const values = ({ name, fields }: ReportTask) => [
      name,
      ...fields.map(({ name: field, cause, old, live: now, wanted }) => [field, cause, old, now, wanted]),
    ];
    const byName = Object.fromEntries(
      changedIn(report).map((task) => [task.name, [task.verdict, ...values(task).slice(1)]]),
    );
    expect(byName).toEqual({
      "stop-1": ["planned", ["scheduledTime", "planned", "19:30:00", "19:30:00", "18:00:00"]],
      "stop-2": ["planned", ["weekList", "planned", ["MON", "FRI"], ["MON", "FRI"], ["MON", "TUE", "FRI"]]],
      "patch-3": ["planned", ["grayCount", "planned", 1, 1, 5]],
      "stop-5": ["drift", ["enable", "drift", true, false, true]],
      "stop-6": ["drift", ["applyObjects", "drift", target("d6"), target("x6"), target("d6")]],
      "patch-7": [
        "drift",
        [
          "extraParams",
          "drift",
          { script: "patch", version: 1 },
          { script: "patch", version: 2 },
          { script: "patch", version: 1 },
        ],
      ],
      "stop-8": ["gone"],
      "console-1": ["unmanaged"],
      "console-2": ["unmanaged"],
    });
    expect(report.counts).toMatchObject({ planned: 3, drift: 3, gone: 1, unmanaged: 2, same: 23 });
    for (const text of [outcome.stdout, outcome.stderr, readFileSync(saved, "utf8")])
      for (const secret of ["planted-secret-text", cloud.emulator.secretKey]) expect(text).not.toContain(secret);
  });

  test("a preview itself tells in one line what a change means, in the reader's language", async () => {
    const english = await stack.preview(["--refresh"]);
    expect(english.output).toMatch(
      /stop-1: Mon and Fri 19:30 Asia\/Shanghai becomes Mon and Fri 18:00; next \w+ \d+ \w+ 20\d\d 18:00/,
    );
    expect(english.output).toContain("patch-3: first batch size 1 becomes 5");
    const chinese = await stack.run(["preview", "--refresh"], { env: { HW_LANG: "zh_CN.UTF-8" } });
    expect(chinese.output).toContain("stop-1: 周一和周五 19:30（Asia/Shanghai）改为周一和周五 18:00；下次 ");
  });

  /** Without credentials. */
  const blindly = async (args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await review(args, { PULUMI_CONFIG_PASSPHRASE: "", PATH: "" });
    expect([code, stderr]).toEqual([0, ""]);
    for (const secret of ["planted-secret-text", cloud.emulator.secretKey]) expect(stdout).not.toContain(secret);
    return stdout;
  };

  test.each(formats)(
    "names exactly these nine with exact values as %s, without credentials, from what it saved",
    async (format) => {
      const changed = changedTasks(format === "html" ? "desktop" : "DESKTOP");
      const report = await blindly(["--from", file("report.json"), "--format", format]);
      expect(toldTasks[format](report)).toEqual({ ...changed, ...besides });
      const events = await blindly(["--from", file("events.jsonl"), "--format", format, "--at", noon]);
      expect(toldTasks[format](events)).toEqual(changed);
    },
  );

  test("names no other task where only what differs is named, and each other one as unchanged elsewhere", async () => {
    const all = [...Object.keys(tasks.single), ...Object.keys(tasks.fleet)];
    const others = all.filter((name) => !(name in changedTasks("")));
    expect(others).toHaveLength(23);
    const [markdown = "", page = "", xml = ""] = await Promise.all(
      formats.map((format) => blindly(["--from", file("report.json"), "--format", format])),
    );
    const named = (text: string) => others.filter((name) => new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(text));
    expect(named(markdown)).toEqual([]);
    const json = await blindly(["--from", file("report.json"), "--format", "json"]);
    expect(json).toBe(readFileSync(file("report.json"), "utf8"));
    const data = JSON.parse(/id="data">(.*?)<\/script>/s.exec(page)?.[1] ?? "") as PageData;
    const unchanged = data.tasks.filter(({ verdict }) => verdict === "same").map(({ name }) => name);
    expect(unchanged.sort()).toEqual([...others].sort());
    expect(data.tasks).toHaveLength(32);
    const passed = [...xml.matchAll(/<testcase [^>]*?name="([^"]*)" time="0"\/>/g)].map(([, name]) => name);
    expect(passed.sort()).toEqual([...others].sort());
  });

  test.each<[TextFormat, string]>([
    ["markdown", "drift.md"],
    ["junit", "drift.xml"],
  ])("says as %s what people have read", async (format, name) =>
    expectGolden(name, comparable(await blindly(["--from", file("report.json"), "--format", format]))),
  );

  test.each([
    ["changes", 2],
    ["drift", 3],
    ["changes,drift", 3],
    ["guard", 0],
  ])("fails on %s with %p", async (what, code) => {
    expect((await review(["--from", file("events.jsonl"), "--at", noon, "--fail-on", what])).code).toBe(code);
  });

  test("an error is 1, with what was wrong", async () => {
    const bad = await review(["--stack", "nowhere"]);
    expect([bad.code, bad.stdout]).toEqual([1, ""]);
    expect(bad.stderr).toContain("nowhere");
    expect(await review([])).toMatchObject({ code: 1, stderr: expect.stringContaining("--stack") });
    Object.assign(tasks.single["stop-9"] ?? {}, { scheduledTime: "25:00" });
    save();
    const failed = await review(["--stack", "test"]);
    expect([failed.code, failed.stdout]).toEqual([1, ""]);
    expect(failed.stderr).toContain("25:00");
    Object.assign(tasks.single["stop-9"] ?? {}, { scheduledTime: "19:30" });
    save();
  });

  test("after an up nothing is left but what is beside the stack, and that can be ignored", async () => {
    expect(await stack.up(["--refresh"])).toMatchObject({ code: 0 });
    const beside = await review(["--stack", "test", "--unmanaged", "--ignore", "console-1"]);
    expect(beside.stdout).toContain("console-2");
    expect(beside.stdout).not.toContain("console-1");
    const ignored = await review(["--stack", "test", "--unmanaged", "--ignore", "console-*"]);
    expect(ignored).toMatchObject({ code: 0, stdout: "" });
  });
});
