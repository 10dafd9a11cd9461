import { type Inputs, UNKNOWN } from "../provider/scheduledTask/fields";
import { weekly } from "./preview.fixture";
import { defaultRuleSettings, findingsOf, readRuleSettings, ruleNames, type Touched } from "./rules";

/** Tuesday, 12:00 in Shanghai. */
const now = new Date("2026-11-24T04:00:00Z");
const touched = (before: Inputs | undefined, after: Inputs | undefined, isReplaced = false): Touched => ({
  name: "stop",
  before,
  after,
  isReplaced,
  secret: [],
  secretChanges: [],
});
const names = (task: Touched, settings = defaultRuleSettings): string[] =>
  findingsOf(task, settings, now, "en").map(({ rule }) => rule);
const desktops = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ objectType: "DESKTOP", objectId: `d${at}` }));
const script = weekly({ taskType: "EXECUTE_SCRIPT" });
const at = (scheduledTime: string) => weekly({ weekList: ["TUE"], scheduledTime });

test.each<[string, Touched, string[]]>([
  ["a new stop", touched(undefined, weekly()), []],
  ["a new rebuild", touched(undefined, weekly({ taskType: "REBUILD" })), ["rebuild"]],
  [
    "another text for a rebuild",
    touched(weekly({ taskType: "REBUILD" }), weekly({ taskType: "REBUILD", description: "x" })),
    [],
  ],
  ["forced", touched(weekly(), weekly({ forceExecute: true })), ["force-execute"]],
  [
    "forced before, and nothing else changes",
    touched(weekly({ forceExecute: true }), weekly({ forceExecute: true })),
    [],
  ],
  ["all desktops", touched(weekly(), weekly({ applyObjects: [{ objectType: "ALL_DESKTOPS" }] })), ["all-desktops"]],
  ["a script", touched(undefined, script), ["no-gray-rollout"]],
  ["a script with gray rollout", touched(undefined, { ...script, grayCount: 1 }), []],
  ["a hundred targets", touched(undefined, weekly({ applyObjects: desktops(100) })), []],
  ["a hundred and one", touched(undefined, weekly({ applyObjects: desktops(101) })), ["many-targets"]],
  ["all targets cleared", touched(weekly(), weekly({ applyObjects: [] })), ["no-targets"]],
  [
    "no targets before either",
    touched(weekly({ applyObjects: [] }), weekly({ scheduledTime: "01:00", applyObjects: [] })),
    [],
  ],
  ["replaced", touched(weekly(), weekly({ taskType: "REBOOT" }), true), ["gap"]],
  ["deleted", touched(weekly({ taskType: "REBUILD" }), undefined), []],
  ["runs in an hour", touched(undefined, at("13:00")), ["runs-soon"]],
  ["runs in an hour and a minute", touched(undefined, at("13:01")), []],
  ["its time was an hour ago", touched(at("18:00"), at("11:01")), ["window-passed"]],
  ["its time was longer ago", touched(at("18:00"), at("10:59")), []],
  [
    "its time was just now, and it was so before",
    touched(at("11:30"), { ...at("11:30"), forceExecute: true }),
    ["force-execute"],
  ],
  [
    "it ran just now, and runs on more days from now on",
    touched(at("11:30"), { ...at("11:30"), weekList: ["TUE", "WED"] }),
    [],
  ],
  ["switched off", touched(at("13:00"), { ...at("12:30"), enable: false }), []],
  ["a rebuild that is off", touched(undefined, weekly({ taskType: "REBUILD", enable: false })), []],
  [
    "a rebuild that is switched on",
    touched(weekly({ taskType: "REBUILD", enable: false }), weekly({ taskType: "REBUILD" })),
    ["rebuild"],
  ],
  [
    "replaced, and was off",
    touched(weekly({ enable: false }), weekly({ taskType: "REBOOT", enable: false }), true),
    [],
  ],
  ["a first batch of none", touched(undefined, { ...script, grayCount: 0 }), ["no-gray-rollout"]],
  ["a first batch of named desktops", touched(undefined, { ...script, grayDesktopIds: ["d1"] }), []],
  ["gray without a first batch", touched(undefined, { ...script, isGray: true }), ["no-gray-rollout"]],
  ["a first batch that is not yet known", touched(undefined, { ...script, grayCount: UNKNOWN as never }), ["unjudged"]],
  ["a first batch of a stop that is not yet known", touched(undefined, weekly({ grayCount: UNKNOWN as never })), []],
  ["targets that are not yet known", touched(undefined, weekly({ applyObjects: UNKNOWN as never })), ["unjudged"]],
  ["a target that is not yet known", touched(undefined, weekly({ applyObjects: [UNKNOWN as never] })), ["unjudged"]],
  [
    "a pool of which the id is not yet known",
    touched(undefined, weekly({ applyObjects: [{ objectType: "DESKTOP_POOL", objectId: UNKNOWN }] })),
    [],
  ],
  [
    "all desktops beside a target that is not yet known",
    touched(undefined, weekly({ applyObjects: [{ objectType: "ALL_DESKTOPS" }, UNKNOWN as never] })),
    ["all-desktops", "unjudged"],
  ],
  ["a time that is not yet known", touched(undefined, weekly({ scheduledTime: UNKNOWN as never })), ["unjudged"]],
  [
    "a time that is not yet known, of one that is off",
    touched(undefined, weekly({ scheduledTime: UNKNOWN as never, enable: false })),
    [],
  ],
  ["an action that is not yet known", touched(undefined, weekly({ taskType: UNKNOWN as never })), ["unjudged"]],
  [
    "a forced rebuild of which only a secret changes",
    {
      ...touched(
        weekly({ taskType: "REBUILD", forceExecute: true }),
        weekly({ taskType: "REBUILD", forceExecute: true }),
      ),
      secret: ["extraParams"],
      secretChanges: ["extraParams"],
    },
    ["rebuild", "force-execute"],
  ],
  [
    "secret targets that change",
    { ...touched(weekly(), weekly()), secret: ["applyObjects"], secretChanges: ["applyObjects"] },
    ["unjudged"],
  ],
  ["a first batch that is secret", { ...touched(undefined, script), secret: ["grayCount"] }, ["unjudged"]],
  ["a gray field of no script that is secret", { ...touched(undefined, weekly()), secret: ["grayCount"] }, []],
  ["parameters that are secret", { ...touched(undefined, weekly()), secret: ["extraParams"] }, []],
  [
    "secret targets",
    { ...touched(undefined, weekly({ taskType: "REBUILD" })), secret: ["applyObjects"] },
    ["rebuild", "unjudged"],
  ],
  ["secret targets of a task that stays", { ...touched(weekly(), weekly()), secret: ["applyObjects"] }, []],
])("%s", (_, task, expected) => expect(names(task)).toEqual(expected));

