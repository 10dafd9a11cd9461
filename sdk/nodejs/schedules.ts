import type * as pulumi from "@pulumi/pulumi";
import type {
  DaySchedule,
  FixedTimeSchedule,
  LifeCycleSchedule,
  LifeCycleType,
  MonthSchedule,
  Weekday,
  WeekSchedule,
} from "./generated/args";

/** A time of day, and the zone it is meant in. */
export interface TimeOfDay {
  /** Time of day, `HH:mm:ss` or `HH:mm`. */
  at: pulumi.Input<string>;
  /** Name in the tz database, such as `Asia/Shanghai`; without it the stack config `timeZone` is used. */
  timeZone?: pulumi.Input<string>;
}

type Zoned<S> = S & { timeZone?: pulumi.Input<string> };

const time = ({ at, timeZone }: TimeOfDay) => ({ scheduledTime: at, ...(timeZone !== undefined && { timeZone }) });

/**
 * Once, on a date.
 *
 * @param schedule `on`: the date, `yyyy-MM-dd`
 */
export const once = (schedule: TimeOfDay & { on: pulumi.Input<string> }): Zoned<FixedTimeSchedule> => ({
  scheduledType: "FIXED_TIME",
  scheduledDate: schedule.on,
  ...time(schedule),
});

/**
 * Every day, or every n days.
 *
 * @param schedule `every`: the interval in days, 1 to 31; 1 by default
 */
export const daily = (schedule: TimeOfDay & { every?: pulumi.Input<number> }): Zoned<DaySchedule> => ({
  scheduledType: "DAY",
  dayInterval: schedule.every ?? 1,
  ...time(schedule),
});

/**
 * On days of the week.
 *
 * @param schedule `on`: names of days, at least one
 */
export const weekly = (schedule: TimeOfDay & { on: pulumi.Input<pulumi.Input<Weekday>[]> }): Zoned<WeekSchedule> => ({
  scheduledType: "WEEK",
  weekList: schedule.on,
  ...time(schedule),
});

const everyMonth = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/**
 * On days of the month.
 *
 * @param schedule `on`: days 1 to 31, and `"L"` for the last; `months`: 1 to 12, all by default
 */
export const monthly = (
  schedule: TimeOfDay & {
    on: pulumi.Input<pulumi.Input<string | number>[]>;
    months?: pulumi.Input<pulumi.Input<number>[]>;
  },
): Zoned<MonthSchedule> => ({
  scheduledType: "MONTH",
  monthList: schedule.months ?? everyMonth,
  dateList: schedule.on,
  ...time(schedule),
});

/**
 * After an event of a desktop. START and REBUILD cannot be triggered.
 *
 * @param event the event, such as `POST_DESKTOP_DISCONNECTED`
 * @param options `waitTime` 0 to 43200, `lifeCycleExecPeriod` 1 to 10080 minutes, `priority` 1 to 50
 */
export const onEvent = (
  event: pulumi.Input<LifeCycleType>,
  options: Pick<LifeCycleSchedule, "waitTime" | "lifeCycleExecPeriod" | "priority"> = {},
): LifeCycleSchedule => ({ scheduledType: "LIFE_CYCLE", lifeCycleType: event, ...options });
