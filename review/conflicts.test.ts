import { conflictsOf, mostPairs } from "./conflicts";
import { reportTask } from "./page/report.fixture";
import { sharedTargets } from "./targets";

const day = 1440;
const on = (targets: readonly string[], taskType: string, ...after: number[]) =>
  reportTask({ name: `${taskType} ${after.join()}`, taskType, targets, runs: { before: [], after } });
const told = (...tasks: ReturnType<typeof on>[]): string[] =>
  conflictsOf(tasks).map(
    ({ kind, first, second, targets, isPossible, at, count }) =>
      `${kind}: ${first.name} / ${second.name} on ${targets.join("+")}, ${count} times from ${at}${isPossible ? ", maybe" : ""}`,
  );
const d1 = ["DESKTOP d1"];
const d2 = ["DESKTOP d2"];
const everything = ["ALL_DESKTOPS"];

test.each([
  [
    "30 minutes apart",
    [on(d1, "STOP", 100), on(d1, "START", 130)],
    ["power: STOP 100 / START 130 on DESKTOP d1, 1 times from 130"],
  ],
  ["31 minutes apart", [on(d1, "STOP", 100), on(d1, "START", 131)], []],
  [
    "the START first",
    [on(d1, "STOP", 100), on(d1, "START", 90)],
    ["power: START 90 / STOP 100 on DESKTOP d1, 1 times from 100"],
  ],
  [
    "every day",
    [on(d1, "STOP", 100, 100 + day), on(d1, "START", 110, 110 + day, 5 * day)],
    [`power: STOP 100,1540 / START 110,1550,7200 on DESKTOP d1, 2 times from 110`],
  ],
  ["on other desktops", [on(d1, "STOP", 100), on(d2, "START", 100)], []],
  ["two STOPs", [on(d1, "STOP", 100), on(d1, "STOP", 100)], []],
  [
    "on two desktops",
    [on([...d1, ...d2], "STOP", 100), on([...d2, ...d1], "START", 100)],
    ["power: STOP 100 / START 100 on DESKTOP d1+DESKTOP d2, 1 times from 100"],
  ],
  [
    "of all desktops and of one",
    [on(everything, "STOP", 100), on(d1, "START", 100)],
    ["power: STOP 100 / START 100 on DESKTOP d1, 1 times from 100, maybe"],
  ],
  [
    "of all desktops",
    [on(everything, "STOP", 100), on([...everything, ...d1], "START", 100)],
    ["power: STOP 100 / START 100 on ALL_DESKTOPS, 1 times from 100"],
  ],
  [
    "of a pool and of a desktop, which nobody knows to be in it",
    [on(["DESKTOP_POOL p1"], "STOP", 1), on(d1, "START", 1)],
    [],
  ],
])("a START and a STOP %s", (_, tasks, expected) => {
  expect(told(...tasks)).toEqual(expected);
});

test.each([
  [
    "24 hours apart",
    [on(d1, "REBUILD", 5), on(d1, "REBUILD", 5 + day)],
    ["rebuilds: REBUILD 5 / REBUILD 1445 on DESKTOP d1, 1 times from 1445"],
  ],
  ["further apart", [on(d1, "REBUILD", 5), on(d1, "REBUILD", 6 + day)], []],
  ["of one task", [on(d1, "REBUILD", 5, 6)], []],
])("two REBUILDs %s", (_, tasks, expected) => {
  expect(told(...tasks)).toEqual(expected);
});

test.each([
  [
    "after a STOP",
    [on(d1, "STOP", 10), on(d1, "EXECUTE_SCRIPT", 500)],
    ["script: STOP 10 / EXECUTE_SCRIPT 500 on DESKTOP d1, 1 times from 500"],
  ],
  [
    "after a HIBERNATE",
    [on(d1, "HIBERNATE", 10), on(d1, "EXECUTE_SCRIPT", 500)],
    ["script: HIBERNATE 10 / EXECUTE_SCRIPT 500 on DESKTOP d1, 1 times from 500"],
  ],
  ["after a START", [on(d1, "STOP", 10), on(d1, "START", 400), on(d1, "EXECUTE_SCRIPT", 500)], []],
  ["before any of them", [on(d1, "STOP", 600), on(d1, "EXECUTE_SCRIPT", 500)], []],
  ["in the minute of a START", [on(d1, "START", 500), on(d1, "STOP", 10), on(d1, "EXECUTE_SCRIPT", 500)], []],
  [
    "twice, and on two targets",
    [on([...d1, ...d2], "STOP", 10), on([...d1, ...d2], "EXECUTE_SCRIPT", 500, 600)],
    ["script: STOP 10 / EXECUTE_SCRIPT 500,600 on DESKTOP d1+DESKTOP d2, 2 times from 500"],
  ],
  [
    "of all desktops after a STOP of one",
    [on(d1, "STOP", 10), on(everything, "EXECUTE_SCRIPT", 500)],
    ["script: STOP 10 / EXECUTE_SCRIPT 500 on DESKTOP d1, 1 times from 500, maybe"],
  ],
  [
    "of one desktop after a STOP of all",
    [on(everything, "STOP", 10), on(d1, "EXECUTE_SCRIPT", 500), on(d2, "REBOOT", 1)],
    ["script: STOP 10 / EXECUTE_SCRIPT 500 on DESKTOP d1, 1 times from 500, maybe"],
  ],
  [
    "of all desktops after a STOP of all",
    [on(everything, "STOP", 10), on(everything, "EXECUTE_SCRIPT", 500), on(d2, "REBOOT", 1)],
    ["script: STOP 10 / EXECUTE_SCRIPT 500 on ALL_DESKTOPS, 1 times from 500"],
  ],
])("a script %s", (_, tasks, expected) => {
  expect(told(...tasks)).toEqual(expected);
});

test("what a deployment removes conflicts with nothing", () => {
  const removed = { ...on(d1, "STOP", 100), verdict: "removed" as const };
  expect(told(removed, on(d1, "START", 100))).toEqual([]);
});

test("targets of several tasks come in the order of how many", () => {
  const tasks = [on([...d1, ...d2], "STOP"), on(d1, "START"), on([...d1, ...d2], "REBOOT"), on(["DESKTOP d3"], "STOP")];
  expect(sharedTargets(tasks).map(({ target, tasks: touching }) => `${target} ${touching.length}`)).toEqual([
    "DESKTOP d1 3",
    "DESKTOP d2 2",
  ]);
});

test("thousands of tasks on one target are compared in a moment, and only so many pairs told", () => {
  const daily = (taskType: string, from: number) =>
    on(d1, taskType, ...Array.from({ length: 14 }, (_, n) => from + n * day));
  const many = (types: readonly string[], apart: number) =>
    Array.from({ length: 2000 }, (_, n) => daily(types[n % types.length] ?? "", (n * apart) % day));
  const started = performance.now();
  expect(conflictsOf(many(["START", "STOP"], 0))).toHaveLength(mostPairs);
  expect(conflictsOf(many(["REBUILD"], 7))).toHaveLength(mostPairs);
  expect(conflictsOf(many(["STOP", "EXECUTE_SCRIPT"], 7)).length).toBeGreaterThan(0);
  // It took 14 s to compare each with each.
  expect(performance.now() - started).toBeLessThan(5_000);
});
