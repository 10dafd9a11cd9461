/**
 * Tasks that get in each other's way on a target, within the runs that a report holds; pure.
 *
 * Only equal targets are compared, and ALL_DESKTOPS with every other: which desktops a pool or a tag holds is not known
 * here, nor targets and runs that are secret or known only after the deployment.
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
/** So many pairs of tasks are looked at, the earliest on each target: thousands of tasks on one target are millions of pairs. */
export const mostPairs = 10_000;

/** All conflicts after the deployment, in the order of time. */
export function conflictsOf(tasks: readonly ReportTask[]): Conflict[] {
  const index = indexTargets(tasks);
  return [...meetings(index).flatMap(closeRuns), ...stoppedScripts(index)].sort((a, b) => a.at - b.at);
}

/** Of a task of which nobody knows when it will run, none. */
const runsAfter = ({ runs }: ReportTask): readonly number[] => runs.after ?? [];

/** Two tasks whose kinds could conflict, and where they meet. */
interface Meeting {
  readonly kind: ConflictKind;
  readonly pair: readonly [ReportTask, ReportTask];
  readonly targets: string[];
  readonly isPossible: boolean;
}

function meetings(index: TargetIndex): Meeting[] {
  const found = new Pairs<Meeting>();
  const meet = (kind: ConflictKind, one: ReportTask, other: ReportTask, target: string, isPossible: boolean): void => {
    if (one === other) return;
    const known = found.get(one, other) ?? found.get(other, one);
    // What surely meets is found first, and is not told again of where it may; the same runs come again each day.
    if (known?.isPossible === isPossible && known.targets.at(-1) !== target) known.targets.push(target);
    if (known === undefined) found.set(one, other, { kind, pair: [one, other], targets: [target], isPossible });
  };
  const meetOn = (target: string, some: readonly ReportTask[], others: readonly ReportTask[], isPossible: boolean) => {
    for (const { kind, types, within } of closeKinds)
      for (const [one, other] of closeTasks(runsIn(some, types[0]), runsIn(others, types[1]), within)) {
        if (found.size >= mostPairs) return;
        meet(kind, one, other, target, isPossible);
      }
  };
  for (const [target, touching] of index) meetOn(target, touching, touching, false);
  const wide = index.get(allDesktops) ?? [];
  for (const [target, touching] of index)
    if (target !== allDesktops && wide.length > 0) {
      meetOn(target, wide, touching, true);
      meetOn(target, touching, wide, true);
    }
  return found.values();
}

const closeKinds: readonly { kind: ConflictKind; types: readonly [string, string]; within: number }[] = [
  { kind: "power", types: ["STOP", "START"], within: powerMinutes },
  { kind: "rebuilds", types: ["REBUILD", "REBUILD"], within: rebuildHours * 60 },
];

/** In order. */
const runsIn = (tasks: readonly ReportTask[], taskType: string): PowerRun[] =>
  tasks
    .filter((task) => task.taskType === taskType)
    .flatMap((task) => runsAfter(task).map((at) => ({ at, task })))
    .sort((a, b) => a.at - b.at);

/** Pairs of runs that are so close to each other, by their tasks; both lists are in order. */
function* closeTasks(
  ones: readonly PowerRun[],
  others: readonly PowerRun[],
  within: number,
): Generator<[ReportTask, ReportTask]> {
  let first = 0;
  for (const { at, task } of ones) {
    while ((others[first]?.at ?? at) < at - within) first++;
    for (let place = first; ; place++) {
      const other = others[place];
      if (other === undefined || other.at > at + within) break;
      yield [task, other.task];
    }
  }
}

/** The conflict of a meeting, if any of its runs are too close. */
function closeRuns({ kind, pair: [one, other], targets, isPossible }: Meeting): Conflict[] {
  const within = kind === "power" ? powerMinutes : rebuildHours * 60;
  const close = closePairs(runsAfter(one), runsAfter(other), within);
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
      for (const at of runsAfter(script)) {
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
    .flatMap((task) => runsAfter(task).map((at) => ({ at, task })))
    .sort((a, b) => a.at - b.at || Number(a.task.taskType === "START") - Number(b.task.taskType === "START"));

/** What switched the target last, up to a minute, in any of the timelines. */
function lastPower(timelines: readonly (readonly PowerRun[])[], until: number): ReportTask | undefined {
  const last = timelines.flatMap((runs) => runs[countUntil(runs, until) - 1] ?? []);
  return last.sort(
    (a, b) => b.at - a.at || Number(b.task.taskType === "START") - Number(a.task.taskType === "START"),
  )[0]?.task;
}

/** How many of the runs, which are in order, are not later. */
function countUntil(runs: readonly PowerRun[], until: number): number {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle]?.at ?? until) <= until) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Something for each pair of tasks, in the order in which they were found. */
class Pairs<T> {
  readonly #byFirst = new Map<ReportTask, Map<ReportTask, T>>();
  size = 0;

  get(first: ReportTask, second: ReportTask): T | undefined {
    return this.#byFirst.get(first)?.get(second);
  }

  set(first: ReportTask, second: ReportTask, value: T): void {
    const seconds = this.#byFirst.get(first) ?? new Map<ReportTask, T>();
    if (!seconds.has(second)) this.size++;
    this.#byFirst.set(first, seconds.set(second, value));
  }

  values(): T[] {
    return [...this.#byFirst.values()].flatMap((seconds) => [...seconds.values()]);
  }
}
