import { type Inputs, UNKNOWN } from "../provider/scheduledTask/fields";
import type { FleetState } from "../provider/scheduledTaskFleet/fleet";
import { packFleet } from "../provider/scheduledTaskFleet/packed";
import { preview, resource, weekly } from "./preview.fixture";
import { adopting, reviewTasks, type TaskReview } from "./tasks";

const only = (...args: Parameters<typeof resource>): TaskReview => {
  const [task, ...others] = reviewTasks(preview([resource(...args)]));
  if (task === undefined || others.length > 0) throw new Error("expected one task");
  return task;
};
const brief = ({ verdict, fields }: TaskReview) => [
  verdict,
  ...fields.map(({ field, cause }) => `${field.name}: ${cause}`),
];
const at = (scheduledTime: string) => weekly({ scheduledTime });

test.each<[string, Parameters<typeof resource>, string[]]>([
  ["as it was", ["one", weekly(), weekly(), weekly()], ["same"]],
  ["another spelling", ["one", at("9:05"), at("09:05:00"), at("09:05")], ["same"]],
  ["the code changed", ["one", at("18:00"), at("18:00"), at("19:00")], ["planned", "scheduledTime: planned"]],
  ["the cloud changed", ["one", at("18:00"), at("20:00"), at("18:00")], ["drift", "scheduledTime: drift"]],
  ["both changed one field", ["one", at("18:00"), at("20:00"), at("19:00")], ["both", "scheduledTime: both"]],
  [
    "the cloud changed, and the code says the same or ignores it",
    ["one", at("18:00"), at("19:00"), at("19:00")],
    ["accepted", "scheduledTime: accepted"],
  ],
  [
    "one field accepted, another planned",
    ["one", at("18:00"), at("19:00"), { ...at("19:00"), forceExecute: true }],
    ["planned", "scheduledTime: accepted", "forceExecute: planned"],
  ],
  [
    "the code changed one field, the cloud another",
    ["one", at("18:00"), { ...at("18:00"), enable: false }, at("19:00")],
    ["both", "scheduledTime: planned", "enable: drift"],
  ],
  [
    "an enforced field that nobody declares",
    ["one", weekly(), weekly({ expireTime: "2030-01-01 00:00:00" }), weekly()],
    ["drift", "expireTime: drift"],
  ],
  [
    "the order of targets",
    [
      "one",
      weekly({
        applyObjects: [
          { objectType: "DESKTOP", objectId: "a" },
          { objectType: "DESKTOP", objectId: "b" },
        ],
      }),
      weekly({
        applyObjects: [
          { objectType: "DESKTOP", objectId: "b" },
          { objectType: "DESKTOP", objectId: "a" },
        ],
      }),
      weekly({
        applyObjects: [
          { objectType: "DESKTOP", objectId: "a" },
          { objectType: "DESKTOP", objectId: "b" },
        ],
      }),
    ],
    ["same"],
  ],
  ["new", ["one", undefined, undefined, weekly()], ["new"]],
  ["removed from the code", ["one", weekly(), weekly(), undefined], ["removed"]],
  ["gone from the cloud", ["one", weekly(), undefined, weekly()], ["gone"]],
  ["gone from both", ["one", weekly(), undefined, undefined], ["removed"]],
  [
    "gone from the cloud, and the code changed",
    ["one", weekly(), undefined, weekly({ taskType: "REBOOT" })],
    ["gone", "taskType: planned"],
  ],
  ["given up", ["one", weekly(), weekly(), undefined, { fate: "released" }], ["released"]],
  ["imported", ["one", undefined, weekly(), weekly(), { fate: "imported" }], ["adopted"]],
  ["to be taken over", ["one", undefined, undefined, weekly({ adoptTaskId: "id2" })], ["adopted"]],
  [
    "replaced",
    ["one", weekly(), weekly(), weekly({ taskType: "REBOOT" }), { fate: "replaced" }],
    ["replaced", "taskType: planned"],
  ],
])("%s", (_, args, expected) => expect(brief(only(...args))).toEqual(expected));

test("the values are canonical, with what is meant where nothing is declared", () => {
  const { fields } = only("one", at("9:05"), { ...at("9:05"), forceExecute: true }, at("9:10"));
  expect(fields.map(({ old, live, wanted }) => [old, live, wanted])).toEqual([
    ["09:05:00", "09:05:00", "09:10:00"],
    [false, true, false],
  ]);
});

