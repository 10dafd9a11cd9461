/** The fields that differ: as the last run left them, as the cloud has them, as the code wants them. */
import type { Language } from "../../provider/scheduledTask/fields";
import type { ReportField, ReportTask } from "../report";
import { valueText } from "../valueText";
import { words } from "../words";
import { targetName } from "./actions";
import { isolated, type Markup, markup, type Part } from "./markup";
import { fill, pageWords } from "./words";

/** Of a long list, so many items that all versions share, and so many that they do not. */
const mostCommon = 8;
const mostOwn = 40;

/**
 * A table with a row for each field; nothing when no field differs.
 *
 * @param heading id of the element that names the task
 */
export function fieldTable({ fields }: ReportTask, heading: string, language: Language): Part {
  if (fields.length === 0) return null;
  const [text, page] = [words[language], pageWords[language]];
  return markup`<table class="fields" aria-labelledby="${heading}">
<thead><tr><th>${text.field}<th>${text.old}<th>${text.live}<th>${text.wanted}<th>${page.why}</thead>
<tbody>${fields.map((field) => row(field, language))}</tbody></table>
`;
}

function row(field: ReportField, language: Language): Markup {
  const [old, live, wanted] = cells(field, language);
  return markup`<tr><th scope="row">${field.label}<td>${old}<td>${live}<td>${wanted}<td class="why">${words[language].cause[field.cause]}`;
}

/** The same on a line for each field, where a page has so many tasks that tables would make it too long. */
export function fieldLines({ fields }: ReportTask, language: Language): Markup[] {
  const text = words[language];
  return fields.map((field) => {
    const [old, live, wanted] = cells(field, language);
    return markup`<p>${field.label}: ${text.old} ${old}; ${text.live} ${live}; ${text.wanted} ${wanted}</p>`;
  });
}

/** What differs from the version before it is marked. */
function cells({ old, live, wanted }: ReportField, language: Language): [Part, Part, Part] {
  const versions = [old, live, wanted];
  const cell = (value: unknown, previous: unknown, kind: string): Part => {
    const shown = shownValue(value, versions, language);
    return JSON.stringify(value) === JSON.stringify(previous) ? shown : markup`<mark class="${kind}">${shown}</mark>`;
  };
  return [cell(old, old, ""), cell(live, old, "drifted"), cell(wanted, live, "put")];
}

function shownValue(value: unknown, versions: readonly unknown[], language: Language): Part {
  if (value === null) return markup`<i>${words[language].none}</i>`;
  return Array.isArray(value) ? listOf(value, versions, language) : isolated(valueText(value));
}

/** A list shows what not every version holds; the rest is counted when it is long. */
function listOf(items: readonly unknown[], versions: readonly unknown[], language: Language): Part {
  const page = pageWords[language];
  const textsOf = (version: unknown): string[] =>
    Array.isArray(version) ? version.map((item) => itemText(item, language)) : [];
  const lists = versions.map((version) => new Set(textsOf(version)));
  const isCommon = (item: string): boolean => lists.every((list) => list.has(item));
  const texts = textsOf(items);
  const [own, common] = [texts.filter((item) => !isCommon(item)), texts.filter(isCommon)];
  const shown: Part[] = [
    ...own.slice(0, mostOwn).map((item) => markup`<b>${isolated(item)}</b>`),
    ...(own.length > mostOwn ? [fill(page.more, own.length - mostOwn)] : []),
    ...(common.length > mostCommon ? [fill(page.inCommon, common.length)] : common.map(isolated)),
  ];
  return shown.length === 0 ? "[]" : shown.map((item, place) => markup`${place > 0 ? ", " : null}${item}`);
}

/** A target as a report names it, and any other item of a list. */
function itemText(item: unknown, language: Language): string {
  if (typeof item !== "object" || item === null || !("objectType" in item)) return valueText(item);
  return targetName([item.objectType, "objectId" in item ? item.objectId : ""].join(" "), language);
}
