import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Report, ReportTask } from "../../review/report";
import { type Cloud, startCloud } from "../emulated";
import { createStack, type Stack, type StackSettings } from "./stack";
import { type Front, pluginsOfBuild } from "./tasks";

/** What a review tells of everything but a plain task that is declared, deployed and known. */

const cli = resolve(__dirname, "../../dist/tools/cli.js");

/** @param isEdited whether it is the program after its edits */
const programOf = (front: Front, isEdited: boolean): string => `
const { secret } = require("@pulumi/pulumi");
const { ScheduledTask, ScheduledTaskFleet } = require("pulumi-huaweicloud-workspace${front === "plugin" ? "/plugin" : ""}");
const ids = JSON.parse(require("fs").readFileSync(__dirname + "/ids.json", "utf8"));
const edited = ${isEdited};
const task = (edit) => ({
  taskType: "STOP", scheduledType: "WEEK", weekList: ["MON"], scheduledTime: "19:30", timeZone: "Asia/Shanghai",
  applyObjects: [{ objectType: "DESKTOP", objectId: "d1" }], ...edit,
});
new ScheduledTask("ignoring", task({}), { ignoreChanges: ["scheduledTime"] });
new ScheduledTask("secret-of-code", task({ description: secret(edited ? "planted-new" : "planted-old") }));
new ScheduledTask("secret-of-cloud", task({ description: secret("planted-old") }));
new ScheduledTask("secret-as-it-was", task({ description: secret("planted-old") }));
new ScheduledTask("retyped", task({}));
if (edited) new ScheduledTask("renamed", task({}), { aliases: [{ name: "first-name" }] });
else new ScheduledTask("first-name", task({}));
if (!edited) new ScheduledTask("given-up", task({}), { retainOnDelete: true });
new ScheduledTaskFleet("fleet", { tasks: {
  code: task({ extraParams: { notify_message: secret(edited ? "planted-new" : "planted-old"), long: 1 } }),
  cloud: task({ description: secret("planted-old") }),
  still: task({ description: secret("planted-old") }),
  gone: task(edited ? { taskType: "REBOOT" } : {}),
  [edited ? "new-key" : "old-key"]: task({ taskName: "keyed" }),
} });
if (edited) {
  new ScheduledTask("equal", task({ taskName: "console-equal", adoptTaskId: ids["console-equal"] }));
  new ScheduledTask("unequal", task({ taskName: "console-unequal", adoptTaskId: ids["console-unequal"] }));
  const fresh = new ScheduledTask("fresh", task({}));
  new ScheduledTask("unknown", task({ taskName: fresh.id, applyObjects: [{ objectType: "DESKTOP", objectId: fresh.id }] }));
  new ScheduledTaskFleet("partly", { tasks: { known: task({}), unknown: fresh.id.apply((taskName) => task({ taskName })) } });
  if (${front === "plugin"}) {
    ScheduledTask.get("read", ids["console-read"]);
    new ScheduledTask("imported", task({ taskName: "console-import" }), { import: ids["console-import"] });
  }
}
`;

