import type { PolicyConfigSchema, ResourceValidationPolicy } from "@pulumi/policy";
import type { Inputs } from "../provider/scheduledTask/fields";
import { isUnknown } from "../provider/scheduledTask/wire";
import { type Task, tasksOf } from "./tasks";

interface About {
  readonly name: string;
  readonly description: string;
  readonly configSchema?: PolicyConfigSchema;
}

/** Configuration of every rule but those of the review, which are acknowledged instead. */
export interface Exceptions {
  /** Names of tasks that the rule lets pass. */
  readonly except?: readonly string[];
}

export const exceptions: PolicyConfigSchema["properties"] = {
  except: { type: "array", items: { type: "string" }, description: "Names of tasks that the rule lets pass." },
};

export const isExcepted = ({ inputs }: Task, { except = [] }: Exceptions): boolean =>
  except.some((name) => mayBeNamed(inputs, name));

/** Whether a task has a name; one whose name is not known yet in this preview may have any. */
export const mayBeNamed = ({ taskName }: Inputs, name: string): boolean => taskName === name || isUnknown(taskName);

/**
 * A policy that judges each task by itself, those of a fleet too.
 *
 * @param judge says what is wrong with a task. The engine does not tell a policy which inputs are secret, so that it may
 *   quote the configuration but no input
 */
export const taskPolicy = <Config extends object>(
  about: About,
  judge: (task: Task, config: Config) => string | undefined,
): ResourceValidationPolicy => ({
  ...about,
  validateResource: (args, reportViolation) => {
    const config = args.getConfig<Config & Exceptions>();
    for (const task of tasksOf(args)) {
      const wrong = isExcepted(task, config) ? undefined : judge(task, config);
      if (wrong !== undefined) reportViolation(`${task.declaredAs}: ${wrong}`);
    }
  },
});
