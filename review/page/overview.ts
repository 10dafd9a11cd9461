/** What a reviewer reads first: how much changes, when, and what to look at twice. */
import type { Language } from "../../provider/scheduledTask/fields";
import { type Conflict, mostPairs } from "../conflicts";
import type { Report, ReportTask } from "../report";
import { type Words, words } from "../words";
import { finding } from "./card";
import { type Markup, markup, type Part } from "./markup";
import { moment } from "./moment";
import { usableZone } from "./moments";
import { fill, pageWords } from "./words";

/** So many are listed before the cards, which tell the rest. */
const mostFindings = 60;

export function overview(report: Report, tasks: readonly ReportTask[], conflicts: readonly Conflict[]): Markup {
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
<p class="next">${nextChange(tasks, language)}</p>
${notes(report, words[language])}</section>
`;
}

/** The earliest run that a deployment adds, removes or moves, or that changes otherwise. */
function nextChange(tasks: readonly ReportTask[], language: Language): Part {
  const page = pageWords[language];
  const changed = tasks.flatMap((task, place) => {
    const at = Math.min(...[task.runs.before, task.runs.after].flatMap((runs) => runs[0] ?? []));
    return task.answers.length === 0 || at === Number.POSITIVE_INFINITY ? [] : [{ task, place, at }];
  });
  if (tasks.every(({ verdict }) => verdict === "same")) return page.calm;
  const [next] = changed.sort((a, b) => a.at - b.at);
  if (next === undefined) return page.noNextChange;
  const zone = usableZone(next.task.timeZone);
  return markup`${page.nextChange}: <strong data-zone="${zone}">${moment(zone, next.at, language)}</strong> <a href="#task-${next.place}"><bdi>${next.task.name}</bdi></a>`;
}

function notes({ stacks, leftToOwners }: Report, text: Words): Part {
  const told = stacks.flatMap(({ stack, notes: noted }) =>
    noted.map((note) => (stacks.length > 1 ? `${text.stack} ${stack}: ${note}` : note)),
  );
  const owners = Object.entries(leftToOwners).map(([owner, count]) => `${owner} (${count})`);
  const all = [...told, ...(owners.length > 0 ? [text.leftToOwners(owners.join(", "))] : [])];
  return all.map((note) => markup`<p class="note">${note}</p>\n`);
}

/** What the rules say, task by task; what nobody has acknowledged first. */
export function findingList(tasks: readonly ReportTask[], language: Language): Part {
  const [text, page] = [words[language], pageWords[language]];
  const found = tasks
    .map((task, place) => ({ task, place, isOpen: task.findings.some(({ isAcknowledged }) => !isAcknowledged) }))
    .filter(({ task }) => task.findings.length > 0)
    .sort((a, b) => Number(b.isOpen) - Number(a.isOpen));
  if (found.length === 0) return null;
  const items = found.slice(0, mostFindings).map(({ task, place }) => {
    const inner = task.findings.map((one) => finding(one, text));
    return markup`<li><a href="#task-${place}"><bdi>${task.name}</bdi></a><ul class="findings">${inner}</ul></li>`;
  });
  const rest = found.length - mostFindings;
  return markup`<section aria-labelledby="findings"><h2 id="findings">${page.sections.findings}</h2>
<ul class="look">${items}${rest > 0 ? markup`<li>${fill(page.more, rest)}</li>` : null}</ul></section>
`;
}
