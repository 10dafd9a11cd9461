import type { TaskList } from "../cloud/taskList";
import { type Field, rows, uses } from "./fields";
import { liveTask, type Project, read } from "./lifecycle";
import type { State } from "./state";
import { equal, fromWire, type WireTask } from "./wire";

/** A live task as a program would declare it. */
export interface Imported {
  readonly id: string;
  readonly state: State;
}

/**
 * The task of this id, or of this exact name; undefined when there is none.
 *
 * @throws when several tasks have the name
 */
export async function readNew(project: Project, idOrName: string): Promise<Imported | undefined> {
  // Nothing is known yet that could have changed.
  const silent = { ...project, say: () => {} };
  const id = (await read(silent, idOrName, { taskName: idOrName })) ? idOrName : await idOfName(project.list, idOrName);
  if (id === undefined) return undefined;
  const live = project.seen.get(id) ?? (await liveTask(project, idOrName, id));
  return { id, state: declaration(live) };
}

/** Every field that is not at what it means when it is not declared; a name and a schedule are declared always. */
export function declaration(live: WireTask): State {
  const declared = rows.flatMap((field) => {
    if (field.readFrom === "nothing" || !isOf(live, field)) return [];
    const value = fromWire(field, live);
    return equal(field, value, fromWire(field, {})) ? [] : [[field.name, value]];
  });
  return Object.fromEntries(declared);
}

/** Whether a task of this kind has the field; of one that it has not the API answers some value too. */
export const isOf = (live: WireTask, field: Field): boolean =>
  uses(String(live.scheduled_type), field) && (field.taskType ?? live.task_type) === live.task_type;

/** The id of the only task of this exact name. */
export async function idOfName(list: TaskList, name: string): Promise<string | undefined> {
  const ids = [...(await list.namedNow(name, undefined)), ...(await list.namedNow(name, "LIFE_CYCLE"))];
  if (ids.length > 1)
    throw new Error(
      `find ScheduledTask "${name}": ${ids.length} tasks have this name. Give one of their ids: ${ids.join(", ")}.`,
    );
  return ids[0];
}
