import type * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "../pulumi";
import type { Schedule, SharedArgs, TaskArgs } from "./generated/args";
import { secretInputsOfFleet } from "./secretInputs";

/** Kept for ever: it stands in the state of every fleet, and the engine runs it. */
const PROVIDER = 'exports.handler=()=>require("pulumi-huaweicloud-workspace/provider").fleet';

/** A fleet that a program declared through the plugin is the same one. */
const PLUGIN_TYPE = "huaweicloud-workspace:index:ScheduledTaskFleet";

/** A schedule of a type of its own, of which the fleet may declare a part. */
type OwnSchedule<S> = S extends Schedule ? Partial<S> & Pick<S, "scheduledType"> : never;

/** A schedule of the type that the fleet declares, with other values where the task has them. */
type FleetSchedule = Omit<SharedArgs, "scheduledType" | keyof TaskArgs> & { scheduledType?: undefined };

/** Arguments of a task of a fleet: those of a ScheduledTask, but for what the fleet declares for its tasks. */
export type FleetTaskArgs = Partial<TaskArgs> & (OwnSchedule<Schedule> | FleetSchedule);

/**
 * Arguments of a ScheduledTaskFleet: its tasks, and what they share. A task takes a shared value if it has none of its own
 * and its schedule type and action have a use for it; `description: ""` and `applyObjects: []` are values, and mean none.
 */
export interface ScheduledTaskFleetArgs extends SharedArgs {
  /** Tasks by a key of your choice, which is the name of a task that declares no `taskName`. */
  tasks: pulumi.Input<{ [key: string]: pulumi.Input<FleetTaskArgs> }>;
}

/**
 * Many scheduled tasks in one resource: the same inputs, checks and updates as `ScheduledTask`, with one entry of state
 * for all of them. For hundreds or thousands of tasks, which as single resources take the engine minutes.
 *
 * @example
 * new ScheduledTaskFleet("office-hours", {
 *   taskType: "STOP",
 *   ...weekly({ on: ["FRI"], at: "19:30", timeZone: "Asia/Shanghai" }),
 *   tasks: Object.fromEntries(pools.map((pool) => [`stop-${pool}`, {
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
