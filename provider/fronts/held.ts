/** Ids that a resource of this process manages, with its task's name: never created again for another, nor deleted. */
export const held = new Map<string, string>();

/** Those that a diff has kept. */
const kept = new Set<string>();

/** A resource keeps its task; two that name the same one would each undo the other. */
export function hold(id: string, taskName: string): void {
  const holder = held.get(id);
  if (holder !== undefined && holder !== taskName) throw shared(id, taskName, holder);
  held.set(id, taskName);
}

/**
 * The same in a process that serves one run and is not told which resource it is about: none is compared after its
 * creation, so what a creation has taken belongs to another one.
 */
export function keep(id: string, taskName: string): void {
  const holder = held.get(id);
  if (holder !== undefined && !kept.has(id)) throw shared(id, taskName, holder);
  hold(id, taskName);
  kept.add(id);
}

/** A resource that gives up its task lets it be deleted. */
export const release = (id: string): void => void held.delete(id);

const shared = (id: string, taskName: string, holder: string): Error =>
  new Error(
    `ScheduledTask "${taskName}": its task ${id} is also managed as "${holder}". Remove one of the two declarations, with retainOnDelete.`,
  );
