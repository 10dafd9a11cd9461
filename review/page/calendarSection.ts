/** Where the script of the page puts the calendar, and what there is to know of it. */
import type { Language } from "../../provider/scheduledTask/fields";
import type { ReportTask } from "../report";
import { untoldText } from "./card";
import type { NameOf } from "./link";
import { type Markup, markup, type Part } from "./markup";
import { fill, joined, pageWords } from "./words";

export function calendarSection(tasks: readonly ReportTask[], nameOf: NameOf, language: Language): Markup {
  const page = pageWords[language];
  const isOpen = tasks.some(({ runs }) => (runs.before === null) !== (runs.after === null));
  return markup`<section id="calendar-section" aria-labelledby="calendar" hidden><h2 id="calendar">${page.sections.calendar}</h2>
<p class="sub">${legend(page.calendarNote, ["added", "removed", "moved"], language)}${isOpen ? [" ", legend(page.openNote, ["open"], language)] : null}</p>
<p class="sub" id="calendar-zone"></p>
${untoldRuns(tasks, nameOf, language)}<ol id="days"></ol></section>
`;
}

function legend(text: string, marks: readonly ("added" | "removed" | "moved" | "open")[], language: Language): Part {
  const names = pageWords[language].script.marks;
  const [start = "", ...rest] = text.split("{}");
  const shown = marks.map((mark) => markup`<b class="mark ${mark}">${names[mark]}</b>`);
  return [start, rest.map((part, place) => [shown[place] ?? null, part])];
}

/** So many tasks are named of which nobody knows when they run. */
const mostNamed = 20;

function untoldRuns(tasks: readonly ReportTask[], nameOf: NameOf, language: Language): Part {
  const page = pageWords[language];
  const untold = tasks.flatMap((task) => (task.untold.runs === null ? [] : [{ task, why: task.untold.runs }]));
  if (untold.length === 0) return null;
  const names = untold
    .slice(0, mostNamed)
    .map(({ task, why }): Part => [nameOf(task), fill(page.remark, untoldText(why, language))]);
  const rest = untold.length - mostNamed;
  const all = joined([...names, ...(rest > 0 ? [fill(page.more, rest)] : [])], page.list);
  return markup`<p class="sub">${page.untoldRuns}${page.colon}${all}</p>
`;
}
