/** One file with all that a reviewer needs, which asks nothing of anybody: opened from an artifact or an e-mail. */
import { createHash } from "node:crypto";
import { type Conflict, conflictsOf } from "./conflicts";
import { withoutTurns } from "./direction";
import { pageScript, pageStyle } from "./generated/page";
import { calendarSection } from "./page/calendarSection";
import { type Cards, cardsWithin } from "./page/cards";
import { allTasks, dataWithin, type EmbeddedData } from "./page/data";
import { filterBar } from "./page/filterBar";
import { bytesOf, hasCard, isLong, mostBytes } from "./page/length";
import { type NameOf, namesIn } from "./page/link";
import { embeddedCode, type Markup, markup, type Part } from "./page/markup";
import { zonedMoment } from "./page/moment";
import { findingList, overview } from "./page/overview";
import { shownOf } from "./page/shown";
import { targetSection } from "./page/targetSection";
import { fill, fillCount, pageWords } from "./page/words";
import type { Report, ReportStack, ReportTask } from "./report";
import { type SharedTarget, sharedTargets } from "./targets";
import { type Words, words } from "./words";

const languageTags = { en: "en", zh: "zh-CN" };

/** What a page is made of. */
interface Content {
  readonly report: Report;
  /** The same with the tasks that there is room for. */
  readonly shown: Report;
  readonly conflicts: readonly Conflict[];
  readonly shared: readonly SharedTarget[];
  readonly nameOf: NameOf;
}

/** For the sentence that says what is left out. */
const noteBytes = 2000;
/** What cards may take of the room; the rest is for the targets that are searched. */
const cardShare = 0.75;

/** The page. What changes is in its HTML; the calendar, the unchanged tasks and the filter are made by its script. */
export function html(report: Report): string {
  const shown = shownOf(report);
  const [all, tasks] = [allTasks(report), allTasks(shown)];
  const content = {
    report,
    shown,
    conflicts: conflictsOf(all),
    shared: sharedTargets(all),
    nameOf: namesIn(tasks),
  };
  const none: Cards = { markup: new Map(), shortened: new Set(tasks) };
  const least = dataWithin(shown, none.shortened, 0);
  const room = mostBytes - noteBytes - bytesOf(page(content, none, least));
  const cards = cardsWithin(tasks, room * cardShare, report.language);
  const used = [...cards.markup.values()].reduce((sum, one) => sum + bytesOf(one), 0);
  const data = dataWithin(shown, cards.shortened, room - used + bytesOf(least.markup));
  return page(content, cards, data).text;
}

function page(content: Content, cards: Cards, data: EmbeddedData): Markup {
  const { report } = content;
  const title = titleOf(report);
  return markup`<!doctype html>
<html lang="${languageTags[report.language]}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${withoutTurns(title)}</title>
<style>${embeddedCode(pageStyle)}</style>
</head>
<body>
${body(content, title, cards, data)}<script type="application/json" id="data">${data.markup}</script>
<script>${embeddedCode(pageScript)}</script>
</body>
</html>
`;
}

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Nothing is fetched, and no script or style runs but these two. */
const policy = [
  "default-src 'none'",
  `script-src ${hashOf(pageScript)}`,
  `style-src ${hashOf(pageStyle)}`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** So many stacks are named in the title. */
const mostNamed = 5;

function titleOf({ stacks, language }: Report): string {
  const page = pageWords[language];
  const names = stacks.map(({ project, stack }) => `${project}/${stack}`);
  const rest = names.length - mostNamed;
  const named = [...names.slice(0, mostNamed), ...(rest > 0 ? [fill(page.more, rest)] : [])].join(page.list);
  return [page.title, named].filter(Boolean).join(page.colon);
}

function body(
  { report, shown, conflicts, shared, nameOf }: Content,
  title: string,
  cards: Cards,
  data: EmbeddedData,
): Markup {
  const { language, at } = report;
  const page = pageWords[language];
  const tasks = allTasks(report);
  const reviewed = zonedMoment("UTC", Math.floor(Date.parse(at) / 60_000), language);
  return markup`<a class="skip" href="#changes">${page.skip}</a>
<header class="top"><div><h1><bdi>${title}</bdi></h1><p data-zone="UTC">${page.reviewed} ${reviewed}</p></div></header>
<main${isLong(tasks) ? markup` class="long"` : null}>
<p class="note" id="no-script">${page.noScript}</p>
${overview(report, tasks, conflicts, nameOf)}${findingList(tasks, nameOf, language)}${filterBar(report)}<section aria-labelledby="changes"><h2 id="changes" tabindex="-1">${page.sections.changes}</h2>
${lengthNote(tasks.length - allTasks(shown).length, cards, data, report)}<p id="no-match" hidden>${page.script.noMatch}</p>
${groups(shown, cards)}<details id="unchanged"><summary>${fill(page.script.unchanged, report.counts.same)}</summary><ul></ul></details></section>
${calendarSection(tasks, nameOf, language)}${targetSection(conflicts, shared, nameOf, language)}</main>
`;
}

/** What the page leaves out, and where the whole is; nothing where it has all. */
function lengthNote(
  leftOut: number,
  { markup: cards, shortened }: Cards,
  { searchedTargets }: EmbeddedData,
  report: Report,
): Part {
  const { length, colon } = pageWords[report.language];
  const count = cards.size === 0 ? 0 : shortened.size;
  const parts = [
    ...(count > 0 ? [fillCount(length.shortened, count)] : []),
    ...(leftOut > 0 ? [fillCount(length.leftOut, leftOut)] : []),
    ...(searchedTargets === null ? [] : [fillCount(length.searched, searchedTargets)]),
  ];
  const { separator } = words[report.language];
  return parts.length === 0
    ? null
    : markup`<p class="note" id="length">${[length.why, colon, [...parts, length.whole].join(separator)]}</p>\n`;
}

/** The cards of each stack, then of what none of them holds. */
function groups({ stacks, unmanaged, language }: Report, cards: Cards): Part {
  const text = words[language];
  const group = (heading: string, note: string | null, tasks: readonly ReportTask[]): Part => {
    if (note === null && !tasks.some(hasCard)) return null;
    return markup`<div class="group"><h3><bdi>${heading}</bdi></h3>
${note === null ? null : markup`<p class="sub">${note}</p>\n`}${tasks.map((task) => cards.markup.get(task) ?? null)}</div>
`;
  };
  return [
    stacks.map(({ project, stack, others, tasks }) =>
      group(`${text.stack} ${project}/${stack}`, othersText(others, text), tasks),
    ),
    unmanaged.length > 0 ? group(text.verdicts.unmanaged, null, unmanaged) : null,
  ];
}

function othersText(others: ReportStack["others"], text: Words): string | null {
  const counted = Object.entries(others).map(([operation, count]) => `${count} ${operation}`);
  return counted.length > 0 ? text.others(counted.join(", ")) : null;
}
