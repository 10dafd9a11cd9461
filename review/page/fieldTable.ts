/** The fields that differ: as the last run left them, as the cloud has them, as the code wants them. */
import type { Language } from "../../provider/scheduledTask/fields";
import { causeText } from "../causeText";
import type { ReportField, ReportTask } from "../report";
import { cut, valueText } from "../valueText";
import { words } from "../words";
import { targetName } from "./actions";
import type { Detail } from "./length";
import { isolated, type Markup, markup, type Part } from "./markup";
import { fill, joined, pageWords } from "./words";

/**
 * A table with a row for each field; nothing when no field differs.
 *
 * @param heading id of the element that names the task
 */
export function fieldTable(task: ReportTask, heading: string, detail: Detail, language: Language): Part {
  const { fields } = task;
  if (fields.length === 0) return null;
  const [text, page] = [words[language], pageWords[language]];
  return markup`<table class="fields" aria-labelledby="${heading}">
<thead><tr><th>${text.field}<th>${text.old}<th>${text.live}<th>${text.wanted}<th>${page.why}</thead>
<tbody>${fields.map((field) => row(field, task, detail, language))}</tbody></table>
`;
}

function row(field: ReportField, task: ReportTask, detail: Detail, language: Language): Markup {
  const [old, live, wanted] = cells(field, detail, language);
  return markup`<tr><th scope="row">${field.label}<td>${old}<td>${live}<td>${wanted}<td class="why">${causeText(field, task, words[language])}`;
}

/** The same on a line for each field, where a page has so many tasks that tables would make it too long. */
export function fieldLines({ fields }: ReportTask, detail: Detail, language: Language): Markup[] {
  const text = words[language];
  return fields.map((field) => {
    const [old, live, wanted] = cells(field, detail, language);
    const versions = joined(
      [
        [text.old, " ", old],
        [text.live, " ", live],
        [text.wanted, " ", wanted],
      ],
      text.separator,
    );
    return markup`<p>${field.label}${pageWords[language].colon}${versions}</p>`;
  });
}

/** What differs from the version before it is marked. */
function cells({ old, live, wanted }: ReportField, detail: Detail, language: Language): [Part, Part, Part] {
  const versions = [old, live, wanted];
  const cell = (value: unknown, previous: unknown, kind: string): Part => {
    const shown = shownValue(value, versions, detail, language);
    return JSON.stringify(value) === JSON.stringify(previous) ? shown : markup`<mark class="${kind}">${shown}</mark>`;
  };
  return [cell(old, old, ""), cell(live, old, "drifted"), cell(wanted, live, "put")];
}

function shownValue(value: unknown, versions: readonly unknown[], detail: Detail, language: Language): Part {
  if (value === null) return markup`<i>${words[language].none}</i>`;
  if (Array.isArray(value)) return listOf(value, versions, detail, language);
  return isolated(cut(valueText(value, words[language]), detail.mostText));
}

/** A list marks what not every version holds; of a long one that comes first, and the rest is counted. */
function listOf(items: readonly unknown[], versions: readonly unknown[], detail: Detail, language: Language): Part {
  const { mostOwn, mostCommon, mostText } = detail;
  const [text, page] = [words[language], pageWords[language]];
  const textsOf = (version: unknown): string[] =>
    Array.isArray(version) ? version.map((item) => itemText(item, language)) : [];
  const lists = versions.map((version) => new Set(textsOf(version)));
  const isCommon = (item: string): boolean => lists.every((list) => list.has(item));
  const shownItem = (item: string): Part =>
    isCommon(item) ? isolated(cut(item, mostText)) : markup`<b>${isolated(cut(item, mostText))}</b>`;
  const texts = textsOf(items);
  const [own, common] = [texts.filter((item) => !isCommon(item)), texts.filter(isCommon)];
  const isShort = own.length <= mostOwn && common.length <= mostCommon;
  const shown: Part[] = isShort
    ? texts.map(shownItem)
    : [
        ...own.slice(0, mostOwn).map(shownItem),
        ...(own.length > mostOwn ? [fill(page.moreInJson, own.length - mostOwn)] : []),
        ...(common.length > mostCommon ? [text.inCommon(common.length)] : common.map(shownItem)),
      ];
  return shown.length === 0 ? "[]" : joined(shown, page.list);
}

/** A target as a report names it, and any other item of a list. */
function itemText(item: unknown, language: Language): string {
  if (typeof item !== "object" || item === null || !("objectType" in item)) return valueText(item, words[language]);
  return targetName([item.objectType, "objectId" in item ? item.objectId : ""].join(" "), language);
}
