/** What the script of the page knows of the tasks beside what the page shows of them; pure. */
import type { Language } from "../../provider/scheduledTask/fields";
import type { Report, ReportTask } from "../report";
import { actionNames } from "./actions";
import { isBrief, mostTargets, searchedTargets } from "./length";
import { pageWords, type ScriptWords } from "./words";

export interface PageData {
  readonly language: Language;
  /** Of the review, minutes since 1970. */
  readonly at: number;
  readonly words: ScriptWords;
  readonly actions: { readonly [action: string]: string };
  readonly targets: readonly string[];
  /** The card of the first one, if it has one, is `task-0`. */
  readonly tasks: readonly PageTask[];
}

export interface PageTask {
  readonly verdict: ReportTask["verdict"];
  readonly name: string;
  readonly action: string | null;
  readonly zone: string | null;
  /** Where it is declared and when it runs; only where no card says so. */
  readonly text?: string;
  /** The first run in minutes since 1970, then how long until each next one. */
  readonly before: readonly number[];
  /** Only where a deployment moves any. */
  readonly after?: readonly number[];
  /** Places in the list of targets; only where no card names them all. */
  readonly targets?: readonly number[];
  /** Whether nobody has acknowledged one of them. */
  readonly hasFindings?: true;
}

/** All tasks of a report: those of the stacks, then those that none of them holds. */
export const allTasks = ({ stacks, unmanaged }: Report): ReportTask[] => [
  ...stacks.flatMap(({ tasks }) => tasks),
  ...unmanaged,
];

export function pageData(report: Report): PageData {
  const { language, at } = report;
  const tasks = allTasks(report);
  const places = new Map<string, number>();
  const placeOf = (target: string): number => {
    const place = places.get(target) ?? places.size;
    places.set(target, place);
    return place;
  };
  const [most, brief] = [searchedTargets(tasks), isBrief(tasks)];
  const pageTasks = tasks.map((task): PageTask => {
    const isNamed = task.verdict !== "same" && !brief && task.targets.length <= mostTargets;
    return { ...pageTask(task), ...(isNamed ? {} : { targets: task.targets.slice(0, most).map(placeOf) }) };
  });
  return {
    language,
    at: Math.floor(Date.parse(at) / 60_000),
    words: pageWords[language].script,
    actions: actionNames(language),
    targets: [...places.keys()],
    tasks: pageTasks,
  };
}

function pageTask({ verdict, name, taskType, timeZone, declaredAs, sentence, runs, findings }: ReportTask): PageTask {
  const [before, after] = [steps(runs.before), steps(runs.after)];
  const declared = declaredAs === null || declaredAs === name ? "" : `${declaredAs}: `;
  return {
    verdict,
    name,
    action: taskType,
    zone: timeZone,
    ...(verdict === "same" ? { text: declared + sentence } : {}),
    before,
    ...(before.join() === after.join() ? {} : { after }),
    ...(findings.some(({ isAcknowledged }) => !isAcknowledged) ? { hasFindings: true } : {}),
  };
}

/** Differences are shorter than instants, which would be most of a long report. */
const steps = (runs: readonly number[]): number[] => runs.map((at, place) => at - (runs[place - 1] ?? 0));
