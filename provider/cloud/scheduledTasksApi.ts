import { type Attempt, EngineGone, NotFound, NotTheApi } from "./errors";
import { isMarked, marked, unmarked } from "./ownerMark";
import { Pace } from "./pace";
import { mayPass, retried, wasNotProcessed } from "./retry";
import type { Request, Transport, Wire } from "./transport";

/** Most rows that the API lists at once. */
export const PAGE = 50;

/** What a client needs of the process that it runs in. */
export interface Surroundings {
  /** Whether the engine still runs; asked before every write and every repetition. */
  engineRuns(attempt: Attempt): Promise<boolean>;
  /** Shows the user what is waited for. */
  tell(message: string): void;
}

/** The operations on scheduled tasks of one project. `name` is the task's name, for messages only. */
export class ScheduledTasksApi {
  private readonly pace: Pace;

  constructor(
    private readonly transport: Transport,
    private readonly surroundings: Surroundings,
    private readonly owner?: string,
  ) {
    this.pace = new Pace(transport.pacing);
  }

  /** Creates a task and returns its id. A lost answer is not repeated here: the task may have been created. */
  async create(name: string, body: Wire): Promise<string> {
    const attempt = { what: `create ScheduledTask "${name}"`, operation: "CreateScheduledTasks" };
    const owned = marked({ ...(this.owner !== undefined && { description: "" }), ...body }, this.owner);
    const answer = await this.send(
      { ...attempt, method: "POST", path: "/scheduled-tasks", body: owned },
      { task_id: isText },
      wasNotProcessed,
    );
    return String(answer.task_id);
  }

  /** The detail of a task: everything but enable, priority and is_gray. */
  async show(name: string, id: string): Promise<Wire> {
    return (await this.showMarked(name, id)).task;
  }

  /** The detail of a task, and whether it carries the owner's mark, which is never a part of its description. */
  async showMarked(name: string, id: string): Promise<{ readonly task: Wire; readonly isOurs: boolean }> {
    const what = `read ${label(name, id)}`;
    const request = { what, operation: "ShowScheduledTasks", method: "GET", path: pathOf(id) } as const;
    const task = await this.send(request, { id: (answered) => answered === id });
    return { task: unmarked(task, this.owner), isOurs: isMarked(task, this.owner) };
  }

  /** Changes the fields of the body and no others. */
  async update(name: string, id: string, body: Wire): Promise<void> {
    const what = `update ${label(name, id)}`;
    await this.send({
      what,
      operation: "UpdateScheduledTasks",
      method: "PUT",
      path: pathOf(id),
      body: marked(body, this.owner),
    });
  }

  /** Deletes a task; one that does not exist counts as deleted. */
  async delete(name: string, id: string): Promise<void> {
    const what = `delete ${label(name, id)}`;
    try {
      await this.send({ what, operation: "DeleteScheduledTasks", method: "DELETE", path: pathOf(id) });
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
    }
  }

  /** Deletes tasks, at most 5000. Whether a batch with the id of a task that does not exist does anything is not documented. */
  async deleteMany(ids: readonly string[]): Promise<void> {
    const what = `delete ${ids.length} ScheduledTasks`;
    const body = { task_ids: ids };
    await this.send({
      what,
      operation: "BatchDeleteScheduledTasks",
      method: "POST",
      path: "/scheduled-tasks/batch-delete",
      body,
    });
  }

  /**
   * All rows that match: the first page, which tells how many there are, then the others at once. Tasks triggered by
   * events come back only with `scheduled_type: LIFE_CYCLE`.
   *
   * @param filter `task_name` (matches a part of a name) and `scheduled_type`
   */
  async list(filter: {
    readonly task_name?: string | undefined;
    readonly scheduled_type?: string | undefined;
  }): Promise<Wire[]> {
    const { rows, total } = await this.page(filter, 0);
    const offsets: number[] = [];
    for (let offset = rows.length; rows.length === PAGE && offset < total; offset += PAGE) offsets.push(offset);
    const others = await Promise.all(offsets.map((offset) => this.page(filter, offset)));
    const all = [rows, ...others.map((page) => page.rows)].flat();
    // More may have been added meanwhile, or the first page did not tell how many there are.
    let last = others.at(-1) ?? { rows, total };
    while (last.rows.length === PAGE && all.length !== last.total) {
      last = await this.page(filter, all.length);
      all.push(...last.rows);
    }
    return all;
  }

  private async page(filter: object, offset: number): Promise<{ readonly rows: Wire[]; readonly total: number }> {
    const named = "task_name" in filter && filter.task_name !== undefined ? ` named "${filter.task_name}"` : "";
    const attempt = { what: `list ScheduledTasks${named}`, operation: "ListScheduledTasks" };
    const query = { offset, limit: PAGE, ...filter };
    const request = { ...attempt, method: "GET", path: "/scheduled-tasks", query } as const;
    const answer = await this.send(request, { scheduled_tasks: Array.isArray });
    return { rows: answer.scheduled_tasks as Wire[], total: Number(answer.total_count) };
  }

  /** Waits, on the transport's clock. */
  pause(ms: number): Promise<void> {
    return this.transport.pacing.sleep(ms);
  }

  /** @param parts what the answer must hold: a success without it is none of the API, and no task without fields */
  private send(request: Request, parts: Parts = {}, mayRepeat = mayPass): Promise<Wire> {
    const { engineRuns, tell } = this.surroundings;
    let isFirst = true;
    const ready = async () => {
      if ((request.method !== "GET" || !isFirst) && !(await engineRuns(request))) throw new EngineGone(request);
      isFirst = false;
    };
    const once = () =>
      this.pace.run(request.method === "GET" ? "first" : "last", async () => {
        const answer = await this.transport.send(request, ready);
        const missing = Object.entries(parts).find(([name, isSound]) => !isSound(answer[name]));
        if (missing) throw new NotTheApi(request, 200, `no ${missing[0]}`);
        return answer;
      });
    return retried(once, mayRepeat, this.transport.pacing, tell);
  }
}

/** Parts of an answer, and what each must be. */
type Parts = { readonly [name: string]: (part: unknown) => boolean };

const isText = (part: unknown): boolean => typeof part === "string" && part !== "";
const pathOf = (id: string): string => `/scheduled-tasks/${encodeURIComponent(id)}`;
const label = (name: string, id: string): string => `ScheduledTask "${name}" (id ${id})`;
