import type { LiveTask } from "./liveTasks";
import { type Beside, FromConfig, programOf, SharedTargets } from "./program";

const targets = (...ids: string[]) => ids.map((objectId) => ({ objectType: "DESKTOP_POOL", objectId }));
const task = (taskName: string, inputs: object = {}): LiveTask => ({
  id: `id of ${taskName}`,
  inputs: { taskName, taskType: "STOP", scheduledType: "LIFE_CYCLE", ...inputs },
});
const named = (names: readonly string[], inputs: object = {}) => names.map((name) => task(name, inputs));
const inputsOf = (live: readonly LiveTask[]) =>
  programOf(live, false).parts.flatMap(({ tasks }) => tasks.map(({ inputs }) => inputs));

test("tasks are sorted by the names of their resources, numbers in them as numbers", () => {
  const { parts } = programOf(named(["b", "a-10", "a-9", "B"]), false);
  expect(parts.flatMap(({ tasks }) => tasks.map(({ name }) => name))).toEqual(["a-9", "a-10", "b", "B"]);
});

test("a name that is the resource's is not declared, another is", () => {
  expect(inputsOf(named(["a"]))).toEqual([{ taskType: "STOP", scheduledType: "LIFE_CYCLE", adoptTaskId: "id of a" }]);
  expect(inputsOf(named(["a b"]))).toMatchObject([{ taskName: "a b", adoptTaskId: "id of a b" }]);
});

test("a time of day loses the seconds that are none", () => {
  const at = (scheduledTime: string) => inputsOf([task("a", { scheduledTime })])[0]?.scheduledTime;
  expect(["19:30:00", "00:00:00", "19:00:05"].map(at)).toEqual(["19:30", "00:00", "19:00:05"]);
});

describe("targets", () => {
  const wordsOf = (names: readonly string[], applyObjects: object[]) =>
    programOf(named(names, { applyObjects }), false).shared.map(({ words }) => words);

  test("of three tasks stand in each, of four in a constant", () => {
    const applyObjects = targets("pool-sales");
    expect(inputsOf(named(["a", "b", "c"], { applyObjects }))).toMatchObject([{ applyObjects }, {}, {}]);
    const shared = new SharedTargets(["pool", "sales"], targets("pool-sales"));
    expect(inputsOf(named(["a", "b", "c", "d"], { applyObjects })).map((inputs) => inputs.applyObjects)).toEqual(
      Array(4).fill(shared),
    );
  });

  test("that are none have no constant", () => {
    expect(wordsOf(["a", "b", "c", "d"], [])).toEqual([]);
    expect(programOf(named(["a", "b", "c", "d"]), false).shared).toEqual([]);
  });

  const four = ["sales-a", "sales-b", "sales-c", "sales-d"];
  test.each([
    [targets("pool-sales"), ["pool", "sales"]],
    [targets("Sales Pool"), ["pool", "sales", "pool"]],
    [[{ objectType: "ALL_DESKTOPS" }], ["all", "desktops"]],
    [[{ objectType: "DESKTOP_TAG", objectId: "windows" }], ["tag", "windows"]],
    [[{ objectType: "DESKTOP", objectId: "5e8b31e2-d520-4a6f-9b1c-000000000001" }], ["desktop", "5e8b31e2"]],
    [[{ objectType: "7UP", objectId: "!" }], ["target"]],
    [targets("a", "b"), ["targets", "of", "sales"]],
  ])("%j are named %j", (applyObjects, words) => {
    expect(wordsOf(four, applyObjects)).toEqual([words]);
  });

  test("of tasks whose names have nothing in common are named so", () => {
    expect(wordsOf(["a", "b", "c", "d"], targets("a", "b"))).toEqual([["shared", "targets"]]);
  });

  test("have names that are unique, among resources too", () => {
    const live = [
      ...named(["a1", "a2", "a3", "allDesktops"], { applyObjects: [{ objectType: "ALL_DESKTOPS" }] }),
      ...named(["b1", "b2", "b3", "b4"], { applyObjects: targets("x", "y") }),
      ...named(["c1", "d2", "e3", "f4"], { applyObjects: targets("x", "z") }),
    ];
    expect(programOf(live, false).shared.map(({ words }) => words.join(" "))).toEqual([
      "all desktops 2",
      "shared targets",
      "shared targets 2",
    ]);
  });
});

