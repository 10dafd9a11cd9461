import { UNKNOWN } from "../provider/scheduledTask/fields";
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
])("of %s", (_, args, expected) => expect(ways(...args)).toEqual(expected));

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
  ["removed", ["one", weekly(), weekly(), undefined], null, expect.stringMatching(/^an up deletes it: Mon and Fri/)],
  ["gone from both", ["one", weekly(), undefined, undefined], "deleted, as in the code", "takes it out of the state"],
  [
    "released",
    ["one", weekly(), weekly(), undefined, { fate: "released" }],
    null,
    "an up takes it out of the state; it stays in the cloud and goes on running",
  ],
  [
    "accepted",
    ["one", weekly(), weekly({ enable: false }), weekly({ enable: false })],
    "switched off",
    "writes nothing: the code says the same, or ignores it",
  ],
  [
    "to be taken over",
    ["one", undefined, undefined, weekly({ adoptTaskId: "id2" })],
    null,
    expect.stringContaining("an up takes it over; where the live task is as declared nothing is written"),
  ],
  [
    "imported",
    ["one", undefined, weekly(), weekly(), { fate: "imported" }],
    null,
    "an up takes it over; it is as declared, so nothing is written",
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
    ["taskName", "known after deployment"],
    ["applyObjects", [null, { objectType: "DESKTOP", objectId: "d2" }, "known after deployment"]],
  ]);
  expect(task.targets).toEqual(["DESKTOP d2"]);
});
