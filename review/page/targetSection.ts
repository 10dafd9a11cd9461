/** Targets of several tasks, and the conflicts on them. */
import type { Language } from "../../provider/scheduledTask/fields";
import type { Conflict } from "../conflicts";
import type { ReportTask } from "../report";
import type { SharedTarget } from "../targets";
import { actionName, targetName } from "./actions";
import { type Markup, markup, type Part } from "./markup";
import { moment } from "./moment";
import { usableZone } from "./moments";
import { fill, type PageWords, pageWords } from "./words";

/** Longer lists are cut, and say so. */
const mostConflicts = 100;
const mostShared = 200;
const mostItems = 12;

export function targetSection(
  tasks: readonly ReportTask[],
  conflicts: readonly Conflict[],
  shared: readonly SharedTarget[],
  language: Language,
): Markup {
  const page = pageWords[language];
  const link = linkTo(tasks, language);
  return markup`<section aria-labelledby="targets"><h2 id="targets">${page.sections.targets}</h2>
${conflicts.length === 0 ? markup`<p>${page.noConflict}</p>\n` : conflictList(conflicts, link, language)}${sharedTable(shared, link, language)}<p class="note">${page.compared}</p></section>
`;
}

type Link = (task: ReportTask) => Markup;

/** The name and action of a task, linked to its card where it has one. */
function linkTo(tasks: readonly ReportTask[], language: Language): Link {
  const places = new Map(tasks.map((task, place) => [task, place]));
  return (task) => {
    const name = markup`<bdi>${task.name}</bdi>`;
    const linked = task.verdict === "same" ? name : markup`<a href="#task-${places.get(task) ?? 0}">${name}</a>`;
    return markup`${linked}${task.taskType ? markup` <span class="action">${actionName(task.taskType, language)}</span>` : null}`;
  };
}

function conflictList(conflicts: readonly Conflict[], link: Link, language: Language): Markup {
  const page = pageWords[language];
  const items = conflicts.slice(0, mostConflicts).map((conflict) => {
    const { kind, first, second, isPossible, at, count, targets } = conflict;
    const zone = usableZone(second.timeZone);
    const often = count > 1 ? fill(page.count, count) : page.once;
    return markup`<li data-zone="${zone}"><strong>${page.conflicts[kind]}</strong>${isPossible ? markup` <span class="badge may">${page.mayBe}</span>` : null}
<p>${link(first)}, ${page.followedBy} ${link(second)}</p>
<p class="sub">${cut(
      targets.map((target) => targetName(target, language)),
      page,
    )}; ${page.first} ${moment(zone, at, language)}, ${often}</p></li>`;
  });
  const rest = conflicts.length - mostConflicts;
  return markup`<ul class="conflicts">${items}${rest > 0 ? markup`<li>${fill(page.more, rest)}</li>` : null}</ul>
`;
}

function sharedTable(shared: readonly SharedTarget[], link: Link, language: Language): Markup {
  const page = pageWords[language];
  if (shared.length === 0) return markup`<p>${page.noShared}</p>\n`;
  const rows = shared
    .slice(0, mostShared)
    .map(
      ({ target, tasks }) =>
        markup`<tr><th scope="row"><bdi>${targetName(target, language)}</bdi></th><td>${cut(tasks.map(link), page)}</td></tr>`,
    );
  const rest = shared.length - mostShared;
  return markup`<details><summary>${fill(page.shared, shared.length)}</summary>
<table class="shared"><thead><tr><th scope="col">${page.target}</th><th scope="col">${page.tasks}</th></tr></thead>
<tbody>${rows}</tbody></table>${rest > 0 ? markup`<p>${fill(page.more, rest)}</p>` : null}</details>
`;
}

const cut = (items: readonly Part[], page: PageWords): Part => [
  items.slice(0, mostItems).map((item, place) => markup`${place > 0 ? ", " : null}${item}`),
  items.length > mostItems ? `, ${fill(page.more, items.length - mostItems)}` : null,
];
