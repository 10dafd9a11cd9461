/** What a review found, as plain data: every format is made from it, and JSON is it; pure. */
import type { Inputs, Language, Row } from "../provider/scheduledTask/fields";
import { nextRuns } from "../provider/scheduledTask/nextRuns";
import { changeSentence, taskSentence } from "../provider/scheduledTask/sentences";
import { canonical, isUnknown } from "../provider/scheduledTask/wire";
import type { Preview } from "./preview";
import { type Finding, findingsOf, readRuleSettings } from "./rules";
import { type FieldReview, reviewTasks, type TaskReview, type Verdict } from "./tasks";
import type { UnmanagedTask } from "./unmanaged";
import { type Words, words } from "./words";

/** How far the calendar looks ahead. */
const calendarDays = 14;
/** No schedule runs twice a day, but where a zone skips a day. */
const mostRuns = calendarDays + 2;

export interface ReportField {
  readonly name: string;
  readonly label: string;
  readonly cause: FieldReview["cause"];
  /** Canonical values; null for none. */
  readonly old: unknown;
  readonly live: unknown;
  readonly wanted: unknown;
}

export interface ReportTask {
  readonly verdict: Verdict | "unmanaged";
  readonly name: string;
  readonly taskType: string | null;
  readonly declaredAs: string | null;
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
  /** Names of secret fields, one of which changes. */
  readonly hidden: readonly string[];
  /** What can be done about what the cloud changed: a command, or an edit of the code. */
  readonly waysOut: readonly { readonly what: string; readonly code: string | null }[];
  readonly findings: readonly Finding[];
  /** Runs of the next 14 days as it is and as it will be: minutes since 1970. */
  readonly runs: { readonly before: readonly number[]; readonly after: readonly number[] };
  /** As it will be, `DESKTOP d1`; as it is, for one that is deleted. */
  readonly targets: readonly string[];
}

export interface ReportStack {
  readonly project: string;
  readonly stack: string;
  readonly isRefreshed: boolean;
  /** Operations on the resources of others. */
  readonly others: { readonly [operation: string]: number };
  /** What needs a decision first, unchanged ones last. */
  readonly tasks: readonly ReportTask[];
}

/** The documented content of `--format json`. */
export interface Report {
  readonly version: 1;
  /** Instant of the review, RFC 3339. */
  readonly at: string;
  readonly language: Language;
  readonly counts: { readonly [V in Verdict | "unmanaged"]: number };
  /** Findings of the rules that nobody has acknowledged. */
  readonly openFindings: number;
  readonly stacks: readonly ReportStack[];
  readonly unmanaged: readonly ReportTask[];
}

export interface ReportSettings {
  readonly now: Date;
  readonly language: Language;
}

/**
 * What the previews say, and which tasks of the project none of them holds.
 *
 * @throws when the stack configuration of the review is not as documented
 */
export function reportOf(
  previews: readonly Preview[],
  unmanaged: readonly UnmanagedTask[],
  settings: ReportSettings,
): Report {
  const stacks = previews.map((preview) => stackOf(preview, settings));
  const foreign = unmanaged.map((task) => unmanagedTask(task, settings));
  const all = [...stacks.flatMap(({ tasks }) => tasks), ...foreign];
  const count = (verdict: ReportTask["verdict"]): number => all.filter((task) => task.verdict === verdict).length;
  return {
    version: 1,
    at: settings.now.toISOString(),
    language: settings.language,
    counts: {
      planned: count("planned"),
      new: count("new"),
      removed: count("removed"),
      replaced: count("replaced"),
      drift: count("drift"),
      both: count("both"),
      gone: count("gone"),
      unmanaged: count("unmanaged"),
      same: count("same"),
    },
    openFindings: all.flatMap(({ findings }) => findings).filter(({ isAcknowledged }) => !isAcknowledged).length,
    stacks,
    unmanaged: foreign,
  };
}

function stackOf(preview: Preview, settings: ReportSettings): ReportStack {
  const { project, stack, isRefreshed, others, config } = preview;
  const rules = readRuleSettings(config["huaweicloud-workspace:review"]);
  const tasks = reviewTasks(preview).map((task) => {
    const { verdict, name, live, wanted } = task;
    const touched = { name, before: live, after: wanted, isReplaced: verdict === "replaced" };
    const findings = verdict === "same" ? [] : findingsOf(touched, rules, settings.now, settings.language);
    return reportTask(task, findings, settings);
  });
  return { project, stack, isRefreshed, others, tasks: [...tasks].sort(byOrder) };
}

/** What needs a decision first, then what is planned, then what is as it was. */
const order: readonly ReportTask["verdict"][] = [
  "gone",
  "both",
  "drift",
  "replaced",
  "removed",
  "planned",
  "new",
  "same",
];
const byOrder = (a: ReportTask, b: ReportTask): number =>
  rank(a) - rank(b) || (a.name < b.name ? -1 : Number(a.name > b.name));
const rank = ({ verdict }: ReportTask): number => order.indexOf(verdict);

