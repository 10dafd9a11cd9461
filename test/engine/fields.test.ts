import {
  type Editable,
  editable,
  edits,
  isNone,
  removable,
  wireOf,
  without,
} from "../../provider/scheduledTask/examples.fixture";
import { type Cloud, type LiveTask, startCloud, writes } from "../emulated";
import { createTasksStack, markedFields, type TasksStack, tasksWith } from "./tasks";

const unchanged = tasksWith((_, inputs) => inputs);

let cloud: Cloud;
let stack: TasksStack;
const ids: { [name: string]: string } = {};

beforeAll(async () => {
  cloud = await startCloud({ requireSignature: true });
  stack = await createTasksStack(cloud);
  stack.declare(unchanged);
});
afterAll(async () => {
  stack.cleanup();
  await cloud.stop();
});

const liveTasks = async (): Promise<{ [name: string]: LiveTask }> => {
  const byId = Object.fromEntries((await cloud.tasks()).map((task) => [task.id, task]));
  return Object.fromEntries(Object.entries(ids).flatMap(([name, id]) => (byId[id] ? [[name, byId[id]]] : [])));
};
const expectQuiet = async () => {
  const { code, output } = await stack.preview(["--refresh", "--expect-no-changes"]);
  expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
  expect(writes(await cloud.newRequests())).toEqual([]);
};
/** Bodies of the PUTs since the last look, by the field that the task is named by. */
const putBodies = async () => {
  const nameOf = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
  const puts = writes(await cloud.newRequests());
  expect(puts.map(({ operation }) => operation).filter((operation) => operation !== "UpdateScheduledTasks")).toEqual(
    [],
  );
  expect(new Set(puts.map(({ path }) => path)).size).toBe(puts.length);
  return Object.fromEntries(puts.map(({ path, body }) => [nameOf.get(path.split("/").at(-1) ?? ""), body]));
};
const along = (name: Editable): object => ({
  ...(edits[name].of === "MONTH" && { is_gray: true }),
  ...(name === "applyObjects" && { apply_object_update_type: "FULL_COVERAGE" }),
});

test("one task per field is created, and quiet, twice", async () => {
  expect((await stack.up()).code).toBe(0);
  for (const { urn, id } of await stack.resources()) ids[urn.split("::").at(-1) ?? ""] = id ?? "";
  expect(Object.keys(ids).sort()).toEqual(Object.keys(edits).sort());
  expect(await cloud.tasks()).toHaveLength(editable.length);
  await cloud.newRequests();
  await expectQuiet();
  await expectQuiet();
});

/** A field of a PUT as the emulator records it: of what may hold a secret the length. */
const recorded = (wireName: string, value: unknown): object => ({
  [wireName]: wireName === "extra_params" ? `[${String(value).length} characters]` : value,
});

test("each field changed alone is one PUT with that field, or its documented group", async () => {
  stack.declare(tasksWith((name, inputs) => ({ ...inputs, [name]: edits[name].to })));
  const { code, output } = await stack.up();
  expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
  expect(await putBodies()).toEqual(
    Object.fromEntries(editable.map(([name, { wire }]) => [name, { ...recorded(wireOf(name), wire), ...along(name) }])),
  );
  await expectQuiet();
});

test("and back again", async () => {
  stack.declare(unchanged);
  expect((await stack.up(["--refresh"])).code).toBe(0);
  expect(Object.keys(await putBodies()).sort()).toEqual(Object.keys(edits).sort());
});

test("each field changed behind its back is the only one marked, is repaired, is quiet", async () => {
  const before = await liveTasks();
  for (const [name] of editable) await cloud.edit(ids[name] ?? "", { [wireOf(name)]: edits[name].drift });
  const preview = await stack.preview(["--refresh", "--diff"]);
  expect(markedFields(preview.output)).toEqual(Object.fromEntries(editable.map(([name]) => [name, [name]])));
  await cloud.newRequests();
  expect((await stack.up(["--refresh"])).code).toBe(0);
  const bodies = await putBodies();
  for (const [name] of editable)
    expect(bodies[name]).toEqual({ ...recorded(wireOf(name), before[name]?.[wireOf(name)]), ...along(name) });
  expect(await liveTasks()).toEqual(before);
  await expectQuiet();
});

test("each field removed alone is cleared, or a message says that it stays", async () => {
  stack.declare(tasksWith((name, inputs) => (removable.includes(name) ? without(inputs, name) : inputs)));
  const { code, output } = await stack.up();
  expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
  const live = await liveTasks();
  for (const name of removable)
    expect([name, isNone(live[name]?.[wireOf(name)]) || output.includes(`task-of-${name}: ${name} `)]).toEqual([
      name,
      true,
    ]);
  expect(output).toContain("task-of-applyObjects: applyObjects is emptied (2 removed)");
  await cloud.newRequests();
  await expectQuiet();
});

test("a task deleted behind its back is made again, and destroy with one already gone succeeds", async () => {
  await cloud.drop(ids.weekList ?? "");
  expect((await stack.preview(["--refresh"])).output).toMatch(/1 to create/);
  expect((await stack.up(["--refresh"])).code).toBe(0);
  expect(await cloud.tasks()).toHaveLength(editable.length);
  await cloud.drop(ids.enable ?? "");
  const { code, output } = await stack.destroy();
  expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
  expect(await cloud.tasks()).toEqual([]);
});
