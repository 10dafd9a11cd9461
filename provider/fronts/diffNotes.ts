import type { Inputs } from "../scheduledTask/fields";
import { isUnknown } from "../scheduledTask/wire";

/** What a preview cannot show and a reader of it should know. */
export function diffNotes(id: string, { adoptTaskId }: Inputs, replaces: readonly string[]): string[] {
  return [
    ...(adoptTaskId !== undefined && !isUnknown(adoptTaskId) && adoptTaskId !== id
      ? [`adoptTaskId is read only when the resource is created; this one stays the task ${id}.`]
      : []),
    ...(replaces.length > 0
      ? [
          `a change of ${replaces.join(", ")} replaces the task: the old one is deleted first, so for a moment there is none.`,
        ]
      : []),
  ];
}
