import { taskOf } from "../scheduledTask/examples.fixture";
import { type Inputs, UNKNOWN } from "../scheduledTask/fields";
import type { FleetInputs, FleetState } from "../scheduledTaskFleet/fleet";
import { plannedFleet } from "../scheduledTaskFleet/planned";
import { stepsOf } from "../scheduledTaskFleet/steps";
import { fleetNotes, fleetPaths } from "./fleetDiff";

const day: Inputs = { ...taskOf("DAY"), taskName: "day" };
const stateOf = (tasks: { [key: string]: Inputs }): FleetState => ({
  tasks,
  taskIds: Object.fromEntries(Object.keys(tasks).map((key) => [key, `id-of-${key}`])),
});
const unknown = UNKNOWN as never;

test.each<[string, { [key: string]: Inputs }, FleetInputs["tasks"], object]>([
  ["nothing changed", { a: day }, { a: { ...day } }, {}],
  ["a field", { a: day, b: day }, { a: day, b: { ...day, dayInterval: 5 } }, { "tasks.b.dayInterval": "update" }],
  [
    "a field of a key with a dot",
    { "a.b": day },
    { "a.b": { ...day, dayInterval: 5 } },
    { 'tasks["a.b"].dayInterval': "update" },
  ],
  ["a new key", { a: day }, { a: day, b: { ...day, dayInterval: 5 } }, { "tasks.b": "add" }],
  ["a key that is gone", { a: day, b: day }, { b: day }, { "tasks.a": "delete" }],
  ["a renamed key", { a: day }, { b: day }, { "tasks.a": "delete", "tasks.b": "add" }],
  ["a replaced task", { a: day }, { a: { ...day, taskType: "REBOOT" } }, { "tasks.a.taskType": "update" }],
  [
    "a target",
    { a: { ...day, applyObjects: [] } },
    { a: { ...day, applyObjects: [{ objectType: "DESKTOP", objectId: "d" }] } },
    { "tasks.a.applyObjects[0]": "add" },
  ],
  ["an unknown task", { a: day }, { a: unknown, b: unknown }, { "tasks.a": "update", "tasks.b": "add" }],
  ["an unknown map", { a: day }, unknown, { tasks: "update" }],
])("%s", (_, old, tasks, paths) => {
  const inputs = { tasks } as FleetInputs;
  expect(fleetPaths(stepsOf(stateOf(old), inputs), inputs)).toEqual(paths);
});

test("of two equal keys each keeps its own task, and a renamed one takes the exact match", () => {
  const named = { ...day, taskName: "other" };
  const planned = plannedFleet(stateOf({ a: named, b: day }), { tasks: { c: day, d: named } });
  expect(planned.taskIds).toEqual({ c: "id-of-b", d: "id-of-a" });
});

test("a preview knows the ids that stay", () => {
  const replaced = { ...day, taskType: "REBOOT" };
  const state = stateOf({ a: day, b: day, c: { ...day, dayInterval: 9 } });
  expect(plannedFleet(state, { tasks: { a: day, b: replaced, e: { ...day, dayInterval: 7 } } })).toEqual({
    tasks: { a: day, b: replaced, e: { ...day, dayInterval: 7 } },
    taskIds: { a: "id-of-a", b: UNKNOWN, e: UNKNOWN },
  });
  expect(plannedFleet(state, { tasks: unknown })).toEqual({ tasks: UNKNOWN, taskIds: UNKNOWN });
});

test("a preview tells of a gap, of a key that was renamed, and of an id that is not taken over", () => {
  const state = stateOf({ a: day, b: { ...day, dayInterval: 9 } });
  const inputs = { tasks: { a: { ...day, taskType: "REBOOT", adoptTaskId: "x" }, c: { ...day, dayInterval: 9 } } };
  expect(fleetNotes(stepsOf(state, inputs))).toEqual([
    expect.stringMatching(/^a: adoptTaskId is read only when/),
    expect.stringMatching(/^a: a change of taskType replaces the task/),
    "c: was b and stays the task id-of-b.",
  ]);
});
