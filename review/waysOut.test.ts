import { runInNewContext } from "node:vm";
import { check } from "../provider/scheduledTask/check";
import { taskOf } from "../provider/scheduledTask/examples.fixture";
import {
  type Inputs,
  inGroup,
  rows,
  type ScheduledType,
  scheduledTypes,
  UNKNOWN,
} from "../provider/scheduledTask/fields";
import { taskSentence } from "../provider/scheduledTask/sentences";
import { preview, resource, weekly } from "./preview.fixture";
import { noneUnmanaged, type ReportTask, reportOf, reviewedStack } from "./report";

const only = (...args: Parameters<typeof resource>): ReportTask => {
  const stack = reviewedStack(preview([resource(...args)], { stack: "acme/desktops/dev" }));
  const [task] = reportOf([stack], noneUnmanaged, { now: new Date(0), language: "en" }).stacks[0]?.tasks ?? [];
  if (task === undefined) throw new Error("expected a task");
  return task;
};
const ways = (...args: Parameters<typeof resource>) =>
  only(...args).waysOut.map(({ what, code }) => (code === null ? what : `${what}: ${code}`));
const up =
  "pulumi up --stack acme/desktops/dev --refresh --target urn:pulumi:dev::desktops::huaweicloud-workspace:index:ScheduledTask::one";
const monthly = weekly({ scheduledType: "MONTH", weekList: undefined, monthList: [1, 7], dateList: ["1"] });
const daily = { scheduledType: "DAY", dayInterval: 2, weekList: undefined };

test.each<[string, Parameters<typeof resource>, string[]]>([
  ["a plan", ["one", weekly(), weekly(), weekly({ enable: false })], []],
  [
    "a drift",
    ["one", weekly(), weekly({ enable: false }), weekly()],
    [`Put the code's value back: ${up}`, "Keep the live one, in the code of one: enable: false"],
  ],
  ["a drift that is accepted", ["one", weekly(), weekly({ enable: false }), weekly({ enable: false })], []],
  [
    "another schedule type",
    ["one", weekly(), weekly(daily), weekly()],
    [
      `Put the code's value back: ${up}`,
      'Keep the live one, in the code of one, without weekList: scheduledType: "DAY", dayInterval: 2',
    ],
  ],
  [
    "a field that was cleared",
    ["one", weekly({ description: "x" }), weekly(), weekly({ description: "x" })],
    [`Put the code's value back: ${up}`, "Keep the live one, in the code of one, without description"],
  ],
  [
    "a task that is gone",
    ["one", weekly(), undefined, weekly()],
    [`Make it again: ${up}`, "Leave it deleted: take one out of the code"],
  ],
  ["a task that is gone from the code too", ["one", weekly(), undefined, undefined], []],
  [
    "a drift of a task that is replaced",
    ["one", weekly(), weekly({ enable: false }), weekly({ taskType: "REBOOT" }), { fate: "replaced" }],
    ["Keep the live one, in the code of one: enable: false"],
  ],
  [
    "a secret that drifted",
    [
      "one",
      weekly({ description: "[secret]" }),
      weekly({ description: "[secret]" }),
      weekly({ description: "[secret]" }),
      { drifted: ["description"], changed: ["description"] },
    ],
    [`Put the code's value back: ${up}`],
  ],
  [
    "a plan and a drift",
    ["one", weekly(), weekly({ enable: false }), weekly({ scheduledTime: "21:00", description: "x" })],
    [
      `Put the code's value back (deploys what the code changed too: time of day, description): ${up}`,
      "Keep the live one, in the code of one: enable: false",
    ],
  ],
  [
    "a field that both changed",
    ["one", weekly(), weekly({ scheduledTime: "20:00" }), weekly({ scheduledTime: "21:00" })],
    [
      `Put the code's value back (deploys what the code changed too: time of day): ${up}`,
      'Keep the live one, in the code of one: scheduledTime: "20:00:00"',
    ],
  ],
  [
    "a drift beside a secret that the code changed",
    [
      "one",
      weekly({ description: "[secret]" }),
      weekly({ description: "[secret]", enable: false }),
      weekly({ description: "[secret]" }),
      { drifted: ["enable"], changed: ["enable", "description"] },
    ],
    [
      `Put the code's value back (deploys what the code changed too: description): ${up}`,
      "Keep the live one, in the code of one: enable: false",
    ],
  ],
  [
    "a task that is gone, and that the code changed",
    ["one", weekly(), undefined, weekly({ scheduledTime: "21:00" })],
    [
      `Make it again (deploys what the code changed too: time of day): ${up}`,
      "Leave it deleted: take one out of the code",
    ],
  ],
  [
    "a schedule type that both changed",
    ["one", weekly(), weekly(daily), monthly],
    [
      `Put the code's value back (deploys what the code changed too: schedule type, months, days of the month): ${up}`,
      'Keep the live one, in the code of one, without monthList, dateList: scheduledType: "DAY", dayInterval: 2',
    ],
  ],
  [
    "a drift that the code's new schedule type leaves no room for",
    ["one", weekly(), weekly({ weekList: ["TUE"] }), monthly],
    [`Put the code's value back (deploys what the code changed too: schedule type, months, days of the month): ${up}`],
  ],
  [
    "a task to be taken over that has another schedule type",
    ["one", undefined, weekly(daily), weekly(), { fate: "imported" }],
    ['Keep the live one, in the code of one, without weekList: scheduledType: "DAY", dayInterval: 2'],
  ],
  [
    "a drift of what may not be used, since the type is known after deployment",
    ["one", weekly(), weekly({ weekList: ["TUE"] }), weekly({ scheduledType: UNKNOWN })],
    [
      `Put the code's value back (deploys what the code changed too: schedule type): ${up}`,
      'Keep the live one, in the code of one: weekList: ["TUE"]',
    ],
  ],
])("of %s", (_, args, expected) => expect(ways(...args)).toEqual(expected));

