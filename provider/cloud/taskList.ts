import { Refused } from "./errors";
import { PAGE, type ScheduledTasksApi } from "./scheduledTasksApi";
import { shared, unlessStopped } from "./stop";
import type { Wire } from "./transport";

/** After so many look-ups by name the whole list is read instead. */
const LOOK_UPS_BEFORE_LIST = 3;

/** Tasks triggered by events are listed only when asked for. */
const kindOf = (scheduledType: unknown): "LIFE_CYCLE" | undefined =>
  scheduledType === "LIFE_CYCLE" ? scheduledType : undefined;

/** The filter by name matches parts of names too. */
const exactly = (name: string, rows: readonly Wire[]): string[] =>
  rows.filter((row) => row.task_name === name).map((row) => String(row.id));

/** The list knows what the detail does not: whether a task is enabled, and its priority. */
export type ListRow = { readonly enable?: unknown; readonly priority?: unknown };

/**
 * One list of the project's tasks, shared by all reads of a process, so that a refresh of N tasks costs N/50 requests
 * beside the N details. Our own writes correct it.
 */
export class TaskList {
  private readonly kinds = new Map<string | undefined, Promise<Map<string, Wire>>>();
  private readonly written = new Map<string, ListRow>();
  private listedAgain: Promise<Wire[][]> | undefined;
  private lookedUp = 0;

  constructor(private readonly api: ScheduledTasksApi) {}

  /** Begins to read the shared list, so that it is there when the first row is asked for. */
  begin(scheduledType: unknown): void {
    // Whoever asks for a row gets the error.
    this.rows(kindOf(scheduledType)).catch(() => undefined);
  }

  /** The row of a task; undefined when the list does not show it (yet). Throws what the API throws, Denied too. */
  async row(name: string, id: string, scheduledType: unknown): Promise<ListRow | undefined> {
    const rows = await this.rows(kindOf(scheduledType));
    const row = rows.get(id) ?? (await this.find(name, id, scheduledType));
    return row && { ...row, ...this.written.get(id) };
  }

  /** The row of one task, asked for by its name: right after it was created, or when pages shifted while listing. */
  async find(name: string, id: string, scheduledType: unknown): Promise<Wire | undefined> {
    const rows = await this.api.list({ task_name: name, scheduled_type: kindOf(scheduledType) });
    return rows.find((row) => row.id === id);
  }

  /**
   * Ids of the tasks that have exactly this name. From the shared list when it is there; the first few times it is
   * cheaper to ask for the name.
   */
  async named(name: string, scheduledType: unknown): Promise<string[]> {
    const kind = kindOf(scheduledType);
    const isCheap = !this.kinds.has(kind) && this.lookedUp++ < LOOK_UPS_BEFORE_LIST;
    const rows = isCheap
      ? await this.api.list({ task_name: name, scheduled_type: kind })
      : [...(await this.rows(kind)).values()];
    return exactly(name, rows);
  }

  /** The same, asked for just now. */
  async namedNow(name: string, scheduledType: unknown): Promise<string[]> {
    return exactly(name, await this.api.list({ task_name: name, scheduled_type: kindOf(scheduledType) }));
  }

  /**
   * Whether a list that was read after the task seemed to be missing holds it; one such list does for a process, since
   * tasks of earlier runs do not come back.
   */
  async shows(id: string): Promise<boolean> {
    this.listedAgain ??= shared(() =>
      Promise.all([this.api.list({}), this.api.list({ scheduled_type: "LIFE_CYCLE" })]),
    );
    return (await unlessStopped(this.listedAgain)).flat().some((row) => row.id === id);
  }

  /** Ids of all tasks, asked for just now: of those triggered by events, of the others, or of both. */
  async idsNow(scheduledTypes: readonly unknown[]): Promise<Set<string>> {
    const kinds = [...new Set(scheduledTypes.map(kindOf))];
    const lists = await Promise.all(kinds.map((kind) => this.api.list({ scheduled_type: kind })));
    return new Set(lists.flat().map(({ id }) => String(id)));
  }

  /** How many requests such a list takes, as far as the shared one tells; at least one for each kind. */
  async pages(scheduledTypes: readonly unknown[]): Promise<number> {
    const kinds = [...new Set(scheduledTypes.map(kindOf))];
    const sizes = await Promise.all(
      kinds.map(async (kind) => (await this.kinds.get(kind)?.catch(() => undefined))?.size),
    );
    return sizes.reduce<number>((sum, size = 0) => sum + Math.max(1, Math.ceil(size / PAGE)), 0);
  }

  /** Remembers what a PUT has set, which a list read before it does not show. */
  wrote(id: string, body: Wire): void {
    const { enable, priority } = { ...this.written.get(id), ...body };
    this.written.set(id, { ...(enable !== undefined && { enable }), ...(priority !== undefined && { priority }) });
  }

  private rows(kind: string | undefined): Promise<Map<string, Wire>> {
    const known = this.kinds.get(kind);
    if (known) return unlessStopped(known);
    const rows = shared(() => this.api.list({ scheduled_type: kind }))
      .catch((error: unknown) => {
        // One document caps the offset at 50; then each task is asked for by its name.
        if (!(error instanceof Refused)) throw error;
        return [];
      })
      .then((all) => new Map(all.map((row) => [String(row.id), row])));
    this.kinds.set(kind, rows);
    return unlessStopped(rows);
  }
}
