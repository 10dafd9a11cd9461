import type { Args, FunctionName } from "../../provider/scheduledTask/functions";
import { info, runtime } from "../pulumi";
import type { Functions } from "./generated/functions";

/** Loaded by the first call: a program that asks nothing needs neither the table of the functions nor HTTP. */
const cloud = (): typeof import("../../provider/scheduledTask/queried") =>
  require("../../provider/scheduledTask/queried");
const table = (): typeof import("../../provider/scheduledTask/functions") =>
  require("../../provider/scheduledTask/functions");
const configuration = (): typeof import("../../provider/cloud/configuration") =>
  require("../../provider/cloud/configuration");

/** The program asks by itself, with the stack's configuration and its own environment, in previews too. */
async function ask<R>(name: FunctionName, args: Args): Promise<R> {
  const { badArgs, functions } = table();
  const row = functions.find((one) => one.name === name);
  if (row === undefined) throw new Error(`there is no function ${name}`);
  const bad = badArgs(row, args);
  if (bad.length > 0) throw new Error(`${name}: ${bad.map(({ path, reason }) => `${path}: ${reason}`).join("; ")}`);
  const settings = configuration().readSettings((key) => runtime.getConfig(key), process.env);
  const tell = (message: string) => void info(`huaweicloud-workspace: ${message}`);
  const queried = cloud().queried(settings, args, { engineRuns: async () => true, tell });
  return (await row.run(queried, args)) as R;
}

/** One task, by its id or by its exact name. */
export const getScheduledTask: Functions["getScheduledTask"] = (args) => ask("getScheduledTask", { ...args });

/** All tasks that match, those triggered by events included. */
export const getScheduledTasks: Functions["getScheduledTasks"] = (args) => ask("getScheduledTasks", { ...args });

/** When a schedule would run next, as the cloud reckons it: nothing is created. */
export const getFutureExecutions: Functions["getFutureExecutions"] = (args) => ask("getFutureExecutions", { ...args });

/** The runs of a task. */
export const getScheduledTaskRecords: Functions["getScheduledTaskRecords"] = (args) =>
  ask("getScheduledTaskRecords", { ...args });

/** What a run of a task did on each desktop. */
export const getScheduledTaskRecordDetails: Functions["getScheduledTaskRecordDetails"] = (args) =>
  ask("getScheduledTaskRecordDetails", { ...args });
