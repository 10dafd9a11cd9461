import type { Outcome } from "../engine/stack";
import type { World } from "./world";

/** What a run is doing when a fault strikes: the requests that it sends, and a run that sends some. */
export const steps = {
  create: {
    operation: "CreateScheduledTasks",
    act: ({ grow, stack }: World, tasks: number): Promise<Outcome> => {
      grow(tasks);
      return stack.up();
    },
  },
  read: { operation: "ShowScheduledTasks", act: ({ stack }: World): Promise<Outcome> => stack.refresh() },
  list: { operation: "ListScheduledTasks", act: ({ stack }: World): Promise<Outcome> => stack.refresh() },
  update: {
    operation: "UpdateScheduledTasks",
    act: ({ revise, stack }: World): Promise<Outcome> => {
      revise();
      return stack.up();
    },
  },
  delete: {
    operation: "DeleteScheduledTasks",
    act: ({ shrink, stack }: World, tasks: number): Promise<Outcome> => {
      shrink(tasks);
      return stack.up();
    },
  },
} as const;

export type Step = keyof typeof steps;
export const stepNames = Object.keys(steps) as Step[];
