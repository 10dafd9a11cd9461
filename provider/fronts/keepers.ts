import { Unfinished } from "../scheduledTask/lifecycle";
import type { AnyKind, Kept, Known } from "./kinds";

/** What the process notes of a task that a resource manages: nobody else takes or deletes it. */
export interface Holder {
  hold(id: string, taskName: string): void;
  release(id: string): void;
}

/** Which resource keeps which task, by the URN: two that keep the same one would each undo the other. */
export class Keepers {
  private readonly urns = new Map<string, string>();
  /** Ids of the resources whose tasks a diff kept, by task; none of a task that a creation or an update has left since. */
  private readonly compared = new Map<string, string>();

  constructor(private readonly holder: Holder) {}

  /**
   * Of a resource that stays.
   *
   * @param resourceId that of the engine, which is no task's in a fleet
   */
  keep(urn: string, resourceId: string, { id, taskName }: Kept): void {
    const keeper = this.other(urn, id);
    if (keeper !== undefined) throw new Error(`ScheduledTask "${taskName}": ${shared(id, keeper)}`);
    this.holder.hold(id, taskName);
    this.urns.set(id, urn);
    this.compared.set(id, resourceId);
  }

  /** Of a resource that was created or updated, also in part. */
  async written(urn: string, kind: AnyKind, write: () => Promise<Known<object>>): Promise<Known<object>> {
    const made = await write().catch((error: unknown) => {
      if (error instanceof Unfinished) this.note(urn, kind, error);
      throw error;
    });
    const [taken] = this.note(urn, kind, made);
    if (taken === undefined) return made;
    throw new Unfinished(made.id, made.state, kind.nameOf(made.state), { cause: shared(...taken) });
  }

  /**
   * Of a resource that is deleted: with replaceOnChanges the engine replaces what the diff kept. A task that its
   * replacement, of the same URN, has taken over stays: after a taint that one is created first.
   */
  leave(urn: string, resourceId: string, ids: readonly string[]): void {
    for (const id of ids)
      if (this.urns.get(id) === urn && this.compared.get(id) === resourceId) this.holder.release(id);
  }

  /** Returns the tasks that another resource keeps. */
  private note(urn: string, kind: AnyKind, { id, state }: Known<object>): [id: string, keeper: string][] {
    const taken: [string, string][] = [];
    for (const one of kind.taskIds(id, state)) {
      const keeper = this.other(urn, one);
      if (keeper === undefined) {
        this.urns.set(one, urn);
        this.compared.delete(one);
      } else taken.push([one, keeper]);
    }
    return taken;
  }

  private other(urn: string, id: string): string | undefined {
    const keeper = this.urns.get(id);
    return keeper === urn ? undefined : keeper;
  }
}

const shared = (id: string, keeper: string): string =>
  `its task ${id} is also managed by the resource "${nameIn(keeper)}". Remove one of the two declarations, with retainOnDelete.`;

/** The Pulumi name of a resource. */
export const nameIn = (urn: string): string => urn.split("::").slice(3).join("::");
