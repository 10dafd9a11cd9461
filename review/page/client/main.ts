/** What the page does in a browser. `npm run generate` makes one script of it. */
import type { PageData } from "../data";
import { showCalendar } from "./calendar";
import { addCopyButtons } from "./copy";
import { el, find } from "./dom";
import { startFilter } from "./filter";
import { startPrinting } from "./print";
import { type ClientTask, readTasks } from "./tasks";
import { unchangedList } from "./unchanged";
import { startZones } from "./zones";

function start(): void {
  const data = JSON.parse(find("#data", HTMLScriptElement).text) as PageData;
  const tasks = readTasks(data);
  let matching: readonly ClientTask[] = tasks;
  const calendar = (): void => showCalendar(data, tasks, matching, zoneOf);
  const zoneOf = startZones(data, calendar);
  const showUnchanged = unchangedList(data, tasks.filter(({ card }) => card === null).length);
  startFilter(data, tasks, (shown) => {
    matching = shown;
    showUnchanged(shown);
    calendar();
  });
  labelCells();
  addCopyButtons(data);
  startTheme(data);
  startPrinting();
  find("#no-script", HTMLElement).remove();
  for (const selector of [".bar", "#calendar-section"]) find(selector, HTMLElement).hidden = false;
}

/** Light or dark as the system is, until somebody chooses the other. */
function startTheme({ words }: PageData): void {
  const button = find("#theme", HTMLButtonElement);
  const root = document.documentElement;
  const isDark = (): boolean =>
    root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const label = (): void => button.replaceChildren(el("span", {}, isDark() ? words.light : words.dark));
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    label();
  });
  label();
}

/** On a narrow screen a row of a table is a block, and each cell stands on its own line, after the name of its column. */
function labelCells(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>(".fields")) {
    const labels = [...(table.tHead?.rows[0]?.cells ?? [])].map(({ textContent }) => textContent);
    table.role = "table";
    for (const section of [table.tHead, ...table.tBodies]) section?.setAttribute("role", "rowgroup");
    for (const row of table.rows) {
      row.role = "row";
      for (const cell of row.cells) {
        cell.role = cell.scope === "row" ? "rowheader" : cell.tagName === "TH" ? "columnheader" : "cell";
        cell.dataset.label = labels[cell.cellIndex] ?? "";
      }
    }
    table.classList.add("labelled");
  }
}

start();
