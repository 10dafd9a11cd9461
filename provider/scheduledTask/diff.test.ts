import { createBody, diff, mismatches, updateBody, wholeBody } from "./diff";
import { type complete, type Editable, editable, edits, taskOf, wireOf, without } from "./examples.fixture";
import { type FieldName, type Inputs, rows, UNKNOWN } from "./fields";

const put = (state: Inputs, inputs: Inputs) => updateBody(diff(state, inputs).changes, inputs);

describe("a changed field is sent alone, or with its documented group", () => {
  const along = (name: Editable, of: string): object => ({
    ...(of === "MONTH" && { is_gray: true }),
    ...(name === "applyObjects" && { apply_object_update_type: "FULL_COVERAGE" }),
  });

  test.each(editable)("%s", (name, { of, to, wire }) => {
    const state = taskOf(of);
    expect(put(state, { ...state, [name]: to })).toEqual({ [wireOf(name)]: wire, ...along(name, of) });
  });

  test("every field that an update can change has an example", () => {
    const changeable = rows.filter(
      ({ wireName, name }) => wireName && !["taskType", "scheduledType", "isGray"].includes(name),
    );
    expect(Object.keys(edits).sort()).toEqual(changeable.map(({ name }) => name).sort());
  });
});

describe("a removed field is cleared by its policy", () => {
  test.each<[FieldName, keyof typeof complete, object | undefined]>([
    ["expireTime", "WEEK", { expire_time: "" }],
    ["description", "WEEK", { description: "" }],
    ["extraParams", "WEEK", { extra_params: "" }],
    ["applyObjects", "WEEK", { apply_object_update_type: "CLEAR_ALL" }],
    ["waitTime", "LIFE_CYCLE", { wait_time: 0 }],
    ["lifeCycleExecPeriod", "LIFE_CYCLE", { life_cycle_exec_period: 1440 }],
    ["priority", "LIFE_CYCLE", undefined],
    ["grayCount", "MONTH", { gray_count: 0, is_gray: true }],
    ["grayDesktopIds", "MONTH", { gray_desktop_ids: [], is_gray: true }],
    ["grayFailThreshold", "MONTH", undefined],
  ])("%s", (name, of, body) => {
    const state = taskOf(of);
    expect(put(state, without(state, name))).toEqual(body);
    expect(diff(state, without(state, name)).changes.map(({ field }) => field.name)).toEqual([name]);
  });

  test("removing every gray field switches the gray mode off", () => {
    const { grayCount: _, grayDesktopIds: __, grayFailThreshold: ___, ...plain } = taskOf("MONTH");
    expect(put(taskOf("MONTH"), plain)).toEqual({ gray_count: 0, gray_desktop_ids: [], is_gray: false });
  });

  test("nothing is sent for a threshold that is removed while the gray mode is off anyway", () => {
    const { grayCount: _, grayDesktopIds: __, ...rest } = taskOf("MONTH");
    const off = { ...rest, isGray: false };
    expect(put(off, without(off, "grayFailThreshold"))).toBeUndefined();
  });

  test("no request when the removed value is already what clearing leaves", () => {
    expect(put({ ...taskOf("LIFE_CYCLE"), waitTime: 0 }, without(taskOf("LIFE_CYCLE"), "waitTime"))).toBeUndefined();
    expect(put({ ...taskOf("WEEK"), description: "" }, without(taskOf("WEEK"), "description"))).toBeUndefined();
  });
});

test("an explicit empty set of targets is the same as none", () => {
  expect(put(taskOf("WEEK"), { ...taskOf("WEEK"), applyObjects: [] })).toEqual({
    apply_object_update_type: "CLEAR_ALL",
  });
});

test("a new schedule type sends its whole group, and drops the old one without a word", () => {
  const state = taskOf("WEEK");
  const { weekList: _, ...rest } = state;
  expect(put(state, { ...rest, scheduledType: "DAY", dayInterval: 1 })).toEqual({
    scheduled_type: "DAY",
    day_interval: 1,
    scheduled_time: "19:30:00",
    time_zone: "Asia/Shanghai",
  });
});

test.each(["taskType", "region", "projectId"] as const)("%s replaces", (name) => {
  const state: Inputs = { ...taskOf("WEEK"), region: "r1", projectId: "p1" };
  expect(diff(state, { ...state, [name]: "REBOOT" }).replaces).toEqual([name]);
  expect(diff(state, { ...state, [name]: UNKNOWN }).replaces).toEqual([name]);
});

test("a state that does not know its region or project is not replaced when they become known", () => {
  expect(diff(taskOf("WEEK"), { ...taskOf("WEEK"), region: "r1", projectId: "p1" }).replaces).toEqual([]);
});

test("a safety field that the state does not hold equals its default", () => {
  const { enable: _, forceExecute: __, applyObjects: ___, ...old } = taskOf("WEEK");
  expect(diff(old, { ...old, enable: true, forceExecute: false, applyObjects: [] }).changes).toEqual([]);
  expect(put(old, { ...old, enable: false })).toEqual({ enable: false });
});

test("a field that was never declared is sent even when its value is an empty one", () => {
  const { description: _, ...old } = taskOf("WEEK");
  expect(put(old, { ...old, description: "" })).toEqual({ description: "" });
});

