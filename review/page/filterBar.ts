/** The controls above the changes; shown only where the script that serves them runs. */
import type { Report, ReportTask } from "../report";
import { words } from "../words";
import { type Markup, markup, type Part } from "./markup";
import { pageWords } from "./words";

export function filterBar({ counts, openFindings, language }: Report): Markup {
  const [text, page] = [words[language], pageWords[language]];
  const verdicts = (Object.keys(text.verdicts) as ReportTask["verdict"][]).filter((verdict) => counts[verdict] > 0);
  const chip = (verdict: ReportTask["verdict"]): Part =>
    markup`<button type="button" class="chip ${verdict}" data-verdict="${verdict}" aria-pressed="false">${text.verdicts[verdict]} <b>${counts[verdict]}</b></button>`;
  const findings = markup`<button type="button" class="chip findings" id="only-findings" aria-pressed="false">${page.onlyFindings} <b>${openFindings}</b></button>`;
  return markup`<form class="bar" role="search" aria-label="${page.sections.filter}" hidden>
<label class="find"><span>${page.search}</span><input type="search" id="search" placeholder="${page.searchHint}" autocomplete="off" spellcheck="false"></label>
<label class="zones"><span>${page.timesIn}</span><select id="zone"></select></label>
<button type="button" id="theme"></button>
<div class="chips" role="group" aria-label="${page.verdictFilter}">${verdicts.map(chip)}${openFindings > 0 ? findings : null}<button type="button" class="plain" id="clear" hidden>${page.clear}</button></div>
<p id="status" role="status"></p>
</form>
`;
}
