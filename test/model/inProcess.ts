import { freshProject } from "../core/deployment";
import { Deployment } from "../core/fronts";
import type { Cloud } from "../emulated";
import type { Known, Program, Runner } from "./runner";

/** What the engine does with a program of several tasks, one after the other, so that a seed plays the same again. */
export class InProcess implements Runner {
  private readonly deployments = new Map<string, Deployment>();

  constructor(
    readonly cloud: Cloud,
    private readonly owner?: string,
  ) {}

  async up(program: Program, onExisting: "error" | "adopt" = "error"): Promise<string | undefined> {
    const project = freshProject(this.cloud, [], {
      onExisting,
      ...(this.owner !== undefined && { owner: this.owner }),
    });
    const errors: unknown[] = [];
    const attempt = (step: Promise<unknown>) => step.catch((error: unknown) => void errors.push(error));
    for (const [name, inputs] of program) {
      const deployment = this.deployments.get(name) ?? new Deployment(this.cloud);
      await attempt(deployment.up(inputs, project));
      if (deployment.id !== undefined) this.deployments.set(name, deployment);
    }
    // The engine deletes nothing after an error.
    for (const [name, deployment] of errors.length > 0 ? [] : this.deployments)
      if (!program.has(name)) await attempt(deployment.destroy(project).then(() => this.deployments.delete(name)));
    return errors.length > 0 ? errors.map(String).join("\n") : undefined;
  }

  async known(): Promise<ReadonlyMap<string, Known>> {
    return new Map([...this.deployments].map(([name, { id = "", state }]) => [name, { id, state }]));
  }
}