describe.each<Front>(["plugin", "dynamic"])("a review, %s front", (front) => {
  let cloud: Cloud;
  let stack: Stack;
  let first: Report;
  let report: Report;
  const file = (name: string): string => join(stack.folder, name);
  const review = (args: readonly string[]): Promise<Report> =>
    new Promise((done, failed) => {
      const settings = { cwd: stack.folder, env: stack.env, maxBuffer: 1 << 26 };
      execFile(process.execPath, [cli, "review", "--format", "json", ...args], settings, (error, stdout, stderr) =>
        error ? failed(new Error(stderr)) : done(JSON.parse(stdout) as Report),
      );
    });
  const named = (declaredAs: string): ReportTask => {
    const found = report.stacks[0]?.tasks.filter((task) => task.declaredAs === declaredAs) ?? [];
    if (found.length !== 1) throw new Error(`${found.length} tasks are declared as ${declaredAs}`);
    return found[0] as ReportTask;
  };
  const brief = (declaredAs: string) => {
    const { verdict, answers, fields, hidden } = named(declaredAs);
    return [
      verdict,
      answers.join("+"),
      [...fields, ...hidden].map(({ name, cause }) => `${name}: ${cause}`).join(", "),
    ];
  };

  beforeAll(async () => {
    cloud = await startCloud({ requireSignature: true });
    const { config, secrets } = cloud;
    const settings = { program: programOf(front, false), config, secrets, ...pluginsOfBuild(front) };
    stack = await createStack(settings as StackSettings);
    writeFileSync(file("ids.json"), "{}");
    first = await review(["--stack", "test"]);
    expect(await stack.up()).toMatchObject({ code: 0 });
    const idOf = async (name: string): Promise<string> =>
      String((await cloud.tasks()).find((task) => task.task_name === name)?.id);
    await cloud.edit(await idOf("ignoring"), { scheduled_time: "20:00:00" });
    await cloud.edit(await idOf("secret-of-cloud"), { description: "planted-elsewhere" });
    await cloud.edit(await idOf("retyped"), { scheduled_type: "DAY", day_interval: 2 });
    await cloud.edit(await idOf("first-name"), { enable: false });
    await cloud.edit(await idOf("cloud"), { description: "planted-elsewhere" });
    await cloud.edit(await idOf("keyed"), { scheduled_time: "21:00:00" });
    await cloud.drop(await idOf("gone"));
    const console = (name: string, edit = {}) =>
      cloud.make({
        task_name: name,
        task_type: "STOP",
        scheduled_type: "WEEK",
        week_list: "2",
        scheduled_time: "19:30:00",
        time_zone: "Asia/Shanghai",
        apply_objects: [{ object_type: "DESKTOP", object_id: "d1" }],
        ...edit,
      });
    for (const name of ["console-equal", "console-read", "console-import"]) await console(name);
    await console("console-unequal", { scheduled_time: "22:00:00", description: "beside" });
    await console("console-owned", { description: "of others [acme]" });
    const ids = (await cloud.tasks()).map(({ task_name, id }) => [String(task_name), id]);
    writeFileSync(file("ids.json"), JSON.stringify(Object.fromEntries(ids)));
    stack.setProgram(programOf(front, true));
    report = await review(["--stack", "test", "--unmanaged", "--save", file("events.jsonl")]);
  });
  afterAll(async () => {
    stack?.cleanup();
    await cloud?.stop();
  });

  test("of a stack that is not deployed yet says nothing of drift", () => {
    expect(first.stacks[0]).toMatchObject({ isRefreshed: true, notes: [] });
    expect(first.counts.new).toBe(12);
  });

  test("leaves a drift that the program ignores", () => {
    expect(brief("ignoring")).toEqual(["accepted", "", "scheduledTime: accepted"]);
    expect(named("ignoring").waysOut).toEqual([]);
  });

  test("tells who changed a secret where the engine does", () => {
    const isTold = front === "plugin";
    const [planned, drift] = [
      ["planned", "code"],
      ["drift", "cloud"],
    ].map((pair) => (isTold ? pair : ["unclear", "code+cloud"]));
    const cause = (name: string, told: string) => `${name}: ${isTold ? told : "unclear"}`;
    expect(brief("secret-of-code")).toEqual([...(planned ?? []), cause("description", "planned")]);
    expect(brief("secret-of-cloud")).toEqual([...(drift ?? []), cause("description", "drift")]);
    expect(brief("secret-as-it-was")).toEqual(["same", "", ""]);
    expect(brief('fleet["code"]')).toEqual(
      isTold ? ["planned", "code", "extraParams: planned"] : ["same", "", "extraParams: possible"],
    );
    expect(brief('fleet["cloud"]')).toEqual(
      isTold ? ["drift", "cloud", "description: drift"] : ["same", "", "description: possible"],
    );
    expect(brief('fleet["still"]')).toEqual(["same", "", isTold ? "" : "description: possible"]);
    expect(report.stacks[0]?.notes).toEqual(
      isTold ? [] : [expect.stringContaining("fleet: of 3 tasks that seem unchanged a secret value may change")],
    );
  });

  test("shows a drifted schedule type with the fields of the live one", () => {
    expect(brief("retyped")).toEqual(["drift", "cloud", "scheduledType: drift, dayInterval: drift, weekList: drift"]);
    const { happened, waysOut } = named("retyped");
    expect(happened).toBe("Mon 19:30 Asia/Shanghai becomes every 2 days 19:30");
    expect(waysOut[1]).toEqual({
      what: "Keep the live one, in the code of retyped, without weekList",
      code: 'scheduledType: "DAY", dayInterval: 2',
    });
  });

  test("follows an alias to what drifted under the old name", () => {
    expect(brief("renamed")).toEqual(["both", "code+cloud", "taskName: planned, enable: drift"]);
  });

  test("tells what becomes of the tasks of a fleet from what is live", () => {
    expect(brief('fleet["gone"]')).toEqual(["gone", "code+cloud", "taskType: planned"]);
    expect(named('fleet["gone"]').fields).toMatchObject([{ old: "STOP", live: null, wanted: "REBOOT" }]);
    expect(brief('fleet["old-key"]')).toEqual(["removed", "code+cloud", "scheduledTime: drift"]);
    expect(brief('fleet["new-key"]')).toEqual(["new", "code", ""]);
  });

  test("knows what is taken over, and what is left in the cloud", () => {
    expect(brief("given-up")).toEqual(["released", "code", ""]);
    expect(brief("equal")).toEqual(["adopted", "code", ""]);
    expect(named("equal").willHappen).toMatch(
      /^an up takes it over; it is as declared, so nothing is written: Mon 19:30 Asia\/Shanghai; next Mon /,
    );
    expect(brief("unequal")).toEqual(["adopted", "code", "scheduledTime: differs"]);
    const own = front === "plugin" ? ["console-read"] : ["console-import", "console-read"];
    expect(report.unmanaged.map(({ name }) => name).sort()).toEqual(own);
    expect(report.leftToOwners).toEqual({ acme: 1 });
    if (front === "dynamic") return;
    expect(brief("imported")).toEqual(["adopted", "code", ""]);
    expect(report.stacks[0]?.others).toEqual({ read: 1 });
  });

  test("tells what is known when a part is not", () => {
    expect(named("unknown")).toMatchObject({ verdict: "new", name: "unknown", targets: [] });
    expect(brief('partly["known"]')).toEqual(["new", "code", ""]);
    expect(named('partly["unknown"]')).toMatchObject({ verdict: "new", name: 'partly["unknown"]' });
  });

  test("says the same of what it saved, at the same time, and neither holds a secret", async () => {
    const saved = await review(["--from", file("events.jsonl")]);
    const own = (task: ReportTask) => !["equal", "unequal"].includes(task.declaredAs ?? "");
    expect(saved.at).toBe(report.at);
    expect(saved.stacks[0]?.tasks.filter(own)).toEqual(report.stacks[0]?.tasks.filter(own));
    const events = readFileSync(file("events.jsonl"), "utf8");
    expect(events).toContain("[secret]");
    for (const text of [events, JSON.stringify(report)])
      for (const secret of ["planted-", cloud.emulator.secretKey]) expect(text).not.toContain(secret);
  });
});
