/** What a reviewer can do about what the cloud changed: a command, or an edit of the code; pure. */
import { type FieldName, inGroup, mayHave, type Row, row, rows, uses } from "../provider/scheduledTask/fields";
import { canonical, isUnknown } from "../provider/scheduledTask/wire";
import { readable } from "./readable";
import { shellWord } from "./shellWord";
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
  const { urn, verdict, declaredAs, fields, hidden } = task;
  const up = `pulumi up --stack ${shellWord(stack)} --refresh --target ${shellWord(urn)}`;
  const way = (what: string): Way => ({ what: withAllItDeploys(what, task, text), code: up });
  if (verdict === "gone") return [way(text.makeAgain), { what: text.leaveDeleted(declaredAs), code: null }];
  // Of one that the code declares no more, code has no value to put back.
  if (task.wanted === undefined) return [];
  const isHidden = hidden.some(({ cause }) => cause === "drift" || cause === "unclear");
  const drifted = fields.filter(({ cause }) => cause !== "planned" && cause !== "accepted");
  const restores = verdict !== "replaced" && verdict !== "adopted" && (drifted.length > 0 || isHidden);
  return [...(restores ? [way(text.restore)] : []), ...(drifted.length > 0 ? keeping(task, drifted, text) : [])];
}

/** A fleet is one resource: no target names one of its tasks, as none names one field of a task. */
function withAllItDeploys(what: string, { fleet, fields, hidden }: TaskReview, text: Words): string {
  if (fleet !== undefined) return text.wholeFleet(what, fleet);
  const planned = [
    ...fields.filter(({ cause }) => cause === "planned" || cause === "both").map(({ field }) => field),
    ...hidden.filter(({ cause }) => cause === "planned").map(({ name }) => row(name)),
  ];
  return planned.length === 0
    ? what
    : text.wholeTask(what, planned.map(({ label }) => label[text.language]).join(", "));
}

/** The edit after which the code says what is live, and check still accepts it; none where the code leaves no room for one. */
function keeping(task: TaskReview, drifted: TaskReview["fields"], text: Words): Way[] {
  const { declaredAs, live = {}, wanted = {}, secret, inherited } = task;
  const names = new Set<FieldName>(drifted.map(({ field }) => field.name));
  const [scheduledType, taskType] = (["scheduledType", "taskType"] as const).map((name) =>
    names.has(name) ? live[name] : wanted[name],
  );
  const isUsed = (field: Row): boolean =>
    (isOpen(scheduledType) || uses(scheduledType, field)) &&
    (isOpen(taskType) || (field.taskType ?? taskType) === taskType);
  // What the live schedule needs, and the code's own does not.
  const isNeeded = ({ name }: Row): boolean =>
    names.has("scheduledType") && wanted[name] === undefined && live[name] !== undefined && !secret.includes(name);
  const values = rows
    .filter((field) => names.has(field.name) || (inGroup(scheduledType, field) && isNeeded(field)))
    .filter(isUsed)
    .map((field) => ({
      name: field.name,
      value: readable(field, canonical(field, live[field.name] ?? field.default)),
    }));
  const edits = values
    .filter(({ value }) => value !== undefined && !isUnknown(value))
    .map(({ name, value }) => `${name}: ${JSON.stringify(value)}`);
  const cleared = new Set(values.filter(({ value }) => value === undefined).map(({ name }) => name));
  const dropped = rows.filter(
    (field) => wanted[field.name] !== undefined && (cleared.has(field.name) || !isUsed(field)),
  );
  // Other tasks have what stands on the fleet too. What the live schedule has no use for, the task does not take from it.
  const taken = dropped.filter((field) => inherited.has(field.name) && mayHave({ scheduledType, taskType }, field));
  if (taken.some((field) => noneOf(field) === undefined)) return [];
  const nones = taken.map((field) => `${field.name}: ${JSON.stringify(noneOf(field))}`);
  const own = dropped.filter(({ name }) => !inherited.has(name)).map(({ name }) => name);
  const written = [...edits, ...nones];
  if (written.length === 0 && own.length === 0) return [];
  return [{ what: text.keep(declaredAs, own.join(", ")), code: written.length > 0 ? written.join(", ") : null }];
}

/** The value that means none, where check takes one. */
function noneOf({ clear, min }: Row): unknown {
  if (clear === "CLEAR_ALL") return [];
  const sent = typeof clear === "object" ? clear.send : undefined;
  return sent === "" && min !== 0 ? undefined : sent;
}

/** Whether a type is not told: then any field may be one that it uses. */
const isOpen = (type: string | undefined): boolean => type === undefined || isUnknown(type);

/** The ways to have a task that nobody manages: both, where an import finds it. */
export function waysIn({ id, stack, inputs }: UnmanagedTask, text: Words): Way[] {
  const { taskName = id, region, projectId } = inputs;
  const type = "huaweicloud-workspace:index:ScheduledTask";
  const edits = Object.entries({ adoptTaskId: id, region, projectId }).filter(([, value]) => value !== undefined);
  const adopt = edits.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(", ");
  const imported = `pulumi import --stack ${shellWord(stack)} ${type} -- ${shellWord(taskName)} ${shellWord(id)}`;
  // An import looks where the stack's own settings lead.
  const isElsewhere = region !== undefined || projectId !== undefined;
  return [...(isElsewhere ? [] : [{ what: text.importIt, code: imported }]), { what: text.adopt, code: adopt }];
}
