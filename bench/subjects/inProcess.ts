import { create as createTask } from "../../provider/scheduledTask/create";
import { diff } from "../../provider/scheduledTask/diff";
import { type Project, read, remove, update } from "../../provider/scheduledTask/lifecycle";
import type { State } from "../../provider/scheduledTask/state";
import type { FleetState } from "../../provider/scheduledTaskFleet/fleet";
import * as fleet from "../../provider/scheduledTaskFleet/lifecycle";
import { newProject } from "../creates";
import type { Step, Tasks } from "../steps";
import type { Place, Prepared, Subject } from "../subject";

/** The core without an engine, told of all tasks at once; each step begins with what a new process knows. */
export const singleInside: Subject = {
  name: "single tasks, inside",
  isInside: true,
  prepare: async ({ emulator }: Place) => new Singles(() => newProject(emulator)),
};

class Singles implements Prepared {
  private known = new Map<string, { readonly id: string; readonly state: State }>();

  constructor(private readonly fresh: () => Project) {}

  async take(step: Step, tasks: Tasks): Promise<void> {
    const project = this.fresh();
    if (step === "create") {
      const made = Object.entries(tasks).map(
        async ([key, inputs]) => [key, await createTask(project, withDefaults(inputs))] as const,
      );
      this.known = new Map(await Promise.all(made));
      return;
    }
    await Promise.all(
      [...this.known].map(async ([key, { id, state }]) => {
        if (step === "destroy") return remove(project, id, state);
        const live = step === "change 10%" ? state : await read(project, id, state);
        const inputs = withDefaults(tasks[key] ?? {});
        if (live === undefined || diff(live, inputs).changes.length === 0) return;
        this.known.set(key, { id, state: await update(project, id, live, inputs) });
      }),
    );
  }
}

export const fleetInside: Subject = {
  name: "a fleet, inside",
  isInside: true,
  prepare: async ({ emulator }: Place) => new Fleet(() => newProject(emulator)),
};

class Fleet implements Prepared {
  private state: FleetState = {};

  constructor(private readonly fresh: () => Project) {}

  async take(step: Step, tasks: Tasks): Promise<void> {
    const project = this.fresh();
    const projectOf = () => project;
    const inputs = { tasks: Object.fromEntries(Object.entries(tasks).map(([key, task]) => [key, withDefaults(task)])) };
    if (step === "create") this.state = (await fleet.create(projectOf, inputs)).state;
    else if (step === "destroy") await fleet.remove(projectOf, this.state);
    else {
      if (step !== "change 10%") this.state = await fleet.read(projectOf, this.state);
      if (step === "change 10%" || step === "repair drift of 5%")
        this.state = await fleet.update(projectOf, "fleet", this.state, inputs);
    }
  }
}

/** As check leaves them. */
const withDefaults = (inputs: Tasks[string]): Tasks[string] => ({ ...inputs, enable: true });
