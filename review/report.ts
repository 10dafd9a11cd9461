/** What a review found, as plain data: every format is made from it, and JSON is it; pure. */

import { type Inputs, type Language, row, UNKNOWN } from "../provider/scheduledTask/fields";
import { nextRuns } from "../provider/scheduledTask/nextRuns";
import { taskSentence } from "../provider/scheduledTask/sentences";
import { isUnknown } from "../provider/scheduledTask/wire";
import type { Preview } from "./preview";
import { readable } from "./readable";
import { type Finding, readRuleSettings } from "./rules";
import { happenedTo, whatUpDoes } from "./story";
import { adopting, type FieldReview, type HiddenField, reviewTasks, type TaskReview, type Verdict } from "./tasks";
import { judging } from "./touched";
import type { Unmanaged, UnmanagedTask, Unsearched } from "./unmanaged";
import { type Untold, untoldRuns, untoldTargets } from "./untold";
import { waysIn, waysOut } from "./waysOut";
import { whenText } from "./whenText";
import { type Words, words } from "./words";

/** How far the calendar looks ahead. */
const calendarDays = 14;
/** No schedule runs twice a day, but where a zone skips a day. */
const mostRuns = calendarDays + 2;

export interface ReportField {
  readonly name: string;
  readonly label: string;
  readonly cause: FieldReview["cause"];
  /** Canonical values; null for none, `UNKNOWN` for one, or for an item of a list, that is known after the deployment. */
  readonly old: unknown;
  readonly live: unknown;
  readonly wanted: unknown;
  /** False where nothing declared it until now: what the cloud has was not read, and `old` and `live` are null. */
  readonly isRead: boolean;
}

export interface ReportTask {
  readonly verdict: Verdict | "unmanaged";
  /** What an `up` answers: a change of the code, of the cloud, or of both. `--fail-on changes` and `drift` go by it. */
  readonly answers: TaskReview["answers"];
  readonly name: string;
  readonly taskType: string | null;
  readonly scheduledType: string | null;
  readonly declaredAs: string | null;
  /** Name of the fleet that it is of. */
  readonly fleet: string | null;
  readonly urn: string | null;
  readonly id: string | null;
  readonly timeZone: string | null;
  /** When it runs, as it will be; as it is, for one that is deleted. */
  readonly sentence: string;
  /** What somebody changed in the cloud; null for nothing. */
  readonly happened: string | null;
  /** What an `up` does; null for nothing. */
  readonly willHappen: string | null;
  readonly fields: readonly ReportField[];
  /** Secret fields that differ, or may do so, and who changed them as far as the engine tells. */
  readonly hidden: readonly ReportHidden[];
  /** What can be done about what the cloud changed: a command, or an edit of the code. */
  readonly waysOut: readonly { readonly what: string; readonly code: string | null }[];
  readonly findings: readonly Finding[];
  /** Runs of the next 14 days as it is and as it will be. */
  readonly runs: { readonly before: Runs; readonly after: Runs };
  /** As it will be, `DESKTOP d1`; as it is, for one that is deleted. Those that are known. */
  readonly targets: readonly string[];
  /** Why the runs as it will be, or some of the targets, are not known; null where they are. */
  readonly untold: { readonly runs: Untold | null; readonly targets: Untold | null };
}

/** Minutes since 1970, in order; null where it is not known when a task runs. */
export type Runs = readonly number[] | null;

export interface ReportHidden {
  readonly name: string;
  readonly label: string;
  readonly cause: HiddenField["cause"];
}

export interface ReportStack {
  readonly project: string;
  /** As it was called on the command line; of saved events, as its URNs do. */
  readonly stack: string;
  readonly isRefreshed: boolean;
  /** What could not be told. */
  readonly notes: readonly string[];
  /** Operations on the resources of others. */
  readonly others: { readonly [operation: string]: number };
  /** What needs a decision first, unchanged ones last. */
  readonly tasks: readonly ReportTask[];
}

/** The documented content of `--format json`. */
export interface Report {
  readonly version: 1;
  /** Instant that "next" is reckoned from, RFC 3339: when the previews were made, unless told otherwise. */
  readonly at: string;
  readonly language: Language;
  readonly counts: { readonly [V in Verdict | "unmanaged"]: number };
  /** Tasks by what an `up` answers. */
  readonly answers: { readonly code: number; readonly cloud: number };
  /** Findings of the rules that nobody has acknowledged. */
  readonly openFindings: number;
  readonly stacks: readonly ReportStack[];
  readonly unmanaged: readonly ReportTask[];
  /** Tasks of none of the stacks that end in a mark as another `owner` leaves it: how many of each. */
  readonly leftToOwners: { readonly [owner: string]: number };
}

