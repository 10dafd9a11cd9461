import type { StackValidationPolicy } from "@pulumi/policy";
import { conflictsOf, powerMinutes } from "../review/conflicts";
import { type ReportTask, reportOf } from "../review/report";
import { type Exceptions, exceptions, isExcepted } from "./taskPolicy";
import { type Task, tasksOf } from "./tasks";

const powerTypes: readonly unknown[] = ["START", "STOP"];

/** Judges the tasks of a stack together, as the review does: by their runs of the next two weeks. */
export const powerConflict: StackValidationPolicy = {
  name: "power-conflict",
  description: "Desktops are not started and stopped at the same time.",
  configSchema: { properties: exceptions },
  validateStack: ({ resources, getConfig }, reportViolation) => {
    const config = getConfig<Exceptions>();
    const tasks = resources
      .flatMap(tasksOf)
      .filter((task) => powerTypes.includes(task.inputs.taskType) && !isExcepted(task, config));
    for (const neighbours of Map.groupBy(tasks, ({ place }) => place).values()) {
      for (const { first, second, where } of conflictsAmong(neighbours))
        reportViolation(
          `${first.declaredAs}, then ${second.declaredAs}: START and STOP within ${powerMinutes} minutes of ${where}`,
          second.urn,
        );
    }
  },
};

/** Which tasks meet on what. */
function conflictsAmong(tasks: readonly Task[]): { first: Task; second: Task; where: string }[] {
  const asListed = tasks.map(({ inputs }, index) => ({ id: String(index), inputs }));
  const { unmanaged } = reportOf([], asListed, { now: new Date(), language: "en" });
  const taskOf = ({ id }: ReportTask): Task | undefined => tasks[Number(id)];
  return conflictsOf(unmanaged).flatMap((conflict) => {
    const [first, second] = [taskOf(conflict.first), taskOf(conflict.second)];
    const where = conflict.isPossible ? "targets of which one may hold the other" : "one target";
    return first && second ? [{ first, second, where }] : [];
  });
}
