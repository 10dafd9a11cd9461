/** One task that differs, or that no stack holds: what happens to it, when it runs, and what a reviewer can do. */
import type { Language } from "../../provider/scheduledTask/fields";
import type { ReportTask } from "../report";
import type { Finding } from "../rules";
import { type Words, words } from "../words";
import { actionName, targetName } from "./actions";
import { fieldLines, fieldTable } from "./fieldTable";
import { mostTargets } from "./length";
import { type Markup, markup, type Part } from "./markup";
import { moment } from "./moment";
import { usableZone } from "./moments";
import { waysOut } from "./waysOut";
import { fill, pageWords } from "./words";

/**
 * @param place of the task among all; it names the card
 * @param isBrief whether to leave out what the calendar and the search tell, and tables
 */
export function card(task: ReportTask, place: number, isBrief: boolean, language: Language): Markup {
  const { verdict, name, taskType, timeZone } = task;
  const [text, page] = [words[language], pageWords[language]];
  const heading = `name-${place}`;
  const details = isBrief
    ? [facts(happenings(task, language)), fieldLines(task, language)]
    : [facts([...happenings(task, language), ...particulars(task, language)]), fieldTable(task, heading, language)];
  const means = verdict === "same" || isBrief ? null : markup`<span class="means">${page.means[verdict]}</span>`;
  const action = taskType ? markup`<span class="action">${actionName(taskType, language)}</span>` : null;
  return markup`<article class="card ${verdict}" id="task-${place}" data-zone="${usableZone(timeZone)}">
<header><span class="badge">${text.verdicts[verdict]}</span><h4 id="${heading}">${name}</h4>${action}${means}</header>
${findings(task, text)}${details}${waysOut(task)}</article>
`;
}

const findings = ({ findings: found }: ReportTask, text: Words): Part =>
  found.length === 0 ? null : markup`<ul class="findings">${found.map((one) => finding(one, text))}</ul>\n`;

/** A finding of a rule; one that somebody has acknowledged says so. */
export const finding = ({ rule, text: what, isAcknowledged }: Finding, text: Words): Markup =>
  markup`<li${isAcknowledged ? markup` class="seen"` : null}>${what} <code>${rule}</code>${isAcknowledged ? ` (${text.acknowledged})` : null}</li>`;

type Fact = readonly [label: string, what: Part];

const facts = (all: readonly Fact[]): Markup =>
  markup`<dl>${all.map(([label, what]) => markup`<dt>${label}<dd>${what}`)}</dl>
`;

function happenings({ sentence, happened, willHappen }: ReportTask, language: Language): Fact[] {
  const page = pageWords[language];
  if (!happened && !willHappen) return [[page.schedule, sentence]];
  return [
    ...(happened ? [[page.happened, happened] as const] : []),
    ...(willHappen ? [[page.willHappen, willHappen] as const] : []),
  ];
}

function particulars(task: ReportTask, language: Language): Fact[] {
  const { name, declaredAs, id } = task;
  const page = pageWords[language];
  return [
    [page.nextRun, nextRun(task, language)],
    [page.targets, targets(task, language)],
    ...(declaredAs === null || declaredAs === name ? [] : [[page.declared, declaredAs] as const]),
    ...(id === null ? [] : [["ID", id] as const]),
  ];
}

function nextRun({ runs, timeZone, scheduledType, sentence }: ReportTask, language: Language): Part {
  if (scheduledType === "LIFE_CYCLE") return sentence;
  const zone = usableZone(timeZone);
  const page = pageWords[language];
  const [[before], [after]] = [runs.before, runs.after];
  const next = after === undefined ? page.noRun : moment(zone, after, language);
  if (before === undefined || before === after) return next;
  return markup`${next} <span class="was">(${page.nextRunWas} ${moment(zone, before, language)})</span>`;
}

function targets({ targets: named }: ReportTask, language: Language): Part {
  const page = pageWords[language];
  if (named.length === 0) return page.noTargets;
  const shown = named.slice(0, mostTargets).map((target) => targetName(target, language));
  const rest = named.length - mostTargets;
  return [shown.join(", "), rest > 0 ? `, ${fill(page.more, rest)}` : null];
}
