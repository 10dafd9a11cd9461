/** Both ways out of a drift: a command and an edit of the code. */
import type { Language } from "../../provider/scheduledTask/fields";
import type { ReportTask } from "../report";
import { words } from "../words";
import { type Markup, markup, type Part } from "./markup";
import { fill, pageWords } from "./words";

/** The script of the page puts a button that copies it beside each code. */
export function waysOut({ verdict, declaredAs, waysOut: ways }: ReportTask, language: Language): Part {
  if (ways === null) return null;
  const [text, page] = [words[language], pageWords[language]];
  const labels: { readonly [verdict: string]: readonly [restore: string, keep: string] } = {
    gone: [page.makeAgain, page.leaveDeleted],
    unmanaged: [page.importIt, text.adopt],
  };
  const [restore, keep] = labels[verdict] ?? [text.restore, text.keep];
  const owner = declaredAs ?? text.adopt;
  const edit = ways.keep.startsWith(`${owner}: `) ? ways.keep.slice(owner.length + 2) : ways.keep;
  const where = declaredAs === null ? null : fill(page.inCode, declaredAs);
  return markup`<div class="ways">${way(restore, null, ways.restore, true)}${way(keep, where, edit, verdict !== "gone")}</div>
`;
}

const way = (label: string, where: string | null, what: string, isCode: boolean): Markup =>
  markup`<p><span>${label}${where === null ? null : markup` <small><bdi>${where}</bdi></small>`}</span>${isCode ? markup`<code>${what}</code>` : what}</p>`;
