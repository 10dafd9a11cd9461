/** Targets of several tasks, and the conflicts on them. */
import type { Language } from "../../provider/scheduledTask/fields";
import type { Conflict } from "../conflicts";
import type { SharedTarget } from "../targets";
import { words } from "../words";
import { actionName, targetName } from "./actions";
import { fitting } from "./length";
import type { NameOf } from "./link";
import { isolated, type Markup, markup, type Part } from "./markup";
import { zonedMoment, zoneOf } from "./moment";
import { fill, fillCount, joined, type PageWords, pageWords } from "./words";

/** Longer lists are cut, and say so. */
const mostConflicts = 100;
const mostShared = 200;
const mostItems = 12;
const mostListBytes = 150_000;

export function targetSection(
  conflicts: readonly Conflict[],
  shared: readonly SharedTarget[],
  nameOf: NameOf,
  language: Language,
): Markup {
  const page = pageWords[language];
  const named: NameOf = (task) =>
    markup`${nameOf(task)}${task.taskType ? markup` <span class="action">${actionName(task.taskType, language)}</span>` : null}`;
  return markup`<section aria-labelledby="targets"><h2 id="targets">${page.sections.targets}</h2>
${conflicts.length === 0 ? markup`<p>${page.noConflict}</p>\n` : conflictList(conflicts, named, language)}${sharedTable(shared, named, language)}<p class="note">${page.compared}</p></section>
`;
}

function conflictList(conflicts: readonly Conflict[], nameOf: NameOf, language: Language): Markup {
  const page = pageWords[language];
  const items = conflicts.slice(0, mostConflicts).map((conflict) => {
    const { kind, first, second, isPossible, at, count, targets } = conflict;
    const zone = zoneOf(second.timeZone);
    const often = fillCount(page.count, count);
    const where = cut(
      targets.map((target) => isolated(targetName(target, language))),
      page,
    );
    return markup`<li data-zone="${zone}"><strong>${page.conflicts[kind]}</strong>${isPossible ? markup` <span class="badge may">${page.mayBe}</span>` : null}
<p>${nameOf(first)}${page.comma}${page.followedBy} ${nameOf(second)}</p>
<p class="sub">${where}${words[language].separator}${page.first} ${zonedMoment(zone, at, language)}${page.comma}${often}</p></li>`;
  });
  const shown = fitting(items, mostListBytes);
  const rest = conflicts.length - shown.length;
  return markup`<ul class="conflicts">${shown}${rest > 0 ? markup`<li>${fill(page.more, rest)}</li>` : null}</ul>
`;
}

function sharedTable(shared: readonly SharedTarget[], nameOf: NameOf, language: Language): Markup {
  const page = pageWords[language];
  if (shared.length === 0) return markup`<p>${page.noShared}</p>\n`;
  const rows = shared
    .slice(0, mostShared)
    .map(
      ({ target, tasks }) =>
        markup`<tr><th scope="row"><bdi>${targetName(target, language)}</bdi></th><td>${cut(tasks.map(nameOf), page)}</td></tr>`,
    );
  const shown = fitting(rows, mostListBytes);
  const rest = shared.length - shown.length;
  return markup`<details><summary>${fillCount(page.shared, shared.length)}</summary>
<table class="shared"><thead><tr><th scope="col">${page.target}</th><th scope="col">${page.tasks}</th></tr></thead>
<tbody>${shown}</tbody></table>${rest > 0 ? markup`<p>${fill(page.more, rest)}</p>` : null}</details>
`;
}

const cut = (items: readonly Part[], page: PageWords): Part => {
  const rest = items.length - mostItems;
  return joined([...items.slice(0, mostItems), ...(rest > 0 ? [fill(page.more, rest)] : [])], page.list);
};
