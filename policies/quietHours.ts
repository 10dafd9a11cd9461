import type { PolicyConfigSchema } from "@pulumi/policy";
import { zoneId } from "../provider/scheduledTask/calendar";
import { type Inputs, row, type Weekday, weekdays } from "../provider/scheduledTask/fields";
import { nextRuns, type Run } from "../provider/scheduledTask/nextRuns";
import { exceptions, taskPolicy } from "./taskPolicy";
import { mayBeOff } from "./tasks";

/** Hours in which some tasks must not run. */
interface QuietHours {
  /** H:mm or HH:mm, the first minute that is quiet. */
  readonly from: string;
  /** The first minute that is not. Not later than `from`: of the next day. */
  readonly to: string;
  /** On which they begin. @default every day */
  readonly days?: readonly Weekday[];
  /** Whose clock counts. @default that of the task */
  readonly timeZone?: string;
  /** @default all */
  readonly taskTypes?: readonly string[];
}

interface Config {
  readonly hours?: readonly QuietHours[];
}

const timeOfDay = { type: "string", pattern: "^([01]?[0-9]|2[0-3]):[0-5][0-9]$" } as const;

const configSchema: PolicyConfigSchema = {
  properties: {
    hours: {
      type: "array",
      description: "Hours in which tasks must not run. Without any, tasks run at all times.",
      items: {
        type: "object",
        required: ["from", "to"],
        additionalProperties: false,
        properties: {
          from: { ...timeOfDay, description: "HH:mm, the first minute that is quiet." },
          to: { ...timeOfDay, description: "HH:mm, the first minute that is not; of the next day unless it is later." },
          days: {
            type: "array",
            items: { type: "string", enum: [...weekdays] },
            description: "Days on which they begin; every day by default.",
          },
          timeZone: { type: "string", description: "Whose clock counts; by default that of each task." },
          taskTypes: {
            type: "array",
            items: { type: "string", enum: [...(row("taskType").values ?? [])] },
            description: "For which tasks; for all by default.",
          },
        },
      },
    },
    ...exceptions,
  },
};

export const quietHours = taskPolicy<Config>(
  { name: "quiet-hours", description: "Tasks leave desktops alone while people work.", configSchema },
  (task, { hours = [] }) => {
    const { inputs } = task;
    const concerned = hours.filter(({ taskTypes }) => taskTypes?.includes(String(inputs.taskType)) ?? true);
    if (concerned.length === 0 || mayBeOff(task)) return undefined;
    const runs = runsToJudge(inputs, new Date());
    const broken = concerned.find((quiet) => runs.some((run) => isQuiet(run, quiet)));
    return broken && `it runs in quiet hours, ${textOf(broken)}`;
  },
);

const halfYearMs = 182 * 86_400_000;
/** Two weeks of a daily task, more than a year of a monthly one. */
const runCount = 14;

/** The next runs, and as many half a year later: there a zone may have put its clock forward. */
const runsToJudge = (inputs: Inputs, now: Date): Run[] =>
  [now, new Date(now.getTime() + halfYearMs)].flatMap((after) => nextRuns(inputs, after, runCount));

function isQuiet({ at }: Run, { from, to, days, timeZone }: QuietHours): boolean {
  const local = timeZone === undefined ? at : at.withTimeZone(zoneNamed(timeZone));
  const [minute, first, end] = [local.hour * 60 + local.minute, minuteOf(from), minuteOf(to)];
  const isOvernight = end <= first;
  if (isOvernight ? minute < first && minute >= end : minute < first || minute >= end) return false;
  const began = isOvernight && minute < end ? local.subtract({ days: 1 }) : local;
  return days?.some((day) => weekdays.indexOf(day) === began.dayOfWeek % 7) ?? true;
}

const minuteOf = (time: string): number => {
  const [hour, minute] = time.split(":").map(Number);
  return (hour ?? 0) * 60 + (minute ?? 0);
};

function zoneNamed(timeZone: string): string {
  const zone = zoneId(timeZone);
  if (zone === undefined) throw new Error(`quiet-hours.hours: timeZone: ${timeZone} is no name of the tz database`);
  return zone;
}

const textOf = ({ from, to, days, timeZone }: QuietHours): string =>
  [`${from} to ${to}`, timeZone ?? "of its own time zone", ...(days ? [days.join(" ")] : [])].join(" ");
