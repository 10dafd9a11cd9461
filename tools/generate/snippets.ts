import { check } from "../../provider/scheduledTask/check";
import { type FieldName, row, rows, type ScheduledType, scheduledTypes } from "../../provider/scheduledTask/fields";

type Value = { readonly [name: string]: unknown };

/** A task that shows what a task type and a schedule type need together. */
export interface Snippet {
  readonly name: string;
  readonly taskType: string;
  readonly scheduledType: ScheduledType;
  readonly inputs: Value;
}

const example = (name: FieldName): unknown => row(name).example;
const code = (name: FieldName): string => literal(example(name));

/** As people write it, in TypeScript and in YAML alike. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, one]) => `${key}: ${literal(one)}`)
    .join(", ")} }`;
}

/** The schedule in TypeScript, written with its helper. */
const helpers: { readonly [T in ScheduledType]: string } = {
  FIXED_TIME: `once({ on: ${code("scheduledDate")}, at: ${code("scheduledTime")}, timeZone: ${code("timeZone")} })`,
  DAY: `daily({ every: ${code("dayInterval")}, at: ${code("scheduledTime")}, timeZone: ${code("timeZone")} })`,
  WEEK: `weekly({ on: ${code("weekList")}, at: ${code("scheduledTime")}, timeZone: ${code("timeZone")} })`,
  MONTH: `monthly({ months: ${code("monthList")}, on: ${code("dateList")}, at: ${code("scheduledTime")}, timeZone: ${code("timeZone")} })`,
  LIFE_CYCLE: `onEvent(${code("lifeCycleType")}, { waitTime: ${code("waitTime")} })`,
};
const scheduleOf = (type: ScheduledType): Value => ({
  scheduledType: type,
  ...examplesOf(rows.filter(({ requiredBy, name }) => requiredBy?.includes(type) && !isAlways(name))),
  ...(type === "LIFE_CYCLE" && { waitTime: example("waitTime") }),
});
const isAlways = (name: string): boolean => rows.some((one) => one.name === name && one.requiredBy === scheduledTypes);
const examplesOf = (fields: readonly { readonly name: string; readonly example: unknown }[]): Value =>
  Object.fromEntries(fields.map((field) => [field.name, field.example]));

/** A script goes to a few desktops first. */
const gray = { grayCount: example("grayCount"), grayFailThreshold: example("grayFailThreshold") };
const targets = { applyObjects: example("applyObjects") };

const snippetOf = (taskType: string, scheduledType: ScheduledType): Snippet => ({
  name: `${taskType}-${scheduledType}`.toLowerCase().replaceAll("_", "-"),
  taskType,
  scheduledType,
  inputs: { taskType, ...scheduleOf(scheduledType), ...(taskType === "EXECUTE_SCRIPT" && gray), ...targets },
});

const isAllowed = ({ name, inputs }: Snippet): boolean =>
  check({ taskName: name, ...inputs }, { now: new Date(0), previous: undefined, defaults: {}, markLength: 0 }).failures
    .length === 0;

/** The program in TypeScript, for the dynamic front. */
export function typescriptOf({ name, taskType, scheduledType, inputs }: Snippet): string {
  const schedule = helpers[scheduledType];
  const grayLines = Object.keys(gray).filter((field) => field in inputs);
  return `import { ScheduledTask, ${schedule.slice(0, schedule.indexOf("("))} } from "pulumi-huaweicloud-workspace";

new ScheduledTask(${literal(name)}, {
  taskType: ${literal(taskType)},
  ...${schedule},
${[...grayLines, "applyObjects"].map((field) => `  ${field}: ${literal(inputs[field])},`).join("\n")}
});`;
}

/** The resource in YAML, for the plugin. */
export const yamlOf = ({ name, inputs }: Snippet): string => `resources:
  ${name}:
    type: huaweicloud-workspace:ScheduledTask
    properties:
${Object.entries(inputs)
  .map(([field, value]) => `      ${field}: ${literal(value)}`)
  .join("\n")}`;

/** One for each pair of a task type and a schedule type that the checks allow. */
export const snippets: readonly Snippet[] = (row("taskType").values ?? [])
  .flatMap((taskType) => scheduledTypes.map((scheduledType) => snippetOf(taskType, scheduledType)))
  .filter(isAllowed);
