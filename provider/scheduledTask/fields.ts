/**
 * The field table: everything that is known about a field stands in its row, and nowhere else. Types, the JSON Schema,
 * schema.json, checks, diff, wire names, clear policies and the reference page derive from it.
 */

const API = "https://support.huaweicloud.com/intl/en-us/api-workspace";
/** "Modifying a Scheduled Task", updated on 2025-07-14. */
const UPDATE_PAGE = `${API}/UpdateScheduledTasks.html`;
/** The request schema of CreateScheduledTasks: limits as published in the vendor's SDK models. */
const CREATE_PAGE = `${API}/CreateScheduledTasks.html`;
/** The response schema of ListScheduledTasks, the only operation that returns enable and priority. */
const LIST_PAGE = `${API}/ListScheduledTasks.html`;
const OWN = "this provider";

export const scheduledTypes = ["FIXED_TIME", "DAY", "WEEK", "MONTH", "LIFE_CYCLE"] as const;
export type ScheduledType = (typeof scheduledTypes)[number];

/** Schedule types that run at a time of day, and so need one and a zone. */
const timed: readonly ScheduledType[] = ["FIXED_TIME", "DAY", "WEEK", "MONTH"];

/** Index + 1 is the wire number: the API counts from Sunday. */
export const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] as const;
export type Weekday = (typeof weekdays)[number];

/** A set of desktops that a task acts on. */
export interface ApplyObject {
  objectType: string;
  /** Not needed for ALL_DESKTOPS. */
  objectId?: string;
}

/** The value of each type of field, as a program writes it. */
export interface ValueTypes {
  string: string;
  boolean: boolean;
  integer: number;
  date: string;
  time: string;
  dateTime: string;
  timeZone: string;
  weekdays: (Weekday | number | string)[];
  months: number[];
  dates: (string | number)[];
  ids: string[];
  targets: ApplyObject[];
  json: string | { [key: string]: unknown };
}
export type ValueType = keyof ValueTypes;

/** What is sent when a declared field is removed from the program. */
export type ClearPolicy =
  /** This value, which the API reads as "none". */
  | { readonly send: "" | 0 | 1440 | false | readonly [] }
  /** A verb, apply_object_update_type: the only documented way to empty the set. */
  | "CLEAR_ALL"
  /** Nothing: no value means "none". The field is left as it is, with a warning. */
  | "leave"
  /** It cannot be removed: check fills it or demands it. */
  | "never";

/** Languages in which people read about tasks. */
export type Language = "en" | "zh";

/** By the variable HW_LANG, which may be written as a locale; English where it is not Chinese. */
export const languageOf = (locale = ""): Language => (locale.startsWith("zh") ? "zh" : "en");

export interface Field {
  readonly name: string;
  /** Name in the API; a field without one is never sent. */
  readonly wireName?: string;
  readonly type: ValueType;
  /** Range of an integer, length of a text, number of items of a list. */
  readonly min?: number;
  readonly max?: number;
  /** Known values, in an open list (others are accepted with a warning) unless `closed`. */
  readonly values?: readonly string[];
  readonly closed?: boolean;
  /** Schedule types that use it; absent: all. */
  readonly usedBy?: readonly ScheduledType[];
  readonly requiredBy?: readonly ScheduledType[];
  /** The only task type that uses it. */
  readonly taskType?: "EXECUTE_SCRIPT";
  /** Operations that accept it; absent: both. */
  readonly writtenBy?: "create" | "update";
  /** Operation that returns it; absent: detail. */
  readonly readFrom?: "list" | "nothing";
  /** What is meant when the program does not declare it. */
  readonly default?: boolean;
  /** Whether check writes the default into the inputs, so that a diff shows both values of it. */
  readonly filled?: boolean;
  /** Managed even when the program does not declare it: its default is put back. */
  readonly enforced?: boolean;
  readonly clear: ClearPolicy;
  readonly replaces?: boolean;
  /** Says which task it is, so that tasks of a fleet cannot share it. */
  readonly identifies?: boolean;
  /** Text of the user's own, which may hold a secret: never printed. */
  readonly freeText?: boolean;
  /** What people call it. */
  readonly label: { readonly [L in Language]: string };
  readonly doc: string;
  readonly example: unknown;
  readonly source: string;
}

