/** Which tasks act on which targets; pure. */
import type { ReportTask } from "./report";

/** The target that holds every desktop of the project. */
export const allDesktops = "ALL_DESKTOPS";

/** Each target with the tasks that name it. */
export type TargetIndex = ReadonlyMap<string, readonly ReportTask[]>;

export interface SharedTarget {
  readonly target: string;
  readonly tasks: readonly ReportTask[];
}

/** Of the tasks that are there after the deployment. */
export function indexTargets(tasks: readonly ReportTask[]): TargetIndex {
  const index = new Map<string, ReportTask[]>();
  for (const task of tasks.filter(({ verdict }) => verdict !== "removed"))
    for (const target of new Set(task.targets)) {
      const touching = index.get(target);
      if (touching) touching.push(task);
      else index.set(target, [task]);
    }
  return index;
}

/** Targets of several tasks, those of the most tasks first. */
export const sharedTargets = (tasks: readonly ReportTask[]): SharedTarget[] =>
  [...indexTargets(tasks)]
    .map(([target, touching]) => ({ target, tasks: touching }))
    .filter((shared) => shared.tasks.length > 1)
    .sort((a, b) => b.tasks.length - a.tasks.length || (a.target < b.target ? -1 : 1));
