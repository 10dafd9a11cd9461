/** Runs the previews that are reviewed, through Pulumi's Automation API. */
import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { Settings } from "../provider/cloud/configuration";
import { errorsOf } from "./preview";
import { errorText, selectStack, settingsOf } from "./stack";

/** What a stack says of itself. */
export interface Previewed {
  /** As it was called. */
  readonly name: string;
  readonly events: readonly EngineEvent[];
  /** The settings of the provider, credentials included. */
  readonly settings: () => Promise<Settings>;
}

/**
 * One `pulumi preview --refresh` of a stack. Nothing is written.
 *
 * @param folder of the project
 * @throws with the engine's own errors when the preview fails
 */
export async function previewStack(folder: string, stackName: string): Promise<Previewed> {
  const stack = await selectStack(folder, stackName);
  const events: EngineEvent[] = [];
  const keep = (event: EngineEvent): void => {
    if (isSafe(event)) events.push(event);
  };
  await stack.preview({ refresh: true, onEvent: keep }).catch((error: unknown) => {
    throw new Error(`preview of stack ${stackName} failed:\n${errorsOf(events) || errorText(error)}`, { cause: error });
  });
  return { name: stackName, events, settings: () => settingsOf(stack) };
}

/** Debug messages of the engine hold what programs mark secret, in clear text. */
const isSafe = ({ diagnosticEvent, stdoutEvent }: EngineEvent): boolean =>
  stdoutEvent === undefined && (diagnosticEvent === undefined || diagnosticEvent.severity === "error");
