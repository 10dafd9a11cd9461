/** The tasks that nothing changes: a list that is made when it is opened. */
import type { PageData } from "../data";
import { fill } from "../words";
import { el, find } from "./dom";
import type { ClientTask } from "./tasks";

/** Shows those of the tasks that match, and again whenever it is called. */
export function unchangedList({ words }: PageData, all: number): (matching: readonly ClientTask[]) => void {
  const details = find("#unchanged", HTMLDetailsElement);
  const list = find("#unchanged ul", HTMLElement);
  const summary = find("#unchanged summary", HTMLElement);
  let shown: readonly ClientTask[] = [];
  const render = (): void => {
    if (details.open) list.replaceChildren(...shown.map(item));
  };
  details.addEventListener("toggle", render);
  return (matching) => {
    shown = matching.filter(({ card }) => card === null);
    details.hidden = shown.length === 0;
    summary.textContent = shown.length < all ? fill(words.unchangedOf, shown.length, all) : fill(words.unchanged, all);
    render();
  };
}

const item = ({ name, actionName, text }: ClientTask): HTMLElement =>
  el(
    "li",
    {},
    el("bdi", {}, name),
    " ",
    el("span", { class: "action" }, actionName),
    " ",
    el("span", { class: "sub" }, text ?? ""),
  );
