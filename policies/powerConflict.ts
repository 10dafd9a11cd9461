import type { StackValidationPolicy } from "@pulumi/policy";
import { conflictsOf, powerMinutes } from "../review/conflicts";
import { type ReportTask, runsOf, targetsOf } from "../review/report";
import { type Exceptions, exceptions, isExcepted } from "./taskPolicy";
import { mayBeOff, type Task, tasksOf } from "./tasks";

const powerTypes: readonly unknown[] = ["START", "STOP"];

/** Judges the tasks of a stack together, as the review does: by their runs of the next two weeks. */
export const powerConflict: StackValidationPolicy = {
  name: "power-conflict",
  description: "Desktops are not started and stopped at the same time.",
  configSchema: { properties: exceptions },
  validateStack: ({ resources, getConfig }, reportViolation) => {
    const config = getConfig<Exceptions>();
    const now = new Date();
    const tasks = resources
      .flatMap(tasksOf)
      .filter((task) => powerTypes.includes(task.inputs.taskType))
      .filter((task) => !isExcepted(task, config) && !mayBeOff(task));
    for (const neighbours of Map.groupBy(tasks, ({ place }) => place).values()) {
      for (const { first, second, isPossible } of conflictsOf(neighbours.map((task) => acting(task, now))))
        reportViolation(
          `${first.declaredAs}, then ${second.declaredAs}: START and STOP within ${powerMinutes} minutes of ${isPossible ? "targets of which one may hold the other" : "one target"}`,
          second.urn ?? undefined,
        );
    }
  },
};

/** A task as far as its conflicts depend on it. */
const acting = ({ declaredAs, urn, inputs }: Task, now: Date): ReportTask => {
  const { taskType = null } = inputs;
  const runs = { before: [], after: runsOf(inputs, now) };
  const task: Partial<ReportTask> = { verdict: "new", declaredAs, urn, taskType, targets: targetsOf(inputs), runs };
  return task as ReportTask;
};
