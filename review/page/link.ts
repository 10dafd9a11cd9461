/** The name of a task wherever the page mentions it. */
import type { ReportTask } from "../report";
import { hasCard } from "./length";
import { type Markup, markup } from "./markup";

/** Linked to the card of the task, where there is one. */
export type NameOf = (task: ReportTask) => Markup;

/** @param shown the tasks of the page, in its order */
export function namesIn(shown: readonly ReportTask[]): NameOf {
  const places = new Map(shown.map((task, place) => [task, place]));
  return (task) => {
    const [name, place] = [markup`<bdi>${task.name}</bdi>`, places.get(task)];
    return hasCard(task) && place !== undefined ? markup`<a href="#task-${place}">${name}</a>` : name;
  };
}