test("thresholds and acknowledgements come from the stack's configuration", () => {
  const settings = readRuleSettings('{"maxTargets": 1, "minutes": 5, "acknowledged": ["many-targets:stop"]}');
  const task = touched(undefined, { ...at("12:30"), applyObjects: desktops(2) });
  expect(findingsOf(task, settings, now, "en")).toEqual([
    { rule: "many-targets", text: "its number of targets is 2, more than 1", isAcknowledged: true },
  ]);
  expect(readRuleSettings(undefined)).toEqual(defaultRuleSettings);
  expect(readRuleSettings('{"minutes": 0}')).toEqual({ ...defaultRuleSettings, minutes: 0 });
});

test.each([
  ["nonsense", "expected a JSON object"],
  ["[]", "expected a JSON object"],
  ['{"maxTarget": 1}', "maxTarget: unknown; known are maxTargets, minutes, acknowledged"],
  ['{"minutes": -1}', "minutes: expected a whole number"],
  ['{"minutes": "5"}', "minutes: expected a whole number"],
  ['{"acknowledged": ["rebuilds:x"]}', "expected a list of rule:taskName, where rule is one of rebuild, "],
  ['{"acknowledged": "rebuild:x"}', "expected a list of rule:taskName"],
])("refuses %s", (text, message) => expect(() => readRuleSettings(text)).toThrow(message));

test("a rule that cannot judge is named, with what it cannot see", () => {
  const task: Touched = { ...touched(undefined, script), secret: ["grayCount"] };
  expect(findingsOf(task, defaultRuleSettings, now, "en").map(({ text }) => text)).toEqual([
    "its first batch size cannot be seen, being secret: not judged by no-gray-rollout",
  ]);
  const both: Touched = { ...task, after: { ...script, scheduledTime: UNKNOWN as never } };
  expect(findingsOf(both, defaultRuleSettings, now, "en").map(({ text }) => text)).toEqual([
    "its first batch size cannot be seen, being secret, and its time of day will be known only after the deployment: not judged by no-gray-rollout, runs-soon, window-passed",
  ]);
});

test("every rule speaks both languages", () => {
  const task = touched(
    weekly(),
    { ...at("12:30"), taskType: "REBUILD", forceExecute: true, applyObjects: [{ objectType: "ALL_DESKTOPS" }] },
    true,
  );
  for (const { text } of findingsOf(task, defaultRuleSettings, now, "zh")) expect(text).toMatch(/[\u4e00-\u9fff]/);
  expect(ruleNames).toHaveLength(10);
});
