/** What one preview says about the resources of this provider, read from the engine's events; pure. */
import type { EngineEvent } from "@pulumi/pulumi/automation";

export type Values = { readonly [name: string]: unknown };

/** What stands in place of a secret value. */
export const MASK = "[secret]";

/**
 * What an `up` does with a resource as a whole.
 *
 * - `same`: nothing
 * - `changed`: makes, changes or deletes it
 * - `replaced`: deletes it, then makes it anew
 * - `imported`: takes over what is live
 * - `released`: takes it out of the state, and leaves it in the cloud
 */
export type Fate = "same" | "changed" | "replaced" | "imported" | "released";

/** A resource of this provider in a preview. */
export interface PreviewedResource {
  readonly urn: string;
  readonly name: string;
  readonly isFleet: boolean;
  readonly id: string | undefined;
  /** As the last run left it; undefined when there is none in the state. */
  readonly state: Values | undefined;
  /** As the cloud has it; undefined when it is not there any more. */
  readonly live: Values | undefined;
  /** As the program wants it; undefined when it declares it no more. */
  readonly wanted: Values | undefined;
  readonly fate: Fate;
  /** Paths that differ between the state and the cloud; undefined where the engine does not tell: in the dynamic front. */
  readonly drifted: readonly string[] | undefined;
  /** Paths that an `up` changes, likewise. */
  readonly changed: readonly string[] | undefined;
}

export interface Preview {
  readonly project: string;
  /** As the user calls it, where that is known: with its organisation perhaps. */
  readonly stack: string;
  /** When the preview began, milliseconds since 1970; undefined where the events do not tell. */
  readonly at: number | undefined;
  readonly resources: readonly PreviewedResource[];
  /** Operations on the resources of other providers, and reads of tasks that the stack does not own: how many of each. */
  readonly others: { readonly [operation: string]: number };
  /** Whether the live tasks were read: without `--refresh` no drift can be seen. */
  readonly isRefreshed: boolean;
  /** Stack configuration in clear text. */
  readonly config: { readonly [key: string]: string };
}

/** A resource in an event. */
interface Version {
  /** With an alias, that of the old version is the one before. */
  readonly urn?: string;
  readonly id?: string;
  /** Whether a failed replacement has left it to be deleted. */
  readonly delete?: boolean;
  /** Whether it is only read. */
  readonly external?: boolean;
  readonly retainOnDelete?: boolean;
  readonly inputs?: Values;
  readonly outputs?: Values;
}

/** The metadata of a step as the engine writes it. */
interface Step {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly old?: Version | null;
  readonly new?: Version | null;
  readonly detailedDiff?: Values | null;
}

/** Types of the resources of this provider, in both fronts. */
export const ours = /(^|[:/])huaweicloud-workspace:(index:)?ScheduledTask(Fleet)?$/;
/** The engine's own, and a component of the SDK, whose tasks are reviewed. */
const engineOwn = /^pulumi:(pulumi:Stack|providers:)|^huaweicloud-workspace:index:PowerSchedule$/;

/**
 * Reads the events of `pulumi preview --refresh`.
 *
 * @param stackName as the user calls the stack; by default as its URNs do
 * @throws when they are of no preview, or of one that failed or was cut off: what it did not come to would seem unchanged
 */
export function readPreview(events: readonly EngineEvent[], stackName?: string): Preview {
  const failed = errorsOf(events);
  if (failed !== "") throw new Error(`the preview failed:\n${failed}`);
  const { refreshed, planned, imported } = stepsIn(events);
  const urns = [...new Set([...refreshed.keys(), ...planned.keys()])];
  const [stack, project] = placeOf(urns);
  assertWhole(events);
  if (planned.size === 0) throw new Error("these are the events of a refresh: what an up would do is not in them");
  const first = [...planned.values()].flatMap(([step]) => step ?? []);
  const foreign = first.filter((step) => !engineOwn.test(step.type) && !(ours.test(step.type) && isManaged(step)));
  const prelude = events.find(({ preludeEvent }) => preludeEvent);
  return {
    project,
    stack: stackName ?? stack,
    at: prelude?.timestamp ? prelude.timestamp * 1000 : undefined,
    resources: urns.flatMap((urn) =>
      resourcesOf(urn, refreshed.get(urn), planned.get(urn) ?? [], imported.get(urn)?.old ?? undefined),
    ),
    others: countsOf(foreign.map(({ op }) => op)),
    // In a first deployment there is nothing that could be read.
    isRefreshed: refreshed.size > 0 || first.every(({ old }) => !old),
    config: prelude?.preludeEvent?.config ?? {},
  };
}

function stepsIn(events: readonly EngineEvent[]) {
  const refreshed = new Map<string, Step>();
  const planned = new Map<string, Step[]>();
  const imported = new Map<string, Step>();
  for (const { resOutputsEvent, resourcePreEvent } of events) {
    const done = stepOf(resOutputsEvent?.metadata);
    if (done?.op === "refresh" && !done.old?.delete) refreshed.set(done.urn, done);
    if (done?.op.startsWith("import")) imported.set(done.urn, done);
    const step = stepOf(resourcePreEvent?.metadata);
    if (step && step.op !== "refresh" && !step.old?.delete)
      planned.set(step.urn, [...(planned.get(step.urn) ?? []), step]);
  }
  for (const [urn, [step]] of planned) {
    const before = step?.old?.urn ?? urn;
    const found = refreshed.get(before);
    if (before === urn || found === undefined || planned.has(before)) continue;
    refreshed.delete(before);
    refreshed.set(urn, found);
  }
  return { refreshed, planned, imported };
}

