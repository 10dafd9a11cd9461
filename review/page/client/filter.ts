/** Which tasks are shown. */

import type { PageData } from "../data";
import { fillCount } from "../words";
import { find } from "./dom";
import type { ClientTask } from "./tasks";

type Show = (matching: readonly ClientTask[], isFiltered: boolean) => void;

/** Calls `show` with the tasks that match, now and whenever the controls change. */
export function startFilter({ words }: PageData, tasks: readonly ClientTask[], show: Show): void {
  const search = find("#search", HTMLInputElement);
  const clear = find("#clear", HTMLButtonElement);
  const status = find("#status", HTMLElement);
  const noMatch = find("#no-match", HTMLElement);
  const chips = [...document.querySelectorAll<HTMLButtonElement>(".chip")];
  const isPressed = (chip: HTMLButtonElement): boolean => chip.ariaPressed === "true";

  const apply = (): void => {
    const verdicts = new Set(chips.filter(isPressed).flatMap(({ dataset }) => dataset.verdict ?? []));
    const onlyFindings = chips.some((chip) => chip.id === "only-findings" && isPressed(chip));
    const terms = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const isFiltered = verdicts.size > 0 || onlyFindings || terms.length > 0;
    const matching = tasks.filter(
      (task) =>
        (verdicts.size === 0 || verdicts.has(task.verdict)) &&
        (!onlyFindings || task.hasFindings) &&
        terms.every((term) => task.searched.includes(term)),
    );
    showCards(tasks, new Set(matching));
    clear.hidden = !isFiltered;
    noMatch.hidden = matching.length > 0;
    status.textContent = isFiltered
      ? fillCount(words.shownOf, matching.length, tasks.length)
      : fillCount(words.shown, tasks.length);
    show(matching, isFiltered);
  };
  const reset = (): void => {
    search.value = "";
    for (const chip of chips) chip.ariaPressed = "false";
    apply();
  };

  search.addEventListener("input", apply);
  find(".bar", HTMLFormElement).addEventListener("submit", (event) => event.preventDefault());
  for (const chip of chips)
    chip.addEventListener("click", () => {
      chip.ariaPressed = String(!isPressed(chip));
      apply();
    });
  clear.addEventListener("click", () => {
    reset();
    search.focus();
  });
  // A link to a task leads to it even where the filter hides it.
  document.addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest('a[href^="#task-"]') : null;
    if (link && document.querySelector(link.getAttribute("href") ?? "")?.hasAttribute("hidden")) reset();
  });
  apply();
}

function showCards(tasks: readonly ClientTask[], matching: ReadonlySet<ClientTask>): void {
  for (const task of tasks) if (task.card !== null) task.card.hidden = !matching.has(task);
  for (const group of document.querySelectorAll<HTMLElement>(".group"))
    group.hidden = group.querySelector(".card:not([hidden])") === null;
}
