import type * as pulumi from "@pulumi/pulumi";
import { CustomResource, withShortTraces } from "../pulumi";
import type { ScheduledTaskArgs } from "./generated/args";
import { secretInputs } from "./secretInputs";

/** Kept for ever: it stands in the state of every task, and the engine runs it. */
const PROVIDER = 'exports.handler=()=>require("pulumi-huaweicloud-workspace/provider")';

/** A task that a program declared through the plugin is the same one. */
const PLUGIN_TYPE = "huaweicloud-workspace:index:ScheduledTask";

/**
 * A scheduled task of Huawei Cloud Workspace: an action on cloud desktops, at times of a schedule or after an event.
 * Its `id` is the id of the task; there is no other output.
 *
 * @example
 * new ScheduledTask("evening-stop", {
 *   taskType: "STOP",
 *   ...weekly({ on: ["MON", "FRI"], at: "19:30", timeZone: "Asia/Shanghai" }),
 *   applyObjects: [{ objectType: "DESKTOP_POOL", objectId: "pool-sales" }],
 * });
 */
export class ScheduledTask extends CustomResource {
  /**
   * @param name Pulumi name of the resource, and name of the task unless `taskName` is given
   * @param args what the task does, when, and on which desktops
   * @param opts options of the engine; a replaced task is always deleted first, for two would both run
   */
  constructor(name: string, args: ScheduledTaskArgs, opts?: pulumi.CustomResourceOptions) {
    const restore = withShortTraces();
    try {
      super(
        "pulumi-nodejs:dynamic/huaweicloud-workspace:ScheduledTask",
        name,
        { ...args, taskName: args.taskName ?? name, ...secretInputs(args), __provider: PROVIDER },
        { ...opts, deleteBeforeReplace: true, aliases: [...(opts?.aliases ?? []), { type: PLUGIN_TYPE }] },
      );
    } catch (error) {
      throw restore(error);
    } finally {
      restore();
    }
  }
}
