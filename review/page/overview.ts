/** What a reviewer reads first: how much changes, when, and what to look at twice. */
import type { Language } from "../../provider/scheduledTask/fields";
import { type Conflict, mostPairs } from "../conflicts";
import type { Report, ReportTask } from "../report";
import { type Words, words } from "../words";
import { finding } from "./card";
import { fitting } from "./length";
import type { NameOf } from "./link";
import { type Markup, markup, type Part } from "./markup";
import { nextChange } from "./nextChange";
import { fill, pageWords } from "./words";

/** So many are listed before the cards, which tell the rest. */
const mostFindings = 60;
const mostFindingBytes = 100_000;
/** Bytes of what could not be told. */
const mostNotes = 50_000;

export function overview(
  report: Report,
  tasks: readonly ReportTask[],
  conflicts: readonly Conflict[],
  nameOf: NameOf,
): Markup {
  const { answers, openFindings, language } = report;
  const page = pageWords[language];
  const tile = (kind: keyof typeof page.tiles, count: number, place: string, isMore = false): Markup =>
    markup`<li class="${count > 0 ? kind : "zero"}"><a href="#${place}"><b>${count}${isMore ? "+" : null}</b> ${page.tiles[kind]}</a></li>`;
  return markup`<section aria-labelledby="summary"><h2 id="summary" class="sr">${page.sections.summary}</h2>
<ul class="tiles">${tile("changes", answers.code, "changes")}${tile("drift", answers.cloud, "changes")}${tile(
    "findings",
    openFindings,
    openFindings > 0 ? "findings" : "changes",
  )}${tile("conflicts", conflicts.length, "targets", conflicts.length >= mostPairs)}</ul>
${nextChange(tasks, nameOf, language)}${notes(report, words[language])}</section>
`;
}

function notes({ stacks, leftToOwners, language }: Report, text: Words): Part {
  const told = stacks.flatMap(({ stack, notes: noted }) =>
    noted.map((note) => (stacks.length > 1 ? `${text.stack} ${stack}: ${note}` : note)),
  );
  const owners = Object.entries(leftToOwners).map(([owner, count]) => `${owner} (${count})`);
  const all = [...told, ...(owners.length > 0 ? [text.leftToOwners(owners.join(", "))] : [])];
  const shown = fitting(
    all.map((note) => markup`<p class="note">${note}</p>\n`),
    mostNotes,
  );
  const rest = all.length - shown.length;
  return [...shown, rest > 0 ? markup`<p class="note">${fill(pageWords[language].moreInJson, rest)}</p>\n` : null];
}

/** What the rules say, task by task; what nobody has acknowledged first. */
export function findingList(tasks: readonly ReportTask[], nameOf: NameOf, language: Language): Part {
  const [text, page] = [words[language], pageWords[language]];
  const found = tasks
    .map((task) => ({ task, isOpen: task.findings.some(({ isAcknowledged }) => !isAcknowledged) }))
    .filter(({ task }) => task.findings.length > 0)
    .sort((a, b) => Number(b.isOpen) - Number(a.isOpen));
  if (found.length === 0) return null;
  const items = found.slice(0, mostFindings).map(({ task }) => {
    const inner = task.findings.map((one) => finding(one, text));
    return markup`<li>${nameOf(task)}<ul class="findings">${inner}</ul></li>`;
  });
  const shown = fitting(items, mostFindingBytes);
  const rest = found.length - shown.length;
  return markup`<section aria-labelledby="findings"><h2 id="findings">${page.sections.findings}</h2>
<ul class="look">${shown}${rest > 0 ? markup`<li>${fill(page.more, rest)}</li>` : null}</ul></section>
`;
}
