import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import { type Cloud, startCloud, writes } from "../emulated";
import { createYamlStack, type Plugin, preparePlugin, ref, type YamlStack } from "./yaml";

let plugin: Plugin;
let cloud: Cloud;
let stack: YamlStack;
const { taskName: _, ...week } = taskOf("WEEK");

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

const desktop = (id: string) => ({ objectType: "DESKTOP", objectId: id });
const fifty = Array.from({ length: 50 }, (_item, index) => desktop(`d${index}`));
const withTargets = (applyObjects: readonly object[]) => ({ one: { ...week, applyObjects } });

/** The detailed diff of the task, as `preview --json` tells it. */
async function detailedDiff(args: string[] = []): Promise<object> {
  const { code, stdout, output } = await stack.preview(["--json", ...args]);
  expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
  const { steps } = JSON.parse(stdout) as { steps: { urn: string; op: string; detailedDiff?: object }[] };
  const step = steps.find(({ urn }) => urn.endsWith("::one"));
  // Without a difference there is no step.
  return step ? { op: step.op, ...step.detailedDiff } : {};
}
const path = (kind: string) => ({ kind, inputDiff: false });

test("one target put in the middle of 50 is one added path, and one added line", async () => {
  stack.declareTasks(withTargets(fifty));
  expect(await stack.up()).toMatchObject({ code: 0 });
  stack.declareTasks(withTargets([...fifty.slice(0, 25), desktop("new"), ...fifty.slice(25)]));
  expect(await detailedDiff()).toEqual({ op: "update", "applyObjects[25]": path("add") });
  const { output } = await stack.preview(["--diff"]);
  expect(output.match(/^ +[~+-] +\[\d+\].*$/gm)).toEqual([expect.stringMatching(/\+ \[25\]: \{/)]);
  expect(output).toContain('+ objectId  : "new"');
});

test("a target that moved is no difference", async () => {
  stack.declareTasks(withTargets([...fifty.slice(40), ...fifty.slice(0, 40)]));
  expect(await detailedDiff()).toEqual({});
  expect(await stack.preview(["--expect-no-changes"])).toMatchObject({ code: 0 });
});

test("a target swapped for another is one updated path, and so is shown", async () => {
  stack.declareTasks(withTargets([...fifty.slice(0, 20), desktop("other"), ...fifty.slice(21)]));
  expect(await detailedDiff()).toEqual({ op: "update", "applyObjects[20].objectId": path("update") });
  const { output } = await stack.preview(["--diff"]);
  expect(output).toMatch(/~ \[20\]: \{\s+~ objectId: "d20" => "other"\s+\}/);
});

test("a target taken out is one deleted path", async () => {
  stack.declareTasks(withTargets([...fifty.slice(0, 10), ...fifty.slice(11)]));
  expect(await detailedDiff()).toEqual({ op: "update", "applyObjects[10]": path("delete") });
});

test("fields are added, deleted and updated under their own paths; a replaced one says so", async () => {
  const { description: __, ...rest } = week;
  const changed = { ...rest, applyObjects: fifty, weekList: ["MON", "TUE"], grayCount: undefined, forceExecute: true };
  stack.declareTasks({ one: { ...changed, taskType: "REBOOT" } });
  expect(await detailedDiff()).toEqual({
    op: "replace",
    description: path("delete"),
    "weekList[1]": path("update"),
    forceExecute: path("update"),
    taskType: path("update-replace"),
  });
});

test("ignoreChanges leaves a field to the console, replaceOnChanges makes a change of it a replacement", async () => {
  stack.declareTasks({ one: { ...week, applyObjects: fifty } }, { ignoreChanges: ["scheduledTime", "enable"] });
  expect(await stack.up()).toMatchObject({ code: 0 });
  const { id = "" } = (await cloud.task("one")) ?? {};
  await cloud.edit(id, { scheduled_time: "23:00:00", enable: false });
  expect(await stack.preview(["--refresh", "--expect-no-changes"])).toMatchObject({ code: 0 });
  stack.declareTasks(
    { one: { ...week, applyObjects: fifty, scheduledTime: "01:00", description: "new" } },
    { ignoreChanges: ["scheduledTime", "enable"] },
  );
  await cloud.newRequests();
  expect(await stack.up(["--refresh"])).toMatchObject({ code: 0 });
  expect(writes(await cloud.newRequests()).map(({ body }) => body)).toEqual([{ description: "new" }]);

  stack.declareTasks(
    { one: { ...week, applyObjects: fifty, description: "newer" } },
    { replaceOnChanges: ["description"] },
  );
  expect(await detailedDiff()).toMatchObject({ op: "replace", description: path("update-replace") });
  await cloud.newRequests();
  expect(await stack.up()).toMatchObject({ code: 0 });
  expect(writes(await cloud.newRequests()).map(({ operation }) => operation)).toEqual([
    "DeleteScheduledTasks",
    "CreateScheduledTasks",
  ]);
});

test("a value that is not known yet is a possible change of its path alone, and sent when it is known", async () => {
  const later = {
    ...week,
    description: `made with ${ref("one.id")}`,
    applyObjects: [desktop("d1"), desktop(ref("one.id"))],
  };
  stack.declareTasks({ one: { ...week, applyObjects: fifty }, later });
  expect(await stack.up()).toMatchObject({ code: 0 });
  const { id = "" } = (await cloud.task("one")) ?? {};
  expect(await cloud.task("later")).toMatchObject({
    description: `made with ${id}`,
    apply_objects: expect.arrayContaining([expect.objectContaining({ object_id: id })]),
  });
  stack.declareTasks({ one: { ...week, applyObjects: fifty, taskType: "REBOOT" }, later });
  const { stdout } = await stack.preview(["--json"]);
  const { steps } = JSON.parse(stdout) as {
    steps: { urn: string; detailedDiff?: object; newState?: { inputs?: object } }[];
  };
  const step = steps.find(({ urn }) => urn.endsWith("::later"));
  expect(step?.detailedDiff).toEqual({ description: path("update"), "applyObjects[1].objectId": path("update") });
  expect(await stack.up()).toMatchObject({ code: 0 });
  expect((await cloud.task("later"))?.description).toBe(`made with ${(await cloud.task("one"))?.id}`);
});
