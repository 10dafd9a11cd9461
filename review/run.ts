/** Runs the previews that are reviewed, through Pulumi's Automation API. */
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { readSettings, type Settings } from "../provider/cloud/configuration";

/** What a stack says of itself. */
export interface Previewed {
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
  await stack.preview({ refresh: true, onEvent: (event) => events.push(event) }).catch((error: unknown) => {
    throw new Error(`preview of stack ${stackName} failed:\n${errorsOf(events) || textOf(error)}`, { cause: error });
  });
  const settings = async (): Promise<Settings> => {
    const config = await stack.getAllConfig();
    return readSettings((key) => config[key]?.value, process.env);
  };
  return { events, settings };
}

async function select(folder: string, stackName: string): Promise<Stack> {
  const { LocalWorkspace } = await import("@pulumi/pulumi/automation/index.js");
  return LocalWorkspace.selectStack({ stackName, workDir: folder }).catch((error: unknown) => {
    throw new Error(`stack ${stackName} in ${folder}: ${textOf(error)}`, { cause: error });
  });
}

const errorsOf = (events: readonly EngineEvent[]): string =>
  events
    .flatMap(({ diagnosticEvent }) => (diagnosticEvent?.severity === "error" ? [diagnosticEvent.message] : []))
    .map((message) => message.replace(/<\{%.*?%\}>/g, "").trim())
    .join("\n");

/** An error of the Automation API quotes the whole output of the command; what counts is on its stderr. */
function textOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /stderr: ([^]*?)\n(?:err\?:|$)/.exec(text)?.[1]?.trim() || text;
}
