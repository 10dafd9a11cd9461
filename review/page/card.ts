/** One task that differs, or that no stack holds: what happens to it, when it runs, and what a reviewer can do. */

import type { Language } from "../../provider/scheduledTask/fields";
import type { ReportTask } from "../report";
import type { Finding } from "../rules";
import type { Untold } from "../untold";
import { cut } from "../valueText";
import { type Words, words } from "../words";
import { actionName, targetName } from "./actions";
import { fieldLines, fieldTable } from "./fieldTable";
import { type Detail, mostTargets } from "./length";
import { isolated, type Markup, markup, type Part } from "./markup";
import { moment, zonedMoment, zoneOf } from "./moment";
import { waysOut } from "./waysOut";
import { around, fill, joined, pageWords } from "./words";

/** @param place of the task among all; it names the card */
export function card(task: ReportTask, place: number, detail: Detail, language: Language): Markup {
  const { verdict, name, taskType, timeZone } = task;
  const [text, page] = [words[language], pageWords[language]];
  const heading = `name-${place}`;
  const isTable = detail.fields === "table";
  const action = taskType ? markup`<span class="action">${actionName(taskType, language)}</span>` : null;
  const isShortened = isTable ? null : markup`<span class="cut">${page.shortened}</span>`;
  const means = verdict === "same" || !isTable ? null : markup`<span class="means">${page.means[verdict]}</span>`;
  return markup`<article class="card ${verdict}" id="task-${place}" data-zone="${zoneOf(timeZone)}">
<header><span class="badge">${text.verdicts[verdict]}</span><h4 id="${heading}">${name}</h4>${action}${isShortened}${means}</header>
${findings(task, text)}${contentOf(task, heading, detail, language)}</article>
`;
}

function contentOf(task: ReportTask, heading: string, detail: Detail, language: Language): Part {
  const told = happenings(task, language);
  if (detail.fields === "none") return facts(told.map(([label, what]) => [label, cut(what, detail.mostText)]));
  const fields =
    detail.fields === "lines"
      ? [facts(told), fieldLines(task, detail, language)]
      : [facts([...told, ...particulars(task, language)]), fieldTable(task, heading, detail, language)];
  return [...fields, waysOut(task, detail, language)];
}

const findings = ({ findings: found }: ReportTask, text: Words): Part =>
  found.length === 0 ? null : markup`<ul class="findings">${found.map((one) => finding(one, text))}</ul>\n`;

/** A finding of a rule; one that somebody has acknowledged says so. */
export const finding = ({ rule, text: what, isAcknowledged }: Finding, text: Words): Markup =>
  markup`<li${isAcknowledged ? markup` class="seen"` : null}>${what} <code>${rule}</code>${isAcknowledged ? fill(pageWords[text.language].remark, text.acknowledged) : null}</li>`;

type Fact = readonly [label: string, what: Part];

const facts = (all: readonly Fact[]): Markup =>
  markup`<dl>${all.map(([label, what]) => markup`<dt>${label}<dd>${what}`)}</dl>
`;

function happenings({ sentence, happened, willHappen }: ReportTask, language: Language): [string, string][] {
  const page = pageWords[language];
  if (!happened && !willHappen) return [[page.schedule, sentence]];
  return [
    ...(happened ? [[page.happened, happened] satisfies [string, string]] : []),
    ...(willHappen ? [[page.willHappen, willHappen] satisfies [string, string]] : []),
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

/** Why something is not told. */
export const untoldText = (why: Untold, language: Language): string =>
  why === "secret" ? pageWords[language].secret : words[language].unknown;

function nextRun(task: ReportTask, language: Language): Part {
  const { verdict, runs, untold, timeZone, scheduledType, sentence } = task;
  const [zone, page] = [zoneOf(timeZone), pageWords[language]];
  if (untold.runs === null && scheduledType === "LIFE_CYCLE") return sentence;
  const [[before], [after]] = [runs.before ?? [], runs.after ?? []];
  const none = verdict === "removed" ? page.noRunDeleted : page.noRun;
  const why = untold.runs === null ? none : untoldText(untold.runs, language);
  const next = after === undefined ? why : zonedMoment(zone, after, language);
  if (before === undefined || before === after) return next;
  const was = after === undefined ? zonedMoment(zone, before, language) : moment(zone, before, language);
  return markup`${next}<span class="was">${around(page.nextRunWas, was)}</span>`;
}

function targets({ targets: named, untold }: ReportTask, language: Language): Part {
  const page = pageWords[language];
  const why = untold.targets && untoldText(untold.targets, language);
  if (named.length === 0) return why ?? page.noTargets;
  const rest = named.length - mostTargets;
  const shown = [
    ...named.slice(0, mostTargets).map((target) => isolated(targetName(target, language))),
    ...(rest > 0 ? [fill(page.more, rest)] : []),
    ...(why === null ? [] : [fill(page.otherTargets, why)]),
  ];
  return joined(shown, page.list);
}
