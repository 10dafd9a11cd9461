/** What a reviewer can do about what the cloud changed: a command, or an edit of the code; pure. */
import { canonical, isUnknown } from "../provider/scheduledTask/wire";
import { readable } from "./readable";
import type { TaskReview } from "./tasks";
import type { UnmanagedTask } from "./unmanaged";
import type { Words } from "./words";

export interface Way {
  readonly what: string;
  /** Null where there is nothing to copy. */
  readonly code: string | null;
}

/** Both ways out of a drift; an edit is written as in TypeScript and YAML alike. */
export function waysOut(stack: string, task: TaskReview, text: Words): Way[] {
  const { urn, verdict, declaredAs, fleet, fields, hidden } = task;
  const up = `pulumi up --stack ${shellWord(stack)} --refresh --target ${shellWord(urn)}`;
  // A fleet is one resource: no target names one of its tasks.
  const way = (what: string): Way => ({ what: fleet === undefined ? what : text.wholeFleet(what, fleet), code: up });
  if (verdict === "gone") return [way(text.makeAgain), { what: text.leaveDeleted(declaredAs), code: null }];
  // Of one that the code declares no more, code has no value to put back.
  if (task.wanted === undefined) return [];
  const isHidden = hidden.some(({ cause }) => cause === "drift" || cause === "unclear");
  const drifted = fields.filter(({ cause }) => cause !== "planned" && cause !== "accepted");
  const restores = verdict !== "replaced" && verdict !== "adopted" && (drifted.length > 0 || isHidden);
  return [...(restores ? [way(text.restore)] : []), ...(drifted.length > 0 ? [keeping(task, drifted, text)] : [])];
}

function keeping({ declaredAs, live }: TaskReview, drifted: TaskReview["fields"], text: Words): Way {
  const values = drifted.map(({ field }) => ({
    name: field.name,
    value: readable(field, canonical(field, live?.[field.name] ?? field.default)),
  }));
  const edits = values
    .filter(({ value }) => value !== undefined && !isUnknown(value))
    .map(({ name, value }) => `${name}: ${JSON.stringify(value)}`);
  const dropped = values.filter(({ value }) => value === undefined).map(({ name }) => name);
  return { what: text.keep(declaredAs, dropped.join(", ")), code: edits.length > 0 ? edits.join(", ") : null };
}

/** Both ways to have a task that nobody manages. */
export function waysIn({ id, stack, inputs }: UnmanagedTask, text: Words): Way[] {
  const name = shellWord(String(inputs.taskName ?? id));
  const type = "huaweicloud-workspace:index:ScheduledTask";
  return [
    { what: text.importIt, code: `pulumi import --stack ${shellWord(stack)} ${type} -- ${name} ${shellWord(id)}` },
    { what: text.adopt, code: `adoptTaskId: ${JSON.stringify(id)}` },
  ];
}

/** One word for a shell, whatever it holds: anybody in the console may name a task. */
const shellWord = (text: string): string =>
  /^[\w./:=-]+$/.test(text) && !text.startsWith("-") ? text : `'${text.replaceAll("'", "'\\''")}'`;