export interface ReportSettings {
  readonly now: Date;
  readonly language: Language;
}

/** A preview with what it means for each task. */
export interface ReviewedStack extends Preview {
  readonly tasks: readonly TaskReview[];
}

export const reviewedStack = (preview: Preview): ReviewedStack => ({ ...preview, tasks: reviewTasks(preview) });

export const noneUnmanaged: Unmanaged = { tasks: [], leftToOwners: {} };

/**
 * What the previews say, and which tasks of the project none of them holds.
 *
 * @throws when the stack configuration of the review is not as documented
 */
export function reportOf(
  reviewed: readonly ReviewedStack[],
  { tasks: found, leftToOwners, unsearched = [] }: Unmanaged,
  settings: ReportSettings,
): Report {
  const byId = new Map(found.map((task) => [task.id, task]));
  const stacks = reviewed.map((stack) => stackOf(stack, byId, unsearched, settings));
  const adopted = new Set(reviewed.flatMap(({ tasks }) => tasks.flatMap((task) => adoptedId(task) ?? [])));
  const unmanaged = found.filter(({ id }) => !adopted.has(id)).map((task) => unmanagedTask(task, settings));
  const all = [...stacks.flatMap(({ tasks }) => tasks), ...unmanaged];
  const count = (verdict: ReportTask["verdict"]): number => all.filter((task) => task.verdict === verdict).length;
  const answering = (to: "code" | "cloud"): number => all.filter(({ answers }) => answers.includes(to)).length;
  return {
    version: 1,
    at: settings.now.toISOString(),
    language: settings.language,
    counts: Object.fromEntries(
      Object.keys(words.en.verdicts).map((verdict) => [verdict, count(verdict as Verdict)]),
    ) as Report["counts"],
    answers: { code: answering("code"), cloud: answering("cloud") },
    openFindings: all.flatMap(({ findings }) => findings).filter(({ isAcknowledged }) => !isAcknowledged).length,
    stacks,
    unmanaged,
    leftToOwners,
  };
}

/** The id of a live task that an `up` takes over. */
export const adoptedId = ({ verdict, id, wanted }: TaskReview): string | undefined =>
  verdict === "adopted" ? (id ?? textOf(wanted?.adoptTaskId) ?? undefined) : undefined;

function stackOf(
  reviewed: ReviewedStack,
  found: ReadonlyMap<string, UnmanagedTask>,
  unsearched: readonly Unsearched[],
  settings: ReportSettings,
): ReportStack {
  const { project, stack, isRefreshed, others, config } = reviewed;
  const rules = readRuleSettings(config["huaweicloud-workspace:review"]);
  const judge = judging(reviewed.tasks, rules, settings.now, settings.language);
  const tasks = reviewed.tasks.map((task) => {
    const adopted = found.get(adoptedId(task) ?? "");
    const known = adopted ? adopting(task, adopted.inputs) : task;
    return reportTask(stack, known, judge(known), settings);
  });
  const notes = [
    ...(isRefreshed ? [] : [words[settings.language].notRefreshed]),
    ...notesOf(reviewed.tasks, words[settings.language]),
    ...unsearched
      .filter((one) => one.stack === stack)
      .map(({ place, reason }) => words[settings.language].unsearched(place, reason)),
  ];
  return { project, stack, isRefreshed, notes, others, tasks: tasks.sort(byOrder) };
}

/** Of a fleet's tasks that seem unchanged, but of which one may change in what is secret. */
const notesOf = (tasks: readonly TaskReview[], text: Words): string[] =>
  [
    ...Map.groupBy(
      tasks.filter(({ verdict, hidden }) => verdict === "same" && hidden.length > 0),
      ({ fleet, declaredAs }) => fleet ?? declaredAs,
    ),
  ].map(([name, some]) => text.perhaps(some.length, name));

/** What needs a decision first, then what is planned, then what is as it was. */
const order: readonly ReportTask["verdict"][] = [
  "gone",
  "both",
  "drift",
  "unclear",
  "replaced",
  "removed",
  "planned",
  "released",
  "adopted",
  "new",
  "accepted",
  "same",
];
const byOrder = (a: ReportTask, b: ReportTask): number =>
  rank(a) - rank(b) || (a.name < b.name ? -1 : Number(a.name > b.name));
const rank = ({ verdict }: ReportTask): number => order.indexOf(verdict);

