import type { Deployment } from "@pulumi/pulumi/automation";

interface Resource {
  readonly type: string;
  readonly urn: string;
  readonly id?: string;
  /** Only read by the program, such as by `.get`. */
  readonly external?: boolean;
  readonly outputs?: { readonly taskIds?: { readonly [key: string]: string } };
}

export interface Held {
  /** Ids of tasks, alone or in fleets, also of those that wait for their deletion. */
  readonly ids: readonly string[];
  /** Names of resources, and of the tasks in fleets. */
  readonly names: readonly string[];
}

/** What the state of a stack holds. */
export function heldIn({ deployment }: Deployment): Held {
  const { resources = [] } = (deployment ?? {}) as { resources?: readonly Resource[] };
  return {
    ids: resources.flatMap(idsOf),
    names: resources.flatMap(namesOf),
  };
}

const kindOf = (type: string): string | undefined =>
  /(?:^|[:/])huaweicloud-workspace:(?:index:)?(ScheduledTask|ScheduledTaskFleet)$/.exec(type)?.[1];

function namesOf({ type, urn, outputs }: Resource): readonly string[] {
  if (kindOf(type) === undefined) return [];
  return [urn.split("::").at(-1) ?? "", ...Object.keys(outputs?.taskIds ?? {})];
}

function idsOf({ type, id, external, outputs }: Resource): readonly string[] {
  if (external) return [];
  if (kindOf(type) === "ScheduledTaskFleet") return Object.values(outputs?.taskIds ?? {});
  return kindOf(type) === "ScheduledTask" && id !== undefined ? [id] : [];
}
