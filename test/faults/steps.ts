import type { Outcome } from "../engine/stack";
import { isFleet } from "../engine/tasks";
import type { World } from "./world";

/** With the program, or the engine takes the stack config that the last run has left in the state. */
const refreshed = ({ stack }: World): Promise<Outcome> => stack.refresh(["--run-program"]);

/** What a run is doing when a fault strikes: the requests that it sends, and a run that sends some. */
export const steps = {
  create: {
    operation: "CreateScheduledTasks",
    act: ({ grow, stack }: World, tasks: number): Promise<Outcome> => {
      grow(tasks);
      return stack.up();
    },
  },
  read: { operation: "ShowScheduledTasks", act: refreshed },
  list: { operation: "ListScheduledTasks", act: refreshed },
  update: {
    operation: "UpdateScheduledTasks",
    act: ({ revise, stack }: World): Promise<Outcome> => {
      revise();
      return stack.up();
    },
  },
  delete: {
    /** Of a fleet; what a batch leaves is deleted singly. */
    operation: isFleet ? "BatchDeleteScheduledTasks" : "DeleteScheduledTasks",
    act: ({ shrink, stack }: World, tasks: number): Promise<Outcome> => {
      shrink(tasks);
      return stack.up();
    },
  },
} as const;

/** Steps for which a run sends one request only. */
export const isAlone = (step: Step): boolean => step === "list" || (isFleet && step === "delete");

export type Step = keyof typeof steps;
export const stepNames = Object.keys(steps) as Step[];
