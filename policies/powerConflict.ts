import type { StackValidationPolicy } from "@pulumi/policy";
import { isTimed, scheduleOf } from "../provider/scheduledTask/schedule";
import { mostPairs, powerMinutes } from "../review/conflicts";
import { targetsOf } from "../review/report";
import { allDesktops } from "../review/targets";
import { meetingOf, type Timetable, timetableOf } from "./meetings";
import { type Exceptions, exceptions, isExcepted } from "./taskPolicy";
import { mayBeOff, type Task, tasksOf } from "./tasks";

/** Judges the tasks of a stack together, by their schedules. */
export const powerConflict: StackValidationPolicy = {
  name: "power-conflict",
  description: "Desktops are not started and stopped at the same time.",
  configSchema: { properties: exceptions },
  validateStack: ({ resources, getConfig }, reportViolation) => {
    const config = getConfig<Exceptions>();
    const timetables = new Map<string, Timetable>();
    const tasks = resources
      .flatMap(tasksOf)
      .filter((task) => !isExcepted(task, config) && !mayBeOff(task))
      .flatMap((task) => acting(task, timetables));
    for (const neighbours of Map.groupBy(tasks, ({ place }) => place).values())
      for (const { first, second, isPossible } of conflictsOf(neighbours, new Date()))
        reportViolation(
          `${first.declaredAs}, then ${second.declaredAs}: START and STOP within ${powerMinutes} minutes of ${isPossible ? "targets of which one may hold the other" : "one target"}`,
          second.urn,
        );
  },
};

interface Acting extends Task {
  readonly taskType: "START" | "STOP";
  readonly targets: readonly string[];
  readonly timetable: Timetable;
}

/** A task that starts or stops desktops by the clock. Those of equal schedules share one of the timetables. */
function acting(task: Task, timetables: Map<string, Timetable>): Acting[] {
  const { taskType, enable } = task.inputs;
  const schedule = scheduleOf(task.inputs);
  if ((taskType !== "START" && taskType !== "STOP") || enable === false) return [];
  if (schedule === undefined || !isTimed(schedule)) return [];
  const key = JSON.stringify(schedule);
  const timetable = timetables.get(key) ?? timetableOf(schedule);
  timetables.set(key, timetable);
  return [{ ...task, taskType, targets: [...new Set(targetsOf(task.inputs))], timetable }];
}

interface Conflict {
  readonly first: Acting;
  readonly second: Acting;
  /** They meet only if all desktops include what the other acts on. */
  readonly isPossible: boolean;
}

/** Each pair once: what surely meets, then what may. */
function conflictsOf(tasks: readonly Acting[], now: Date): Conflict[] {
  const onTarget = Map.groupBy(
    tasks.flatMap((task) => task.targets.map((target) => ({ target, task }))),
    ({ target }) => target,
  );
  const wide = tasks.filter(({ targets }) => targets.includes(allDesktops));
  const narrow = tasks.filter(({ targets }) => targets.some((target) => target !== allDesktops));
  const found = new Map<Acting, Map<Acting, Conflict>>();
  let count = 0;
  const meet = (some: readonly Acting[], others: readonly Acting[], isPossible: boolean): void => {
    for (const { stop, start, minutes } of closePairs(some, others, now)) {
      if (count >= mostPairs) return;
      const ofStop = found.get(stop) ?? new Map<Acting, Conflict>();
      if (ofStop.has(start)) continue;
      const [first, second] = minutes < 0 ? [start, stop] : [stop, start];
      found.set(stop, ofStop.set(start, { first, second, isPossible }));
      count++;
    }
  };
  for (const touching of onTarget.values()) {
    const direct = touching.map(({ task }) => task);
    meet(direct, direct, false);
  }
  meet(wide, narrow, true);
  meet(narrow, wide, true);
  return [...found.values()].flatMap((ofStop) => [...ofStop.values()]);
}

/** STOPs of some tasks and STARTs of others that are close to each other; each two schedules are compared once. */
function* closePairs(some: readonly Acting[], others: readonly Acting[], now: Date) {
  const bySchedule = (tasks: readonly Acting[], wanted: Acting["taskType"]) =>
    Map.groupBy(
      tasks.filter(({ taskType }) => taskType === wanted),
      ({ timetable }) => timetable,
    );
  const starting = bySchedule(others, "START");
  for (const [stopped, stops] of bySchedule(some, "STOP"))
    for (const [started, starts] of starting) {
      const minutes = meetingOf(stopped, started, powerMinutes, now);
      if (minutes === undefined) continue;
      for (const stop of stops) for (const start of starts) yield { stop, start, minutes };
    }
}
