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
  const state = stateOf(old);
  expect(fleetPaths(stepsOf(state, inputs), state, inputs)).toEqual(paths);
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

test("what is the same of many tasks is noted once, and not more lines than a reader takes in", () => {
  const keys = Array.from({ length: 40 }, (_, index) => `k${index}`);
  const state = stateOf(Object.fromEntries(keys.map((key, index) => [key, { ...day, dayInterval: index + 1 }])));
  const replaced = keys.map((key, index) => [key, { ...day, dayInterval: index + 1, taskType: "REBOOT" }]);
  expect(fleetNotes(stepsOf(state, { tasks: Object.fromEntries(replaced) }))).toEqual([
    "k0, k1, k2 and 37 more: a change of taskType replaces the task: the old one is deleted first, so for a moment there is none.",
  ]);
  const renamed = keys.map((key, index) => [`new-${key}`, { ...day, dayInterval: index + 1 }]);
  const lines = fleetNotes(stepsOf(state, { tasks: Object.fromEntries(renamed) }));
  expect(lines).toHaveLength(21);
  expect(lines.slice(-2)).toEqual([
    "new-k19: was k19 and stays the task id-of-k19.",
    "20 more lines of this kind are left out.",
  ]);
});

const on: Inputs = { ...day, enable: true };
test.each<[string, FleetState, FleetInputs, object]>([
  ["a shared value", { enable: true }, { enable: false }, { enable: "update" }],
  ["a shared value of a state that has none", {}, { region: "r" }, {}],
  ["a shared value that replaces", { region: "a" }, { region: "b" }, { region: "update" }],
  ["a shared value that no task has", { enable: true, tasks: {} }, { enable: false, tasks: {} }, {}],
  ["what is shared from now on, as it was", { tasks: { a: on, b: on } }, { enable: true }, {}],
  ["what is shared from now on, and changes", { tasks: { a: on, b: on } }, { enable: false }, { enable: "add" }],
])("what all tasks share changes once: %s", (_, before, after, paths) => {
  const tasks = before.tasks ?? { a: day, b: day };
  const state = { ...stateOf(tasks), ...before };
  const inputs = { tasks: { a: day, b: day }, ...after };
  expect(fleetPaths(stepsOf(state, inputs), state, inputs)).toEqual(paths);
});

test.each<[string, object, object, object]>([
  ["declared", {}, { enable: false }, { "tasks.a.enable": "add" }],
  ["removed", { enable: false }, {}, { "tasks.a.enable": "delete" }],
  ["changed", { enable: false }, { enable: true }, { "tasks.a.enable": "update" }],
  ["declared as it is shared", {}, { enable: true }, {}],
  ["removed, as it is shared", { enable: true }, {}, {}],
])("a task's own value is %s", (_, before, after, paths) => {
  const state = { ...stateOf({ a: { ...day, ...before }, b: day }), enable: true };
  const inputs = { enable: true, tasks: { a: { ...day, ...after }, b: day } };
  expect(fleetPaths(stepsOf(state, inputs), state, inputs)).toEqual(paths);
});
