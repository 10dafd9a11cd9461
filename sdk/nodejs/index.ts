export type * from "./generated/args";
export { ScheduledTask } from "./scheduledTask";
export { daily, monthly, once, onEvent, weekly } from "./schedules";
