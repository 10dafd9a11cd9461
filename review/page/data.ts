/** What the script of the page knows of the tasks beside what the page shows of them; pure. */
import type { Language } from "../../provider/scheduledTask/fields";
import type { Report, ReportTask, Runs } from "../report";
import { actionNames } from "./actions";
import { bytesOf, hasCard, mostTargets } from "./length";
import { embeddedJson, type Markup } from "./markup";
import { zoneOf } from "./moment";
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
  readonly zone: string;
  /** Where it is declared and when it runs; only where no card says so. */
  readonly text?: string;
  /** The first run in minutes since 1970, then how long until each next one; null where they are not known. */
  readonly before: Runs;
  /** Only where a deployment moves any. */
  readonly after?: Runs;
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

export interface EmbeddedData {
  readonly markup: Markup;
  /** So many targets of each task are searched; null for all. */
  readonly searchedTargets: number | null;
}

/**
 * The data as it is in the page, with so many targets of each task as there is room for.
 *
 * @param shortened tasks of which the card does not name the targets
 * @param most bytes
 */
export function dataWithin(
  report: Report,
  shortened: ReadonlySet<ReportTask>,
  most: number,
  [count = 0, ...fewer]: readonly number[] = [1000, 300, 100, 30, 10, 5, 2, 0],
): EmbeddedData {
  const data = embeddedJson(pageData(report, shortened, count));
  if (bytesOf(data) > most && fewer.length > 0) return dataWithin(report, shortened, most, fewer);
  const isCut = allTasks(report).some((task) => !isNamed(task, shortened) && task.targets.length > count);
  return { markup: data, searchedTargets: isCut ? count : null };
}

/** Whether the card of a task names all of its targets. */
const isNamed = (task: ReportTask, shortened: ReadonlySet<ReportTask>): boolean =>
  hasCard(task) && !shortened.has(task) && task.targets.length <= mostTargets;

/** @param most targets of a task */
function pageData(report: Report, shortened: ReadonlySet<ReportTask>, most: number): PageData {
  const { language, at } = report;
  const tasks = allTasks(report);
  const places = new Map<string, number>();
  const placeOf = (target: string): number => {
    const place = places.get(target) ?? places.size;
    places.set(target, place);
    return place;
  };
  const pageTasks = tasks.map((task): PageTask => {
    const told = isNamed(task, shortened) ? {} : { targets: task.targets.slice(0, most).map(placeOf) };
    return { ...pageTask(task), ...told };
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

/** What is told of every task. */
export function pageTask({
  verdict,
  name,
  taskType,
  timeZone,
  declaredAs,
  sentence,
  runs,
  findings,
}: ReportTask): PageTask {
  const [before, after] = [steps(runs.before), steps(runs.after)];
  const declared = declaredAs === null || declaredAs === name ? "" : `${declaredAs}: `;
  return {
    verdict,
    name,
    action: taskType,
    zone: zoneOf(timeZone),
    ...(verdict === "same" ? { text: declared + sentence } : {}),
    before,
    ...(JSON.stringify(before) === JSON.stringify(after) ? {} : { after }),
    ...(findings.some(({ isAcknowledged }) => !isAcknowledged) ? { hasFindings: true } : {}),
  };
}

/** Differences are shorter than instants, which would be most of a long report. */
const steps = (runs: Runs): Runs => runs?.map((at, place) => at - (runs[place - 1] ?? 0)) ?? null;