function reportTask(task: TaskReview, findings: readonly Finding[], settings: ReportSettings): ReportTask {
  const { now, language } = settings;
  const { verdict, name, declaredAs, urn, id, state, live, wanted, fields, hidden } = task;
  const shown = wanted ?? live ?? state ?? {};
  return {
    verdict,
    name,
    ...identity(shown, urn, id, declaredAs),
    sentence: taskSentence(shown, now, language),
    happened: happenedTo(task, now, language),
    willHappen: whatUpDoes(task, now, language),
    fields: fields.map((one) => fieldOf(one, language)),
    hidden,
    waysOut: waysOut(task, language),
    findings,
    runs: { before: runsOf(live, now), after: runsOf(wanted, now) },
    targets: targetsOf(shown),
  };
}

/** What somebody did in the cloud. The next run that follows from it is no news: an `up` decides that. */
function happenedTo({ verdict, fields, state, live }: TaskReview, now: Date, language: Language): string | null {
  if (verdict === "gone") return words[language].gone;
  const isDrifted = fields.some(({ cause }) => cause !== "planned");
  return isDrifted && state && live ? changeSentence(state, live, now, language) : null;
}

function whatUpDoes(
  { verdict, fields, hidden, live, wanted }: TaskReview,
  now: Date,
  language: Language,
): string | null {
  if (verdict === "removed") return live ? words[language].deletes(taskSentence(live, now, language)) : null;
  if (hidden.length > 0) return words[language].hidden(hidden.join(", "));
  return live && wanted && fields.length > 0 ? changeSentence(live, wanted, now, language) : null;
}

const identity = (inputs: Inputs, urn: string | null, id: string | undefined, declaredAs: string | null) => ({
  taskType: textOf(inputs.taskType),
  declaredAs,
  urn,
  id: id ?? null,
  timeZone: textOf(inputs.timeZone),
});

const textOf = (value: unknown): string | null => (typeof value === "string" && !isUnknown(value) ? value : null);

function unmanagedTask({ id, inputs }: UnmanagedTask, { now, language }: ReportSettings): ReportTask {
  const name = String(inputs.taskName ?? id);
  return {
    verdict: "unmanaged",
    name,
    ...identity(inputs, null, id, null),
    sentence: taskSentence(inputs, now, language),
    happened: null,
    willHappen: null,
    fields: [],
    hidden: [],
    waysOut: [
      {
        what: words[language].importIt,
        code: `pulumi import huaweicloud-workspace:index:ScheduledTask -- ${shellWord(name)} ${shellWord(id)}`,
      },
      { what: words[language].adopt, code: `adoptTaskId: ${JSON.stringify(id)}` },
    ],
    findings: [],
    runs: { before: runsOf(inputs, now), after: runsOf(inputs, now) },
    targets: targetsOf(inputs),
  };
}

/** One word for a shell, whatever it holds: anybody in the console may name a task. */
const shellWord = (text: string): string =>
  /^[\w./:=-]+$/.test(text) && !text.startsWith("-") ? text : `'${text.replaceAll("'", "'\\''")}'`;

const fieldOf = ({ field, cause, old, live, wanted }: FieldReview, language: Language): ReportField => {
  const shown = (value: unknown): unknown =>
    isUnknown(value) ? words[language].unknown : (readable(field, value) ?? null);
  return {
    name: field.name,
    label: field.label[language],
    cause,
    old: shown(old),
    live: shown(live),
    wanted: shown(wanted),
  };
};

/** Canonical JSON is a text; a report shows what it says. */
const readable = (field: Row, value: unknown): unknown => {
  if (field.type !== "json" || typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

/** Both ways out of a drift; an edit is written as in TypeScript and YAML alike. */
function waysOut(
  { stack, urn, verdict, fields, declaredAs, live }: TaskReview,
  language: Language,
): ReportTask["waysOut"] {
  const text = words[language];
  const up = `pulumi up --stack ${shellWord(stack)} --refresh --target ${shellWord(urn)}`;
  if (verdict === "gone") {
    return [
      { what: text.makeAgain, code: up },
      { what: text.leaveDeleted(declaredAs), code: null },
    ];
  }
  const drifted = fields.filter(({ cause }) => cause !== "planned");
  if (drifted.length === 0) return [];
  const edits = drifted.map(({ field }) => {
    const value = readable(field, canonical(field, live?.[field.name] ?? field.default));
    return value === undefined ? `- ${field.name}` : `${field.name}: ${JSON.stringify(value)}`;
  });
  return [
    { what: text.restore, code: up },
    { what: text.keep(declaredAs), code: edits.join(", ") },
  ];
}

/** What happened before what an `up` does about it; when it runs, where nothing changes. */
export function storyOf({ sentence, happened, willHappen }: ReportTask, text: Words): string {
  if (happened === null) return willHappen ?? sentence;
  return willHappen === null ? happened : text.story(happened, willHappen);
}

export function runsOf(inputs: Inputs | undefined, now: Date): number[] {
  if (inputs === undefined) return [];
  const end = now.getTime() + calendarDays * 86_400_000;
  return nextRuns(inputs, now, mostRuns)
    .map(({ at }) => at.epochMilliseconds)
    .filter((ms) => ms <= end)
    .map((ms) => Math.floor(ms / 60_000));
}

export const targetsOf = ({ applyObjects }: Inputs): string[] =>
  Array.isArray(applyObjects)
    ? applyObjects
        .filter((target) => !isUnknown(target))
        .map(({ objectType, objectId }) => (objectType === "ALL_DESKTOPS" ? objectType : `${objectType} ${objectId}`))
    : [];
