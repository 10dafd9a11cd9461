import { UNKNOWN } from "../scheduledTask/fields";

const said = new Set<string>();

/** Tells the user something about a task, once per process: a refresh asks for the same things twice. */
export function say(taskName = "ScheduledTask", message: string): void {
  const text = `${taskName === UNKNOWN ? "ScheduledTask" : taskName}: ${message}`;
  if (said.has(text)) return;
  said.add(text);
  process.stderr.write(`${text}\n`);
}
