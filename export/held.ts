import type { Deployment } from "@pulumi/pulumi/automation";

interface Resource {
  readonly type: string;
  readonly urn: string;
  readonly id?: string;
  readonly outputs?: { readonly taskIds?: { readonly [key: string]: string } };
}

export interface Held {
  /** Ids of tasks, alone or in fleets. */
  readonly ids: readonly string[];
  /** Names of resources. */
  readonly names: readonly string[];
}

/** What the state of a stack holds. */
export function heldIn({ deployment }: Deployment): Held {
  const { resources = [] } = (deployment ?? {}) as { resources?: readonly Resource[] };
  return {
    ids: resources.flatMap(idsOf),
    names: resources.filter(({ type }) => kindOf(type) !== undefined).map(({ urn }) => urn.split("::").at(-1) ?? ""),
  };
}

const kindOf = (type: string): string | undefined =>
  /(?:^|[:/])huaweicloud-workspace:(?:index:)?(ScheduledTask|ScheduledTaskFleet)$/.exec(type)?.[1];

function idsOf({ type, id, outputs }: Resource): readonly string[] {
  if (kindOf(type) === "ScheduledTaskFleet") return Object.values(outputs?.taskIds ?? {});
  return kindOf(type) === "ScheduledTask" && id !== undefined ? [id] : [];
}
