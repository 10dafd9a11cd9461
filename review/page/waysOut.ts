/** Both ways out of a drift: a command and an edit of the code. */
import type { Language } from "../../provider/scheduledTask/fields";
import type { ReportTask } from "../report";
import type { Detail } from "./length";
import { type Markup, markup, type Part } from "./markup";
import { pageWords } from "./words";

/** The script of the page puts a button that copies it beside each code. */
export const waysOut = ({ waysOut: ways }: ReportTask, detail: Detail, language: Language): Part =>
  ways.length === 0 ? null : markup`<div class="ways">${ways.map((way) => wayOut(way, detail, language))}</div>\n`;

/** Half a command is none, so a long one is left out. */
function wayOut({ what, code }: ReportTask["waysOut"][number], { mostCode }: Detail, language: Language): Markup {
  if (code === null) return markup`<p><span>${what}</span></p>`;
  return code.length > mostCode
    ? markup`<p><span>${what}</span><em>${pageWords[language].tooLong}</em></p>`
    : markup`<p><span>${what}</span><code>${code}</code></p>`;
}
