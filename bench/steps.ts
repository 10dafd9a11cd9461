import { createBody } from "../provider/scheduledTask/diff";
import type { Inputs } from "../provider/scheduledTask/fields";
import type { WireTask } from "../provider/scheduledTask/wire";
import { inputsOf } from "./creates";

/** What is asked of each subject, in this order, each as one whole command. */
export const steps = [
  "create",
  "nothing changed",
  "drift check",
  "change 10%",
  "repair drift of 5%",
  "destroy",
] as const;
export type Step = (typeof steps)[number];

/** Those that tell how another load compares. */
export const mainSteps = ["create", "nothing changed", "change 10%", "destroy"] as const satisfies readonly Step[];

/** Those in which single tasks meet the engine alone. */
export const floorSteps = ["create", "nothing changed", "change 10%"] as const satisfies readonly Step[];

/** Those in which a fleet meets the naive provider. */
export const naiveSteps = ["create", "nothing changed"] as const satisfies readonly Step[];

/** Those that write what the code says. */
export const writingSteps = ["create", "change 10%", "destroy"] as const satisfies readonly Step[];

export type Tasks = { readonly [key: string]: Inputs };

export const usualTime = "19:30:00";

/** As many tasks as asked for; of every ten, one has another time when it is changed. */
export const declared = (count: number, isChanged: boolean): Tasks =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const { enable: _enable, ...task } = inputsOf(index);
      const scheduledTime = isChanged && index % 10 === 0 ? "20:15:00" : usualTime;
      return [`task-${index}`, { ...task, scheduledTime }];
    }),
  );

/** The bodies of the requests that make these tasks. */
export const bodiesOf = (tasks: Tasks): { readonly [key: string]: WireTask } =>
  Object.fromEntries(Object.entries(tasks).map(([key, inputs]) => [key, createBody(inputs)]));

/** Whether somebody edits the task in the console before its drift is repaired: one of twenty, none that was changed. */
export const isEdited = (index: number): boolean => index % 20 === 1;
