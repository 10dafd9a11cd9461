import { UNKNOWN } from "../provider/scheduledTask/fields";
import { preview, resource, weekly } from "./preview.fixture";
import { reviewTasks, type TaskReview } from "./tasks";

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
  ["both changed it alike", ["one", at("18:00"), at("19:00"), at("19:00")], ["both", "scheduledTime: both"]],
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
    "replaced",
    ["one", weekly(), weekly(), weekly({ taskType: "REBOOT" }), { isReplaced: true }],
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

test("a secret that the engine hides is no change by itself, but is named when something must have changed", () => {
  const hidden = weekly({ description: "[secret]" });
  expect(only("one", hidden, hidden, hidden, { isChanged: false })).toMatchObject({ verdict: "same", hidden: [] });
  expect(only("one", hidden, hidden, hidden)).toMatchObject({ verdict: "planned", hidden: ["description"] });
  expect(only("one", hidden, { ...hidden, enable: false }, hidden)).toMatchObject({ verdict: "drift", hidden: [] });
});

describe("a fleet", () => {
  const fleet = (state: object, live: object, wanted: object) =>
    reviewTasks(
      preview([
        resource(
          "patches",
          { tasks: state, taskIds: Object.fromEntries(Object.keys(state).map((key) => [key, `id-of-${key}`])) },
          { tasks: live, taskIds: Object.fromEntries(Object.keys(live).map((key) => [key, `id-of-${key}`])) },
          { tasks: wanted },
          { isFleet: true },
        ),
      ]),
    ).map((task) => [task.declaredAs, task.id, ...brief(task)]);

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

  test("keeps a task whose key is renamed, and drops one that is removed", () => {
    const [one, two] = [weekly({ taskName: "one" }), weekly({ taskName: "two", scheduledTime: "01:00" })];
    expect(fleet({ one, two }, { one, two }, { uno: one })).toEqual([
      ['patches["uno"]', "id-of-one", "same"],
      ['patches["two"]', "id-of-two", "removed"],
    ]);
  });

  test("that is not yet known, or secret, as a whole tells only what the cloud did", () => {
    const one = weekly({ taskName: "one" });
    for (const tasks of [UNKNOWN, "[secret]"]) {
      const state = { tasks: { one }, taskIds: { one: "id1" } };
      const live = { tasks: { one: { ...one, enable: false } }, taskIds: { one: "id1" } };
      const reviewed = reviewTasks(preview([resource("patches", state, live, { tasks }, { isFleet: true })]));
      expect(reviewed.map(brief)).toEqual([["drift", "enable: drift"]]);
    }
  });

  test("that is replaced as a whole replaces each task", () => {
    const fleetOfOne = { tasks: { one: weekly({ taskName: "one" }) }, taskIds: { one: "id1" } };
    const edit = { isFleet: true, isReplaced: true };
    expect(
      reviewTasks(preview([resource("patches", fleetOfOne, fleetOfOne, { tasks: fleetOfOne.tasks }, edit)])).map(brief),
    ).toEqual([["replaced"]]);
  });
});

test("a value that is secret in a part is neither shown nor advised", () => {
  const half = weekly({ extraParams: { notify_message: "[secret]", x: 1 } });
  const plain = weekly({ extraParams: { notify_message: "planted", x: 1 } });
  expect(only("one", half, half, half)).toMatchObject({ verdict: "planned", fields: [], hidden: ["extraParams"] });
  expect(JSON.stringify(only("one", plain, plain, half).fields)).not.toContain("planted");
});
