import { ControlError, numberOf, objectOf, onlyKeys, textOf } from "./controlError";
import { identityRoutes } from "./identityRoutes";
import type { Reply } from "./reply";
import { routes } from "./routes";

export type Action =
  | { kind: "reset" | "hang" | "truncate" }
  | { kind: "delay"; delayMs: number }
  | { kind: "slowBody"; bodyMs: number }
  | { kind: "answer"; reply: Reply };

interface Fault {
  operation: string;
  nth: number | undefined;
  every: number | undefined;
  times: number;
  when: "before" | "after";
  action: Action;
}

/** Faults by order: each counts the requests of its operation since it was set, and strikes by its own count. */
export class Faults {
  private faults: (Fault & { seen: number; struck: number })[] = [];

  set(list: unknown): void {
    if (!Array.isArray(list)) throw new ControlError("faults must be a list");
    this.faults = list.map((item, index) => ({ ...readFault(item, `faults[${index}]`), seen: 0, struck: 0 }));
  }

  clear(): void {
    this.faults = [];
  }

  /** What happens to a request that has arrived. All faults count it; the first that is due strikes. */
  strike(operation: string): { when: "before" | "after"; action: Action } | undefined {
    let striking: Fault | undefined;
    for (const fault of this.faults) {
      if (fault.operation !== "*" && fault.operation !== operation) continue;
      fault.seen++;
      if (striking || fault.struck >= fault.times || !isDue(fault, fault.seen)) continue;
      fault.struck++;
      striking = fault;
    }
    return striking;
  }
}

/** With `times` above 1, `nth` strikes that request and those that follow it. */
function isDue({ nth, every, times }: Fault, seen: number): boolean {
  if (nth !== undefined) return seen >= nth && seen < nth + times;
  return seen % (every ?? 1) === 0;
}

function readFault(item: unknown, what: string): Fault {
  const fault = objectOf(item, what);
  onlyKeys(fault, ["operation", "nth", "every", "times", "when", "do"], what);
  const operation = textOf(fault.operation, `${what}.operation`);
  if (operation !== "*") assertOperation(operation, `${what}.operation`, ["*"]);
  if (fault.nth !== undefined && fault.every !== undefined)
    throw new ControlError(`${what}: give nth or every, not both`);
  const { when = "before" } = fault;
  if (when !== "before" && when !== "after") throw new ControlError(`${what}.when must be "before" or "after"`);
  const nth = fault.nth === undefined ? undefined : numberOf(fault.nth, `${what}.nth`, 1);
  const times = nth === undefined ? Number.POSITIVE_INFINITY : 1;
  return {
    operation,
    nth,
    every: fault.every === undefined ? undefined : numberOf(fault.every, `${what}.every`, 1),
    times: fault.times === undefined ? times : numberOf(fault.times, `${what}.times`, 1),
    when,
    action: readAction(fault.do, `${what}.do`),
  };
}

/** `others` are allowed too. */
export function assertOperation(operation: string, what: string, others: readonly string[] = []): void {
  const known = [...others, ...[...routes, ...identityRoutes].map((route) => route.operation)];
  if (!known.includes(operation))
    throw new ControlError(`${what} "${operation}" is unknown; allowed are ${known.join(", ")}`);
}

function readAction(value: unknown, what: string): Action {
  if (value === "reset" || value === "hang" || value === "truncate") return { kind: value };
  if (typeof value === "string") throw new ControlError(`${what} must be "reset", "hang", "truncate" or an object`);
  const action = objectOf(value, what);
  if ("delayMs" in action) {
    onlyKeys(action, ["delayMs"], what);
    return { kind: "delay", delayMs: numberOf(action.delayMs, `${what}.delayMs`, 0) };
  }
  if ("bodyMs" in action) {
    onlyKeys(action, ["bodyMs"], what);
    return { kind: "slowBody", bodyMs: numberOf(action.bodyMs, `${what}.bodyMs`, 0) };
  }
  onlyKeys(action, ["status", "headers", "body"], what);
  const status = numberOf(action.status, `${what}.status`, 200);
  if (!Number.isInteger(status) || status > 599) throw new ControlError(`${what}.status must be from 200 to 599`);
  return { kind: "answer", reply: { status, ...readContent(action, what) } };
}

/** A string is sent as it is; anything else as JSON. */
function readContent({ headers = {}, body }: Record<string, unknown>, what: string): Omit<Reply, "status"> {
  const own = Object.entries(objectOf(headers, `${what}.headers`)).map(([name, value]): [string, string] => [
    name,
    typeof value === "number" ? String(value) : textOf(value, `${what}.headers.${name}`),
  ]);
  if (body === undefined) return { headers: Object.fromEntries(own) };
  if (typeof body === "string") return { headers: Object.fromEntries(own), body };
  return {
    headers: { "Content-Type": "application/json", ...Object.fromEntries(own) },
    body: JSON.stringify(body),
  };
}
