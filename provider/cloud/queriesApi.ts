import { unmarked } from "./ownerMark";
import { mayPass, retried } from "./retry";
import type { Request, Transport, Wire } from "./transport";

/** What ListScheduledTasks can be narrowed by. */
export interface TaskFilter {
  /** Matches a part of a name. */
  readonly task_name?: string | undefined;
  readonly task_type?: string | undefined;
  readonly scheduled_type?: string | undefined;
  readonly life_cycle_type?: string | undefined;
  readonly last_status?: string | undefined;
}

/** Items of a list, and how many there are in all. */
export interface Found {
  readonly items: readonly Wire[];
  readonly total: number;
}

/** One list of the API: where its items stand, and how far it can be paged. */
interface Listing {
  readonly items: string;
  readonly page: number;
  readonly lastOffset: number;
}

/** 50 is the most that every document allows. */
const tasks: Listing = { items: "scheduled_tasks", page: 50, lastOffset: Number.POSITIVE_INFINITY };
const records: Listing = { items: "tasks_records", page: 100, lastOffset: Number.POSITIVE_INFINITY };
const details: Listing = { items: "tasks_records_details", page: 50, lastOffset: 1000 };

/** Questions about the tasks of one project that no resource asks. */
export class QueriesApi {
  /**
   * @param tell shows the user what is waited for
   * @param owner whose mark is no part of a description
   */
  constructor(
    private readonly transport: Transport,
    private readonly tell: (message: string) => void,
    private readonly owner?: string,
  ) {}

  /** All rows that match, triggered tasks included, which the API gives only when asked for them. */
  async tasks(filter: TaskFilter): Promise<readonly Wire[]> {
    const kinds = filter.scheduled_type === undefined ? [undefined, "LIFE_CYCLE"] : [filter.scheduled_type];
    const found = [];
    for (const kind of kinds) {
      const request = get("list ScheduledTasks", "ListScheduledTasks", "/scheduled-tasks", {
        ...filter,
        scheduled_type: kind,
      });
      found.push(...(await this.all(request, tasks)).items);
    }
    return found.map((task) => unmarked(task, this.owner));
  }

  /** Every run of a task. */
  records(taskId: string): Promise<Found> {
    const what = `list the records of ScheduledTask ${taskId}`;
    return this.all(get(what, "ListScheduledTasksRecords", `${pathOf(taskId)}/records`), records);
  }

  /** What a run did on each desktop; the API gives no more than the first 1050. */
  details(taskId: string, recordId: string): Promise<Found> {
    const what = `list the details of record ${recordId} of ScheduledTask ${taskId}`;
    const path = `${pathOf(taskId)}/records/${encodeURIComponent(recordId)}`;
    return this.all(get(what, "ListScheduledTasksRecordsDetails", path), details);
  }

  /** When a schedule would run, yyyy-MM-dd HH:mm:ss in its zone; how many the API tells is not documented. */
  async futureExecutions(schedule: Wire): Promise<string[]> {
    const answer = await this.ask({
      what: "ask when a schedule would run",
      operation: "ListFutureExecutions",
      method: "POST",
      path: "/scheduled-tasks/future-executions",
      body: schedule,
    });
    return Array.isArray(answer.future_executions) ? answer.future_executions.map(String) : [];
  }

  private async all(request: Request, { items: key, page, lastOffset }: Listing): Promise<Found> {
    const items: Wire[] = [];
    for (;;) {
      const answer = await this.ask({ ...request, query: { offset: items.length, limit: page, ...request.query } });
      const got: Wire[] = Array.isArray(answer[key]) ? answer[key] : [];
      items.push(...got);
      const total = typeof answer.total_count === "number" ? answer.total_count : items.length;
      if (got.length < page || items.length >= total || items.length > lastOffset)
        return { items, total: Math.max(total, items.length) };
    }
  }

  private ask(request: Request): Promise<Wire> {
    return retried(() => this.transport.send(request), mayPass, this.transport.pacing, this.tell);
  }
}

const pathOf = (id: string): string => `/scheduled-tasks/${encodeURIComponent(id)}`;

const get = (what: string, operation: string, path: string, query: Request["query"] = {}): Request => ({
  what,
  operation,
  method: "GET",
  path,
  query,
});
