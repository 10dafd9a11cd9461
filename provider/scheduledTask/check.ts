import { isDate, isTimeZone, longestMonth, neverFires, wallClock } from "./calendar";
import { hasGrayFields } from "./diff";
import {
  type ApplyObject,
  EXTRA_PARAMS_UPDATE_MAX,
  type Field,
  type Inputs,
  notTriggered,
  objectTypes,
  row,
  rows,
  scheduledTypes,
  triggered,
  UNKNOWN,
  uses,
} from "./fields";
import { type Declared, type Finding, given, shapeFailures } from "./shapeFailures";
import { shapes } from "./shapes";
import { canonical, equal, isJson, isUnknown, toWire } from "./wire";

export interface Checked {
  /** The inputs as the user wrote them, with defaults filled in. */
  readonly inputs: Inputs;
  /** Every reason for which the task cannot be sent; empty if it can. */
  readonly failures: readonly Finding[];
  /** What the cloud may refuse or what may not be meant. */
  readonly warnings: readonly Finding[];
}

/** What check needs to know beside the inputs. */
export interface CheckContext {
  readonly now: Date;
  /** Inputs of the task as last deployed; undefined when it is new. */
  readonly previous: Inputs | undefined;
  /** Defaults of the stack: time zone, region and project. */
  readonly defaults: Pick<Inputs, "timeZone" | "region" | "projectId">;
  /** Characters that the owner's mark takes of the description; 0 without one. */
  readonly markLength: number;
}