const stepOf = (metadata: object | undefined): Step | undefined => metadata && (masked(metadata) as Step);

/** Of a value, of which the engine hides no more than what is secret: an envelope with the mask in it. */
function masked(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(masked);
  if ("4dabf18193072939515e22adb298388d" in value && "ciphertext" in value) return MASK;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, masked(item)]));
}

function assertWhole(events: readonly EngineEvent[]): void {
  const summary = events.find(({ summaryEvent }) => summaryEvent)?.summaryEvent as { isPreview?: boolean } | undefined;
  if (summary === undefined)
    throw new Error("the events end before the preview does: what is missing would seem unchanged");
  if (summary.isPreview === false) throw new Error("these are the events of an update, not of a preview");
}

function placeOf(urns: readonly string[]): [stack: string, project: string] {
  const [, stack, project] = /^urn:pulumi:(.+?)::(.+?)::/.exec(urns[0] ?? "") ?? [];
  if (stack === undefined || project === undefined)
    throw new Error("these are not the events of a preview: no resource is named in them");
  return [stack, project];
}

/** Whether the stack owns what the step is about, or did so until now. */
const isManaged = ({ op, old }: Step): boolean => !/^(read|discard)/.test(op) || owned(old) !== undefined;

const owned = (version: Version | null | undefined): Version | undefined =>
  version && !version.external ? version : undefined;

/** One resource as a rule; the old and the new task by themselves where the old one is not what becomes the new one. */
function resourcesOf(
  urn: string,
  refresh: Step | undefined,
  planned: readonly Step[],
  importedFrom: Version | undefined,
): PreviewedResource[] {
  const steps = planned.filter(isManaged);
  const type = (steps[0] ?? refresh)?.type ?? "";
  const before = owned(refresh?.old) ?? owned(steps.find(({ old }) => owned(old))?.old);
  if (!ours.test(type) || (steps.length === 0 && before === undefined)) return [];
  const live = refresh ? owned(refresh.new) : before;
  const ops = steps.map(({ op }) => op);
  const isRead = ops.some((op) => op.startsWith("read"));
  const making = isRead ? undefined : steps.find(({ op }) => !/^(delete|discard|remove-pending)/.test(op));
  const fate = fateOf(ops, before, live);
  const change = steps.find(({ detailedDiff }) => detailedDiff);
  const resource: PreviewedResource = {
    urn,
    name: urn.split("::").at(-1) ?? urn,
    isFleet: type.endsWith("Fleet"),
    id: before?.id || undefined,
    state: before?.outputs,
    live: live?.outputs,
    wanted: making?.new?.inputs,
    fate,
    drifted: refresh === undefined ? [] : pathsOf(refresh),
    changed: fate === "same" ? [] : change && pathsOf(change),
  };
  const isImport = making?.op.startsWith("import") ?? false;
  const isKept = fate === "replaced" && live?.retainOnDelete === true;
  if (!isImport && !isKept) return [resource];
  const old: PreviewedResource = { ...resource, wanted: undefined, fate: isKept ? "released" : "changed" };
  const next: PreviewedResource = {
    ...resource,
    id: isImport ? importedFrom?.id : undefined,
    state: undefined,
    live: isImport ? importedFrom?.outputs : undefined,
    fate: isImport ? "imported" : "changed",
  };
  return before === undefined ? [next] : [old, next];
}

function fateOf(ops: readonly string[], before: Version | undefined, live: Version | undefined): Fate {
  // One that the program only reads from now on is given up; of another one that it reads in its place it is deleted.
  if (ops.includes("read")) return "released";
  const isReplaced = ops.some((op) => /replace/.test(op)) && !ops.includes("read-replacement");
  if (isReplaced && before !== undefined) return "replaced";
  if (ops.some((op) => op.startsWith("delete"))) return live?.retainOnDelete ? "released" : "changed";
  return ops.every((op) => op === "same") ? "same" : "changed";
}

const pathsOf = ({ detailedDiff }: Step): string[] | undefined =>
  detailedDiff ? Object.keys(detailedDiff) : undefined;

function countsOf(operations: readonly string[]): { [operation: string]: number } {
  const counts: { [operation: string]: number } = {};
  for (const operation of operations) counts[operation] = (counts[operation] ?? 0) + 1;
  return counts;
}

/** What the engine calls errors, without the directives of colour that it writes where it prints none: `<{%reset%}>`. */
export const errorsOf = (events: readonly EngineEvent[]): string =>
  events
    .flatMap(({ diagnosticEvent }) => (diagnosticEvent?.severity === "error" ? [diagnosticEvent.message] : []))
    .map((message) => message.replace(/<\{%.*?%\}>/g, "").trim())
    .join("\n");