const fields = [
  {
    name: "taskName",
    wireName: "task_name",
    type: "string",
    min: 1,
    max: 255,
    clear: "never",
    identifies: true,
    label: { en: "name", zh: "名称" },
    doc: "Name of the task, 1 to 255 characters. Defaults to the resource's Pulumi name, with nothing appended. Whether the cloud demands that names be unique is not documented.",
    example: "evening-stop",
    source: CREATE_PAGE,
  },
  {
    name: "taskType",
    wireName: "task_type",
    type: "string",
    min: 1,
    max: 255,
    values: ["START", "STOP", "REBOOT", "HIBERNATE", "REBUILD", "EXECUTE_SCRIPT", "CREATE_SNAPSHOT"],
    requiredBy: scheduledTypes,
    writtenBy: "create",
    clear: "never",
    replaces: true,
    label: { en: "action", zh: "操作" },
    doc: "What is done to the desktops: START, STOP, REBOOT, HIBERNATE, REBUILD, EXECUTE_SCRIPT or CREATE_SNAPSHOT. START and REBUILD cannot be triggered by an event (LIFE_CYCLE). The API cannot change it: a change replaces the task, the old one being deleted first.",
    example: "STOP",
    source: CREATE_PAGE,
  },
  {
    name: "scheduledType",
    wireName: "scheduled_type",
    type: "string",
    values: scheduledTypes,
    closed: true,
    requiredBy: scheduledTypes,
    clear: "never",
    label: { en: "schedule type", zh: "计划类型" },
    doc: "When it runs: FIXED_TIME (once, on a date), DAY (every n days), WEEK (on days of the week), MONTH (on days of chosen months) or LIFE_CYCLE (after an event). It decides which of the other schedule fields are used; those that it does not use are refused.",
    example: "WEEK",
    source: UPDATE_PAGE,
  },
  {
    name: "dayInterval",
    wireName: "day_interval",
    type: "integer",
    min: 1,
    max: 31,
    usedBy: ["DAY"],
    requiredBy: ["DAY"],
    clear: "never",
    label: { en: "every n days", zh: "间隔天数" },
    doc: "With DAY: the task runs every n days, 1 to 31.",
    example: 2,
    source: UPDATE_PAGE,
  },
  {
    name: "weekList",
    wireName: "week_list",
    type: "weekdays",
    min: 1,
    usedBy: ["WEEK"],
    requiredBy: ["WEEK"],
    clear: "never",
    label: { en: "days of the week", zh: "星期" },
    doc: "With WEEK: names of days, SUN MON TUE WED THU FRI SAT. The API's own numbers 1 to 7 are accepted; in them 1 is Sunday.",
    example: ["MON", "FRI"],
    source: UPDATE_PAGE,
  },
  {
    name: "monthList",
    wireName: "month_list",
    type: "months",
    min: 1,
    usedBy: ["MONTH"],
    requiredBy: ["MONTH"],
    clear: "never",
    label: { en: "months", zh: "月份" },
    doc: "With MONTH: numbers of months, 1 to 12.",
    example: [1, 7],
    source: UPDATE_PAGE,
  },
  {
    name: "dateList",
    wireName: "date_list",
    type: "dates",
    min: 1,
    usedBy: ["MONTH"],
    requiredBy: ["MONTH"],
    clear: "never",
    label: { en: "days of the month", zh: "每月日期" },
    doc: 'With MONTH: days of the month, "1" to "31" (numbers are accepted), and "L", the last day. Whether the cloud accepts L beside numbers is documented both ways.',
    example: ["1", "15"],
    source: UPDATE_PAGE,
  },
  {
    name: "scheduledDate",
    wireName: "scheduled_date",
    type: "date",
    usedBy: ["FIXED_TIME"],
    requiredBy: ["FIXED_TIME"],
    clear: "never",
    label: { en: "date", zh: "执行日期" },
    doc: "With FIXED_TIME: the date on which the task runs once, yyyy-MM-dd. A date in the past is refused when the task is created or the date changes; a task that has run is a stable state.",
    example: "2030-12-23",
    source: UPDATE_PAGE,
  },
  {
    name: "scheduledTime",
    wireName: "scheduled_time",
    type: "time",
    usedBy: timed,
    requiredBy: timed,
    clear: "never",
    label: { en: "time of day", zh: "执行时间" },
    doc: "Time of day in the task's time zone, HH:mm:ss; HH:mm and H:mm are accepted. For all types but LIFE_CYCLE.",
    example: "19:30:00",
    source: UPDATE_PAGE,
  },
  {
    name: "expireTime",
    wireName: "expire_time",
    type: "dateTime",
    enforced: true,
    clear: { send: "" },
    label: { en: "expiry", zh: "到期时间" },
    doc: "Instant after which the task runs no more, yyyy-MM-dd HH:mm:ss. The zone in which the cloud reads it is not documented. Enforced: without it the task has no expiry, and one set elsewhere is removed.",
    example: "2030-12-31 09:00:00",
    source: UPDATE_PAGE,
  },
  {
    name: "timeZone",
    wireName: "time_zone",
    type: "timeZone",
    requiredBy: timed,
    clear: { send: "" },
    label: { en: "time zone", zh: "时区" },
    doc: "Name in the tz database, such as Asia/Shanghai. Required for all types but LIFE_CYCLE; the stack config huaweicloud-workspace:timeZone fills it in. There is no other default.",
    example: "Asia/Shanghai",
    source: UPDATE_PAGE,
  },
  {
    name: "lifeCycleType",
    wireName: "life_cycle_type",
    type: "string",
    min: 1,
    max: 255,
    values: [
      "POST_CREATE_DESKTOP_SUCCESS",
      "POST_REBUILD_DESKTOP_SUCCESS",
      "POST_REATTACH_DESKTOP_SUCCESS",
      "POST_DESKTOP_DISCONNECTED",
      "POST_DESKTOP_CANNOT_CONNECT",
    ],
    usedBy: ["LIFE_CYCLE"],
    requiredBy: ["LIFE_CYCLE"],
    clear: "never",
    label: { en: "event", zh: "触发事件" },
    doc: "With LIFE_CYCLE: the event that triggers the task: after a desktop is created, rebuilt, reassigned with a rebuild, or disconnected. Whether POST_DESKTOP_CANNOT_CONNECT is accepted here is not documented.",
    example: "POST_DESKTOP_DISCONNECTED",
    source: UPDATE_PAGE,
  },
  {
    name: "waitTime",
    wireName: "wait_time",
    type: "integer",
    min: 0,
    max: 43200,
    usedBy: ["LIFE_CYCLE"],
    clear: { send: 0 },
    label: { en: "wait after the event", zh: "事件后等待" },
    doc: "With LIFE_CYCLE: how long to wait after the event, 0 to 43200. The unit of this field is not documented; the related configurations API counts in minutes.",
    example: 30,
    source: CREATE_PAGE,
  },
  {
    name: "lifeCycleExecPeriod",
    wireName: "life_cycle_exec_period",
    type: "integer",
    min: 1,
    max: 10080,
    usedBy: ["LIFE_CYCLE"],
    clear: { send: 1440 },
    label: { en: "execution period", zh: "执行周期" },
    doc: "With LIFE_CYCLE: minutes, 1 to 10080; the API's default is 1440.",
    example: 720,
    source: CREATE_PAGE,
  },
  {
    name: "priority",
    wireName: "priority",
    type: "integer",
    min: 1,
    max: 50,
    usedBy: ["LIFE_CYCLE"],
    writtenBy: "update",
    readFrom: "list",
    clear: "leave",
    label: { en: "priority", zh: "优先级" },
    doc: "With LIFE_CYCLE: priority of the rule, 1 to 50. Whether 1 or 50 wins, and the default, are not documented. The API takes it only by PUT, so a new task gets it in a second request.",
    example: 10,
    source: UPDATE_PAGE,
  },
  {
    name: "enable",
    wireName: "enable",
    type: "boolean",
    writtenBy: "update",
    readFrom: "list",
    default: true,
    filled: true,
    enforced: true,
    clear: "never",
    label: { en: "enabled", zh: "启用" },
    doc: "Whether the task runs. Enforced: true unless declared, so a task switched off elsewhere is switched on again. A task declared false is created without targets and gets them together with enable: false, so it is never live.",
    example: false,
    source: LIST_PAGE,
  },
  {
    name: "forceExecute",
    wireName: "force_execute",
    type: "boolean",
    default: false,
    enforced: true,
    clear: "never",
    label: { en: "forced", zh: "强制执行" },
    doc: "Whether the task runs although a user is connected. Enforced: false unless declared.",
    example: true,
    source: UPDATE_PAGE,
  },
  {
    name: "description",
    wireName: "description",
    type: "string",
    min: 0,
    max: 255,
    clear: { send: "" },
    freeText: true,
    label: { en: "description", zh: "描述" },
    doc: "Free text, at most 255 characters.",
    example: "Stops the sales pool after work.",
    source: CREATE_PAGE,
  },
  {
    name: "extraParams",
    wireName: "extra_params",
    type: "json",
    max: 2000,
    clear: { send: "" },
    freeText: true,
    label: { en: "extended parameters", zh: "扩展参数" },
    doc: "Extended parameters, as an object or as JSON text: at most 2000 characters when the task is created, 1024 in an update. The only documented key is notify_message. May be marked secret; its value is never printed.",
    example: { notify_message: "Please save your work." },
    source: CREATE_PAGE,
  },
  {
    name: "applyObjects",
    wireName: "apply_objects",
    type: "targets",
    min: 0,
    max: 1000,
    enforced: true,
    clear: "CLEAR_ALL",
    label: { en: "targets", zh: "目标" },
    doc: "The desktops that the task acts on, at most 1000: a set, so order means nothing. Enforced: without it the task has no targets, and those added elsewhere are removed.",
    example: [{ objectType: "DESKTOP_POOL", objectId: "pool-sales" }],
    source: CREATE_PAGE,
  },
  {
    name: "isGray",
    wireName: "is_gray",
    type: "boolean",
    taskType: "EXECUTE_SCRIPT",
    writtenBy: "update",
    readFrom: "nothing",
    clear: { send: false },
    label: { en: "gray rollout", zh: "灰度执行" },
    doc: "With EXECUTE_SCRIPT: run in gray mode, a first batch before the rest. True when another gray field is declared. Write-only: no operation returns it, so a change of it made elsewhere can never be seen.",
    example: true,
    source: UPDATE_PAGE,
  },
  {
    name: "grayCount",
    wireName: "gray_count",
    type: "integer",
    min: 0,
    max: 1000,
    taskType: "EXECUTE_SCRIPT",
    clear: { send: 0 },
    label: { en: "first batch size", zh: "首批数量" },
    doc: "With EXECUTE_SCRIPT: size of the first batch, 0 to 1000. Wins over grayDesktopIds.",
    example: 3,
    source: UPDATE_PAGE,
  },
  {
    name: "grayDesktopIds",
    wireName: "gray_desktop_ids",
    type: "ids",
    min: 0,
    max: 1000,
    taskType: "EXECUTE_SCRIPT",
    clear: { send: [] },
    label: { en: "first batch desktops", zh: "首批桌面" },
    doc: "With EXECUTE_SCRIPT: ids of the desktops of the first batch, at most 1000, each at most 255 characters.",
    example: ["desktop-1"],
    source: UPDATE_PAGE,
  },
  {
    name: "grayFailThreshold",
    wireName: "gray_fail_threshold",
    type: "integer",
    min: 1,
    max: 1000,
    taskType: "EXECUTE_SCRIPT",
    clear: "leave",
    label: { en: "failures that stop the rollout", zh: "停止灰度的失败数" },
    doc: "With EXECUTE_SCRIPT: when failures of the first batch reach this number, 1 to 1000, the next batch is not run.",
    example: 2,
    source: UPDATE_PAGE,
  },
  {
    name: "region",
    type: "string",
    min: 1,
    max: 64,
    clear: "never",
    replaces: true,
    label: { en: "region", zh: "区域" },
    doc: "Region of the task, such as cn-north-4. Defaults to the stack config huaweicloud-workspace:region, else HW_REGION_NAME. A change replaces the task.",
    example: "cn-north-4",
    source: OWN,
  },
  {
    name: "projectId",
    type: "string",
    min: 1,
    max: 255,
    clear: "never",
    replaces: true,
    label: { en: "project", zh: "项目" },
    doc: "Id of the project of the task. Defaults to the stack config huaweicloud-workspace:projectId, else HW_PROJECT_ID, else the project of the region. A change replaces the task.",
    example: "0123456789abcdef0123456789abcdef",
    source: OWN,
  },
  {
    name: "adoptTaskId",
    type: "string",
    min: 1,
    max: 255,
    clear: "never",
    identifies: true,
    label: { en: "adopted task", zh: "接管的任务" },
    doc: "Id of an existing task that this resource takes over instead of creating one. Read only when the resource is created: adding, changing or removing it later does nothing. A task that differs from the declaration stops the takeover, with the fields named.",
    example: "0a1b2c3d",
    source: OWN,
  },
] as const satisfies readonly Field[];

