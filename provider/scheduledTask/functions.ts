/** The functions of the provider: one row each; schema.json, the plugin and the TypeScript SDK derive from them. */
import { NotFound } from "../cloud/errors";
import type { QueriesApi } from "../cloud/queriesApi";
import type { TaskList } from "../cloud/taskList";
import type { Wire } from "../cloud/transport";
import { check } from "./check";
import { createBody } from "./diff";
import { type Field, type FieldName, type Inputs, inGroup, row, rows, scheduledTypes } from "./fields";
import { idOfName, isOf } from "./imported";
import type { Project } from "./lifecycle";
import { fromWire } from "./wire";

/** An argument or a result. One with a field has its type and text; others are texts unless an integer. */
export interface Property {
  readonly name: string;
  readonly doc: string;
  readonly field?: Field;
  readonly integer?: boolean;
  readonly required?: boolean;
}

export interface FunctionRow {
  readonly name: FunctionName;
  readonly doc: string;
  readonly args: readonly Property[];
  /** Properties of the result, or of each item of `list`. */
  readonly result: readonly Property[];
  /** Name of the list that is the result, and of the type of its items. */
  readonly list?: { readonly name: string; readonly item?: string };
  /** Whether the result says how many there are in all. */
  readonly counts?: boolean;
  run(cloud: Queried, args: Args): Promise<Values>;
}

export type FunctionName =
  | "getScheduledTask"
  | "getScheduledTasks"
  | "getFutureExecutions"
  | "getScheduledTaskRecords"
  | "getScheduledTaskRecordDetails";

/** The project that is asked. */
export interface Queried extends Pick<Project, "api" | "list"> {
  readonly queries: QueriesApi;
}

export type Args = { readonly [name: string]: unknown };
type Values = { readonly [name: string]: unknown };

const text = (name: string, doc: string): Property => ({ name, doc });
const count = (name: string, doc: string): Property => ({ name, doc, integer: true });
const required = (property: Property): Property => ({ ...property, required: true });
const ofField = (name: FieldName): Property => ({ name, doc: row(name).doc, field: row(name) });

const place = [
  text("region", "Region to ask; by default the configured one."),
  text("projectId", "Id of the project to ask; by default the configured one."),
];
const taskId = text("taskId", "Id of the task.");
const runs = [
  text("lastStatus", "Result of the last run: SUCCESS, SKIP or FAIL; empty if there was none."),
  text("nextExecutionTime", "When it runs next; empty if it does not."),
];
/** What the list shows of a task. */
const listed: readonly FieldName[] = [
  "taskName",
  "taskType",
  "scheduledType",
  "lifeCycleType",
  "lifeCycleExecPeriod",
  "expireTime",
  "enable",
  "description",
  "priority",
  "timeZone",
  "waitTime",
  "extraParams",
];
const readable = rows.filter((field) => field.wireName !== undefined && field.readFrom !== "nothing");
const isSchedule = (field: Field): boolean =>
  scheduledTypes.some((type) => inGroup(type, field)) || ["scheduledType", "expireTime"].includes(field.name);