test.each<[string, Parameters<typeof resource>, string[]]>([
  ["the code", ["one", at("18:00"), at("18:00"), at("19:00")], ["code"]],
  ["the cloud", ["one", at("18:00"), at("19:00"), at("18:00")], ["cloud"]],
  ["both", ["one", at("18:00"), at("19:00"), at("20:00")], ["code", "cloud"]],
  ["neither, where both say the same", ["one", at("18:00"), at("19:00"), at("19:00")], []],
  [
    "both, when a replaced task has drifted",
    ["one", at("18:00"), at("19:00"), { ...at("18:00"), taskType: "REBOOT" }, { fate: "replaced" }],
    ["code", "cloud"],
  ],
  ["the cloud, when it is gone", ["one", at("18:00"), undefined, at("18:00")], ["cloud"]],
  [
    "both, when it is gone and has changed in the code",
    ["one", at("18:00"), undefined, at("19:00")],
    ["code", "cloud"],
  ],
  ["both, when it is gone from both", ["one", at("18:00"), undefined, undefined], ["code", "cloud"]],
  ["the code, when it is removed", ["one", at("18:00"), at("18:00"), undefined], ["code"]],
])("what an up answers is %s", (_, args, expected) => expect(only(...args).answers).toEqual(expected));

test("of a task that is gone there are no live values", () => {
  const { fields } = only("one", at("18:00"), undefined, { ...at("19:00"), forceExecute: true });
  expect(fields.map(({ field, old, live, wanted }) => [field.name, old, live, wanted])).toEqual([
    ["scheduledTime", "18:00:00", undefined, "19:00:00"],
    ["forceExecute", false, undefined, true],
  ]);
});

test("a task that is taken over shows what differs from what is live, if that is known", () => {
  const task = only("one", undefined, undefined, { ...at("19:00"), adoptTaskId: "id2" });
  const live = { ...at("18:00"), description: "nobody declares it", expireTime: "2030-01-01 00:00:00" };
  expect(brief(adopting(task, live))).toEqual(["adopted", "scheduledTime: differs", "expireTime: differs"]);
  expect(brief(adopting(task, at("19:00")))).toEqual(["adopted"]);
  const unknown = only("one", undefined, undefined, { ...at(UNKNOWN), adoptTaskId: "id2" });
  expect(brief(adopting(unknown, live))).toEqual(["adopted", "expireTime: differs"]);
});

describe("a secret", () => {
  const hidden = weekly({ description: "[secret]" });
  const told = (drifted: string[] | undefined, changed: string[] | undefined, edit = {}) => {
    const task = only("one", hidden, hidden, { ...hidden, ...edit }, { drifted, changed });
    return [task.verdict, task.answers, task.hidden.map(({ name, cause }) => `${name}: ${cause}`)];
  };

  test("that differs nowhere is no change", () => {
    expect(only("one", hidden, hidden, hidden, { fate: "same" })).toMatchObject({ verdict: "same", hidden: [] });
    expect(told([], ["scheduledTime"], { scheduledTime: "01:00" })).toEqual(["planned", ["code"], []]);
  });

  test("changed as the engine tells", () => {
    expect(told([], ["description"])).toEqual(["planned", ["code"], ["description: planned"]]);
    expect(told(["description"], ["description"])).toEqual(["drift", ["cloud"], ["description: drift"]]);
    expect(told(["description"], [])).toEqual(["accepted", [], ["description: accepted"]]);
    expect(told(["description"], ["description", "scheduledTime"], { scheduledTime: "01:00" })).toEqual([
      "both",
      ["code", "cloud"],
      ["description: drift"],
    ]);
  });

  test("where the engine does not tell, must have changed when nothing else did", () => {
    expect(told(undefined, undefined)).toEqual(["unclear", ["code", "cloud"], ["description: unclear"]]);
  });

  test("where it does not tell, may have changed beside what did", () => {
    expect(told(undefined, undefined, { scheduledTime: "01:00" })).toEqual([
      "planned",
      ["code"],
      ["description: possible"],
    ]);
  });
});

test("values that are not yet known, or that are odd, are kept as they are", () => {
  const unknown = weekly({
    taskName: UNKNOWN,
    weekList: ["MON", UNKNOWN],
    applyObjects: [null, { objectType: "DESKTOP", objectId: UNKNOWN }],
  });
  const task = only("one", weekly(), weekly(), unknown);
  expect(brief(task)).toEqual(["planned", "taskName: planned", "weekList: planned", "applyObjects: planned"]);
  expect(task.name).toBe("stop");
  expect(task.fields[1]?.wanted).toEqual(["MON", UNKNOWN]);
  expect(only("one", undefined, undefined, unknown)).toMatchObject({ verdict: "new", name: "one" });
});

