/** In which zone times are shown: each task's own, the reader's, or UTC. */
import type { PageData } from "../data";
import { momentText } from "../moments";
import { fill } from "../words";
import { el, find } from "./dom";
import type { ClientTask } from "./tasks";

export type ZoneOf = (task: ClientTask) => string;

/** Offers the zones, and calls `show` whenever another one is chosen. Returns which zone is chosen for a task. */
export function startZones({ words, language }: PageData, show: () => void): ZoneOf {
  const select = find("#zone", HTMLSelectElement);
  const reader = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  select.append(
    el("option", { value: "" }, words.taskZones),
    ...(reader === "UTC" ? [] : [el("option", { value: reader }, fill(words.readerZone, reader.replaceAll("_", " ")))]),
    el("option", { value: "UTC" }, "UTC"),
  );
  select.addEventListener("change", () => {
    rewriteTimes(select.value, language);
    show();
  });
  return ({ zone }) => select.value || zone;
}

/** The times that stood in the page from the start; each holds the zone of its task. */
function rewriteTimes(chosen: string, language: PageData["language"]): void {
  for (const time of document.querySelectorAll<HTMLTimeElement>("[data-zone] time")) {
    const zone = chosen || (time.closest<HTMLElement>("[data-zone]")?.dataset.zone ?? "UTC");
    time.textContent = momentText(zone, Math.floor(Date.parse(time.dateTime) / 60_000), language);
  }
  find("#reviewed-zone", HTMLElement).textContent = chosen || "UTC";
}
