import { randomUUID } from "node:crypto";
import { nextRun } from "./schedule";
import type { Entry } from "./store";
import type { ApplyObject, Task } from "./task";
import { zoneOf } from "./zones";

/** Pools, tags and "all desktops" each stand for so many made-up desktops. */
const desktopsPerGroup = 10;
/** Made-up: how long each desktop takes. */
const runMs = 1000;

interface Detail {
  id: string;
  record_id: string;
  desktop_id: string;
  desktop_name: string;
  exec_status: "SUCCESS" | "FAIL";
  exec_script_id?: string;
  result_code?: string;
  fail_reason?: string;
  start_time: string;
  end_time: string;
  time_zone: string;
}

export interface Run {
  record: { id: string; status: "SUCCESS" | "FAIL" | "SKIP" } & Record<string, string | number>;
  details: Detail[];
}

interface Triggered {
  taskId: string;
  desktopId: string;
  at: number;
}

/** Runs what is due, and keeps the records. */
export class Runs {
  /** Desktops on which every action fails, by order of the control interface. */
  failing: ReadonlySet<string> = new Set();
  private readonly runs = new Map<string, Run[]>();
  private triggered: Triggered[] = [];
  private due = new WeakMap<Task, { at: number | undefined }>();

  /** All that was due up to here has run. */
  constructor(private doneUntil: number) {}

  /** Newest first: the order is unknown. */
  of(taskId: string): Run[] {
    return this.runs.get(taskId) ?? [];
  }

  /** "" for a task that never ran. */
  lastStatus(taskId: string): string {
    return this.of(taskId)[0]?.record.status ?? "";
  }

  nextRun({ task, anchor }: Entry): number | undefined {
    if (!task.enable) return undefined;
    let due = this.due.get(task);
    if (!due) {
      due = { at: nextRun(task, this.doneUntil, anchor) };
      this.due.set(task, due);
    }
    return due.at;
  }

  runDue(entries: readonly Entry[], now: number): void {
    if (now < this.doneUntil) {
      // Set back, the clock brings all later runs once more.
      this.doneUntil = now;
      this.due = new WeakMap();
    }
    for (const entry of entries) {
      for (let at = this.nextRun(entry); at !== undefined && at <= now; at = this.nextRun(entry)) {
        this.keep(entry.task, at, desktopsOf(entry.task));
        this.due.set(entry.task, { at: nextRun(entry.task, at, entry.anchor) });
      }
    }
    this.runTriggered(entries, now);
    this.doneUntil = now;
  }

  /**
   * An event at a desktop: enabled tasks with this trigger that have it among their targets run after their waitTime
   * (minutes).
   */
  trigger(entries: readonly Entry[], lifeCycleType: string, desktopId: string, now: number): void {
    for (const { task } of entries) {
      if (!task.enable || task.scheduled_type !== "LIFE_CYCLE" || task.life_cycle_type !== lifeCycleType) continue;
      const reaches = desktopsOf(task).includes(desktopId) || task.apply_objects.some(isAllDesktops);
      if (reaches) this.triggered.push({ taskId: task.id, desktopId, at: now + (task.wait_time ?? 0) * 60_000 });
    }
    this.runTriggered(entries, now);
  }

  clear(): void {
    this.runs.clear();
    this.triggered = [];
    this.failing = new Set();
  }

  private runTriggered(entries: readonly Entry[], now: number): void {
    if (this.triggered.length === 0) return;
    const tasks = new Map(entries.map(({ task }) => [task.id, task]));
    for (const { taskId, desktopId, at } of this.triggered.filter((one) => one.at <= now)) {
      const task = tasks.get(taskId);
      if (task?.enable) this.keep(task, at, [desktopId]);
    }
    this.triggered = this.triggered.filter(({ at }) => at > now);
  }

  private keep(task: Task, at: number, desktops: string[]): void {
    this.runs.set(task.id, [runTask(task, at, desktops, this.failing), ...this.of(task.id)]);
  }
}

function runTask(task: Task, at: number, desktops: string[], failing: ReadonlySet<string>): Run {
  const recordId = randomUUID();
  const script = task.task_type === "EXECUTE_SCRIPT";
  const first = grayBatch(task, desktops);
  const failedFirst = first.filter((desktop) => failing.has(desktop)).length;
  // Without a threshold any failure stops: the strict reading of an open point.
  const stopped = failedFirst >= (task.gray_fail_threshold ?? 1) && first.length < desktops.length && first.length > 0;
  const reached = stopped ? first : desktops;
  const details = reached.map((desktop) => runDesktop(recordId, task, desktop, at, failing.has(desktop)));
  const failed = details.filter(({ exec_status }) => exec_status === "FAIL").length;
  return {
    record: {
      id: recordId,
      start_time: new Date(at).toISOString(),
      task_type: task.task_type,
      scheduled_type: task.scheduled_type,
      life_cycle_type: task.life_cycle_type ?? "",
      status: reached.length === 0 ? "SKIP" : failed > 0 ? "FAIL" : "SUCCESS",
      success_num: reached.length - failed,
      failed_num: failed,
      // Desktops of a batch that was not run have no detail of their own.
      skip_num: desktops.length - reached.length,
      time_zone: zoneOf(task),
      ...(script && { execute_task_id: randomUUID(), execute_object_type: task.apply_objects[0]?.object_type ?? "" }),
      expire_time: task.expire_time ?? "",
      extra_params: task.extra_params ?? "",
    },
    details,
  };
}

/** gray_count wins over gray_desktop_ids; without is_gray there is no first batch. */
function grayBatch(task: Task, desktops: string[]): string[] {
  if (!task.is_gray) return [];
  if (task.gray_count) return desktops.slice(0, task.gray_count);
  return desktops.filter((desktop) => task.gray_desktop_ids?.includes(desktop));
}

function runDesktop(recordId: string, task: Task, desktop: string, at: number, fails: boolean): Detail {
  return {
    id: randomUUID(),
    record_id: recordId,
    desktop_id: desktop,
    desktop_name: `name of ${desktop}`,
    exec_status: fails ? "FAIL" : "SUCCESS",
    ...(task.task_type === "EXECUTE_SCRIPT" && { exec_script_id: randomUUID() }),
    ...(fails && { result_code: "WKS.00170501", fail_reason: "The desktop does not respond" }),
    start_time: new Date(at).toISOString(),
    end_time: new Date(at + runMs).toISOString(),
    time_zone: zoneOf(task),
  };
}

const isAllDesktops = ({ object_type }: ApplyObject) => object_type === "ALL_DESKTOPS";

function desktopsOf(task: Task): string[] {
  const desktops = task.apply_objects.flatMap((target) => {
    if (target.object_type === "DESKTOP") return target.object_id ?? [];
    const group = isAllDesktops(target) ? "desktop" : target.object_id;
    return Array.from({ length: desktopsPerGroup }, (_, index) => `${group}-${String(index + 1).padStart(2, "0")}`);
  });
  return [...new Set(desktops)];
}