export type FieldName = (typeof fields)[number]["name"];
/** Names of the fields that a fleet may declare once for its tasks. */
export type SharedName = Exclude<FieldName, Extract<(typeof fields)[number], { identifies: true }>["name"]>;

type ValueOf<N extends FieldName> = ValueTypes[Extract<(typeof fields)[number], { name: N }>["type"]];

/** What a program declares, after check. In a preview any value, or part of one, may be `UNKNOWN`. */
export type Inputs = { [N in FieldName]?: ValueOf<N> };

/** The value of the engine for "not known before the update"; it stands in place of any value. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Paths of the inputs that a program has marked secret; for the dynamic front, to which the engine gives plain values. */
export const SECRET_INPUTS = "__secrets";

/** The table with its rows seen as `Field`, for code that is the same for every field. */
export const rows: readonly (Field & { readonly name: FieldName })[] = fields;

export type Row = (typeof rows)[number];

/** The row of a field; undefined for a name that is none. */
export const rowNamed = (name: string): Row | undefined => rows.find((field) => field.name === name);

const byName = Object.fromEntries(rows.map((field) => [field.name, field])) as { readonly [N in FieldName]: Row };
export const row = (name: FieldName): Row => byName[name];

/** Whether a task of this schedule type uses the field; fields that it does not use are neither sent nor read. */
export const uses = (scheduledType: string | undefined, field: Field): boolean =>
  field.usedBy === undefined || field.usedBy.some((type) => type === scheduledType);

