/** Runs the previews that are reviewed, through Pulumi's Automation API. */
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { readSettings, type Settings } from "../provider/cloud/configuration";
import { errorsOf } from "./preview";

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
  const stack = await select(folder, stackName);
  const events: EngineEvent[] = [];
  const keep = (event: EngineEvent): void => {
    if (isSafe(event)) events.push(event);
  };
  await stack.preview({ refresh: true, onEvent: keep }).catch((error: unknown) => {
    throw new Error(`preview of stack ${stackName} failed:\n${errorsOf(events) || textOf(error)}`, { cause: error });
  });
  const settings = async (): Promise<Settings> => {
    const config = await stack.getAllConfig();
    return readSettings((key) => config[key]?.value, process.env);
  };
  return { name: stackName, events, settings };
}

/** Debug messages of the engine hold what programs mark secret, in clear text. */
const isSafe = ({ diagnosticEvent, stdoutEvent }: EngineEvent): boolean =>
  stdoutEvent === undefined && (diagnosticEvent === undefined || diagnosticEvent.severity === "error");

async function select(folder: string, stackName: string): Promise<Stack> {
  const { LocalWorkspace } = await import("@pulumi/pulumi/automation/index.js");
  return LocalWorkspace.selectStack({ stackName, workDir: folder }).catch((error: unknown) => {
    throw new Error(`stack ${stackName} in ${folder}: ${textOf(error)}`, { cause: error });
  });
}

/** An error of the Automation API quotes the whole output of the command; what counts is on its stderr. */
function textOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /stderr: (.*?)\n(?:err\?:|$)/s.exec(text)?.[1]?.trim() || text;
}
