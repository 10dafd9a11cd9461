import type { Request, Wire } from "../../provider/cloud/transport";

interface Stored {
  readonly detail: Wire;
  readonly enable: unknown;
}

const PREFIX = "/scheduled-tasks/";

/** The tasks of one project, as far as the provider asks for them. */
export class SimulatedTasks {
  private readonly byId = new Map<string, Stored>();
  private rows: Wire[] | undefined;
  private lastId = 0;

  /** Answers a request that the gateway let pass. */
  readonly answer = ({ operation, path, query = {}, body = {} }: Request): Wire => {
    const id = decodeURIComponent(path.slice(PREFIX.length));
    switch (operation) {
      case "CreateScheduledTasks":
        return { task_id: this.add(body) };
      case "ShowScheduledTasks":
        return this.stored(id).detail;
      case "ListScheduledTasks":
        return this.page(query);
      case "UpdateScheduledTasks":
        return this.update(id, body);
      case "DeleteScheduledTasks":
        return this.remove([id]);
      case "BatchDeleteScheduledTasks":
        return this.remove(body.task_ids as string[]);
      default:
        throw new Error(`${operation} is not simulated`);
    }
  };

  /** Adds a task and returns its id. */
  add(body: Wire): string {
    const id = `task-${++this.lastId}`;
    this.byId.set(id, { detail: { force_execute: false, ...body, id }, enable: true });
    this.rows = undefined;
    return id;
  }

  private stored(id: string): Stored {
    const found = this.byId.get(id);
    if (found === undefined) throw new Error(`no task ${id}`);
    return found;
  }

  private update(id: string, { enable, apply_object_update_type: _, ...fields }: Wire): Wire {
    const { detail, enable: before } = this.stored(id);
    this.byId.set(id, { detail: { ...detail, ...fields }, enable: enable ?? before });
    this.rows = undefined;
    return {};
  }

  private remove(ids: readonly string[]): Wire {
    for (const id of ids) this.byId.delete(id);
    this.rows = undefined;
    return {};
  }

  private page({ offset, limit, task_name: name, scheduled_type: type }: NonNullable<Request["query"]>): Wire {
    this.rows ??= [...this.byId.values()].map(rowOf);
    const found = name === undefined && type === undefined ? this.rows : this.rows.filter(matching(name, type));
    const from = Number(offset);
    return { scheduled_tasks: found.slice(from, from + Number(limit)), total_count: found.length };
  }
}

/** Of the fields the list shows only some. */
const rowOf = ({ detail: { id, task_name, task_type, scheduled_type, time_zone }, enable }: Stored): Wire => ({
  id,
  task_name,
  task_type,
  scheduled_type,
  time_zone,
  enable,
});

const matching =
  (name: unknown, type: unknown) =>
  (row: Wire): boolean =>
    (name === undefined || String(row.task_name).includes(String(name))) &&
    (type === "LIFE_CYCLE") === (row.scheduled_type === "LIFE_CYCLE");
