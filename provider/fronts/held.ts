/** Ids that a resource of this process manages, with its task's name: never created again for another, nor deleted. */
export const held = new Map<string, string>();

/** A resource keeps its task; two that name the same one would each undo the other. */
export function hold(id: string, taskName: string): void {
  const holder = held.get(id);
  if (holder !== undefined && holder !== taskName)
    throw new Error(
      `ScheduledTask "${taskName}": its task ${id} is also managed as "${holder}". Remove one of the two declarations, with retainOnDelete.`,
    );
  held.set(id, taskName);
}

/** A resource that gives up its task lets it be deleted. */
export const release = (id: string): void => void held.delete(id);