/** Validates inputs and fills in defaults. All failures are found at once; an unknown value never fails. */
export function check(declared: { readonly [name: string]: unknown }, context: CheckContext): Checked {
  const known = withDefaults(declared, context.defaults);
  const misshapen = shapeFailures(known);
  const bad = new Set(misshapen.map(({ path }) => path.split(/[.[]/)[0]));
  const sound = Object.fromEntries(Object.entries(known).filter(([name]) => !bad.has(name))) as Inputs;
  const judged = [
    ...missing(known),
    ...foreign(known),
    ...impossible(sound),
    ...badTargets(sound),
    ...past(sound, context),
    ...tooLongWithMark(sound, context),
  ];
  return { inputs: known as Inputs, failures: [...misshapen, ...judged], warnings: doubts(sound, context) };
}

function withDefaults(declared: Declared, defaults: CheckContext["defaults"]): Declared {
  const timed =
    row("timeZone").requiredBy?.some((type) => type === declared.scheduledType) || declared.scheduledType === UNKNOWN;
  return defined({ ...filledIn(defaults), ...(timed && { timeZone: defaults.timeZone }), ...declared });
}

const filled = Object.fromEntries(rows.filter((field) => field.filled).map((field) => [field.name, field.default]));

/** What is written into the inputs of every task that does not declare it. */
export const filledIn = ({ region, projectId }: CheckContext["defaults"]): Declared => ({
  region,
  projectId,
  ...filled,
});

/** Without the names that have no value, which no property of the engine can have. */
export const defined = (values: Declared): Declared =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const typeOf = (inputs: Declared): string | undefined => scheduledTypes.find((type) => type === inputs.scheduledType);

/** Fields that the schedule type needs. */
function missing(inputs: Declared): Finding[] {
  const scheduledType = typeOf(inputs);
  return rows
    .filter((field) => inputs[field.name] === undefined)
    .filter((field) => field.requiredBy === scheduledTypes || field.requiredBy?.some((type) => type === scheduledType))
    .map((field) => ({
      path: field.name,
      reason: `missing${neededBy(field, scheduledType)}; expected ${describe(field)}`,
    }));
}

const neededBy = (field: Field, scheduledType: string | undefined): string =>
  field.requiredBy === scheduledTypes ? "" : `, and ${scheduledType} needs it`;

function describe(field: Field): string {
  const expected = field.values ? `one of ${field.values.join(", ")}` : shapes[field.type].expected(field);
  return field.name === "timeZone"
    ? `${expected}, here or for the whole stack by \`pulumi config set huaweicloud-workspace:timeZone\`; there is no other default`
    : expected;
}

/** Fields that the schedule type or the task type does not use. */
function foreign(inputs: Declared): Finding[] {
  const scheduledType = typeOf(inputs);
  const { taskType } = inputs;
  return rows.flatMap((field): Finding[] => {
    if (inputs[field.name] === undefined) return [];
    if (scheduledType !== undefined && !uses(scheduledType, field))
      return [{ path: field.name, reason: `not used by ${scheduledType}; remove it (${usedFields(scheduledType)})` }];
    if (
      field.taskType !== undefined &&
      typeof taskType === "string" &&
      !isUnknown(taskType) &&
      taskType !== field.taskType
    )
      return [{ path: field.name, reason: `only used by taskType ${field.taskType}, not by ${taskType}; remove it` }];
    return [];
  });
}

const usedFields = (scheduledType: string): string =>
  `${scheduledType} uses ${rows
    .filter((field) => (field.usedBy ?? field.requiredBy ?? []).some((type) => type === scheduledType))
    .filter((field) => field.requiredBy !== scheduledTypes)
    .map((field) => field.name)
    .join(", ")}`;

/** Values of the right shape that mean nothing. */
function impossible(inputs: Inputs): Finding[] {
  const findings: Finding[] = [];
  const fail = (path: string, reason: string) => findings.push({ path, reason });
  const { scheduledDate, expireTime, timeZone, extraParams, taskType, monthList, dateList } = knownOf(inputs);
  if (scheduledDate && !isDate(scheduledDate)) fail("scheduledDate", `"${scheduledDate}" is not a date that exists`);
  if (expireTime && !isDate(expireTime.slice(0, 10))) fail("expireTime", `"${expireTime}" is not a date that exists`);
  if (timeZone && !isTimeZone(timeZone))
    fail("timeZone", `"${timeZone}" is not ${shapes.timeZone.expected(row("timeZone"))}`);
  if (inputs.scheduledType === "LIFE_CYCLE" && notTriggered.some((type) => type === taskType))
    fail("taskType", `${taskType} cannot be triggered by an event; with LIFE_CYCLE use ${triggered.join(", ")}`);
  if (monthList && dateList && neverFires(monthList, dateList))
    fail(
      "dateList",
      `no month of ${JSON.stringify(monthList)} has day ${dateList.join(" or ")}, so the task would never run`,
    );
  if (extraParams !== undefined) findings.push(...badJson(extraParams));
  return findings;
}

function badJson(extraParams: string | object): Finding[] {
  const field = row("extraParams");
  if (typeof extraParams === "string" && !isJson(extraParams))
    return [
      {
        path: field.name,
        reason: `${given(field, extraParams)} that is not JSON; expected ${shapes.json.expected(field)}`,
      },
    ];
  const length = String(toWire(field, extraParams)).length;
  return length > (field.max ?? 0)
    ? [{ path: field.name, reason: `${length} characters as JSON; expected at most ${field.max}` }]
    : [];
}

/** The inputs that are known in this preview. */
const knownOf = (inputs: Inputs): Inputs =>
  Object.fromEntries(Object.entries(inputs).filter(([, value]) => !isUnknown(value)));

function badTargets(inputs: Inputs): Finding[] {
  if (!Array.isArray(inputs.applyObjects)) return [];
  return inputs.applyObjects.flatMap((target: ApplyObject, index): Finding[] =>
    !isUnknown(target) && target.objectType !== "ALL_DESKTOPS" && target.objectId === undefined
      ? [
          {
            path: `applyObjects[${index}].objectId`,
            reason: `missing; a target of type ${target.objectType} needs an id`,
          },
        ]
      : [],
  );
}

/** The zone in which the cloud reads expireTime is not documented, and zones are less than a day apart from UTC. */
const EXPIRY_GRACE_MS = 24 * 3600 * 1000;

function tooLongWithMark(inputs: Inputs, { markLength }: CheckContext): Finding[] {
  const { length } = [...(knownOf(inputs).description ?? "")];
  const most = (row("description").max ?? 0) - markLength;
  return length > most
    ? [
        {
          path: "description",
          reason: `a text of ${length} characters; expected at most ${most}, since the owner's mark takes ${markLength}`,
        },
      ]
    : [];
}

/** Dates in the past, judged only where the program has just written them: a task that ran or expired stays as it is. */
function past(inputs: Inputs, { now, previous }: CheckContext): Finding[] {
  const { scheduledDate, scheduledTime, timeZone, expireTime, adoptTaskId } = knownOf(inputs);
  if (adoptTaskId !== undefined && previous === undefined) return [];
  const isCreated =
    previous === undefined ||
    rows.some(
      (field) =>
        field.replaces &&
        previous[field.name] !== undefined &&
        !isUnknown(inputs[field.name]) &&
        !equal(field, previous[field.name], inputs[field.name]),
    );
  const isNew = (name: "scheduledDate" | "expireTime") => isCreated || !equal(row(name), previous[name], inputs[name]);
  const findings: Finding[] = [];
  if (
    scheduledDate &&
    scheduledTime &&
    timeZone &&
    isTimeZone(timeZone) &&
    isDate(scheduledDate) &&
    isNew("scheduledDate")
  ) {
    const at = `${scheduledDate} ${canonical(row("scheduledTime"), scheduledTime)}`;
    if (at <= wallClock(now, timeZone))
      findings.push({
        path: "scheduledDate",
        reason: `${at} ${timeZone} is in the past (it is ${wallClock(now, timeZone)} there)`,
      });
  }
  // An expiry that is missing before may have been removed in the console, from a task that had expired.
  if (expireTime && isNew("expireTime") && (isCreated || previous.expireTime !== undefined)) {
    const at = String(canonical(row("expireTime"), expireTime));
    const limit = wallClock(new Date(now.getTime() - EXPIRY_GRACE_MS), "GMT+0");
    if (at < limit) findings.push({ path: "expireTime", reason: `${at} is in the past by more than a day` });
  }
  return findings;
}

function doubts(inputs: Inputs, { previous }: CheckContext): Finding[] {
  const findings: Finding[] = [];
  const doubt = (path: string, reason: string) => findings.push({ path, reason });
  const { taskType, lifeCycleType, applyObjects = [], dateList = [], monthList = [], extraParams } = knownOf(inputs);
  const open = (path: string, value: string | undefined, values: readonly string[] = []) =>
    value !== undefined &&
    !values.includes(value) &&
    doubt(path, `"${value}" is not among the documented values ${values.join(", ")}`);
  open("taskType", taskType, row("taskType").values);
  open("lifeCycleType", lifeCycleType, row("lifeCycleType").values);
  applyObjects.forEach(
    (target, index) => void open(`applyObjects[${index}].objectType`, target.objectType, objectTypes),
  );
  if (previous === undefined && inputs.applyObjects === undefined)
    doubt("applyObjects", "none are declared: the task acts on no desktop");
  if (inputs.isGray === false && hasGrayFields(inputs))
    doubt("isGray", "false beside other gray fields: they have no effect");
  if (dateList.includes("L") && dateList.length > 1)
    doubt("dateList", "whether the cloud accepts L beside numbers is documented both ways");
  if (!neverFires(monthList, dateList)) findings.push(...skipped(monthList, dateList));
  if (extraParams !== undefined && String(toWire(row("extraParams"), extraParams)).length > EXTRA_PARAMS_UPDATE_MAX)
    doubt(
      "extraParams",
      `more than ${EXTRA_PARAMS_UPDATE_MAX} characters as JSON: accepted when a task is created, refused in an update`,
    );
  return findings;
}

/** Days that some of the chosen months do not have. */
function skipped(months: readonly number[], dates: readonly (string | number)[]): Finding[] {
  return [...new Set(dates.map(String))]
    .map((date) => ({ date, short: months.filter((month) => Number(date) > (month === 2 ? 28 : longestMonth(month))) }))
    .filter(({ short }) => short.length > 0)
    .map(({ date, short }) => ({
      path: "dateList",
      reason: `day ${date} is skipped in months that lack it (${short.join(", ")}); "L" is the last day`,
    }));
}
