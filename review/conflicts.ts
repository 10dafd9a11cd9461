/**
 * Tasks that get in each other's way on a target, within the runs that a report holds; pure.
 *
 * Only equal targets are compared, and ALL_DESKTOPS with every other: which desktops a pool or a tag holds is not known
 * here.
 */
import type { ReportTask } from "./report";
import { allDesktops, indexTargets, type TargetIndex } from "./targets";

/**
 * - `power`: a START and a STOP within 30 minutes of each other
 * - `rebuilds`: two REBUILDs within 24 hours
 * - `script`: a script that runs after a STOP or HIBERNATE of another task, with no START between
 */
export type ConflictKind = "power" | "rebuilds" | "script";

export interface Conflict {
  readonly kind: ConflictKind;
  /** The one that comes first, the first time; of a script, the task that stops its target. */
  readonly first: ReportTask;
  readonly second: ReportTask;
  /** On which targets they meet. */
  readonly targets: readonly string[];
  /** They meet only if all desktops include what the other acts on. */
  readonly isPossible: boolean;
  /** First run of the second task that is in conflict, minutes since 1970. */
  readonly at: number;
  /** How many times that happens. */
  readonly count: number;
}

/** A START and a STOP that are no further apart are in conflict. */
export const powerMinutes = 30;
/** So are two REBUILDs: the second one undoes what users have set up since the first. */
const rebuildHours = 24;

/** All conflicts after the deployment, in the order of time. */
export function conflictsOf(tasks: readonly ReportTask[]): Conflict[] {
  const index = indexTargets(tasks);
  return [...meetings(index).flatMap(closeRuns), ...stoppedScripts(index)].sort((a, b) => a.at - b.at);
}

/** Two tasks whose kinds could conflict, and where they meet. */
interface Meeting {
  readonly kind: ConflictKind;
  readonly pair: readonly [ReportTask, ReportTask];
  readonly targets: string[];
  readonly isPossible: boolean;
}

function meetings(index: TargetIndex): Meeting[] {
  const found = new Pairs<Meeting>();
  const meet = (one: ReportTask, other: ReportTask, target: string, isPossible: boolean): void => {
    const kind = one === other ? undefined : kindOf(one.taskType, other.taskType);
    if (kind === undefined) return;
    const known = found.get(one, other) ?? found.get(other, one);
    // What surely meets is found first, and is not told again of where it may.
    if (known?.isPossible === isPossible) known.targets.push(target);
    if (known === undefined) found.set(one, other, { kind, pair: [one, other], targets: [target], isPossible });
  };
  for (const [target, touching] of index)
    for (const [place, one] of touching.entries())
      for (const other of touching.slice(place + 1)) meet(one, other, target, false);
  const wide = index.get(allDesktops) ?? [];
  for (const [target, touching] of index)
    if (target !== allDesktops) for (const one of wide) for (const other of touching) meet(one, other, target, true);
  return found.values();
}

function kindOf(a: string | null, b: string | null): ConflictKind | undefined {
  if ((a === "START" && b === "STOP") || (a === "STOP" && b === "START")) return "power";
  return a === "REBUILD" && b === "REBUILD" ? "rebuilds" : undefined;
}

/** The conflict of a meeting, if any of its runs are too close. */
function closeRuns({ kind, pair: [one, other], targets, isPossible }: Meeting): Conflict[] {
  const within = kind === "power" ? powerMinutes : rebuildHours * 60;
  const close = closePairs(one.runs.after, other.runs.after, within);
  const [earliest] = close;
  if (earliest === undefined) return [];
  const [first, second] = earliest.a <= earliest.b ? [one, other] : [other, one];
  return [{ kind, first, second, targets, isPossible, at: Math.max(earliest.a, earliest.b), count: close.length }];
}

/** Each of `b` with the first of `a` that is so close to it; both are in order. */
function closePairs(a: readonly number[], b: readonly number[], within: number): { a: number; b: number }[] {
  let place = 0;
  return b.flatMap((at) => {
    while ((a[place] ?? at) < at - within) place++;
    const near = a[place];
    return near !== undefined && near <= at + within ? [{ a: near, b: at }] : [];
  });
}

interface PowerRun {
  readonly at: number;
  readonly task: ReportTask;
}

/** Scripts that run while their target is stopped, as far as the runs of the report tell. */
function stoppedScripts(index: TargetIndex): Conflict[] {
  const timelines = new Map([...index].map(([target, touching]) => [target, powerRuns(touching)]));
  const found = new Pairs<Conflict>();
  for (const [target, touching] of index) {
    const direct = new Set(touching);
    const wide = target === allDesktops ? [] : (index.get(allDesktops) ?? []);
    const timeline = [timelines.get(target) ?? [], wide.length > 0 ? (timelines.get(allDesktops) ?? []) : []];
    for (const script of new Set([...touching, ...wide].filter(({ taskType }) => taskType === "EXECUTE_SCRIPT")))
      for (const at of script.runs.after) {
        const stop = lastPower(timeline, at);
        if (stop === undefined || stop.taskType === "START") continue;
        // Two tasks on all desktops meet there, not on each target.
        const named = Number(direct.has(script)) + Number(direct.has(stop));
        if (named > 0)
          addRun(found, {
            kind: "script",
            first: stop,
            second: script,
            at,
            count: 1,
            targets: [target],
            isPossible: named < 2,
          });
      }
  }
  return found.values();
}

function addRun(found: Pairs<Conflict>, run: Conflict): void {
  const known = found.get(run.first, run.second);
  if (known === undefined) {
    found.set(run.first, run.second, run);
    return;
  }
  const isNewTarget = !known.targets.includes(run.targets[0] ?? "");
  // On a further target the same runs come again.
  found.set(run.first, run.second, {
    ...known,
    targets: isNewTarget ? [...known.targets, ...run.targets] : known.targets,
    isPossible: known.isPossible && run.isPossible,
    at: Math.min(known.at, run.at),
    count: known.targets.length > 1 || isNewTarget ? known.count : known.count + 1,
  });
}

const switches: ReadonlySet<string | null> = new Set(["START", "STOP", "HIBERNATE"]);

/** In order; of what happens in one minute, a START comes last, since it leaves the target running. */
const powerRuns = (tasks: readonly ReportTask[]): PowerRun[] =>
  tasks
    .filter(({ taskType }) => switches.has(taskType))
    .flatMap((task) => task.runs.after.map((at) => ({ at, task })))
    .sort((a, b) => a.at - b.at || Number(a.task.taskType === "START") - Number(b.task.taskType === "START"));

/** What switched the target last, up to a minute, in any of the timelines. */
function lastPower(timelines: readonly (readonly PowerRun[])[], until: number): ReportTask | undefined {
  const last = timelines.flatMap((runs) => runs.findLast(({ at }) => at <= until) ?? []);
  return last.sort(
    (a, b) => b.at - a.at || Number(b.task.taskType === "START") - Number(a.task.taskType === "START"),
  )[0]?.task;
}

/** Something for each pair of tasks, in the order in which they were found. */
class Pairs<T> {
  readonly #byFirst = new Map<ReportTask, Map<ReportTask, T>>();

  get(first: ReportTask, second: ReportTask): T | undefined {
    return this.#byFirst.get(first)?.get(second);
  }

  set(first: ReportTask, second: ReportTask, value: T): void {
    const seconds = this.#byFirst.get(first) ?? new Map<ReportTask, T>();
    this.#byFirst.set(first, seconds.set(second, value));
  }

  values(): T[] {
    return [...this.#byFirst.values()].flatMap((seconds) => [...seconds.values()]);
  }
}
