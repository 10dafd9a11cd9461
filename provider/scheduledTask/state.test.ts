import { createBody } from "./diff";
import { taskOf, without } from "./examples.fixture";
import type { Inputs } from "./fields";
import { restate, type State, stateOf } from "./state";
import type { WireTask } from "./wire";

const week = taskOf("WEEK");
const live = (inputs: Inputs, edits: WireTask = {}): WireTask => ({ id: "1", ...createBody(inputs), ...edits });

test("a state holds no adoptTaskId, and of the unmanaged fields those without a value", () => {
  const inputs: State = { ...week, description: "", adoptTaskId: "1", unmanaged: ["waitTime"] };
  expect(stateOf(inputs)).toEqual({ ...week, description: "" });
  expect(stateOf(inputs, ["description", "expireTime", "waitTime"])).toEqual({
    ...week,
    description: "",
    unmanaged: ["description", "waitTime"],
  });
  expect(stateOf(week, ["expireTime"])).toStrictEqual(week);
});

describe("a state follows the live task", () => {
  test.each<[string, State, WireTask, State]>([
    ["that is as declared", week, live(week), week],
    [
      "in the user's spelling where that means the same",
      { ...week, scheduledTime: "19:30", weekList: [6, 2] },
      live(week),
      { ...week, scheduledTime: "19:30", weekList: [6, 2] },
    ],
    [
      "in the user's order where it does not",
      { ...week, weekList: [6, 2] },
      live(week, { week_list: "2,3,6" }),
      { ...week, weekList: [6, 2, "TUE"] },
    ],
    [
      "where it is otherwise",
      week,
      live(week, { scheduled_time: "01:00:00", enable: false }),
      { ...week, scheduledTime: "01:00:00", enable: false },
    ],
    ["where something is gone", week, live(week, { description: "" }), without(week, "description")],
    ["with an offset for the zone", week, live(week, { time_zone: "GMT+8" }), week],
    [
      "of another schedule type, with its fields and without those that it does not use",
      week,
      live(taskOf("DAY"), { ...live(week), scheduled_type: "DAY", day_interval: 2 }),
      without({ ...week, scheduledType: "DAY", dayInterval: 2 }, "weekList"),
    ],
    [
      "that does not tell its schedule type",
      week,
      live(week, { scheduled_type: undefined }),
      without(week, "scheduledType"),
    ],
    [
      "but not in what only the list shows, when the list does not",
      { ...taskOf("LIFE_CYCLE"), enable: false },
      live(taskOf("LIFE_CYCLE")),
      { ...taskOf("LIFE_CYCLE"), enable: false },
    ],
    [
      "also in what only the list shows",
      taskOf("LIFE_CYCLE"),
      live(taskOf("LIFE_CYCLE"), { priority: 3 }),
      { ...taskOf("LIFE_CYCLE"), priority: 3 },
    ],
    [
      "but in what cannot be read, or is no field of the API",
      { ...taskOf("MONTH"), isGray: true, region: "r1" },
      live(taskOf("MONTH"), { is_gray: false }),
      { ...taskOf("MONTH"), isGray: true, region: "r1" },
    ],
    [
      "in no field that was never declared",
      without(week, "description"),
      live(week, { gray_count: 3 }),
      without(week, "description"),
    ],
    [
      "in an enforced one that is not at its default",
      { taskName: "task" },
      { task_name: "task", force_execute: true, enable: false, expire_time: "2031-03-03 00:00:00", apply_objects: [] },
      { taskName: "task", forceExecute: true, enable: false, expireTime: "2031-03-03 00:00:00" },
    ],
    [
      "and not in one that is",
      { taskName: "task" },
      { task_name: "task", force_execute: false, enable: true },
      { taskName: "task" },
    ],
  ])("%s", (_name, state, task, expected) => {
    expect(restate(state, task)).toStrictEqual(expected);
  });
});

describe("a field that the cloud would not clear", () => {
  const state: State = { ...without(week, "expireTime"), description: "", unmanaged: ["expireTime", "description"] };

  test("stays as the program has it, while the cloud keeps its value", () => {
    expect(restate(state, live(week))).toStrictEqual(state);
  });

  test("is managed again when the cloud has let go of it", () => {
    expect(restate(state, live(week, { expire_time: "" }))).toStrictEqual({ ...state, unmanaged: ["description"] });
    expect(restate(state, live(week, { expire_time: null, description: null }))).toStrictEqual({
      ...without(week, "expireTime"),
      description: "",
    });
  });

  test("is managed again when the program gives it a value", () => {
    const managed: State = { ...week, unmanaged: ["description"] };
    expect(restate(managed, live(week, { description: "made by hand" }))).toStrictEqual({
      ...week,
      description: "made by hand",
    });
  });
});

test("a long number that an object would round is shown as the text that the cloud holds", () => {
  const declared: State = { ...week, extraParams: { size: 1 } };
  const changed = { extra_params: '{"size":9007199254740993}' };
  expect(restate(declared, live(week, changed)).extraParams).toBe('{"size":9007199254740993}');
  expect(restate(declared, live(week, { extra_params: '{"size":2}' })).extraParams).toEqual({ size: 2 });
});