test.each(editable)("an unknown %s counts as a change", (name, { of }) => {
  const state = taskOf(of);
  expect(diff(state, { ...state, [name]: UNKNOWN }).changes.map(({ field }) => field.name)).toEqual([name]);
});

describe("two spellings of one meaning do not differ", () => {
  test.each<[string, Inputs]>([
    ["time without seconds", { scheduledTime: "19:30" }],
    ["weekdays by number, in another order, twice", { weekList: [6, "2", "MON", 2] }],
    ["expiry without seconds", { expireTime: "2030-12-31T9:00" }],
    ["zone by its older name", { timeZone: "PRC" }],
    ["parameters as text with other spaces", { extraParams: ' { "notify_message" : "bye" } ' }],
    [
      "targets in another order, one of them twice",
      {
        applyObjects: [
          { objectType: "DESKTOP_POOL", objectId: "p1" },
          { objectType: "DESKTOP", objectId: "d1" },
          { objectType: "DESKTOP_POOL", objectId: "p1" },
        ],
      },
    ],
  ])("%s", (_, spelling) => {
    expect(diff(taskOf("WEEK"), { ...taskOf("WEEK"), ...spelling }).changes).toEqual([]);
  });

  test("numbers and texts of dates", () => {
    expect(diff(taskOf("MONTH"), { ...taskOf("MONTH"), dateList: [15, 1] }).changes).toEqual([]);
  });

  test("but long numbers that a double cannot tell apart do", () => {
    const task = { ...taskOf("WEEK"), extraParams: '{"id":12345678901234567890}' };
    expect(diff(task, { ...task, extraParams: '{"id":12345678901234567891}' }).changes).toHaveLength(1);
    expect(diff(task, { ...task, extraParams: '{ "id": 12345678901234567890 }' }).changes).toHaveLength(0);
  });
});

test("POST takes everything but what only PUT takes", () => {
  expect(createBody({ ...taskOf("LIFE_CYCLE"), enable: false, forceExecute: true })).toEqual({
    task_name: "task",
    task_type: "STOP",
    scheduled_type: "LIFE_CYCLE",
    life_cycle_type: "POST_DESKTOP_DISCONNECTED",
    wait_time: 30,
    life_cycle_exec_period: 720,
    force_execute: true,
    apply_objects: [{ object_id: "t1", object_type: "DESKTOP_TAG" }],
  });
});

describe("after a write", () => {
  const live = {
    id: "1",
    task_name: "task",
    task_type: "STOP",
    scheduled_type: "WEEK",
    week_list: "2,6",
    scheduled_time: "19:30:00",
    time_zone: "Asia/Shanghai",
    expire_time: "2030-12-31 09:00:00",
    description: "after work",
    extra_params: '{"notify_message":"bye"}',
    force_execute: false,
    apply_objects: [
      { object_id: "p1", object_type: "DESKTOP_POOL", object_name: "Pool" },
      { object_id: "d1", object_type: "DESKTOP" },
    ],
  };
  const found = (inputs: Inputs, state: Inputs, before: object, after: object) =>
    mismatches(diff(state, inputs).changes, inputs, { ...before }, { ...after }).map(({ field, ignoredClear }) => [
      field.name,
      ignoredClear,
    ]);

  test("a task that came out as declared shows nothing", () => {
    expect(found(taskOf("WEEK"), taskOf("WEEK"), live, live)).toEqual([]);
  });

  test("a declared field with another value shows", () => {
    expect(found(taskOf("WEEK"), taskOf("WEEK"), live, { ...live, scheduled_time: "20:00:00" })).toEqual([
      ["scheduledTime", false],
    ]);
  });

  test("an undeclared field that changed by itself shows", () => {
    const { description: _, ...inputs } = taskOf("WEEK");
    expect(found(inputs, inputs, live, { ...live, description: "" })).toEqual([["description", false]]);
  });

  test("an ignored clear shows as one", () => {
    const { description: _, ...inputs } = taskOf("WEEK");
    expect(found(inputs, taskOf("WEEK"), live, live)).toEqual([["description", true]]);
  });

  test("fields of another schedule type do not show, whatever the cloud stores in them", () => {
    expect(found(taskOf("WEEK"), taskOf("WEEK"), live, { ...live, day_interval: 7, wait_time: 5 })).toEqual([]);
  });

  test("the mending body holds the declared, the cleared and what was there before", () => {
    const { description: _, expireTime: __, forceExecute: ___, ...inputs } = taskOf("WEEK");
    const state = { ...inputs, expireTime: "2030-12-31 09:00:00" };
    expect(wholeBody(diff(state, inputs).changes, inputs, live)).toEqual({
      task_name: "task",
      scheduled_type: "WEEK",
      week_list: "2,6",
      scheduled_time: "19:30:00",
      time_zone: "Asia/Shanghai",
      expire_time: "",
      description: "after work",
      extra_params: '{"notify_message":"bye"}',
      enable: true,
      force_execute: false,
      apply_objects: [
        { object_id: "d1", object_type: "DESKTOP" },
        { object_id: "p1", object_type: "DESKTOP_POOL" },
      ],
      apply_object_update_type: "FULL_COVERAGE",
    });
  });
});
