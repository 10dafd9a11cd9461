import { entriesOf, runsOf } from "./entries";

const at = (text: string): number => Date.parse(`2026-11-${text}Z`) / 60_000;
const told = (before: string[], after: string[], zone = "UTC"): string[] =>
  entriesOf(before.map(at), after.map(at), zone).map(
    ({ day, time, mark, was }) => `${day.slice(8)} ${time} ${mark}${was === null ? "" : ` from ${was}`}`,
  );

test.each([
  ["the same run is kept", ["24T10:00"], ["24T10:00"], ["24 10:00 kept"]],
  ["another time of the day is a move", ["24T10:00"], ["24T11:30"], ["24 11:30 moved from 10:00"]],
  ["another day is none", ["24T10:00"], ["25T10:00"], ["25 10:00 added", "24 10:00 removed"]],
  ["of two runs of a day one may stay", ["24T10:00", "24T12:00"], ["24T12:00"], ["24 12:00 kept", "24 10:00 removed"]],
  ["a new task", [], ["24T10:00"], ["24 10:00 added"]],
])("%s", (_, before, after, expected) => {
  expect(told(before, after)).toEqual(expected);
});

test("days are those of the zone", () => {
  expect(told(["24T15:00"], ["24T17:00"], "Asia/Shanghai")).toEqual(["25 01:00 added", "24 23:00 removed"]);
  expect(told(["24T15:00"], ["24T17:00"], "Europe/Berlin")).toEqual(["24 18:00 moved from 16:00"]);
});

test("runs are read from their distances", () => {
  expect(runsOf([100, 20, 3])).toEqual([100, 120, 123]);
  expect(runsOf([])).toEqual([]);
});