describe("a fleet", () => {
  const known = (tasks: object, shared: object) => ({
    ...shared,
    tasks: tasks as NonNullable<FleetState["tasks"]>,
    taskIds: Object.fromEntries(Object.keys(tasks).map((key) => [key, `id-of-${key}`])),
  });
  /** Alike in both fronts, of which one keeps each task as a text. */
  const fleet = (state: object, live: object, wanted: object, shared = [{}, {}]) => {
    const reviewed = (kept: (state: FleetState) => object) => {
      const [before, after] = [state, live].map((tasks) => kept(known(tasks, shared[0] ?? {})) as never);
      const wantedFleet = { ...shared[1], tasks: wanted } as never;
      return reviewTasks(preview([resource("patches", before, after, wantedFleet, { isFleet: true })]));
    };
    const [plain, packed] = [(state: FleetState) => state, packFleet].map((kept) =>
      reviewed(kept).map((task) => [task.declaredAs, task.id, ...brief(task)]),
    );
    expect(packed).toEqual(plain);
    return plain;
  };
  const one = weekly({ taskName: "one" });
  const two = weekly({ taskName: "two", scheduledTime: "01:00" });

  test("is as many tasks, each by its key", () => {
    const [one, two, three, four] = ["one", "two", "three", "four"].map((taskName) => weekly({ taskName }));
    expect(
      fleet(
        { one, two, three },
        { one: { ...one, enable: false }, three },
        { one, two, four, three: { ...three, scheduledTime: "20:00" } },
      ),
    ).toEqual([
      ['patches["one"]', "id-of-one", "drift", "enable: drift"],
      ['patches["two"]', "id-of-two", "gone"],
      ['patches["four"]', undefined, "new"],
      ['patches["three"]', "id-of-three", "planned", "scheduledTime: planned"],
    ]);
  });

  test("has what its tasks share, which one line changes for all that have no value of their own", () => {
    const { enable: _, ...plain } = one;
    const own = { ...plain, taskName: "own", enable: true };
    expect(fleet({ plain, own }, { plain, own }, { plain, own }, [{ enable: true }, { enable: false }])).toEqual([
      ['patches["plain"]', "id-of-plain", "planned", "enable: planned"],
      ['patches["own"]', "id-of-own", "same"],
    ]);
  });

  test("has what its tasks share but for another schedule, and tells where a task has lost it", () => {
    const { taskName: _, scheduledTime, ...shared } = weekly({ description: "all" });
    const daily = { taskName: "daily", scheduledType: "DAY", dayInterval: 2 };
    const wanted = { one: { taskName: "one" }, daily };
    const state = { one: { taskName: "one" }, daily };
    const live = { one: { taskName: "one", lacks: ["description"] }, daily };
    const both = { ...shared, scheduledTime };
    expect(fleet(state, live, wanted, [both, { ...both, scheduledTime: "05:00" }])).toEqual([
      ['patches["one"]', "id-of-one", "both", "scheduledTime: planned", "description: drift"],
      ['patches["daily"]', "id-of-daily", "planned", "scheduledTime: planned"],
    ]);
  });

  test("keeps a task whose key is renamed, and drops one that is removed", () => {
    const [one, two] = [weekly({ taskName: "one" }), weekly({ taskName: "two", scheduledTime: "01:00" })];
    expect(fleet({ one, two }, { one, two }, { uno: one })).toEqual([
      ['patches["uno"]', "id-of-one", "same"],
      ['patches["two"]', "id-of-two", "removed"],
    ]);
  });

  test("whose key is renamed while its task drifted loses the old one and makes the new one", () => {
    expect(fleet({ one }, { one: { ...one, enable: false } }, { uno: one })).toEqual([
      ['patches["uno"]', undefined, "new"],
      ['patches["one"]', "id-of-one", "removed", "enable: drift"],
    ]);
  });

  test("makes a task again that is gone, also when its action changed", () => {
    expect(fleet({ one }, {}, { one: { ...one, taskType: "REBOOT" } })).toEqual([
      ['patches["one"]', "id-of-one", "gone", "taskType: planned"],
    ]);
  });

  test("forgets a task that is gone from the cloud and from the code", () => {
    expect(fleet({ one, two }, { two }, { two })).toEqual([
      ['patches["two"]', "id-of-two", "same"],
      ['patches["one"]', "id-of-one", "removed"],
    ]);
  });

  test("tells the other tasks when one is not yet known, or secret", () => {
    const drifted = { ...two, enable: false };
    expect(fleet({ one, two }, { one, two: drifted }, { one: UNKNOWN, two, three: UNKNOWN })).toEqual([
      ['patches["one"]', "id-of-one", "planned"],
      ['patches["two"]', "id-of-two", "drift", "enable: drift"],
      ['patches["three"]', undefined, "new"],
    ]);
    expect(fleet({ one, two }, { one, two: drifted }, { one: "[secret]", two, three: "[secret]" })).toEqual([
      ['patches["one"]', "id-of-one", "same"],
      ['patches["two"]', "id-of-two", "drift", "enable: drift"],
      ['patches["three"]', undefined, "new"],
    ]);
  });

  const told = (...[state, live, wanted, edit]: [...(object | undefined)[], object]) =>
    reviewTasks(
      preview([resource("patches", state as never, live as never, wanted as never, { isFleet: true, ...edit })]),
    ).map(({ declaredAs, verdict, answers, hidden }) => [
      declaredAs,
      verdict,
      answers,
      ...new Set(hidden.map(({ cause }) => cause)),
    ]);

  test.each([UNKNOWN, "[secret]"])("that is new and told as nothing but %s is new", (tasks) => {
    expect(told(undefined, undefined, { tasks }, {})).toEqual([["patches", "new", ["code"]]]);
    expect(told({ tasks: {} }, { tasks: {} }, { tasks }, {})).toEqual([["patches", "new", ["code"]]]);
  });

  test("that is secret as a whole gains and loses the tasks that the engine names", () => {
    const secret = { tasks: "[secret]", taskIds: { one: "id1", "two 2": "id2" } };
    const changed = (...paths: string[]) =>
      told(secret, secret, { tasks: "[secret]" }, { drifted: [], changed: paths });
    expect(changed('tasks["two 2"]')).toEqual([
      ['patches["one"]', "same", []],
      ['patches["two 2"]', "removed", ["code"]],
    ]);
    expect(changed("tasks.three")).toEqual([
      ['patches["one"]', "same", []],
      ['patches["two 2"]', "same", []],
      ['patches["three"]', "new", ["code"]],
    ]);
    expect(changed("tasks.one", "tasks.uno")).toEqual([
      ['patches["two 2"]', "same", []],
      ['patches["uno"]', "unclear", ["code", "cloud"], "unclear"],
    ]);
  });

  test("whose key is renamed may change in what is secret, which the engine tells of no task", () => {
    const hidden = weekly({ taskName: "one", description: "[secret]" });
    const state = { tasks: { one: hidden }, taskIds: { one: "id1" } };
    const paths = { drifted: [], changed: ["tasks.one", "tasks.uno"] };
    expect(told(state, state, { tasks: { uno: hidden } }, paths)).toEqual([
      ['patches["uno"]', "unclear", ["code", "cloud"], "unclear"],
    ]);
    const open = { tasks: { one: weekly({ taskName: "one" }) }, taskIds: { one: "id1" } };
    expect(told(open, open, { tasks: { uno: weekly({ taskName: "one" }) } }, paths)).toEqual([
      ['patches["uno"]', "same", []],
    ]);
  });

  test("that is not yet known as a whole loses no task", () => {
    const parts = [
      { tasks: { one, two }, taskIds: { one: "id1", two: "id2" } },
      { tasks: { one }, taskIds: { one: "id1" } },
      { tasks: UNKNOWN },
    ] as const;
    const reviewed = reviewTasks(preview([resource("patches", ...parts, { isFleet: true })]));
    expect(reviewed.map(({ verdict, isUnknown }) => [verdict, isUnknown])).toEqual([
      ["planned", true],
      ["gone", true],
    ]);
  });

  test("that is secret as a whole tells what the engine does", () => {
    const secret = { tasks: "[secret]", taskIds: { one: "id1", two: "id2" } };
    const edit = {
      isFleet: true,
      drifted: ["tasks.two.enable"],
      changed: ["tasks.one.description", "tasks.two.enable"],
    };
    const reviewed = reviewTasks(preview([resource("patches", secret, secret, { tasks: "[secret]" }, edit)]));
    expect(reviewed.map(({ declaredAs, verdict, hidden }) => [declaredAs, verdict, hidden])).toEqual([
      ['patches["one"]', "planned", [{ name: "description", cause: "planned" }]],
      ['patches["two"]', "drift", [{ name: "enable", cause: "drift" }]],
    ]);
  });

  test("tells of a shared secret only the tasks that have it of their fleet, or lack it", () => {
    const { taskName: _, ...week } = weekly();
    const secret = { ...week, description: "[secret]" };
    const tasks = {
      taken: { taskName: "taken" },
      own: { taskName: "own", description: "[secret]" },
      plain: { taskName: "plain", description: "plain" },
      none: { taskName: "none", description: "" },
      lost: { taskName: "lost", lacks: ["description"] },
    };
    const taskIds = Object.fromEntries(Object.keys(tasks).map((key) => [key, `id-of-${key}`]));
    const state = { ...secret, tasks, taskIds };
    const wanted = { ...secret, tasks: { ...tasks, lost: { taskName: "lost" } } };
    const changed = ["description", "tasks.lost.lacks"];
    expect(told(state, state, wanted, { drifted: [], changed }).map(([name, verdict]) => [name, verdict])).toEqual([
      ['patches["taken"]', "planned"],
      ['patches["own"]', "same"],
      ['patches["plain"]', "same"],
      ['patches["none"]', "same"],
      ['patches["lost"]', "planned"],
    ]);
    const later = { ...week, scheduledTime: "05:00", tasks: wanted.tasks };
    const [, , , , lost] = told(state, state, later, { drifted: [], changed: ["description", "scheduledTime"] });
    expect(lost).toEqual(['patches["lost"]', "planned", ["code"]]);
  });

  test("tells of which task a secret changes, and where the engine does not tell, of which it may", () => {
    const [hiddenOne, hiddenTwo] = [one, two].map((task) => ({ ...task, description: "[secret]" }));
    const tasks = { one: hiddenOne, two: hiddenTwo };
    const version = { tasks, taskIds: { one: "id1", two: "id2" } };
    const told = (wanted: object, edit: object) =>
      reviewTasks(preview([resource("patches", version, version, { tasks: wanted }, { isFleet: true, ...edit })])).map(
        ({ verdict, hidden }) => [verdict, ...hidden.map(({ cause }) => cause)],
      );
    expect(told(tasks, { drifted: [], changed: ["tasks.two.description"] })).toEqual([
      ["same"],
      ["planned", "planned"],
    ]);
    expect(told({ ...tasks, one: { ...hiddenOne, enable: false } }, {})).toEqual([
      ["planned", "possible"],
      ["same", "possible"],
    ]);
    expect(told({ ...tasks, one: UNKNOWN }, {})).toEqual([
      ["planned", "possible"],
      ["same", "possible"],
    ]);
    expect(told(tasks, {})).toEqual([
      ["unclear", "unclear"],
      ["unclear", "unclear"],
    ]);
  });

  test("that is replaced as a whole replaces each task", () => {
    const fleetOfOne = { tasks: { one: weekly({ taskName: "one" }) }, taskIds: { one: "id1" } };
    const edit = { isFleet: true, fate: "replaced" } as const;
    expect(
      reviewTasks(preview([resource("patches", fleetOfOne, fleetOfOne, { tasks: fleetOfOne.tasks }, edit)])).map(brief),
    ).toEqual([["replaced"]]);
  });
});

