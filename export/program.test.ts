import type { LiveTask } from "./liveTasks";
import { FromConfig, programOf, SharedTargets } from "./program";

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

  test.each(['{"notify_message":"Save."}', "{}"])("%s is no secret", (json) => {
    expect(extraParamsOf(json)).toEqual({ declared: JSON.parse(json), secrets: {} });
  });

  test.each([
    '{"notify_message":"a","script":"b"}',
    '{"notify_message":1}',
    '["a"]',
    '"text"',
    "12345678901234567890",
    "null",
  ])("%s may be one, and is read from the configuration by a key without dots", (json) => {
    const key = "v1-2-extraParams";
    expect(extraParamsOf(json)).toEqual({ declared: new FromConfig(key), secrets: { [key]: json } });
  });

  test("of two names that differ by a dot have two keys", () => {
    const live = named(["a.b", "a-b"], { extraParams: "1" });
    expect(Object.keys(programOf(live, false).secrets).sort()).toEqual(["a-b-extraParams", "a-b-extraParams-2"]);
  });
});

test("a split makes a part for each first word of several names, whatever its case, and one for the others", () => {
  const { parts } = programOf(named(["sales-a", "Sales_b", "销售-a", "销售.b", "lone", "2024-x"]), true);
  expect(parts.map(({ word, tasks }) => [word, tasks.map(({ name }) => name)])).toEqual([
    ["others", ["2024-x", "lone"]],
    ["sales", ["Sales_b", "sales-a"]],
    ["销售", ["销售-a", "销售.b"]],
  ]);
});
