import type * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "../pulumi";
import type { ScheduledTaskArgs, SharedArgs } from "./generated/args";
import { secretInputsOfFleet } from "./secretInputs";

/** Kept for ever: it stands in the state of every fleet, and the engine runs it. */
const PROVIDER = 'exports.handler=()=>require("pulumi-huaweicloud-workspace/provider").fleet';

/** A fleet that a program declared through the plugin is the same one. */
const PLUGIN_TYPE = "huaweicloud-workspace:index:ScheduledTaskFleet";

/** Arguments of a ScheduledTaskFleet. */
export interface ScheduledTaskFleetArgs extends SharedArgs {
  /** Tasks by a key of your choice, which is the name of a task that declares no `taskName`. */
  tasks: pulumi.Input<{ [key: string]: pulumi.Input<ScheduledTaskArgs> }>;
}

/**
 * Many scheduled tasks in one resource: the same inputs, checks and updates as `ScheduledTask`, with one entry of state
 * for all of them. For hundreds or thousands of tasks, which as single resources take the engine minutes.
 *
 * @example
 * new ScheduledTaskFleet("office-hours", {
 *   tasks: Object.fromEntries(pools.map((pool) => [`stop-${pool}`, {
 *     taskType: "STOP",
 *     ...weekly({ on: ["FRI"], at: "19:30", timeZone: "Asia/Shanghai" }),
 *     applyObjects: [{ objectType: "DESKTOP_POOL", objectId: pool }],
 *   }])),
 * });
 */
export class ScheduledTaskFleet extends CustomResource {
  /** Ids of the tasks, by key. */
  declare readonly taskIds: pulumi.Output<{ [key: string]: string }>;

  /**
   * @param name Pulumi name of the resource
   * @param args the tasks
   * @param opts options of the engine; they are about the fleet as a whole
   */
  constructor(name: string, args: ScheduledTaskFleetArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      "pulumi-nodejs:dynamic/huaweicloud-workspace:ScheduledTaskFleet",
      name,
      { ...args, taskIds: undefined, ...secretInputsOfFleet(args), __provider: PROVIDER },
      { ...opts, deleteBeforeReplace: true, aliases: [...(opts?.aliases ?? []), { type: PLUGIN_TYPE }] },
    );
  }
}
