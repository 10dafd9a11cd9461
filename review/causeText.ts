/** Who changed a field, in words. */
import { rowNamed, uses } from "../provider/scheduledTask/fields";
import type { ReportField, ReportTask } from "./report";
import type { Words } from "./words";

/** A field that went with the schedule type, in the cloud and in the code, is none of which the code says the same. */
export function causeText({ name, cause, isRead }: ReportField, { scheduledType }: ReportTask, text: Words): string {
  if (!isRead) return text.unread;
  const field = rowNamed(name);
  const isUnused = field !== undefined && !uses(scheduledType ?? undefined, field);
  return cause === "accepted" && isUnused ? text.unused : text.cause[cause];
}
