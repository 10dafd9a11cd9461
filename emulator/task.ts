/** A target of a task. `object_id` may be absent for ALL_DESKTOPS only: what to put there is not documented. */
export interface ApplyObject {
  object_type: string;
  object_id?: string;
}

/** The fields of a task that a client writes, named as on the wire. */
export interface TaskFields {
  task_name?: string;
  task_type?: string;
  scheduled_type?: string;
  day_interval?: number;
  week_list?: string;
  month_list?: string;
  date_list?: string;
  scheduled_date?: string;
  scheduled_time?: string;
  expire_time?: string;
  time_zone?: string;
  life_cycle_type?: string;
  wait_time?: number;
  life_cycle_exec_period?: number;
  priority?: number;
  enable?: boolean;
  force_execute?: boolean;
  description?: string;
  extra_params?: string;
  apply_objects?: ApplyObject[];
  is_gray?: boolean;
  gray_count?: number;
  gray_desktop_ids?: string[];
  gray_fail_threshold?: number;
}

/** A task as stored: immutable, each change makes a new object. A field that was never set is absent. */
export interface Task extends TaskFields {
  id: string;
  task_name: string;
  task_type: string;
  scheduled_type: string;
  enable: boolean;
  force_execute: boolean;
  apply_objects: ApplyObject[];
}

/** Those of the fields whose name (and value) the predicate keeps. */
export function pickFields(fields: TaskFields, keep: (name: string, value: unknown) => boolean): TaskFields {
  return Object.fromEntries(Object.entries(fields).filter(([name, value]) => keep(name, value)));
}

export const targetKey = (target: ApplyObject) => `${target.object_type} ${target.object_id ?? ""}`;

/** Drops duplicates and everything the server does not keep (`object_name` is its own business). */
export function toTargetSet(targets: ApplyObject[]): ApplyObject[] {
  const byKey = new Map<string, ApplyObject>();
  for (const { object_type, object_id } of targets) {
    const target = object_id === undefined ? { object_type } : { object_type, object_id };
    byKey.set(targetKey(target), target);
  }
  return [...byKey.values()];
}