/** A valid task of the type, without what does not belong to its schedule. */
const scheduled = (type: ScheduledType): Inputs => ({
  taskName: "task",
  taskType: "STOP",
  scheduledType: type,
  applyObjects: [{ objectType: "DESKTOP", objectId: "d1" }],
  ...Object.fromEntries(
    rows
      .filter((field) => inGroup(type, field))
      .map(({ name }) => [name, name === "scheduledTime" ? "19:30:00" : taskOf(type)[name]] as const),
  ),
});
const typesOfThree = scheduledTypes.flatMap((state) =>
  scheduledTypes
    .filter((live) => live !== state)
    .flatMap((live) => scheduledTypes.map((wanted) => [state, live, wanted] as const)),
);

test.each(typesOfThree)(
  "of a %s that is live as %s and wanted as %s, check accepts the edit that keeps it",
  (...types) => {
    const [state, live, wanted] = types.map(scheduled);
    if (wanted === undefined) throw new Error("expected three");
    const keep = only("one", state, live, wanted).waysOut.find(({ what }) => what.startsWith("Keep"));
    if (types[1] === types[2]) return expect(keep).toBeUndefined();
    const dropped = /, without (.*)$/.exec(keep?.what ?? "")?.[1]?.split(", ") ?? [];
    const kept = Object.entries(wanted).filter(([name]) => !dropped.includes(name));
    const edited = { ...Object.fromEntries(kept), ...runInNewContext(`({ ${keep?.code} })`) } as Inputs;
    const context = { now: new Date(0), previous: undefined, defaults: {}, markLength: 0 };
    expect(check(edited, context).failures).toEqual([]);
    expect(taskSentence(edited, new Date(0), "en")).toBe(taskSentence(live ?? {}, new Date(0), "en"));
  },
);

test("of a task of a fleet the command says that it deploys them all", () => {
  const fleet = (enable: boolean) => ({ tasks: { a: weekly({ enable }) }, taskIds: { a: "id1" } });
  const [restore] = ways("one", fleet(true), fleet(false), fleet(true), { isFleet: true });
  expect(restore).toBe(`Put the code's value back (deploys every change of the fleet one): ${up}`);
});

test("a long number is written digit by digit", () => {
  const extraParams = (id: string) => weekly({ extraParams: `{"id":${id}}` });
  const task = only("one", extraParams("1"), extraParams("12345678901234567891"), extraParams("1"));
  expect(JSON.stringify(task.fields)).toContain('"live":{"id":12345678901234567891}');
  expect(task.waysOut[1]?.code).toBe('extraParams: {"id":12345678901234567891}');
});

