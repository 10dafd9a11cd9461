/** What one preview says about the resources of this provider, read from the engine's events; pure. */
import type { EngineEvent } from "@pulumi/pulumi/automation";

type Values = { readonly [name: string]: unknown };

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
  readonly isReplaced: boolean;
  /** Whether an `up` would do anything about it. */
  readonly isChanged: boolean;
}

export interface Preview {
  readonly project: string;
  readonly stack: string;
  readonly resources: readonly PreviewedResource[];
  /** Operations on the resources of other providers: how many of each. */
  readonly others: { readonly [operation: string]: number };
  /** Whether the live tasks were read: without `--refresh` no drift can be seen. */
  readonly isRefreshed: boolean;
  /** Stack configuration in clear text. */
  readonly config: { readonly [key: string]: string };
}

/** The metadata of a step as the engine writes it. */
interface Step {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  /** With an alias, its URN is the one before. */
  readonly old?: {
    readonly urn?: string;
    readonly id?: string;
    readonly inputs?: Values;
    readonly outputs?: Values;
  } | null;
  readonly new?: { readonly id?: string; readonly inputs?: Values; readonly outputs?: Values } | null;
}

/** Types of the resources of this provider, in both fronts. */
export const ours = /(^|[:/])huaweicloud-workspace:(index:)?ScheduledTask(Fleet)?$/;
/** The engine's own, and a component of the SDK, whose tasks are reviewed. */
const engineOwn = /^pulumi:(pulumi:Stack|providers:)|^huaweicloud-workspace:index:PowerSchedule$/;

/**
 * Reads the events of `pulumi preview --refresh`.
 *
 * @throws when they are of no preview, or of one that failed: what it did not come to would seem unchanged
 */
export function readPreview(events: readonly EngineEvent[]): Preview {
  const failed = errorsOf(events);
  if (failed !== "") throw new Error(`the preview failed:\n${failed}`);
  const refreshed = new Map<string, Step>();
  const planned = new Map<string, Step[]>();
  for (const { resOutputsEvent, resourcePreEvent } of events) {
    const done = resOutputsEvent?.metadata as unknown as Step | undefined;
    if (done?.op === "refresh") refreshed.set(done.urn, done);
    const step = resourcePreEvent?.metadata as unknown as Step | undefined;
    if (step && step.op !== "refresh") planned.set(step.urn, [...(planned.get(step.urn) ?? []), step]);
  }
  for (const [urn, [step]] of planned) {
    const before = step?.old?.urn ?? urn;
    const found = refreshed.get(before);
    if (before === urn || found === undefined || planned.has(before)) continue;
    refreshed.delete(before);
    refreshed.set(urn, found);
  }
  const isRefreshed = refreshed.size > 0;
  const urns = [...new Set([...refreshed.keys(), ...planned.keys()])];
  const [stack, project] = placeOf(urns);
  const steps = [...planned.values()].map((all) => all[0]).filter((step) => step !== undefined);
  return {
    project,
    stack,
    resources: urns.flatMap((urn) => resourceOf(urn, refreshed.get(urn), planned.get(urn) ?? []) ?? []),
    others: countsOf(steps.filter(({ type }) => !ours.test(type) && !engineOwn.test(type)).map(({ op }) => op)),
    isRefreshed,
    config: events.find(({ preludeEvent }) => preludeEvent)?.preludeEvent?.config ?? {},
  };
}

function placeOf(urns: readonly string[]): [stack: string, project: string] {
  const [, stack, project] = /^urn:pulumi:(.+?)::(.+?)::/.exec(urns[0] ?? "") ?? [];
  if (stack === undefined || project === undefined)
    throw new Error("these are not the events of a preview: no resource is named in them");
  return [stack, project];
}

function resourceOf(urn: string, refresh: Step | undefined, steps: readonly Step[]): PreviewedResource | undefined {
  const type = (steps[0] ?? refresh)?.type ?? "";
  if (!ours.test(type)) return undefined;
  const wanting = steps.find(({ op }) => !op.startsWith("delete"));
  const before = refresh?.old ?? steps.find(({ old }) => old)?.old ?? undefined;
  const live = refresh ? (refresh.new ?? undefined) : before;
  return {
    urn,
    name: urn.split("::").at(-1) ?? urn,
    isFleet: type.endsWith("Fleet"),
    id: before?.id || undefined,
    state: before?.outputs,
    live: live?.outputs,
    wanted: wanting?.new?.inputs,
    isReplaced: steps.some(({ op }) => /replace/.test(op)),
    isChanged: steps.some(({ op }) => op !== "same"),
  };
}

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

/**
 * The events of saved previews, one in a line, as `review --save` writes them; those of each preview by themselves.
 *
 * @throws with the number of the line that is none
 */
export function parseEventLog(text: string): EngineEvent[][] {
  const previews: EngineEvent[][] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const event = parseEvent(line, index + 1);
    if (event.preludeEvent || previews.length === 0) previews.push([]);
    previews.at(-1)?.push(event);
  }
  return previews;
}

function parseEvent(line: string, number: number): EngineEvent {
  try {
    return JSON.parse(line) as EngineEvent;
  } catch {
    throw new Error(`line ${number} is no JSON: expected the events of a preview, one in a line`);
  }
}

export const eventLog = (previews: readonly (readonly EngineEvent[])[]): string =>
  previews.map((events) => events.map((event) => `${JSON.stringify(event)}\n`).join("")).join("");