export const functions: readonly FunctionRow[] = [
  {
    name: "getScheduledTask",
    doc: "One task, by its id or by its exact name.",
    args: [
      text("id", "Id of the task."),
      text("taskName", "Exact name of the task; an error if several tasks have it."),
      ...place,
    ],
    result: [text("id", "Id of the task."), ...readable.map(({ name }) => ofField(name)), ...runs],
    async run({ api, list }, args) {
      const id = textOf(args.id) ?? (await idByName(list, textOf(args.taskName)));
      const detail = await api.show(textOf(args.taskName) ?? id, id).catch((error: unknown) => {
        throw error instanceof NotFound
          ? new Error(`getScheduledTask: no task has the id "${id}".`, { cause: error })
          : error;
      });
      const listRow = await list.find(String(detail.task_name), id, detail.scheduled_type);
      return { id, ...fieldsOf({ ...listRow, ...detail }, readable), ...runsOf(listRow ?? {}) };
    },
  },
  {
    name: "getScheduledTasks",
    doc: "All tasks that match, those triggered by events included. Without an argument: all tasks of the project.",
    args: [
      text("taskName", "A part of the name."),
      ofField("taskType"),
      ofField("scheduledType"),
      ofField("lifeCycleType"),
      text("lastStatus", "Result of the last run: SUCCESS, SKIP or FAIL."),
      ...place,
    ],
    result: [text("id", "Id of the task."), ...listed.map(ofField), ...runs],
    list: { name: "scheduledTasks", item: "ScheduledTaskSummary" },
    async run({ queries }, args) {
      const tasks = await queries.tasks({
        task_name: textOf(args.taskName),
        task_type: textOf(args.taskType),
        scheduled_type: textOf(args.scheduledType),
        life_cycle_type: textOf(args.lifeCycleType),
        last_status: textOf(args.lastStatus),
      });
      const fields = rows.filter(({ name }) => listed.includes(name));
      return { scheduledTasks: tasks.map((task) => ({ id: task.id, ...fieldsOf(task, fields), ...runsOf(task) })) };
    },
  },
  {
    name: "getFutureExecutions",
    doc: "When a schedule would run next, as the cloud reckons it: nothing is created.",
    args: [
      ...rows
        .filter(isSchedule)
        .map(({ name, requiredBy }) => (requiredBy === scheduledTypes ? required(ofField(name)) : ofField(name))),
      ...place,
    ],
    result: [text("futureExecutions", "Times yyyy-MM-dd HH:mm:ss in the zone of the schedule.")],
    list: { name: "futureExecutions" },
    async run({ queries }, { region: _, projectId: __, ...schedule }) {
      const inputs = checkedSchedule(schedule);
      const { task_name: ___, task_type: ____, ...body } = createBody(inputs);
      return { futureExecutions: await queries.futureExecutions(body) };
    },
  },
  {
    name: "getScheduledTaskRecords",
    doc: "The runs of a task.",
    args: [required(taskId), ...place],
    result: [
      text("id", "Id of the record."),
      text("startTime", "When the run began."),
      text("taskType", "What was done."),
      text("scheduledType", "The schedule type at that time."),
      text("lifeCycleType", "The event, of a triggered run."),
      text("status", "Result, such as SUCCESS, SKIP or FAIL."),
      count("successNum", "On how many desktops it succeeded."),
      count("failedNum", "On how many desktops it failed."),
      count("skipNum", "How many desktops were skipped."),
      text("timeZone", "Time zone of the task."),
      text("executeTaskId", "Id of the script run, of a script task."),
      text("executeObjectType", "Kind of target, of a script task."),
      text("expireTime", "Expiry of the task at that time."),
      text("extraParams", "Extended parameters at that time, as JSON."),
    ],
    list: { name: "records", item: "ScheduledTaskRecord" },
    counts: true,
    async run({ queries }, args) {
      const { items, total } = await queries.records(String(args.taskId));
      return { records: items.map(camelized), totalCount: total };
    },
  },
  {
    name: "getScheduledTaskRecordDetails",
    doc: "What a run of a task did on each desktop: of the first 1050, which is as far as the API goes; totalCount says how many there are.",
    args: [required(taskId), required(text("recordId", "Id of the record.")), ...place],
    result: [
      text("id", "Id of the detail."),
      text("recordId", "Id of the record."),
      text("desktopId", "Id of the desktop."),
      text("desktopName", "Name of the desktop."),
      text("execStatus", "Result on this desktop, such as SUCCESS or FAIL."),
      text("execScriptId", "Id of the script run on this desktop."),
      text("resultCode", "Error code of a failure."),
      text("failReason", "Reason of a failure."),
      text("startTime", "When it began."),
      text("endTime", "When it ended."),
      text("timeZone", "Time zone of the task."),
    ],
    list: { name: "details", item: "ScheduledTaskRecordDetail" },
    counts: true,
    async run({ queries }, args) {
      const { items, total } = await queries.details(String(args.taskId), String(args.recordId));
      return { details: items.map(camelized), totalCount: total };
    },
  },
];

/** Arguments that are missing or unknown. */
export const badArgs = ({ args: known }: FunctionRow, given: Args): { path: string; reason: string }[] => [
  ...known
    .filter(({ name, required: isNeeded }) => isNeeded && given[name] === undefined)
    .map(({ name }) => ({ path: name, reason: "missing" })),
  ...Object.keys(given)
    .filter((name) => known.every((property) => property.name !== name))
    .map((name) => ({ path: name, reason: `unknown; known are ${known.map((property) => property.name).join(", ")}` })),
];

const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

async function idByName(list: TaskList, name: string | undefined): Promise<string> {
  if (name === undefined) throw new Error("getScheduledTask: give the id of the task, or its exact taskName.");
  const id = await idOfName(list, name);
  if (id === undefined) throw new Error(`getScheduledTask: no task has the name "${name}".`);
  return id;
}

const fieldsOf = (task: Wire, fields: readonly Field[]): Values =>
  Object.fromEntries(
    fields
      .filter((field) => isOf(task, field))
      .map((field) => [field.name, fromWire(field, task)])
      .filter(([, value]) => value !== undefined),
  );

const runsOf = ({ last_status, next_execution_time }: Wire): Values => ({
  lastStatus: textOf(last_status) ?? "",
  nextExecutionTime: textOf(next_execution_time) ?? "",
});

/** A schedule is checked as that of a task. */
function checkedSchedule(schedule: Args): Inputs {
  const task = { taskName: "a schedule", taskType: "STOP", ...schedule };
  const { inputs, failures } = check(task, { now: new Date(), previous: undefined, defaults: {}, markLength: 0 });
  if (failures.length > 0)
    throw new Error(`getFutureExecutions: ${failures.map(({ path, reason }) => `${path}: ${reason}`).join("; ")}`);
  return inputs;
}

const camelized = (item: Wire): Values =>
  Object.fromEntries(
    Object.entries(item)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()), value]),
  );