test("what was cleared in the cloud is told as that, whatever an update could clear", () => {
  const script = { taskType: "EXECUTE_SCRIPT", grayCount: 1 };
  const state = weekly({ ...script, grayFailThreshold: 2, description: "x" });
  expect(only("one", state, weekly(script), state).happened).toBe(
    "description removed; failures that stop the rollout 2 removed",
  );
});

test.each<[string, Parameters<typeof resource>, string | null, string | null]>([
  ["new", ["one", undefined, undefined, weekly()], null, null],
  [
    "gone",
    ["one", weekly(), undefined, weekly()],
    "deleted",
    "makes it again: Mon and Fri 19:30 Asia/Shanghai; next Fri 2 Jan 1970 19:30",
  ],
  [
    "gone, and changed in the code",
    ["one", weekly({ description: "x" }), undefined, weekly({ scheduledTime: "21:00" })],
    "deleted",
    "makes it again: Mon and Fri 21:00 Asia/Shanghai; next Fri 2 Jan 1970 21:00; changed in the code: Mon and Fri 19:30 Asia/Shanghai becomes Mon and Fri 21:00; description removed",
  ],
  [
    "gone, and of another kind and place in the code",
    ["one", weekly({ region: "a" }), undefined, weekly({ taskType: "REBOOT", region: "b", projectId: UNKNOWN })],
    "deleted",
    "makes it again: Mon and Fri 19:30 Asia/Shanghai; next Fri 2 Jan 1970 19:30; changed in the code: action stop becomes reboot; region a becomes b",
  ],
  [
    "gone, and moved by the code",
    ["one", weekly({ region: "a" }), undefined, weekly({ region: UNKNOWN })],
    "deleted",
    expect.stringMatching(/19:30; changed in the code: region a becomes known after deployment$/),
  ],
  [
    "unclear",
    [
      "one",
      weekly({ description: "[secret]" }),
      weekly({ description: "[secret]" }),
      weekly({ description: "[secret]" }),
    ],
    null,
    expect.stringMatching(/^a secret value changes .*: description; Mon and Fri 19:30 Asia\/Shanghai; next Fri 2 Jan/),
  ],
  [
    "planned in a secret alone",
    [
      "one",
      weekly({ description: "[secret]" }),
      weekly({ description: "[secret]" }),
      weekly({ description: "[secret]" }),
      { drifted: [], changed: ["description"] },
    ],
    null,
    "a secret value changes, as the code wants: description; Mon and Fri 19:30 Asia/Shanghai; next Fri 2 Jan 1970 19:30",
  ],
  ["removed", ["one", weekly(), weekly(), undefined], null, expect.stringMatching(/^it will be deleted: Mon and Fri/)],
  ["gone from both", ["one", weekly(), undefined, undefined], "deleted, as in the code", "takes it out of the state"],
  [
    "released",
    ["one", weekly(), weekly(), undefined, { fate: "released" }],
    null,
    "it will be taken out of the state; it stays in the cloud and goes on running: Mon and Fri 19:30 Asia/Shanghai; next Fri 2 Jan 1970 19:30",
  ],
  [
    "released, and gone",
    ["one", weekly(), undefined, undefined, { fate: "released" }],
    "deleted, as in the code",
    "takes it out of the state",
  ],
  [
    "accepted",
    ["one", weekly(), weekly({ enable: false }), weekly({ enable: false })],
    "switched off",
    "writes nothing, for the code says the same, or ignores it: Mon and Fri 19:30 Asia/Shanghai; switched off",
  ],
  [
    "to be taken over",
    ["one", undefined, undefined, weekly({ adoptTaskId: "id2" })],
    null,
    expect.stringMatching(
      /^an up takes it over; where the live task .* changed\): Mon and Fri 19:30 .*; next Fri 2 Jan/,
    ),
  ],
  [
    "imported",
    ["one", undefined, weekly(), weekly(), { fate: "imported" }],
    null,
    "an up takes it over; it is as declared, so nothing is written: Mon and Fri 19:30 Asia/Shanghai; next Fri 2 Jan 1970 19:30",
  ],
  [
    "imported, and not as declared",
    ["one", undefined, weekly(), weekly({ scheduledTime: "20:00" }), { fate: "imported" }],
    null,
    "an up stops, since the live task differs in: time of day; it stays as it is: Mon and Fri 19:30 Asia/Shanghai; next Fri 2 Jan 1970 19:30 (with onConflict overwrite it is taken over and changed: Mon and Fri 20:00 Asia/Shanghai; next Fri 2 Jan 1970 20:00)",
  ],
  [
    "imported, and not of the declared name",
    ["one", undefined, weekly({ taskName: "other" }), weekly(), { fate: "imported" }],
    null,
    "an up stops, since the live task differs in: name; it stays as it is: Mon and Fri 19:30 Asia/Shanghai; next Fri 2 Jan 1970 19:30 (with onConflict overwrite it is taken over and changed)",
  ],
])("the story of a task that is %s", (_, args, happened, willHappen) => {
  expect(only(...args)).toMatchObject({ happened, willHappen });
});

