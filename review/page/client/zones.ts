/** In which zone times are shown: each task's own, the reader's, or UTC. */
import type { PageData } from "../data";
import { momentText, usableZone } from "../moments";
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

/** The times that stood in the page from the start, and the zones beside them; each is within the zone of its task. */
function rewriteTimes(chosen: string, language: PageData["language"]): void {
  const zoneAround = (element: HTMLElement): string =>
    usableZone(chosen || (element.closest<HTMLElement>("[data-zone]")?.dataset.zone ?? "UTC"));
  for (const time of document.querySelectorAll<HTMLTimeElement>("[data-zone] time"))
    time.textContent = momentText(zoneAround(time), Math.floor(Date.parse(time.dateTime) / 60_000), language);
  for (const name of document.querySelectorAll<HTMLElement>("[data-zone] .zone")) name.textContent = zoneAround(name);
}
