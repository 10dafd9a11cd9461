import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { looseTask } from "./looseTask";
import { assertObject } from "./rules";
import type { Entry } from "./store";

/** Throws with the file's name when it is there but does not hold tasks. */
export function loadTasks(file: string): Entry[] {
  if (!existsSync(file)) return [];
  try {
    const content: unknown = JSON.parse(readFileSync(file, "utf8"));
    assertObject(content);
    if (!Array.isArray(content.tasks)) throw new Error("it holds no list of tasks");
    return content.tasks.map(readEntry);
  } catch (error) {
    throw new Error(`data file ${file}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

/** Readers see the old tasks or the new ones, never half a file. */
export function saveTasks(file: string, entries: readonly Entry[]): void {
  const next = `${file}.${process.pid}.tmp`;
  writeFileSync(next, `${JSON.stringify({ tasks: entries }, null, 1)}\n`);
  renameSync(next, file);
}

function readEntry(value: unknown): Entry {
  assertObject(value);
  const { projectId, anchor, task } = value;
  assertObject(task);
  const { id, ...fields } = task;
  if (typeof projectId !== "string" || typeof anchor !== "number" || typeof id !== "string") {
    throw new Error("a task lacks its id, projectId or anchor");
  }
  return { projectId, anchor, task: looseTask(id, fields) };
}
