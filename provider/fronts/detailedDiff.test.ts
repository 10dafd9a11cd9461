import { taskOf } from "../scheduledTask/examples.fixture";
import { type Inputs, UNKNOWN } from "../scheduledTask/fields";
import { detailedDiff, ignoring } from "./detailedDiff";
import { scheduledTask } from "./kinds";

const desktop = (objectId: string) => ({ objectType: "DESKTOP", objectId });
const [a, b, c] = [desktop("a"), desktop("b"), desktop("c")];
const week = taskOf("WEEK");
const targets = (...applyObjects: object[]) => ({ ...week, applyObjects }) as Inputs;
const days = (...weekList: (string | number)[]) => ({ ...week, weekList }) as Inputs;
const without = (name: string): Inputs => Object.fromEntries(Object.entries(week).filter(([key]) => key !== name));

test.each<readonly [string, Inputs, Inputs, object]>([
  ["nothing changed", week, week, {}],
  ["a changed value", week, { ...week, scheduledTime: "20:00" }, { scheduledTime: "update" }],
  ["another spelling", week, { ...week, scheduledTime: "19:30", weekList: [6, 2] }, {}],
  ["a new field", without("description"), week, { description: "add" }],
  ["a removed field", week, without("description"), { description: "delete" }],
  ["a field that nobody declared, at its default", without("enable"), week, {}],
  [
    "a switch set elsewhere, declared nowhere",
    { ...week, forceExecute: true },
    without("forceExecute"),
    { forceExecute: "delete" },
  ],
  ["another action", week, { ...week, taskType: "REBOOT" }, { taskType: "update-replace" }],
  ["another region", { ...week, region: "a" }, { ...week, region: "b" }, { region: "update-replace" }],
  ["a region that state does not know", week, { ...week, region: "b" }, {}],
  ["an unknown value", week, { ...week, description: UNKNOWN }, { description: "update" }],
  ["an unknown list", targets(a, b), { ...week, applyObjects: UNKNOWN as unknown as [] }, { applyObjects: "update" }],
  ["one put in", targets(a, b), targets(a, c, b), { "applyObjects[1]": "add" }],
  ["one put in front", targets(a, b), targets(c, a, b), { "applyObjects[0]": "add" }],
  ["one taken out", targets(a, b, c), targets(a, c), { "applyObjects[1]": "delete" }],
  ["one moved", targets(a, b, c), targets(c, a, b), {}],
  ["one written twice", targets(a, b), targets(a, b, a), {}],
  ["one swapped", targets(a, b), targets(a, c), { "applyObjects[1].objectId": "update" }],
  [
    "one swapped, of another kind",
    targets(a, b),
    targets(a, { objectType: "DESKTOP_POOL", objectId: "p" }),
    { "applyObjects[1]": "update" },
  ],
  ["one swapped for all", targets(a, b), targets(a, { objectType: "ALL_DESKTOPS" }), { "applyObjects[1]": "update" }],
  [
    "one swapped and the others moved",
    targets(a, b),
    targets(c, a),
    { "applyObjects[1]": "delete", "applyObjects[0]": "add" },
  ],
  ["one not known yet", targets(a), targets(a, desktop(UNKNOWN)), { "applyObjects[1]": "add" }],
  [
    "one that may become another",
    targets(a, b),
    targets(a, desktop(UNKNOWN)),
    { "applyObjects[1].objectId": "update" },
  ],
  [
    "all desktops, with an id and without",
    targets({ objectType: "ALL_DESKTOPS", objectId: "x" }),
    targets({ objectType: "ALL_DESKTOPS" }, a),
    { "applyObjects[1]": "add" },
  ],
  ["all taken out", targets(a, b), without("applyObjects"), { applyObjects: "delete" }],
  [
    "all taken out by an empty list",
    targets(a, b),
    targets(),
    { "applyObjects[0]": "delete", "applyObjects[1]": "delete" },
  ],
  ["the first put in", without("applyObjects"), targets(a), { applyObjects: "add" }],
  ["a day changed", days("MON", "FRI"), days("MON", "TUE"), { "weekList[1]": "update" }],
  ["a day added, numbers and names mixed", days("MON", "FRI"), days(6, 2, 3), { "weekList[2]": "add" }],
])("%s", (_, state, inputs, paths) => {
  expect(detailedDiff(state, inputs).paths).toEqual(paths);
});

test("the gray switch goes with the field that implies it", () => {
  const { grayCount, grayDesktopIds: _, grayFailThreshold: __, ...plain } = taskOf("MONTH");
  expect(detailedDiff(plain, { ...plain, grayCount: 3 }).paths).toEqual({ grayCount: "add" });
  expect(
    detailedDiff({ ...plain, ...(grayCount !== undefined && { grayCount }), isGray: false }, { ...plain, grayCount: 3 })
      .paths,
  ).toEqual({ isGray: "delete" });
});

test("a schedule of another type names its own fields", () => {
  const { weekList: _, ...rest } = week;
  expect(detailedDiff(week, { ...rest, scheduledType: "DAY", dayInterval: 2 }).paths).toEqual({
    scheduledType: "update",
    dayInterval: "add",
  });
});

test("the diff of 1000 targets takes no time to speak of", () => {
  const many = Array.from({ length: 1000 }, (_, index) => desktop(`d${index}`));
  const started = performance.now();
  expect(detailedDiff(targets(...many), targets(...many.toReversed(), a)).paths).toEqual({
    "applyObjects[1000]": "add",
  });
  const others = many.map((_, index) => desktop(`e${index}`));
  expect(Object.keys(detailedDiff(targets(...many), targets(...others)).paths)).toHaveLength(1000);
  expect(performance.now() - started).toBeLessThan(500);
});

test("what is ignored is as the state has it", () => {
  const { enable: _, ...state } = week;
  expect(ignoring(scheduledTask, state, { ...week, scheduledTime: "01:00" }, ["scheduledTime", "enable"])).toEqual(
    state,
  );
  expect(ignoring(scheduledTask, week, {}, ["*"])).toEqual(week);
  expect(ignoring(scheduledTask, week, { description: "d" }, ["applyObjects[0]"])).toEqual({ description: "d" });
});
