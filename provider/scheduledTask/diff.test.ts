import { createBody, diff, isTwin, mismatches, unwitnessed, updateBody, wholeBody } from "./diff";
import { type complete, type Editable, editable, edits, taskOf, wireOf, without } from "./examples.fixture";
import { type FieldName, type Inputs, rows, UNKNOWN } from "./fields";
import type { WireTask } from "./wire";

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
    expect(put(taskOf("MONTH"), plain)).toStrictEqual({ gray_count: 0, gray_desktop_ids: [], is_gray: false });
    expect(diff(taskOf("MONTH"), plain).changes.filter(({ kind }) => kind === "leave")).toEqual([]);
  });

  test("a priority that is removed along with the gray mode is left as it is", () => {
    const plain: Inputs = { ...taskOf("LIFE_CYCLE"), taskType: "EXECUTE_SCRIPT" };
    const removed = without(plain, "priority");
    expect(diff({ ...plain, isGray: true }, removed).changes.map(({ field, kind }) => [field.name, kind])).toEqual([
      ["priority", "leave"],
      ["isGray", "clear"],
    ]);
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
  expect(put(state, { ...rest, scheduledType: "LIFE_CYCLE", lifeCycleType: "POST_DESKTOP_DISCONNECTED" })).toEqual({
    scheduled_type: "LIFE_CYCLE",
    life_cycle_type: "POST_DESKTOP_DISCONNECTED",
  });
});

