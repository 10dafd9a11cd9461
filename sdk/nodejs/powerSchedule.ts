import type * as pulumi from "@pulumi/pulumi";
import { type FieldName, row, UNKNOWN, weekdays } from "../../provider/scheduledTask/fields";
import { shapeFailures } from "../../provider/scheduledTask/shapeFailures";
import { canonical } from "../../provider/scheduledTask/wire";
import { ComponentResource, Output, output, RunError } from "../pulumi";
import type { TaskArgs, WeekSchedule } from "./generated/args";
import { ScheduledTask } from "./scheduledTask";

/** What one of the two tasks of a PowerSchedule has of its own. */
export type PowerTaskArgs = Pick<TaskArgs, "taskName" | "description" | "extraParams" | "forceExecute" | "adoptTaskId">;

/** Arguments of a PowerSchedule; time zone, expiry and the like are those of both tasks. */
export interface PowerScheduleArgs
  extends Pick<TaskArgs, "timeZone" | "enable" | "expireTime" | "region" | "projectId"> {
  /** Names of the days on which the targets start, at least one. */
  days: WeekSchedule["weekList"];
  /** Time of day at which they start, `HH:mm:ss` or `HH:mm`. */
  startAt: pulumi.Input<string>;
  /** Time of day at which they stop; one before `startAt` is of the next day: a night from `20:00` to `04:00`. */
  stopAt: pulumi.Input<string>;
  /** The desktops, at most 1000: a set, so order means nothing. */
  targets: NonNullable<TaskArgs["applyObjects"]>;
  /** What the START has of its own; its name is by default the Pulumi name with `-start`. */
  start?: PowerTaskArgs;
  /** What the STOP has of its own, such as `forceExecute`; its name is by default the Pulumi name with `-stop`. */
  stop?: PowerTaskArgs;
}

/**
 * Desktops that run from one time of day to another on days of the week: a START and a STOP of the same targets.
 *
 * @example
 * new PowerSchedule("office", {
 *   days: ["MON", "TUE", "WED", "THU", "FRI"],
 *   startAt: "08:00",
 *   stopAt: "19:30",
 *   timeZone: "Asia/Shanghai",
 *   targets: [{ objectType: "DESKTOP_POOL", objectId: "pool-sales" }],
 * });
 */
export class PowerSchedule extends ComponentResource {
  /** The task that starts the targets. */
  readonly start: ScheduledTask;
  /** The task that stops them. */
  readonly stop: ScheduledTask;

  /**
   * @param name Pulumi name of the component, and beginning of the names of its tasks
   * @param args on which days, from when to when, and on which desktops
   * @param opts options of the engine; the tasks are children, and inherit what the engine lets children inherit
   * @throws pulumi.RunError when a value that is known at once is wrong, with all failures and their paths; the checks of
   *   the tasks judge the others
   */
  constructor(name: string, args: PowerScheduleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("huaweicloud-workspace:index:PowerSchedule", name, {}, opts);
    const failures = failuresOf(args);
    if (failures.length > 0) throw new RunError(`PowerSchedule "${name}": ${failures.join("; ")}`);
    const { days, startAt, stopAt, targets, start, stop, ...shared } = args;
    const common = { ...shared, scheduledType: "WEEK" as const, applyObjects: targets };
    const stopDays = output({ days, startAt, stopAt }).apply((known) =>
      isOvernight(known.startAt, known.stopAt) ? known.days.map(dayAfter) : known.days,
    );
    this.start = new ScheduledTask(
      `${name}-start`,
      { ...common, ...start, taskType: "START", weekList: days, scheduledTime: startAt },
      { parent: this },
    );
    this.stop = new ScheduledTask(
      `${name}-stop`,
      { ...common, ...stop, taskType: "STOP", weekList: stopDays, scheduledTime: stopAt },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

/** HH:mm:ss, which sorts as time does. */
const timeOf = (time: unknown): string => String(canonical(row("scheduledTime"), time));
const isOvernight = (startAt: string, stopAt: string): boolean => timeOf(stopAt) < timeOf(startAt);

type Day = pulumi.Unwrap<WeekSchedule["weekList"]>[number];

/** Of what is no day, itself: the checks of the tasks refuse it. */
function dayAfter(day: Day): Day {
  const place = weekdays.findIndex((name, index) => day === name || Number(day) === index + 1);
  return place < 0 ? day : (weekdays[(place + 1) % weekdays.length] ?? day);
}

/** Which field of a task each argument becomes. */
const fieldOf = {
  days: "weekList",
  startAt: "scheduledTime",
  stopAt: "scheduledTime",
  targets: "applyObjects",
} as const;
type Renamed = keyof typeof fieldOf;

/** What is wrong with the arguments, each with its path. */
function failuresOf(args: PowerScheduleArgs): string[] {
  const found = Object.entries(fieldOf).flatMap(([argument, field]) =>
    failuresAt(argument as Renamed, field, plain(args[argument as Renamed])),
  );
  const [startAt, stopAt] = [plain(args.startAt), plain(args.stopAt)];
  const isNever = found.length === 0 && startAt !== UNKNOWN && timeOf(startAt) === timeOf(stopAt);
  return isNever ? ["stopAt: the same time as startAt; expected another one"] : found;
}

function failuresAt(argument: Renamed, field: FieldName, value: unknown): string[] {
  if (value === undefined) return [`${argument}: missing`];
  return shapeFailures({ [field]: value }).map(({ path, reason }) => `${path.replace(field, argument)}: ${reason}`);
}

/** A value as far as it is known at once. */
function plain(value: unknown): unknown {
  if (Output.isInstance(value) || value instanceof Promise) return UNKNOWN;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]));
}
