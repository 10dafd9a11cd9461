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

/** One for each pair of a task type and a schedule type that the checks allow. */
export const snippets: readonly Snippet[] = (row("taskType").values ?? [])
  .flatMap((taskType) => scheduledTypes.map((scheduledType) => snippetOf(taskType, scheduledType)))
  .filter(isAllowed);
