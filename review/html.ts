/** One file with all that a reviewer needs, which asks nothing of anybody: opened from an artifact or an e-mail. */
import { createHash } from "node:crypto";
import { conflictsOf } from "./conflicts";
import { pageScript, pageStyle } from "./generated/page";
import { card } from "./page/card";
import { allTasks, pageData } from "./page/data";
import { filterBar } from "./page/filterBar";
import { isBrief, isLong } from "./page/length";
import { embeddedCode, embeddedJson, type Markup, markup, type Part } from "./page/markup";
import { moment } from "./page/moment";
import { findingList, overview } from "./page/overview";
import { targetSection } from "./page/targetSection";
import { fill, pageWords } from "./page/words";
import type { Report, ReportStack, ReportTask } from "./report";
import { sharedTargets } from "./targets";
import { type Words, words } from "./words";

const languageTags = { en: "en", zh: "zh-CN" };

/** The page. What changes is in its HTML; the calendar, the unchanged tasks and the filter are made by its script. */
export function html(report: Report): string {
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
<title>${title}</title>
<style>${embeddedCode(pageStyle)}</style>
</head>
<body>
${body(report, title)}<script type="application/json" id="data">${embeddedJson(pageData(report))}</script>
<script>${embeddedCode(pageScript)}</script>
</body>
</html>
`.text;
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

const titleOf = ({ stacks, language }: Report): string =>
  [pageWords[language].title, stacks.map(({ project, stack }) => `${project}/${stack}`).join(", ")]
    .filter(Boolean)
    .join(": ");

function body(report: Report, title: string): Markup {
  const { language, at } = report;
  const page = pageWords[language];
  const tasks = allTasks(report);
  const conflicts = conflictsOf(tasks);
  const reviewed = moment("UTC", Math.floor(Date.parse(at) / 60_000), language);
  return markup`<a class="skip" href="#changes">${page.skip}</a>
<header class="top"><div><h1><bdi>${title}</bdi></h1><p data-zone="UTC">${page.reviewed} ${reviewed} <span id="reviewed-zone">UTC</span></p></div></header>
<main${isLong(tasks) ? markup` class="long"` : null}>
<p class="note" id="no-script">${page.noScript}</p>
${overview(report, tasks, conflicts)}${findingList(tasks, language)}${filterBar(report)}<section aria-labelledby="changes"><h2 id="changes" tabindex="-1">${page.sections.changes}</h2>
<p id="no-match" hidden>${page.script.noMatch}</p>
${groups(report)}<details id="unchanged"><summary>${fill(page.script.unchanged, report.counts.same)}</summary><ul></ul></details></section>
<section id="calendar-section" aria-labelledby="calendar" hidden><h2 id="calendar">${page.sections.calendar}</h2>
${legend(report)}<ol id="days"></ol></section>
${targetSection(tasks, conflicts, sharedTargets(tasks), language)}</main>
`;
}

function legend({ language }: Report): Markup {
  const { marks } = pageWords[language].script;
  const [added, removed, moved] = (["added", "removed", "moved"] as const).map(
    (mark) => markup`<b class="mark ${mark}">${marks[mark]}</b>`,
  );
  const [a, b, c, d] = pageWords[language].calendarNote.split("{}");
  return markup`<p class="sub">${a ?? ""}${added ?? null}${b ?? ""}${removed ?? null}${c ?? ""}${moved ?? null}${d ?? ""}</p>
`;
}

/** The cards of each stack, then of what none of them holds. */
function groups(report: Report): Part {
  const { stacks, unmanaged, language } = report;
  const text = words[language];
  const brief = isBrief(allTasks(report));
  const starts = stacks.map((_, place) => stacks.slice(0, place).reduce((sum, { tasks }) => sum + tasks.length, 0));
  const total = stacks.reduce((sum, { tasks }) => sum + tasks.length, 0);
  const group = (heading: string, note: string | null, tasks: readonly ReportTask[], start: number): Part => {
    const cards = tasks.map((task, place) =>
      task.verdict === "same" ? null : card(task, start + place, brief, language),
    );
    if (note === null && cards.every((one) => one === null)) return null;
    return markup`<div class="group"><h3><bdi>${heading}</bdi></h3>
${note === null ? null : markup`<p class="sub">${note}</p>\n`}${cards}</div>
`;
  };
  return [
    stacks.map(({ project, stack, others, tasks }, place) =>
      group(`${text.stack} ${project}/${stack}`, othersText(others, text), tasks, starts[place] ?? 0),
    ),
    unmanaged.length > 0 ? group(text.verdicts.unmanaged, null, unmanaged, total) : null,
  ];
}

function othersText(others: ReportStack["others"], text: Words): string | null {
  const counted = Object.entries(others).map(([operation, count]) => `${count} ${operation}`);
  return counted.length > 0 ? text.others(counted.join(", ")) : null;
}