test("the action, which no update can change, is never sent by one", () => {
  expect(put(taskOf("WEEK"), { ...taskOf("WEEK"), taskType: "REBOOT", taskName: "other" })).toEqual({
    task_name: "other",
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

test("adoptTaskId, which only a creation reads, is no change", () => {
  expect(diff(taskOf("WEEK"), { ...taskOf("WEEK"), adoptTaskId: "1" })).toEqual({ changes: [], replaces: [] });
});

test("a task whose program names its region and project no longer is not replaced", () => {
  expect(diff({ ...taskOf("WEEK"), region: "r1", projectId: "p1" }, taskOf("WEEK")).replaces).toEqual([]);
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
  const inputs: Inputs = { ...taskOf("LIFE_CYCLE"), enable: false, forceExecute: true, region: "r1", adoptTaskId: "1" };
  expect(createBody(inputs)).toEqual({
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

describe("a live task that has what a POST has set is its twin", () => {
  const body = createBody({ ...taskOf("WEEK"), region: "r1" });
  const { apply_objects: _, ...bare } = body;
  test.each<[string, WireTask, boolean]>([
    ["as sent", body, true],
    [
      "as the API writes it",
      {
        ...body,
        id: "1",
        enable: false,
        priority: 7,
        apply_objects: [...(body.apply_objects as WireTask[])].reverse(),
      },
      true,
    ],
    ["with leftovers of another schedule type", { ...body, day_interval: 7, wait_time: 5 }, true],
    ["without its targets yet", bare, true],
    ["with other targets", { ...body, apply_objects: [{ object_type: "DESKTOP", object_id: "other" }] }, false],
    ["of another name", { ...body, task_name: "other" }, false],
    ["with a field that was not sent", { ...body, gray_count: 3 }, false],
    ["without a field that was sent", { ...body, description: "" }, false],
  ])("%s", (_name, live, expected) => {
    expect(isTwin(body, live)).toBe(expected);
  });
});

describe("after a write", () => {
  /** A task as a detail shows it. */
  const created = (inputs: Inputs): WireTask => ({ id: "1", ...createBody(inputs) });
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
    const inputs: Inputs = { ...taskOf("WEEK"), region: "r1" };
    expect(found(inputs, inputs, live, live)).toEqual([]);
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

  test("a field that the program stopped declaring, and that changed by itself, is no ignored clear", () => {
    const gray = { ...created(taskOf("MONTH")), gray_fail_threshold: 2 };
    const inputs = without(taskOf("MONTH"), "grayFailThreshold");
    expect(found(inputs, taskOf("MONTH"), gray, { ...gray, gray_fail_threshold: 9 })).toEqual([
      ["grayFailThreshold", false],
    ]);
  });

  test("a declared field that is gone shows", () => {
    const { description: _, ...bare } = live;
    expect(found(taskOf("WEEK"), taskOf("WEEK"), live, bare)).toEqual([["description", false]]);
  });

  test("what somebody else changed before, and this write did not send, does not show", () => {
    const edited = { ...live, description: "made by hand" };
    expect(
      found({ ...taskOf("WEEK"), taskName: "other" }, taskOf("WEEK"), edited, { ...edited, task_name: "other" }),
    ).toEqual([]);
  });

  test("the gray switch, which cannot be read, does not show", () => {
    const gray = created(taskOf("MONTH"));
    expect(found({ ...taskOf("MONTH"), isGray: true }, taskOf("MONTH"), gray, gray)).toEqual([]);
  });

  test("a clear that leaves what means none does not show", () => {
    const rule = created(taskOf("LIFE_CYCLE"));
    const { waitTime: _, lifeCycleExecPeriod: __, ...inputs } = taskOf("LIFE_CYCLE");
    expect(found(inputs, taskOf("LIFE_CYCLE"), rule, { ...rule, wait_time: 0, life_cycle_exec_period: 1440 })).toEqual(
      [],
    );
  });

  test("what only the list shows does not show", () => {
    const rule = created(taskOf("LIFE_CYCLE"));
    expect(found({ ...taskOf("LIFE_CYCLE"), priority: 20, enable: false }, taskOf("LIFE_CYCLE"), rule, rule)).toEqual(
      [],
    );
  });

  test("enable shows where a detail holds it", () => {
    expect(found(taskOf("WEEK"), taskOf("WEEK"), { ...live, enable: true }, { ...live, enable: false })).toEqual([
      ["enable", false],
    ]);
  });

  test("of a new task only what was declared shows, and not what the cloud has filled in", () => {
    const { description: _, ...inputs }: Inputs = { ...taskOf("WEEK"), region: "r1" };
    const wrong = (task: WireTask) =>
      mismatches([], inputs, undefined, task).map(({ field, wanted }) => [field.name, wanted]);
    expect(wrong({ ...live, description: "filled in" })).toEqual([]);
    expect(wrong({ ...live, scheduled_time: "20:00:00", force_execute: true })).toEqual([
      ["scheduledTime", "19:30:00"],
      ["forceExecute", false],
    ]);
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

  describe("the mending body of a task without targets", () => {
    const { applyObjects: _, ...inputs } = taskOf("MONTH");
    const whole = {
      task_name: "task",
      scheduled_type: "MONTH",
      month_list: "1,7",
      date_list: "1,15",
      scheduled_time: "09:00:00",
      time_zone: "Asia/Shanghai",
      enable: true,
      force_execute: false,
      apply_object_update_type: "CLEAR_ALL",
      is_gray: true,
      gray_count: 3,
      gray_desktop_ids: ["d1", "d2"],
      gray_fail_threshold: 2,
    };

    test("that is new holds what is declared and what is enforced", () => {
      expect(wholeBody([], { ...inputs, region: "r1", applyObjects: [] }, undefined)).toStrictEqual(whole);
    });

    test("holds no more than what was there, and nothing of another schedule type", () => {
      expect(wholeBody([], inputs, { ...created(inputs), day_interval: 7, wait_time: 5 })).toStrictEqual(whole);
    });
  });

  test("the mending body holds what only the list shows as it was seen there, or else as declared", () => {
    const inputs = { ...taskOf("LIFE_CYCLE"), enable: false };
    const sent = ({ enable, priority }: WireTask) => ({ enable, priority });
    expect(sent(wholeBody([], inputs, created(inputs)))).toEqual({ enable: false, priority: 10 });
    expect(sent(wholeBody([], inputs, { ...created(inputs), enable: true, priority: 7 }))).toEqual({
      enable: true,
      priority: 7,
    });
    const { changes } = diff(inputs, without(inputs, "priority"));
    expect(sent(wholeBody(changes, without(inputs, "priority"), { ...created(inputs), priority: 7 }))).toEqual({
      enable: false,
      priority: 7,
    });
  });
});

describe("what only the list shows may have been lost by a PUT without it", () => {
  const rule: Inputs = { ...taskOf("LIFE_CYCLE"), enable: false };
  const { waitTime: _, lifeCycleExecPeriod: __, applyObjects: ___, ...bare } = rule;
  const task = (inputs: Inputs, extra: WireTask = {}): WireTask => ({ id: "1", ...createBody(inputs), ...extra });
  const lost = (inputs: Inputs, body: WireTask, before: WireTask, live = before) =>
    unwitnessed(inputs, body, before, live).map(({ field, kind }) => [field.name, kind]);
  const both = [
    ["priority", "set"],
    ["enable", "set"],
  ];
  const renamed = { task_name: "other" };

  test("unless a field that was left out too has kept its value", () => {
    expect(lost(rule, renamed, task(rule))).toEqual([]);
    expect(lost(rule, renamed, task(rule), task(bare))).toEqual(both);
  });

  test.each<[string, WireTask, WireTask]>([
    ["has no such field", renamed, task(bare)],
    ["has only what it cannot be without", renamed, task(bare, { force_execute: true })],
    ["has fields at what a reset would leave", renamed, task(bare, { wait_time: 0, life_cycle_exec_period: 1440 })],
    ["got the field by the PUT", { wait_time: 30 }, task(bare, { wait_time: 30 })],
    ["is of a type that does not use the field", renamed, task(bare, { scheduled_type: "DAY", wait_time: 30 })],
  ])("which nothing tells of a task that %s", (_name, body, before) => {
    expect(lost(rule, body, before)).toEqual(both);
  });

  test("a time zone tells of a task that needs none", () => {
    expect(lost(rule, renamed, task(bare, { time_zone: "Asia/Shanghai" }))).toEqual([]);
    const { description: _d, extraParams: _p, expireTime: _e, applyObjects: _a, ...week } = taskOf("WEEK");
    expect(lost({ ...week, enable: false }, renamed, task(week))).toEqual([["enable", "set"]]);
  });

  test("but not what was sent, not declared, not used or at its default", () => {
    expect(lost(rule, { enable: false, priority: 10 }, task(bare))).toEqual([]);
    expect(lost(without(without(rule, "enable"), "priority"), renamed, task(bare))).toEqual([]);
    expect(lost({ ...rule, enable: true }, renamed, task(bare))).toEqual([["priority", "set"]]);
    expect(lost({ ...rule, scheduledType: "DAY", dayInterval: 1 }, renamed, task(bare))).toEqual([["enable", "set"]]);
  });
});
