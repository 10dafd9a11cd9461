import type { Runs } from "../report";
import { type Entry, entriesOf, firstDifference, runsOf } from "./entries";

const at = (text: string): number => Date.parse(`2026-11-${text}Z`) / 60_000;
const runs = (texts: readonly string[] | null): Runs => texts?.map(at) ?? null;
const toldOf = ({ day, time, mark, was }: Entry): string =>
  `${day.slice(8)} ${time} ${mark}${was === null ? "" : ` from ${was.time}`}`;
const told = (before: readonly string[] | null, after: readonly string[] | null, zone = "UTC"): string[] =>
  entriesOf(runs(before), runs(after), zone).map(toldOf);

test.each([
  ["the same run is kept", ["24T10:00"], ["24T10:00"], ["24 10:00 kept"]],
  ["another time of the day is a move", ["24T10:00"], ["24T11:30"], ["24 11:30 moved from 10:00"]],
  ["another day is none", ["24T10:00"], ["25T10:00"], ["25 10:00 added", "24 10:00 removed"]],
  ["of two runs of a day one may stay", ["24T10:00", "24T12:00"], ["24T12:00"], ["24 12:00 kept", "24 10:00 removed"]],
  ["a new task", [], ["24T10:00"], ["24 10:00 added"]],
  ["what comes after is not known", ["24T10:00"], null, ["24 10:00 open"]],
  ["what was before is not known", null, ["24T10:00"], ["24 10:00 open"]],
  ["nothing is known", null, null, []],
])("%s", (_, before, after, expected) => {
  expect(told(before, after)).toEqual(expected);
});

test("days are those of the zone", () => {
  expect(told(["24T15:00"], ["24T17:00"], "Asia/Shanghai")).toEqual(["25 01:00 added", "24 23:00 removed"]);
  expect(told(["24T15:00"], ["24T17:00"], "Europe/Berlin")).toEqual(["24 18:00 moved from 16:00"]);
});

test.each([
  ["a run that moves away from it", ["24T10:00", "25T10:00"], ["24T11:00", "25T11:00"], "24 11:00 moved from 10:00"],
  ["a run that moves to it", ["24T10:00"], ["24T09:00"], "24 09:00 moved from 10:00"],
  ["a run that is added after some that stay", ["24T10:00"], ["24T10:00", "25T10:00"], "25 10:00 added"],
  ["a run that is removed", ["24T10:00", "26T10:00"], ["26T10:00"], "24 10:00 removed"],
  ["the first of what is not known to stay", ["24T10:00", "25T10:00"], null, "24 10:00 open"],
  ["nothing where nothing differs", ["24T10:00"], ["24T10:00"], undefined],
  ["nothing where nothing is known", null, null, undefined],
])("the first difference is %s", (_, before, after, expected) => {
  const entry = firstDifference(runs(before), runs(after), "UTC");
  expect(entry && toldOf(entry)).toBe(expected);
});

test("runs are read from their distances", () => {
  expect(runsOf([100, 20, 3])).toEqual([100, 120, 123]);
  expect(runsOf([])).toEqual([]);
  expect(runsOf(null)).toBeNull();
});