describe("extraParams", () => {
  const extraParamsOf = (json: string) => {
    const { parts, secrets } = programOf([task("v1.2", { extraParams: json })], false);
    return { declared: parts[0]?.tasks[0]?.inputs.extraParams, secrets };
  };
  const keysOf = (names: readonly string[], beside: Beside = {}) => {
    const { parts } = programOf(named(names, { extraParams: "1" }), false, beside);
    const tasks = parts.flatMap((part) => part.tasks);
    return Object.fromEntries(
      tasks.flatMap(({ name, inputs: { extraParams: one } }) => (one instanceof FromConfig ? [[name, one.key]] : [])),
    );
  };

  test.each(['{"notify_message":"Save."}', "{}"])("%s is no secret", (json) => {
    expect(extraParamsOf(json)).toEqual({ declared: JSON.parse(json), secrets: [] });
  });

  test.each([
    '{"notify_message":"a","script":"b"}',
    '{"notify_message":1}',
    '["a"]',
    '"text"',
    "12345678901234567890",
    "null",
  ])("%s may be one, and is read from the configuration by a key without dots", (json) => {
    const secret = new FromConfig("v1-2-extraParams", ["v1", "2", "extra", "params"]);
    expect(extraParamsOf(json)).toEqual({ declared: secret, secrets: [{ ...secret, value: json }] });
  });

  test("of two names that differ by a dot have two keys", () => {
    expect(keysOf(["a.b", "a-b"])).toEqual({ "a-b": "a-b-extraParams", "a.b": "a-b-extraParams-2" });
  });

  test("have a key that neither depends on what else is exported nor is one of the stack", () => {
    const names = new Map([
      ["id of a.b", "a.b"],
      ["id of a-b", "a-b"],
    ]);
    expect(keysOf(["a.b"], { names })).toEqual({ "a.b": "a-b-extraParams-2" });
    expect(keysOf(["v1-2"], { taken: ["v1.2"], keys: ["v1-2-extraParams"] })).toEqual({ "v1-2": "v1-2-extraParams-2" });
  });

  test("have a key that is the name of no resource, and resources have none that is a key", () => {
    expect(keysOf(["patch", "patch-extraParams"])).toEqual({
      patch: "patch-extraParams-2",
      "patch-extraParams": "patch-extraParams-extraParams",
    });
    expect(keysOf(["patch"], { taken: ["patch-extraParams"] })).toEqual({ patch: "patch-extraParams-2" });
    expect(keysOf(["patch"], { keys: ["patch"] })).toEqual({ "patch-2": "patch-2-extraParams" });
  });

  test("are called by words that nothing else is called", () => {
    const live = [...named(["a b", "a_b"], { extraParams: "1" }), task("aBExtraParams2")];
    expect(programOf(live, false, { keys: ["aBExtraParams"] }).secrets.map(({ words }) => words.join(" "))).toEqual([
      "a b extra params 3",
      "a b extra params 4",
    ]);
  });
});

test("a fleet has a name that the stack does not use", () => {
  const fleetsOf = (isSplit: boolean, taken: string[]) =>
    programOf(named(["sales-a", "sales-b", "lone"]), isSplit, { taken }).parts.map(({ fleet }) => fleet);
  expect(fleetsOf(false, [])).toEqual(["scheduled-tasks"]);
  expect(fleetsOf(false, ["scheduled-tasks", "scheduled-tasks-2"])).toEqual(["scheduled-tasks-3"]);
  expect(fleetsOf(true, ["sales"])).toEqual(["others", "sales-2"]);
});

test("a constant has a name that is no key, and that differs by more than marks", () => {
  const live = [
    ...named(["a1", "a2", "a3", "a4"], { applyObjects: targets("कि") }),
    ...named(["b1", "b2", "b3", "b4"], { applyObjects: targets("का") }),
  ];
  expect(programOf(live, false, { keys: ["poolक"] }).shared.map(({ words }) => words)).toEqual([
    ["pool", "कि", "2"],
    ["pool", "का", "3"],
  ]);
});

test("a split makes a part for each first word of several names, whatever its case, and one for the others", () => {
  const { parts } = programOf(named(["sales-a", "Sales_b", "销售-a", "销售.b", "lone", "2024-x"]), true);
  expect(parts.map(({ word, tasks }) => [word, tasks.map(({ name }) => name)])).toEqual([
    ["others", ["2024-x", "lone"]],
    ["sales", ["Sales_b", "sales-a"]],
    ["销售", ["销售-a", "销售.b"]],
  ]);
});