test("what the cloud has of a field that nothing declared until now was not read", () => {
  const read = (live: Inputs, wanted: Inputs) =>
    only("one", weekly(), weekly(live), weekly(wanted)).fields.map(({ field, isRead }) => [field.name, isRead]);
  expect(read({}, { description: "y" })).toEqual([["description", false]]);
  expect(read({}, { enable: false })).toEqual([["enable", true]]);
  expect(read({}, { expireTime: "2033-01-01 00:00:00" })).toEqual([["expireTime", true]]);
  expect(read({ description: "x" }, { description: "y" })).toEqual([["description", true]]);
  const { weekList: _, ...monthly } = weekly({ scheduledType: "MONTH", dateList: ["1"] });
  expect(only("one", weekly(), weekly(), monthly).fields.every(({ isRead }) => isRead)).toBe(true);
});

test("a value that is secret in a part is neither shown nor advised", () => {
  const half = weekly({ extraParams: { notify_message: "[secret]", x: 1 } });
  const plain = weekly({ extraParams: { notify_message: "planted", x: 1 } });
  expect(only("one", half, half, half)).toMatchObject({
    fields: [],
    hidden: [{ name: "extraParams", cause: "unclear" }],
  });
  expect(JSON.stringify(only("one", plain, plain, half).fields)).not.toContain("planted");
});
