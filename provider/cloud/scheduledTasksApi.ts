import { NotFound, NotTheApi } from "./errors";
import { readPolicy, retried } from "./retry";
import type { Request, Transport } from "./transport";

/** A JSON object of the API. */
export type Wire = { readonly [name: string]: unknown };

/** Most rows that the API lists at once. */
const PAGE = 50;

/** The operations on scheduled tasks of one project. `name` is the task's name, for messages only. */
export class ScheduledTasksApi {
  constructor(private readonly transport: Transport) {}

  /** Creates a task and returns its id. Never repeated here: a lost answer may have created it. */
  async create(name: string, body: Wire): Promise<string> {
    const attempt = { what: `create ScheduledTask "${name}"`, operation: "CreateScheduledTasks" };
    const answer = await this.transport.send({ ...attempt, method: "POST", path: "/scheduled-tasks", body });
    if (typeof answer.task_id !== "string" || answer.task_id === "") throw new NotTheApi(attempt, 200, "no task_id");
    return answer.task_id;
  }

  /** The detail of a task: everything but enable, priority and is_gray. */
  show(name: string, id: string): Promise<Wire> {
    return this.read({
      what: `read ${label(name, id)}`,
      operation: "ShowScheduledTasks",
      method: "GET",
      path: pathOf(id),
    });
  }

  /** Changes the fields of the body and no others. */
  async update(name: string, id: string, body: Wire): Promise<void> {
    await this.transport.send({
      what: `update ${label(name, id)}`,
      operation: "UpdateScheduledTasks",
      method: "PUT",
      path: pathOf(id),
      body,
    });
  }

  /** Deletes a task; one that does not exist counts as deleted. */
  async delete(name: string, id: string): Promise<void> {
    try {
      await this.transport.send({
        what: `delete ${label(name, id)}`,
        operation: "DeleteScheduledTasks",
        method: "DELETE",
        path: pathOf(id),
      });
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
    }
  }

  /**
   * All rows that match, page by page. Tasks triggered by events come back only with `scheduled_type: LIFE_CYCLE`.
   *
   * @param filter `task_name` (matches a part of a name) and `scheduled_type`
   */
  async list(filter: {
    readonly task_name?: string | undefined;
    readonly scheduled_type?: string | undefined;
  }): Promise<Wire[]> {
    const rows: Wire[] = [];
    for (;;) {
      const query = { offset: rows.length, limit: PAGE, ...filter };
      const answer = await this.read({
        what: "list ScheduledTasks",
        operation: "ListScheduledTasks",
        method: "GET",
        path: "/scheduled-tasks",
        query,
      });
      const page = Array.isArray(answer.scheduled_tasks) ? (answer.scheduled_tasks as Wire[]) : [];
      rows.push(...page);
      if (page.length < PAGE || rows.length === answer.total_count) return rows;
    }
  }

  /** Waits, on the transport's clock. */
  pause(ms: number): Promise<void> {
    return this.transport.pacing.sleep(ms);
  }

  private read(request: Request): Promise<Wire> {
    return retried(() => this.transport.send(request), readPolicy, this.transport.pacing);
  }
}

const pathOf = (id: string): string => `/scheduled-tasks/${encodeURIComponent(id)}`;
const label = (name: string, id: string): string => `ScheduledTask "${name}" (id ${id})`;
