import { randomUUID } from "node:crypto";
import { ApiError, codes, missingValue, notFound } from "./errors";
import { zoneName } from "./formats";
import { configurableTriggers, lifeCycleConfigurations } from "./lifeCycleConfigurations";
import type { Query, QueryRules } from "./query";
import { recordsAsCsv } from "./recordsAsCsv";
import { ok, type Reply } from "./reply";
import { assertFields, assertObject, bodies } from "./rules";
import type { Run } from "./runs";
import { futureRuns } from "./schedule";
import { checkSchedule } from "./scheduledTypes";
import type { Entry } from "./store";
import type { Task } from "./task";
import { createdTask, updatedTask } from "./update";
import { taskDetail, taskRow } from "./views";
import type { Workspace } from "./workspace";
import { defaultZone, isZone, localText, timeZoneRow, zoneOf } from "./zones";

interface Call {
  workspace: Workspace;
  projectId: string;
  /** The ids of the path after the project's. */
  ids: string[];
  query: Query;
  /** undefined when none was sent. */
  body: unknown;
}

export interface Route {
  operation: string;
  method: string;
  /** Below /v2/{project_id}; `*` stands for an id. */
  path: string;
  query: QueryRules;
  /** Routes that take no body refuse one. */
  takesBody: boolean;
  answer(call: Call): Reply;
}

const text255 = { kind: "text", min: 0, max: 255 } as const;
const zoneQuery = { ...text255, format: zoneName } as const;
const page = (maxOffset: number, maxLimit: number, required: boolean): QueryRules => ({
  offset: { kind: "integer", min: 0, max: maxOffset, required },
  limit: { kind: "integer", min: 0, max: maxLimit, required },
});

/** The sister app API gives at most 5; the count of this one is UNKNOWN. */
const futureCount = 5;
/**
 * One vendor schema caps the list's offset at 50, but the SDK does not and Terraform's code pages past it: capped, no
 * list could be read whole.
 */
const anyOffset = 999_999_999;

const route = (
  method: string,
  path: string,
  operation: string,
  answer: Route["answer"],
  query: QueryRules = {},
): Route => ({
  operation,
  method,
  path,
  query,
  takesBody: false,
  answer,
});

const withBody = (plain: Route): Route => ({ ...plain, takesBody: true });

/** Fixed paths stand before those with an id in the same place. */
export const routes: readonly Route[] = [
  withBody(route("POST", "/scheduled-tasks", "CreateScheduledTasks", create)),
  route("GET", "/scheduled-tasks", "ListScheduledTasks", list, {
    ...page(anyOffset, 50, true),
    task_name: text255,
    task_type: text255,
    scheduled_type: text255,
    life_cycle_type: text255,
    last_status: { ...text255, values: ["SUCCESS", "SKIP", "FAIL"] },
  }),
  withBody(route("POST", "/scheduled-tasks/batch-delete", "BatchDeleteScheduledTasks", batchDelete)),
  withBody(route("POST", "/scheduled-tasks/future-executions", "ListFutureExecutions", futureExecutions)),
  route("GET", "/scheduled-tasks/life-cycle-type/configurations", "ListLifeCycleTypeConfigurations", configurations, {
    type: { ...text255, values: configurableTriggers },
  }),
  route("GET", "/scheduled-tasks/*", "ShowScheduledTasks", show),
  withBody(route("PUT", "/scheduled-tasks/*", "UpdateScheduledTasks", update)),
  route("DELETE", "/scheduled-tasks/*", "DeleteScheduledTasks", remove),
  route("GET", "/scheduled-tasks/*/records", "ListScheduledTasksRecords", records, page(anyOffset, 100, false)),
  route("GET", "/scheduled-tasks/*/records/*", "ListScheduledTasksRecordsDetails", details, page(1000, 100, true)),
  route("POST", "/scheduled-tasks/*/records/export", "ExportScheduledTasksRecords", exportRecords, {
    language: text255,
    time_zone: zoneQuery,
  }),
  route("GET", "/common/timezones", "ListTimeZones", timeZones, { time_zone_name: text255 }),
  withBody(route("POST", "/agencies", "CreateAgencies", createAgency)),
];

function create({ workspace, projectId, body }: Call): Reply {
  const now = workspace.clock.now();
  const task = createdTask(randomUUID(), body, workspace.dialects, now);
  refuseTakenName(workspace, projectId, task);
  workspace.tasks.add(projectId, task, now);
  return ok({ task_id: task.id });
}

function update(call: Call): Reply {
  const { workspace, projectId, body } = call;
  const now = workspace.clock.now();
  const task = updatedTask(entryOf(call).task, body, workspace.dialects, now);
  refuseTakenName(workspace, projectId, task);
  workspace.tasks.replace(task, now);
  return ok();
}

