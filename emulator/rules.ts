import { ApiError, badValue, codes, missingValue, unknownName } from "./errors";
import type { Format } from "./formats";
import { calendarDate, dateAndTime, dateList, jsonText, monthList, timeOfDay, weekList, zoneName } from "./formats";
import type { TaskFields } from "./task";

export type Rule =
  | { kind: "text"; min: number; max: number; values?: readonly string[]; format?: Format }
  | { kind: "integer"; min: number; max: number }
  | { kind: "boolean" }
  | { kind: "ids"; min: number; max: number }
  | { kind: "targets"; max: number };

export type Rules = Record<string, Rule>;

const taskTypes = ["START", "STOP", "REBOOT", "HIBERNATE", "REBUILD", "EXECUTE_SCRIPT", "CREATE_SNAPSHOT"];
const scheduledTypes = ["FIXED_TIME", "DAY", "WEEK", "MONTH", "LIFE_CYCLE"];
const targetTypes = ["DESKTOP", "DESKTOP_POOL", "ALL_DESKTOPS", "DESKTOP_TAG"];

/**
 * The triggers that the texts of create and update name. Whether they take a fifth, which only the configurations know,
 * is unknown.
 */
export const triggers = [
  "POST_CREATE_DESKTOP_SUCCESS",
  "POST_REBUILD_DESKTOP_SUCCESS",
  "POST_REATTACH_DESKTOP_SUCCESS",
  "POST_DESKTOP_DISCONNECTED",
];

const boolean: Rule = { kind: "boolean" };
const text = (max: number, format?: Format): Rule => ({ kind: "text", min: 0, max, ...(format && { format }) });
const choice = (min: number, values: readonly string[]): Rule => ({ kind: "text", min, max: 255, values });

const scheduleRules: Rules = {
  scheduled_type: choice(1, scheduledTypes),
  day_interval: { kind: "integer", min: 1, max: 31 },
  week_list: text(255, weekList),
  month_list: text(255, monthList),
  date_list: text(255, dateList),
  scheduled_date: text(255, calendarDate),
  scheduled_time: text(255, timeOfDay),
  expire_time: text(255, dateAndTime),
  gray_count: { kind: "integer", min: 0, max: 1000 },
  gray_desktop_ids: { kind: "ids", min: 0, max: 1000 },
  gray_fail_threshold: { kind: "integer", min: 1, max: 1000 },
  life_cycle_type: choice(0, triggers),
  time_zone: text(2000, zoneName),
};

const sharedRules: Rules = {
  ...scheduleRules,
  task_name: { kind: "text", min: 1, max: 255 },
  force_execute: boolean,
  description: text(255),
  apply_objects: { kind: "targets", max: 1000 },
  wait_time: { kind: "integer", min: 0, max: 43200 },
  life_cycle_exec_period: { kind: "integer", min: 1, max: 10080 },
};

export const bodies = {
  create: { ...sharedRules, task_type: choice(1, taskTypes), extra_params: text(2000, jsonText) },
  update: {
    ...sharedRules,
    // 1024 here and 2000 on create: the vendor's schemas disagree, and the emulator obeys both.
    extra_params: text(1024, jsonText),
    enable: boolean,
    priority: { kind: "integer", min: 1, max: 50 },
    is_gray: boolean,
  },
  futureExecutions: scheduleRules,
  batchDelete: { task_ids: { kind: "ids", min: 1, max: 5000 } },
  agencies: {
    scene: choice(0, ["WORKSPACE", "CLOUD_GAME", "CLOUD_STORAGE", "SCREEN_RECORD", "IMAGE_CREATION"]),
    action: choice(0, ["CREATE", "FIX"]),
  },
} satisfies Record<string, Rules>;

export const targetsVerb = choice(1, ["FULL_COVERAGE", "CLEAR_ALL"]);

export function assertObject(body: unknown): asserts body is Record<string, unknown> {
  if (body === undefined) throw new ApiError(400, codes.emptyBody, "The request message is empty");
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new ApiError(400, codes.malformedBody, "The request message is not a JSON object");
  }
}

/** Throws the first fault of a body: an unknown name, a wrong type, a value outside its limits. */
export function assertFields(
  body: Record<string, unknown>,
  rules: Rules,
): asserts body is Record<string, unknown> & TaskFields {
  for (const [name, value] of Object.entries(body)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (!rule) throw unknownName(name);
    checkValue(name, value, rule);
  }
}

export function checkValue(name: string, value: unknown, rule: Rule): void {
  switch (rule.kind) {
    case "text":
      checkText(name, value, rule);
      return;
    case "integer":
      if (typeof value !== "number" || !Number.isInteger(value)) throw badValue(name, "must be an integer");
      if (value < rule.min || value > rule.max) throw badValue(name, `must be from ${rule.min} to ${rule.max}`);
      return;
    case "boolean":
      if (typeof value !== "boolean") throw badValue(name, "must be true or false");
      return;
    case "ids":
      for (const [index, id] of checkedItems(name, value, rule.min, rule.max).entries()) {
        checkText(`${name}[${index}]`, id, { min: 1, max: 255 });
      }
      return;
    case "targets":
      for (const [index, target] of checkedItems(name, value, 0, rule.max).entries()) {
        checkTarget(`${name}[${index}]`, target);
      }
  }
}

function checkText(name: string, value: unknown, rule: Omit<Extract<Rule, { kind: "text" }>, "kind">): void {
  if (typeof value !== "string") throw badValue(name, "must be a string");
  const length = [...value].length;
  if (length < rule.min || length > rule.max) {
    throw badValue(name, `must have ${rule.min} to ${rule.max} characters`);
  }
  if (value === "") return;
  if (rule.values && !rule.values.includes(value)) throw badValue(name, `must be one of ${rule.values.join(", ")}`);
  if (rule.format && !rule.format.accepts(value)) throw badValue(name, rule.format.says);
}

function checkedItems(name: string, value: unknown, min: number, max: number): unknown[] {
  if (!Array.isArray(value)) throw badValue(name, "must be an array");
  if (value.length < min || value.length > max) throw badValue(name, `must have ${min} to ${max} items`);
  return value;
}

function checkTarget(path: string, target: unknown): void {
  if (typeof target !== "object" || target === null || Array.isArray(target)) throw badValue(path, "must be an object");
  const fields = new Map<string, unknown>(Object.entries(target));
  for (const [name, value] of fields) {
    if (name === "object_type") checkText(`${path}.${name}`, value, { min: 1, max: 255, values: targetTypes });
    else if (name === "object_id") checkText(`${path}.${name}`, value, { min: 1, max: 255 });
    else if (name === "object_name") checkText(`${path}.${name}`, value, { min: 0, max: 255 });
    else throw unknownName(`${path}.${name}`);
  }
  if (!fields.has("object_type")) throw missingValue(`${path}.object_type`, "it says what object_id names");
  if (!fields.has("object_id") && fields.get("object_type") !== "ALL_DESKTOPS") {
    throw missingValue(`${path}.object_id`, "only ALL_DESKTOPS goes without");
  }
}
