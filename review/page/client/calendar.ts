/** The runs of the next 14 days, a list for each day; what a deployment changes stands out. */
import type { PageData } from "../data";
import { type Entry, entriesOf, type Mark } from "../entries";
import { dayAfter, dayText, momentIn } from "../moments";
import { fill } from "../words";
import { el, find } from "./dom";
import type { ClientTask } from "./tasks";
import type { ZoneOf } from "./zones";

const days = 14;
/** So many changed runs of a day are shown at once. */
const mostRuns = 8;

interface Run extends Entry {
  readonly task: ClientTask;
  readonly zone: string;
}

/** @param shown those of all tasks whose runs are shown; the days stay the same */
export function showCalendar(
  data: PageData,
  all: readonly ClientTask[],
  shown: readonly ClientTask[],
  zoneOf: ZoneOf,
): void {
  const zones = new Set(all.filter(({ before, after }) => [before, after].some((runs) => runs?.length)).map(zoneOf));
  const [today = momentIn("UTC", data.at).day] = [...zones].map((zone) => momentIn(zone, data.at).day).sort();
  const byDay = Map.groupBy(
    shown.flatMap((task) => runsIn(task, zoneOf(task))),
    ({ day }) => day,
  );
  const list = Array.from({ length: days }, (_, place) => {
    const day = dayAfter(today, place);
    return dayOf(day, byDay.get(day) ?? [], data, zones.size > 1);
  });
  find("#days", HTMLElement).replaceChildren(...list);
  const [only] = zones;
  find("#calendar-zone", HTMLElement).textContent =
    only === undefined ? "" : zones.size > 1 ? data.words.calendarZones : fill(data.words.calendarZone, only);
}

/** Of each task in the zone in which it was shown last: a filter shows the same runs again and again. */
const known = new Map<ClientTask, { readonly zone: string; readonly runs: readonly Run[] }>();

function runsIn(task: ClientTask, zone: string): readonly Run[] {
  const last = known.get(task);
  if (last?.zone === zone) return last.runs;
  const runs = entriesOf(task.before, task.after, zone).map((entry): Run => ({ ...entry, task, zone }));
  known.set(task, { zone, runs });
  return runs;
}

const byTime = (a: Run, b: Run): number =>
  a.time < b.time ? -1 : Number(a.time > b.time) || (a.task.name < b.task.name ? -1 : 1);

function dayOf(
  day: string,
  runs: readonly Run[],
  { language, words, actions }: PageData,
  showZone: boolean,
): HTMLElement {
  const isWeekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
  const entry = (run: Run): HTMLElement => entryOf(run, words, actions, showZone);
  const changed = runs.filter(({ mark }) => mark !== "kept").sort(byTime);
  const kept = runs.filter(({ mark }) => mark === "kept");
  const first = changed.length > 0 ? [el("ul", {}, ...changed.slice(0, mostRuns).map(entry))] : [];
  return el(
    "li",
    { class: isWeekend ? "day weekend" : "day" },
    el("h3", {}, el("time", { datetime: day }, dayText(day, language))),
    ...first,
    ...folded(changed.slice(mostRuns), words.moreRuns, entry),
    ...folded(kept, words.keptRuns, entry),
    ...(runs.length === 0 ? [el("p", { class: "none" }, words.noRuns)] : []),
  );
}

/** A list that is made when somebody opens it: there may be thousands of runs. */
function folded(runs: readonly Run[], label: string, entry: (run: Run) => HTMLElement): HTMLElement[] {
  if (runs.length === 0) return [];
  const list = el("ul");
  const details = el("details", {}, el("summary", {}, fill(label, runs.length)), list);
  const fillList = (): void => list.replaceChildren(...[...runs].sort(byTime).map(entry));
  details.addEventListener("toggle", fillList, { once: true });
  return [details];
}

const signs: { readonly [M in Mark]: string } = { added: "+", removed: "−", moved: "→", open: "?", kept: "" };

function entryOf(
  { time, mark, was, task, zone }: Run,
  words: PageData["words"],
  actions: PageData["actions"],
  showZone: boolean,
): HTMLElement {
  const name = el("bdi", {}, task.name);
  const place = task.card?.id;
  const small = [
    actions[task.action ?? ""] ?? task.action,
    was === null ? null : fill(words.was, was.time),
    showZone ? zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ") : null,
  ];
  return el(
    "li",
    { class: mark },
    ...(mark === "kept"
      ? []
      : [
          el(
            "span",
            { class: `mark ${mark}`, title: words.marks[mark] },
            el("span", { "aria-hidden": "true" }, signs[mark]),
            el("span", { class: "sr" }, words.marks[mark]),
          ),
        ]),
    " ",
    el("time", {}, time),
    " ",
    place === undefined ? name : el("a", { href: `#${place}` }, name),
    " ",
    el("small", {}, small.filter((one) => one !== null).join(" · ")),
  );
}
