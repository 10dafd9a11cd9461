export {
  getFutureExecutions,
  getScheduledTask,
  getScheduledTaskRecordDetails,
  getScheduledTaskRecords,
  getScheduledTasks,
} from "./functions";
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
  SharedArgs,
  TaskArgs,
  TaskType,
  Weekday,
  WeekSchedule,
} from "./generated/args";
export type * as functions from "./generated/functions";
export { PowerSchedule, type PowerScheduleArgs, type PowerTaskArgs } from "./powerSchedule";
export { ScheduledTask } from "./scheduledTask";
export { type FleetTaskArgs, ScheduledTaskFleet, type ScheduledTaskFleetArgs } from "./scheduledTaskFleet";
export { daily, monthly, once, onEvent, type TimeOfDay, weekly } from "./schedules";
