import { randomUUID } from "node:crypto";
import { CallLimit } from "./callLimit";
import { ControlError, numberOf, objectOf, onlyKeys, textOf } from "./controlError";
import { readDialects } from "./dialects";
import { assertOperation, type Faults } from "./faults";
import type { Identity } from "./identity";
import { looselyEdited, looseTask } from "./looseTask";
import { ok, type Reply } from "./reply";
import type { RequestLog } from "./requestLog";
import { triggers } from "./rules";
import type { Task } from "./task";
import type { Workspace } from "./workspace";

/** What the control interface reads and sets, beside the workspace itself. */
export interface Controlled {
  projectId: string;
  workspace: Workspace;
  log: RequestLog;
  faults: Faults;
  limit: CallLimit | undefined;
  identity: Identity;
  /** Operations that whoever asks may not do. */
  denied: ReadonlySet<string>;
}

/** Answers a request below /_emulator/. `path` is what follows, without the leading slash. */
export function control(controlled: Controlled, method: string, path: string, body: unknown): Reply {
  const { workspace, log, faults } = controlled;
  const [, taskId] = /^tasks\/([^/]+)$/.exec(path) ?? [];
  switch (taskId === undefined ? `${method} ${path}` : `${method} tasks/*`) {
    case "GET state":
      return ok(stateOf(workspace));
    case "GET requests":
      return ok(log.report());
    case "POST reset":
      workspace.tasks.clear();
      workspace.runs.clear();
      log.clear();
      faults.clear();
      controlled.denied = new Set();
      return ok({});
    case "POST tasks":
      return ok(makeTask(controlled, body));
    case "PATCH tasks/*":
      return ok(editTask(workspace, taskId ?? "", body));
    case "DELETE tasks/*":
      workspace.tasks.remove(existing(workspace, taskId ?? "").id);
      return ok({});
    case "PUT faults":
      faults.set(body);
      return ok({});
    case "PUT clock":
      setClock(workspace, body);
      return ok({ now: new Date(workspace.clock.now()).toISOString() });
    case "PUT limit":
      controlled.limit = readLimit(body);
      return ok({});
    case "PUT denied":
      controlled.denied = readDenied(body);
      return ok({});
    case "POST expire":
      controlled.identity.endAll();
      return ok({});
    case "PUT dialects":
      setDialects(workspace, body);
      return ok(workspace.dialects);
    case "PUT failing":
      workspace.runs.failing = readFailing(body);
      return ok({});
    case "POST trigger":
      trigger(workspace, body);
      return ok({});
    default:
      throw new ControlError(`${method} /_emulator/${path} is unknown`, 404);
  }
}

/** Tasks as stored, whatever the dialects do to what is read; a field that was never set is absent. */
function stateOf({ tasks, clock }: Workspace): object {
  return { tasks: tasks.entries().map(({ task }) => task), now: new Date(clock.now()).toISOString() };
}

function makeTask({ workspace, projectId }: Controlled, body: unknown): Task {
  const task = looseTask(randomUUID(), body);
  workspace.tasks.add(projectId, task, workspace.clock.now());
  return task;
}

function editTask(workspace: Workspace, id: string, body: unknown): Task {
  const task = looselyEdited(existing(workspace, id), body);
  workspace.tasks.replace(task, workspace.clock.now());
  return task;
}

function existing({ tasks }: Workspace, id: string): Task {
  const entry = tasks.find(id);
  if (!entry) throw new ControlError(`there is no task ${id}`, 404);
  return entry.task;
}

function setClock(workspace: Workspace, body: unknown): void {
  const wish = objectOf(body, "clock");
  onlyKeys(wish, ["now", "advanceSeconds"], "clock");
  if ("now" in wish === "advanceSeconds" in wish) throw new ControlError("clock: give now or advanceSeconds");
  if ("now" in wish) {
    const now = Date.parse(textOf(wish.now, "clock.now"));
    if (Number.isNaN(now)) throw new ControlError("clock.now must be an instant such as 2026-12-01T00:00:00Z");
    workspace.clock.set(now);
  } else {
    workspace.clock.advance(numberOf(wish.advanceSeconds, "clock.advanceSeconds", 0) * 1000);
  }
  workspace.runDue();
}

/** null takes the limit away. */
function readLimit(body: unknown): CallLimit | undefined {
  if (body === null) return undefined;
  const limit = objectOf(body, "limit");
  onlyKeys(limit, ["calls", "perSeconds"], "limit");
  return new CallLimit(numberOf(limit.calls, "limit.calls", 0), numberOf(limit.perSeconds, "limit.perSeconds", 1));
}

function readDenied(body: unknown): ReadonlySet<string> {
  if (!Array.isArray(body)) throw new ControlError("denied must be a list of operations");
  return new Set(
    body.map((item, index) => {
      const operation = textOf(item, `denied[${index}]`);
      assertOperation(operation, `denied[${index}]`);
      return operation;
    }),
  );
}

function setDialects(workspace: Workspace, body: unknown): void {
  try {
    workspace.dialects = { ...workspace.dialects, ...readDialects(objectOf(body, "dialects")) };
  } catch (error) {
    throw new ControlError(error instanceof Error ? error.message : String(error));
  }
}

function readFailing(body: unknown): ReadonlySet<string> {
  const failing = objectOf(body, "failing");
  onlyKeys(failing, ["desktop_ids"], "failing");
  if (!Array.isArray(failing.desktop_ids)) throw new ControlError("failing.desktop_ids must be a list");
  return new Set(failing.desktop_ids.map((id, index) => textOf(id, `failing.desktop_ids[${index}]`)));
}

function trigger({ runs, tasks, clock }: Workspace, body: unknown): void {
  const event = objectOf(body, "trigger");
  onlyKeys(event, ["life_cycle_type", "desktop_id"], "trigger");
  const type = textOf(event.life_cycle_type, "trigger.life_cycle_type");
  if (!triggers.includes(type)) throw new ControlError(`trigger.life_cycle_type must be one of ${triggers.join(", ")}`);
  runs.trigger(tasks.entries(), type, textOf(event.desktop_id, "trigger.desktop_id"), clock.now());
}