test("a task that is released goes on running, one that waits for an event says so", () => {
  expect(only("one", weekly(), weekly(), undefined, { fate: "released" }).runs.after).not.toEqual([]);
  expect(only("one", undefined, undefined, weekly({ scheduledType: "LIFE_CYCLE" })).scheduledType).toBe("LIFE_CYCLE");
});

test("what is not known yet, or odd, is told as far as it goes", () => {
  const targets = [null, { objectType: "DESKTOP", objectId: "d2" }, { objectType: "DESKTOP", objectId: UNKNOWN }];
  const task = only("one", weekly(), weekly(), weekly({ taskName: UNKNOWN, applyObjects: targets }));
  expect(task.fields.map(({ name, wanted }) => [name, wanted])).toEqual([
    ["taskName", UNKNOWN],
    ["applyObjects", [null, { objectType: "DESKTOP", objectId: "d2" }, UNKNOWN]],
  ]);
  expect(task.targets).toEqual(["DESKTOP d2"]);
});

describe("of what a task has lost of its fleet, of which the other tasks have it too", () => {
  const { taskName: _, ...shared } = weekly({ description: "all", expireTime: "2033-01-01 00:00:00" });
  const fleetWith = (lacks: readonly string[], task: object = {}) => ({
    ...shared,
    tasks: { a: { taskName: "a", ...task, ...(lacks.length > 0 && { lacks }) }, b: { taskName: "b" } },
    taskIds: { a: "id1", b: "id2" },
  });
  const kept = (live: object) =>
    ways("f", fleetWith([]), live as never, fleetWith([]), { isFleet: true }).filter((way) => way.startsWith("Keep"));

  test("the code of the task says that it has none", () => {
    expect(kept(fleetWith(["description"]))).toEqual(['Keep the live one, in the code of f["a"]: description: ""']);
    expect(kept(fleetWith(["description", "applyObjects"]))).toEqual([
      'Keep the live one, in the code of f["a"]: description: "", applyObjects: []',
    ]);
    expect(kept(fleetWith([], { scheduledTime: "05:00:00" }))).toEqual([
      'Keep the live one, in the code of f["a"]: scheduledTime: "05:00:00"',
    ]);
  });

  test("there is no way where no value means none", () => {
    expect(kept(fleetWith(["description", "expireTime"]))).toEqual([]);
  });

  test("an event takes no time zone of the fleet", () => {
    const event = { scheduledType: "LIFE_CYCLE", lifeCycleType: "POST_DESKTOP_DISCONNECTED" };
    expect(kept(fleetWith([], event))).toEqual([
      'Keep the live one, in the code of f["a"]: scheduledType: "LIFE_CYCLE", lifeCycleType: "POST_DESKTOP_DISCONNECTED"',
    ]);
  });

  test("another schedule takes none of the shared one", () => {
    const daily = { scheduledType: "DAY", dayInterval: 2 };
    expect(kept(fleetWith([], daily))).toEqual([
      'Keep the live one, in the code of f["a"]: scheduledType: "DAY", dayInterval: 2',
    ]);
  });
});
