import type { ReportTask } from "../report";
import { namesIn } from "./link";
import { nextChange } from "./nextChange";
import { reportTask } from "./report.fixture";

const at = (text: string): number => Date.parse(`2026-11-${text}Z`) / 60_000;
const task = (name: string, before: string[] | null, after: string[] | null, more: Partial<ReportTask> = {}) =>
  reportTask({
    name,
    verdict: "planned",
    answers: ["code"],
    timeZone: "UTC",
    runs: { before: before?.map(at) ?? null, after: after?.map(at) ?? null },
    ...more,
  });
const told = (...tasks: ReportTask[]): string =>
  nextChange(tasks, namesIn(tasks), "en")
    .text.replace(/<[^>]*>/g, "")
    .trim();
const field = (name: string, cause: "planned" | "accepted" = "planned") =>
  ({ name, label: name, cause, old: 1, live: 1, wanted: 2, isRead: true }) as const;

const first = "First change in the calendar: ";

test.each([
  [
    "a run that moves, by the time at which it will be",
    [task("a", ["24T19:30"], ["24T20:00"])],
    "Tue 24 Nov 20:00 UTC a moved (was Tue 24 Nov 19:30)",
  ],
  [
    "one that moves away before another is added",
    [task("b", [], ["24T19:45"]), task("a", ["24T19:30"], ["24T20:00"])],
    "Tue 24 Nov 20:00 UTC a moved (was Tue 24 Nov 19:30)",
  ],
  [
    "one that is added after runs that stay",
    [task("a", ["24T19:30"], ["24T19:30", "25T19:30"])],
    "Wed 25 Nov 19:30 UTC a added",
  ],
  ["one that is removed", [task("a", ["24T19:30"], [])], "Tue 24 Nov 19:30 UTC a removed"],
  ["one that may change", [task("a", ["24T19:30"], null)], "Tue 24 Nov 19:30 UTC a may change"],
  [
    "one that does something else at the same time",
    [task("a", ["24T19:30"], ["24T19:30"], { fields: [field("applyObjects")] })],
    "Tue 24 Nov 19:30 UTC a at the same time, but changed",
  ],
  [
    "not one of a task of which only the name changes",
    [task("a", ["24T19:30"], ["24T19:30"], { fields: [field("taskName")] }), task("b", [], ["25T08:00"])],
    "Wed 25 Nov 08:00 UTC b added",
  ],
  [
    "not one that the cloud changed and an up leaves",
    [
      task("a", ["24T19:30"], ["24T19:30"], { answers: [], fields: [field("applyObjects", "accepted")] }),
      task("b", [], ["25T08:00"]),
    ],
    "Wed 25 Nov 08:00 UTC b added",
  ],
])("first changes %s", (_, tasks, expected) => {
  expect(told(...tasks)).toBe(first + expected);
});

test("a change that moves no run within 14 days is none of the calendar", () => {
  const named = task("a", ["24T19:30"], ["24T19:30"], { fields: [field("description")] });
  expect(told(named)).toBe("No change in the calendar of the next 14 days is known.");
  expect(told(task("a", null, ["24T19:30"], { verdict: "adopted" }))).toMatch(/^No change/);
  expect(told(reportTask({}))).toBe("Nothing differs: an up changes no task.");
});

test("of a task without room on the page there is no link", () => {
  const [one] = [task("a", ["24T19:30"], [])];
  expect(nextChange([one], namesIn([]), "en").text).not.toContain("href");
  expect(nextChange([one], namesIn([one]), "en").text).toContain('href="#task-0"');
});
