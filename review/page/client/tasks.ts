/** The tasks of the page: what the data says of each, its card, and what a search finds it by. */
import type { Runs } from "../../report";
import type { PageData, PageTask } from "../data";
import { runsOf } from "../entries";
import { usableZone } from "../moments";

export interface ClientTask extends Omit<PageTask, "after" | "targets" | "zone"> {
  readonly card: HTMLElement | null;
  readonly zone: string;
  readonly actionName: string;
  readonly after: Runs;
  readonly searched: string;
}

/** What of a card is searched; its labels are the same on every card. */
const searchedParts = "h4, dd, .action, .findings li, .card > p, tbody th, td:not(.why), code";

export function readTasks({ tasks, targets, actions }: PageData): ClientTask[] {
  const names = new Map(Object.entries(actions));
  return tasks.map((task, place): ClientTask => {
    const card = document.getElementById(`task-${place}`);
    const before = runsOf(task.before);
    const shown = card === null ? [] : [...card.querySelectorAll(searchedParts)].map(({ textContent }) => textContent);
    const actionName = names.get(task.action ?? "") ?? task.action ?? "";
    const named = (task.targets ?? []).map((one) => targets[one]);
    return {
      ...task,
      card,
      actionName,
      zone: usableZone(task.zone),
      before,
      after: task.after === undefined ? before : runsOf(task.after),
      searched: [...shown, task.name, task.action, actionName, task.text, ...named].join("\n").toLowerCase(),
    };
  });
}