function reportTask(
  stack: string,
  task: TaskReview,
  findings: readonly Finding[],
  { now, language }: ReportSettings,
): ReportTask {
  const { verdict, answers, name, declaredAs, fleet, urn, id, state, live, wanted, fields, hidden } = task;
  const coming = task.isUnknown || verdict === "released" ? live : wanted;
  const shown = coming ?? live ?? state ?? {};
  const prospects = prospectsOf(task, shown, now);
  const { runs: untold } = prospects.untold;
  const willHappen = whatUpDoes(task, now, language);
  return {
    verdict,
    answers,
    name,
    ...identity(shown, urn, id, declaredAs, fleet ?? null),
    sentence: task.isUnknown
      ? words[language].unknownTask
      : whenText(taskSentence(shown, now, language), shown, undefined, untold, now, language),
    happened: happenedTo(task, language),
    willHappen: willHappen && whenText(willHappen, shown, live, untold, now, language),
    fields: fields.map((one) => fieldOf(one, language)),
    hidden: hidden.map(({ name: field, cause }) => ({ name: field, label: row(field).label[language], cause })),
    waysOut: waysOut(stack, task, words[language]),
    findings,
    ...prospects,
  };
}

/** When a task runs and on what, as far as that is known. */
function prospectsOf(
  { verdict, isUnknown: isAllUnknown, live, wanted, secret }: TaskReview,
  shown: Inputs,
  now: Date,
): Pick<ReportTask, "runs" | "targets" | "untold"> {
  const coming = verdict === "released" ? live : wanted;
  const untold = isAllUnknown
    ? ({ runs: "unknown", targets: "unknown" } as const)
    : { runs: coming ? untoldRuns(coming, secret) : null, targets: untoldTargets(shown, secret) };
  const after = untold.runs !== null ? null : coming ? runsOf(coming, now) : [];
  // To reckon them is most of what a review costs.
  if (verdict === "same") return { runs: { before: after, after }, targets: targetsOf(shown), untold };
  // How a task runs that is taken over is not known unless it was asked for.
  const isOpen = live ? untoldRuns(live, secret) !== null : verdict === "adopted";
  const before = isOpen ? null : live ? runsOf(live, now) : [];
  return { runs: { before, after }, targets: isAllUnknown ? [] : targetsOf(shown), untold };
}

const identity = (
  inputs: Inputs,
  urn: string | null,
  id: string | undefined,
  declaredAs: string | null,
  fleet: string | null,
) => ({
  taskType: textOf(inputs.taskType),
  scheduledType: textOf(inputs.scheduledType),
  declaredAs,
  fleet,
  urn,
  id: id ?? null,
  timeZone: textOf(inputs.timeZone),
});

const textOf = (value: unknown): string | null => (typeof value === "string" && !isUnknown(value) ? value : null);

function unmanagedTask(task: UnmanagedTask, { now, language }: ReportSettings): ReportTask {
  const { id, inputs } = task;
  return {
    verdict: "unmanaged",
    answers: [],
    name: String(inputs.taskName ?? id),
    ...identity(inputs, null, id, null, null),
    sentence: taskSentence(inputs, now, language),
    happened: null,
    willHappen: null,
    fields: [],
    hidden: [],
    waysOut: waysIn(task, words[language]),
    findings: [],
    runs: { before: runsOf(inputs, now), after: runsOf(inputs, now) },
    targets: targetsOf(inputs),
    untold: { runs: null, targets: null },
  };
}

const fieldOf = ({ field, cause, isRead, old, live, wanted }: FieldReview, language: Language): ReportField => {
  const shown = (value: unknown): unknown => {
    if (!isUnknown(value)) return readable(field, value) ?? null;
    return Array.isArray(value) ? value.map(shown) : UNKNOWN;
  };
  return {
    name: field.name,
    label: field.label[language],
    cause,
    old: shown(old),
    live: shown(live),
    wanted: shown(wanted),
    isRead,
  };
};

/** What happened before what an `up` does about it; when it runs, where nothing changes. */
export function storyOf({ sentence, happened, willHappen }: ReportTask, text: Words): string {
  if (happened === null) return willHappen ?? sentence;
  return willHappen === null ? happened : text.story(happened, willHappen);
}

/** Of a task of which the schedule is known: minutes since 1970. */
function runsOf(inputs: Inputs, now: Date): number[] {
  const end = now.getTime() + calendarDays * 86_400_000;
  return nextRuns(inputs, now, mostRuns)
    .map(({ at }) => at.epochMilliseconds)
    .filter((ms) => ms <= end)
    .map((ms) => Math.floor(ms / 60_000));
}

export const targetsOf = ({ applyObjects }: Inputs): string[] =>
  Array.isArray(applyObjects)
    ? applyObjects
        .filter((target) => typeof target === "object" && target !== null && !isUnknown(target))
        .map(({ objectType, objectId }) => (objectType === "ALL_DESKTOPS" ? objectType : `${objectType} ${objectId}`))
    : [];
