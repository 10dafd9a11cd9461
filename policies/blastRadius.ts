/** The rules of the review that are about a task as it is declared, with its thresholds and acknowledgements. */
import type { ResourceValidationPolicy } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import type { Inputs } from "../provider/scheduledTask/fields";
import { isUnknown } from "../provider/scheduledTask/wire";
import { findingsOf, readRuleSettings } from "../review/rules";
import { mayBeNamed, taskPolicy } from "./taskPolicy";
import { mayBeOff, type Task } from "./tasks";

/** What such a rule of the review says of a task; undefined when it has nothing to say, or somebody acknowledged it. */
function unacknowledged(rule: string, declared: Task): string | undefined {
  const { inputs } = declared;
  const settings = readRuleSettings(pulumi.runtime.getConfig("huaweicloud-workspace:review"));
  const isAcknowledged = settings.acknowledged.some(
    (one) => one.startsWith(`${rule}:`) && mayBeNamed(inputs, one.slice(rule.length + 1)),
  );
  if (isAcknowledged || mayBeOff(declared)) return undefined;
  // The rules about runs are not asked, so that their schedule need not be reckoned.
  const { scheduledType: _, ...after } = inputs;
  const task = {
    name: String(inputs.taskName),
    before: undefined,
    after,
    isReplaced: false,
    secret: [],
    secretChanges: [],
  };
  const finding = findingsOf(task, settings, new Date(), "en").find(({ rule: name }) => name === rule);
  if (finding === undefined) return undefined;
  return `${finding.text}; to let it pass, add "${rule}:<task name>" to "acknowledged" of the stack configuration huaweicloud-workspace:review`;
}

const reviewed = (name: string, description: string): ResourceValidationPolicy =>
  taskPolicy({ name, description }, (task) => unacknowledged(name, task));

/** Whether a task may act on more desktops; how many a pool, a tag or a project holds is not known here. */
const mayExceed = ({ applyObjects }: Inputs, count: number): boolean =>
  Array.isArray(applyObjects) &&
  (applyObjects.length > count || applyObjects.some((target) => !isUnknown(target) && target.objectType !== "DESKTOP"));

const grayRollout = taskPolicy<{ readonly overTargets?: number }>(
  {
    name: "no-gray-rollout",
    description: "Scripts go to a few desktops first.",
    configSchema: {
      properties: {
        overTargets: {
          type: "integer",
          minimum: 0,
          default: 0,
          description: "A script on so many single desktops or fewer needs no gray rollout.",
        },
      },
    },
  },
  (task, { overTargets = 0 }) =>
    mayExceed(task.inputs, overTargets) && !isUnknown(task.inputs.isGray)
      ? unacknowledged("no-gray-rollout", task)
      : undefined,
);

export const blastRadius: readonly ResourceValidationPolicy[] = [
  reviewed("rebuild", "Nobody rebuilds desktops by accident."),
  reviewed("force-execute", "Tasks wait until users have disconnected."),
  reviewed("all-desktops", "Tasks act on chosen desktops, not on all of the project."),
  reviewed("many-targets", "Tasks have few enough targets to be looked through."),
  grayRollout,
];