/** Whether a task has a use for the field, as far as its types are known; for a zone, only one that runs at a time of day. */
export function mayHave({ scheduledType, taskType }: Types, field: Field): boolean {
  const types = field.usedBy ?? (field.requiredBy === scheduledTypes ? undefined : field.requiredBy);
  return (
    (types === undefined || isNotKnown(scheduledType) || types.some((type) => type === scheduledType)) &&
    (field.taskType === undefined || isNotKnown(taskType) || taskType === field.taskType)
  );
}

interface Types {
  readonly scheduledType?: string | undefined;
  readonly taskType?: string | undefined;
}

const isNotKnown = (value: string | undefined): boolean => value === undefined || value === UNKNOWN;

/**
 * Whether the field is one of the group that a change of the schedule type sends along: used by this type or required by
 * it. Those that every type requires belong to no group.
 */
export const inGroup = (scheduledType: string | undefined, field: Field): boolean =>
  [...(field.usedBy ?? []), ...(field.requiredBy === scheduledTypes ? [] : (field.requiredBy ?? []))].some(
    (type) => type === scheduledType,
  );

/** Task types that an event can trigger, as the API of life-cycle configurations lists them. */
export const triggered: readonly string[] = ["STOP", "REBOOT", "HIBERNATE", "EXECUTE_SCRIPT"];

/** Task types that an event cannot trigger; whether those on neither list can is not documented. */
export const notTriggered: readonly string[] = ["START", "REBUILD"];

/** Longest extraParams that an update accepts; creation accepts the row's `max`. */
export const EXTRA_PARAMS_UPDATE_MAX = 1024;

export const objectTypes: readonly string[] = ["DESKTOP", "DESKTOP_POOL", "ALL_DESKTOPS", "DESKTOP_TAG"];