function refuseTakenName({ dialects, tasks }: Workspace, projectId: string, task: Task): void {
  if (dialects.names === "any") return;
  const taken = tasks
    .entries()
    .some(
      (other) => other.projectId === projectId && other.task.task_name === task.task_name && other.task.id !== task.id,
    );
  if (taken) throw new ApiError(400, codes.nameTaken, `The task name ${task.task_name} already exists`);
}

function show(call: Call): Reply {
  const { dialects, clock } = call.workspace;
  return ok(taskDetail(entryOf(call).task, dialects, clock.now()));
}

function remove(call: Call): Reply {
  call.workspace.tasks.remove(entryOf(call).task.id);
  return ok();
}

/** What happens to the known ids when one is unknown is UNKNOWN: here nothing is deleted then. */
function batchDelete({ workspace, projectId, body }: Call): Reply {
  assertObject(body);
  assertFields(body, bodies.batchDelete);
  if (!Array.isArray(body.task_ids)) throw missingValue("task_ids", "it names the tasks to delete");
  const ids = new Set<string>(body.task_ids);
  for (const id of ids) entryOf({ workspace, projectId, ids: [id] });
  for (const id of ids) workspace.tasks.remove(id);
  return ok();
}

/**
 * LIFE_CYCLE tasks come only when asked for by scheduled_type; a life_cycle_type filter alone (UNKNOWN) does not bring
 * them here.
 */
function list({ workspace, projectId, query }: Call): Reply {
  const { tasks, runs, dialects, clock } = workspace;
  const type = query.text("scheduled_type");
  const entries = (dialects.lag === "none" ? tasks.entries() : tasks.laggingEntries()).filter(
    ({ projectId: project, task }) =>
      project === projectId &&
      (type === undefined ? task.scheduled_type !== "LIFE_CYCLE" : task.scheduled_type === type) &&
      task.task_name.includes(query.text("task_name") ?? "") &&
      [undefined, task.task_type].includes(query.text("task_type")) &&
      [undefined, task.life_cycle_type].includes(query.text("life_cycle_type")) &&
      [undefined, runs.lastStatus(task.id)].includes(query.text("last_status")),
  );
  const row = (entry: Entry) =>
    taskRow(entry.task, runs.nextRun(entry), runs.lastStatus(entry.task.id), dialects, clock.now());
  return ok({ scheduled_tasks: query.page(entries, 0).map(row), total_count: entries.length });
}

function futureExecutions({ workspace, body }: Call): Reply {
  assertObject(body);
  assertFields(body, bodies.futureExecutions);
  checkSchedule(body, workspace.dialects);
  const zone = zoneOf(body);
  const runs = futureRuns(body, workspace.clock.now(), futureCount);
  return ok({ future_executions: runs.map((at) => localText(zone, at)) });
}

function records(call: Call): Reply {
  const runs = runsOf(call);
  return ok({ tasks_records: call.query.page(runs, 10).map(({ record }) => record), total_count: runs.length });
}

function details(call: Call): Reply {
  const [, recordId = ""] = call.ids;
  const run = runsOf(call).find(({ record }) => record.id === recordId);
  if (!run) throw notFound("task record", recordId, call.workspace.dialects.missing);
  return ok({ tasks_records_details: call.query.page(run.details, 0), total_count: run.details.length });
}

/**
 * The format of an export is UNKNOWN, and so are the languages: here it is CSV with the wire's names in every language.
 */
function exportRecords(call: Call): Reply {
  const csv = recordsAsCsv(runsOf(call), call.query.text("time_zone") ?? defaultZone);
  return { status: 200, headers: { "Content-Type": "text/csv; charset=utf-8" }, body: csv };
}

function configurations({ query }: Call): Reply {
  return ok(lifeCycleConfigurations(query.text("type")));
}

function timeZones({ workspace, query }: Call): Reply {
  const name = query.text("time_zone_name");
  const names = name === undefined ? ["UTC", ...Intl.supportedValuesOf("timeZone")] : [name].filter(isZone);
  return ok({ time_zones: names.map((zone) => timeZoneRow(zone, workspace.clock.now())) });
}

/** The agency that a create needs counts as there from the start: no source says what a create without it answers. */
function createAgency({ body }: Call): Reply {
  assertObject(body);
  assertFields(body, bodies.agencies);
  return ok();
}

function runsOf(call: Call): Run[] {
  return call.workspace.runs.of(entryOf(call).task.id);
}

function entryOf({ workspace, projectId, ids: [id = ""] }: Pick<Call, "workspace" | "projectId" | "ids">): Entry {
  const entry = workspace.tasks.find(id);
  if (!entry || entry.projectId !== projectId) throw notFound("task", id, workspace.dialects.missing);
  return entry;
}
