/** Which tasks of a report have room on the page; pure. */
import type { Report, ReportTask } from "../report";
import { card } from "./card";
import { pageTask } from "./data";
import { bytesOf, details, hasCard, mostBytes } from "./length";
import { embeddedJson } from "./markup";

/** For what is on the page beside its tasks: its style and script, what it tells of the whole, conflicts, shared targets. */
const reserve = 750_000;

/** The report with so many tasks as fit when of each the least is told, those that differ first; its counts stay. */
export function shownOf(report: Report): Report {
  const all = [...report.stacks.flatMap(({ tasks }) => tasks), ...report.unmanaged];
  const [outline] = details;
  if (outline === undefined) return report;
  let left = mostBytes - reserve;
  const fits = (task: ReportTask): boolean => {
    const own = hasCard(task) ? bytesOf(card(task, all.length, outline, report.language)) : 0;
    left -= own + bytesOf(embeddedJson(pageTask(task))) + 1;
    return left >= 0;
  };
  const byNeed = [...all.filter(hasCard), ...all.filter((task) => !hasCard(task))];
  const end = byNeed.findIndex((task) => !fits(task));
  if (end < 0) return report;
  const kept = new Set(byNeed.slice(0, end));
  const keptOf = (tasks: readonly ReportTask[]): ReportTask[] => tasks.filter((task) => kept.has(task));
  return {
    ...report,
    stacks: report.stacks.map((stack) => ({ ...stack, tasks: keptOf(stack.tasks) })),
    unmanaged: keptOf(report.unmanaged),
  };
}
