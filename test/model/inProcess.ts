import type { Inputs } from "../../provider/scheduledTask/fields";
import { freshProject } from "../core/deployment";
import { Deployment } from "../core/fronts";
import type { Cloud } from "../emulated";
import type { Known, Program, Runner } from "./runner";

interface Settings {
  readonly owner: string | undefined;
  /** As the engine does; otherwise one resource after the other, and a seed plays the same again. */
  readonly atOnce: boolean;
}

/** What the engine does with a program of several tasks. */
export class InProcess implements Runner {
  private readonly deployments = new Map<string, Deployment>();

  constructor(
    readonly cloud: Cloud,
    private readonly settings: Settings,
  ) {}

  async up(program: Program, onExisting: "error" | "adopt" = "error"): Promise<string | undefined> {
    const { owner, atOnce } = this.settings;
    const project = freshProject(this.cloud, [], { onExisting, ...(owner !== undefined && { owner }) });
    const errors: unknown[] = [];
    const attempt = (step: Promise<unknown>) => step.catch((error: unknown) => void errors.push(error));
    const bring = async (name: string, inputs: Inputs): Promise<void> => {
      const deployment = this.deployments.get(name) ?? new Deployment(this.cloud);
      await attempt(deployment.up(inputs, project));
      if (deployment.id !== undefined) this.deployments.set(name, deployment);
    };
    if (atOnce) await Promise.all([...program].map(([name, inputs]) => bring(name, inputs)));
    else for (const [name, inputs] of program) await bring(name, inputs);
    // The engine deletes nothing after an error.
    for (const [name, deployment] of errors.length > 0 ? [] : this.deployments)
      if (!program.has(name)) await attempt(deployment.destroy(project).then(() => this.deployments.delete(name)));
    return errors.length > 0 ? errors.map(String).join("\n") : undefined;
  }

  async known(): Promise<ReadonlyMap<string, Known>> {
    return new Map([...this.deployments].map(([name, { id = "", state }]) => [name, { id, state }]));
  }
}
