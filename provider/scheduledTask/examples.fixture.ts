import type { FieldName, Inputs } from "./fields";

/** A valid task of each schedule type, with every field that the type can declare. */
export const complete = {
  FIXED_TIME: {
    taskName: "task",
    taskType: "STOP",
    scheduledType: "FIXED_TIME",
    scheduledDate: "2030-12-23",
    scheduledTime: "09:00:00",
    timeZone: "Asia/Shanghai",
  },
  DAY: {
    taskName: "task",
    taskType: "STOP",
    scheduledType: "DAY",
    dayInterval: 2,
    scheduledTime: "09:00:00",
    timeZone: "Asia/Shanghai",
  },
  WEEK: {
    taskName: "task",
    taskType: "STOP",
    scheduledType: "WEEK",
    weekList: ["MON", "FRI"],
    scheduledTime: "19:30:00",
    timeZone: "Asia/Shanghai",
    expireTime: "2030-12-31 09:00:00",
    description: "after work",
    extraParams: { notify_message: "bye" },
    applyObjects: [
      { objectType: "DESKTOP", objectId: "d1" },
      { objectType: "DESKTOP_POOL", objectId: "p1" },
    ],
    enable: true,
    forceExecute: false,
  },
  MONTH: {
    taskName: "task",
    taskType: "EXECUTE_SCRIPT",
    scheduledType: "MONTH",
    monthList: [1, 7],
    dateList: ["1", "15"],
    scheduledTime: "09:00:00",
    timeZone: "Asia/Shanghai",
    grayCount: 3,
    grayDesktopIds: ["d1", "d2"],
    grayFailThreshold: 2,
  },
  LIFE_CYCLE: {
    taskName: "task",
    taskType: "STOP",
    scheduledType: "LIFE_CYCLE",
    lifeCycleType: "POST_DESKTOP_DISCONNECTED",
    waitTime: 30,
    lifeCycleExecPeriod: 720,
    priority: 10,
  },
} as const satisfies { readonly [type: string]: object };

export const taskOf = (type: keyof typeof complete): Inputs => structuredClone(complete[type]) as unknown as Inputs;

/** Another value of each field that an update can change, and the task that declares it. */
export const edits: { readonly [N in FieldName]?: { readonly of: keyof typeof complete; readonly to: unknown } } = {
  taskName: { of: "WEEK", to: "other" },
  dayInterval: { of: "DAY", to: 3 },
  weekList: { of: "WEEK", to: ["TUE"] },
  monthList: { of: "MONTH", to: [2] },
  dateList: { of: "MONTH", to: ["L"] },
  scheduledDate: { of: "FIXED_TIME", to: "2031-01-02" },
  scheduledTime: { of: "WEEK", to: "20:00:00" },
  expireTime: { of: "WEEK", to: "2031-01-01 00:00:00" },
  timeZone: { of: "WEEK", to: "Europe/Berlin" },
  lifeCycleType: { of: "LIFE_CYCLE", to: "POST_CREATE_DESKTOP_SUCCESS" },
  waitTime: { of: "LIFE_CYCLE", to: 60 },
  lifeCycleExecPeriod: { of: "LIFE_CYCLE", to: 60 },
  priority: { of: "LIFE_CYCLE", to: 20 },
  enable: { of: "WEEK", to: false },
  forceExecute: { of: "WEEK", to: true },
  description: { of: "WEEK", to: "other" },
  extraParams: { of: "WEEK", to: { notify_message: "see you" } },
  applyObjects: { of: "WEEK", to: [{ objectType: "DESKTOP", objectId: "d2" }] },
  grayCount: { of: "MONTH", to: 5 },
  grayDesktopIds: { of: "MONTH", to: ["d3"] },
  grayFailThreshold: { of: "MONTH", to: 1 },
};
