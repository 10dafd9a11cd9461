import { AsyncLocalStorage } from "node:async_hooks";
import { redacted } from "../cloud/redaction";
import { UNKNOWN } from "../scheduledTask/fields";

/** Who is told what is said during a call about one resource. */
export interface Listener {
  readonly urn: string;
  hear(text: string): void;
}

const listeners = new AsyncLocalStorage<Listener>();
const said = new Set<string>();

/** Tells the user something about a task, once per process: a refresh asks for the same things twice. */
export function say(taskName = "ScheduledTask", message: string): void {
  const text = redacted(`${taskName === UNKNOWN ? "ScheduledTask" : taskName}: ${message}`);
  const listener = listeners.getStore();
  const once = `${listener?.urn} ${text}`;
  if (said.has(once)) return;
  said.add(once);
  if (listener) listener.hear(text);
  else process.stderr.write(`${text}\n`);
}

/** Runs a call; what is said in it goes to the listener, not to stderr. */
export const heardBy = <T>(listener: Listener, call: () => T): T => listeners.run(listener, call);
