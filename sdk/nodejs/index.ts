export type {
  ApplyObject,
  DaySchedule,
  FixedTimeSchedule,
  LifeCycleSchedule,
  LifeCycleType,
  MonthSchedule,
  ObjectType,
  Schedule,
  ScheduledTaskArgs,
  TaskArgs,
  TaskType,
  Weekday,
  WeekSchedule,
} from "./generated/args";
export { ScheduledTask } from "./scheduledTask";
export { daily, monthly, once, onEvent, type TimeOfDay, weekly } from "./schedules";
