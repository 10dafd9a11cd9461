/** The events of previews as a text, one event in a line: what `review --save` and `pulumi --event-log` write; pure. */
import type { EngineEvent } from "@pulumi/pulumi/automation";

export const eventLog = (previews: readonly (readonly EngineEvent[])[]): string =>
  previews.map((events) => events.map((event) => `${JSON.stringify(event)}\n`).join("")).join("");

/**
 * The events of each preview by themselves.
 *
 * @throws with the number of the line that is none
 */
export function parseEventLog(text: string): EngineEvent[][] {
  const previews: EngineEvent[][] = [];
  for (const [index, line] of text.split("\n").entries()) {
    const event = line.trim() === "" ? undefined : parseEvent(line, index + 1);
    if (event === undefined) continue;
    if (event.preludeEvent || previews.length === 0) previews.push([]);
    previews.at(-1)?.push(event);
  }
  return previews;
}

/** Undefined for a line that tells of nothing, such as the version of the engine or null. */
function parseEvent(line: string, number: number): EngineEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Error(`line ${number} is no JSON: expected the events of a preview, one in a line`);
  }
  if (value === null) return undefined;
  if (typeof value !== "object" || Array.isArray(value))
    throw new Error(`line ${number} is no event: expected the events of a preview, one in a line`);
  return Object.keys(value).some((name) => name.endsWith("Event")) ? (value as EngineEvent) : undefined;
}
