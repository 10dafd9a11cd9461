import type { Task } from "./task";

/** How long the list stays behind under dialect `lag`. */
const lagMs = 1000;

/** What is kept of a task beside its fields. */
export interface Entry {
  readonly projectId: string;
  readonly task: Task;
  /** The instant from which DAY tasks count their days: when the schedule was made or last changed. */
  readonly anchor: number;
}

interface Past {
  entry: Entry | undefined;
  /** Real milliseconds, as all of the lag. */
  until: number;
}

interface Slot {
  entry: Entry | undefined;
  past: Past[];
}

const scheduleFields = [
  "scheduled_type",
  "day_interval",
  "scheduled_date",
  "scheduled_time",
  "week_list",
  "month_list",
  "date_list",
  "time_zone",
] as const;

/** All tasks of all projects, in the order of their creation, with the last second of their past. */
export class TaskStore {
  private readonly slots = new Map<string, Slot>();
  /** Made anew after each change: every request walks through it. */
  private live: readonly Entry[] | undefined;

  /** `onChange` hears of every change, after it. */
  constructor(private readonly onChange: () => void) {}

  add(projectId: string, task: Task, now: number): void {
    this.put(task.id, { projectId, task, anchor: now });
  }

  replace(task: Task, now: number): void {
    const old = this.find(task.id);
    if (!old) throw new Error(`no task ${task.id} to replace`);
    const rescheduled = scheduleFields.some((name) => old.task[name] !== task[name]);
    this.put(task.id, { ...old, task, anchor: rescheduled ? now : old.anchor });
  }

  remove(id: string): void {
    this.put(id, undefined);
  }

  restore(entries: readonly Entry[]): void {
    for (const entry of entries) this.slots.set(entry.task.id, { entry, past: [] });
  }

  clear(): void {
    this.slots.clear();
    this.changed();
  }

  find(id: string): Entry | undefined {
    return this.slots.get(id)?.entry;
  }

  entries(): readonly Entry[] {
    this.live ??= [...this.slots.values()].flatMap(({ entry }) => entry ?? []);
    return this.live;
  }

  /** The entries as the list shows them under dialect `lag`: as they were a second ago. */
  laggingEntries(): readonly Entry[] {
    const at = Date.now() - lagMs;
    return [...this.slots.values()].flatMap(({ entry, past }) => {
      const then = past.find(({ until }) => until > at);
      return (then ? then.entry : entry) ?? [];
    });
  }

  private put(id: string, entry: Entry | undefined): void {
    const now = Date.now();
    const slot = this.slots.get(id) ?? { entry: undefined, past: [] };
    const past = [...slot.past.filter(({ until }) => until > now - lagMs), { entry: slot.entry, until: now }];
    this.slots.set(id, { entry, past });
    if (!entry) this.forgetGone(now);
    this.changed();
  }

  private changed(): void {
    this.live = undefined;
    this.onChange();
  }

  private forgetGone(now: number): void {
    for (const [id, { entry, past }] of this.slots) {
      if (!entry && past.every(({ until }) => until <= now - lagMs)) this.slots.delete(id);
    }
  }
}
