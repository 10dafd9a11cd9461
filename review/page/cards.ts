/** The cards of all tasks that have one, within so many bytes; pure. */
import type { Language } from "../../provider/scheduledTask/fields";
import type { ReportTask } from "../report";
import { card } from "./card";
import { bytesOf, details, hasCard } from "./length";
import type { Markup } from "./markup";

export interface Cards {
  readonly markup: ReadonlyMap<ReportTask, Markup>;
  /** Tasks of which the card tells less than it could. */
  readonly shortened: ReadonlySet<ReportTask>;
}

interface Told {
  readonly task: ReportTask;
  readonly place: number;
  /** Of the details; -1 while it tells nothing. */
  readonly level: number;
  readonly markup: Markup | null;
}

/**
 * Each card tells something; then the first ones, which are those that need a decision, tell as much as there is room for.
 *
 * @param tasks in the order of the page
 */
export function cardsWithin(tasks: readonly ReportTask[], most: number, language: Language): Cards {
  let left = most;
  let cards = tasks.flatMap((task, place): Told[] => (hasCard(task) ? [{ task, place, level: -1, markup: null }] : []));
  for (const [level, detail] of details.entries()) {
    let count = 0;
    cards = cards.map((known): Told => {
      if (known.level !== level - 1 || count === detail.mostCards || (left <= 0 && level > 0)) return known;
      const markup = card(known.task, known.place, detail, language);
      const more = bytesOf(markup) - (known.markup ? bytesOf(known.markup) : 0);
      if (more > left && level > 0) return known;
      left -= more;
      count++;
      return { ...known, level, markup };
    });
  }
  return {
    markup: new Map(cards.flatMap(({ task, markup }) => (markup ? [[task, markup]] : []))),
    shortened: new Set(cards.filter(({ level }) => details[level]?.fields !== "table").map(({ task }) => task)),
  };
}
