import { type FieldName, type Inputs, row } from "./fields";

/** A valid task of each schedule type, with every field that the type can declare. */
export const complete = {
  FIXED_TIME: {
    taskName: "task",
    taskType: "STOP",
    scheduledType: "FIXED_TIME",
    scheduledDate: "2030-12-23",
    scheduledTime: "09:00:00",
    timeZone: "Asia/Shanghai",
    applyObjects: [{ objectType: "DESKTOP_TAG", objectId: "t1" }],
  },
  DAY: {
    taskName: "task",
    taskType: "STOP",
    scheduledType: "DAY",
    dayInterval: 2,
    scheduledTime: "09:00:00",
    timeZone: "Asia/Shanghai",
    applyObjects: [{ objectType: "DESKTOP_TAG", objectId: "t1" }],
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
    applyObjects: [{ objectType: "DESKTOP_TAG", objectId: "t1" }],
  },
  LIFE_CYCLE: {
    taskName: "task",
    taskType: "STOP",
    scheduledType: "LIFE_CYCLE",
    lifeCycleType: "POST_DESKTOP_DISCONNECTED",
    waitTime: 30,
    lifeCycleExecPeriod: 720,
    priority: 10,
    applyObjects: [{ objectType: "DESKTOP_TAG", objectId: "t1" }],
  },
} as const satisfies { readonly [type: string]: object };

export const taskOf = (type: keyof typeof complete): Inputs => structuredClone(complete[type]) as unknown as Inputs;

/** A change of one field, by a program or elsewhere. */
interface Edit {
  /** The task that declares the field. */
  readonly of: keyof typeof complete;
  /** What the program declares next. */
  readonly to: unknown;
  /** How the API writes that. */
  readonly wire: unknown;
  /** What somebody sets in the console, as the API writes it. */
  readonly drift: unknown;
}

/** A change of each field that an update can change. */
export const edits = {
  taskName: { of: "WEEK", to: "other", wire: "other", drift: "renamed" },
  dayInterval: { of: "DAY", to: 3, wire: 3, drift: 9 },
  weekList: { of: "WEEK", to: ["TUE"], wire: "3", drift: "1" },
  monthList: { of: "MONTH", to: [2], wire: "2", drift: "3" },
  dateList: { of: "MONTH", to: ["L"], wire: "L", drift: "9" },
  scheduledDate: { of: "FIXED_TIME", to: "2031-01-02", wire: "2031-01-02", drift: "2031-03-03" },
  scheduledTime: { of: "WEEK", to: "20:05", wire: "20:05:00", drift: "01:00:00" },
  expireTime: { of: "WEEK", to: "2031-01-01 00:00", wire: "2031-01-01 00:00:00", drift: "2031-03-03 00:00:00" },
  timeZone: { of: "WEEK", to: "Europe/Berlin", wire: "Europe/Berlin", drift: "Europe/Paris" },
  lifeCycleType: {
    of: "LIFE_CYCLE",
    to: "POST_CREATE_DESKTOP_SUCCESS",
    wire: "POST_CREATE_DESKTOP_SUCCESS",
    drift: "POST_REBUILD_DESKTOP_SUCCESS",
  },
  waitTime: { of: "LIFE_CYCLE", to: 60, wire: 60, drift: 1 },
  lifeCycleExecPeriod: { of: "LIFE_CYCLE", to: 60, wire: 60, drift: 2 },
  priority: { of: "LIFE_CYCLE", to: 20, wire: 20, drift: 3 },
  enable: { of: "WEEK", to: false, wire: false, drift: false },
  forceExecute: { of: "WEEK", to: true, wire: true, drift: true },
  description: { of: "WEEK", to: "other", wire: "other", drift: "drifted" },
  extraParams: {
    of: "WEEK",
    to: { notify_message: "see you" },
    wire: '{"notify_message":"see you"}',
    drift: '{"a":1}',
  },
  applyObjects: {
    of: "WEEK",
    to: [{ objectType: "DESKTOP", objectId: "d2" }],
    wire: [{ object_id: "d2", object_type: "DESKTOP" }],
    drift: [{ object_type: "DESKTOP", object_id: "x" }],
  },
  grayCount: { of: "MONTH", to: 5, wire: 5, drift: 9 },
  grayDesktopIds: { of: "MONTH", to: ["d3"], wire: ["d3"], drift: ["x"] },
  grayFailThreshold: { of: "MONTH", to: 1, wire: 1, drift: 9 },
} satisfies { readonly [N in FieldName]?: Edit };

export type Editable = keyof typeof edits;
export const editable = Object.entries(edits) as [Editable, Edit][];

/** Fields that a program may stop declaring. */
export const removable = editable
  .map(([name]) => name)
  .filter((name) => row(name).clear !== "never" && row(name).requiredBy === undefined);

export const without = (inputs: Inputs, name: FieldName): Inputs => {
  const { [name]: _, ...rest } = inputs;
  return rest;
};

export const wireOf = (name: Editable): string => String(row(name).wireName);

/** Whether a live value is what clearing leaves. */
export const isNone = (value: unknown): boolean =>
  [undefined, "", 0, 1440].some((none) => none === value) || (Array.isArray(value) && value.length === 0);
