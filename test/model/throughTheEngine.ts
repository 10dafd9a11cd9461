import type { State } from "../../provider/scheduledTask/state";
import type { Cloud } from "../emulated";
import type { TasksStack } from "../engine/tasks";
import type { Known, Program, Runner } from "./runner";

/** The same through a real Pulumi. */
export class ThroughTheEngine implements Runner {
  private state: Promise<ReadonlyMap<string, Known>> | undefined;

  constructor(
    readonly cloud: Cloud,
    private readonly stack: TasksStack,
  ) {}

  async up(program: Program, onExisting?: "adopt"): Promise<string | undefined> {
    this.state = undefined;
    this.stack.declare(Object.fromEntries([...program].map(([name, args]) => [name, { args }])));
    const env = onExisting && { HUAWEICLOUD_WORKSPACE_ON_EXISTING: onExisting };
    const { code, output } = await this.stack.run(["up", "--yes", "--skip-preview", "--refresh"], {
      ...(env && { env }),
    });
    return code === 0 ? undefined : output;
  }

  known(): Promise<ReadonlyMap<string, Known>> {
    this.state ??= this.exported();
    return this.state;
  }

  private async exported(): Promise<ReadonlyMap<string, Known>> {
    const resources = await this.stack.resources();
    return new Map(
      resources.map(({ urn, id = "", outputs = {} }) => [
        urn.split("::").at(-1) ?? "",
        { id, state: stateOf(outputs) },
      ]),
    );
  }
}

const stateOf = ({ __provider: _, ...outputs }: { readonly [name: string]: unknown }): State => outputs;
