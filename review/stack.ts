/** Stacks, through Pulumi's Automation API. */
import type { Stack } from "@pulumi/pulumi/automation";
import { readSettings, type Settings } from "../provider/cloud/configuration";

/**
 * A stack of the project in a folder.
 *
 * @throws with what the engine says when there is none
 */
export async function selectStack(folder: string, stackName: string): Promise<Stack> {
  const { LocalWorkspace } = await import("@pulumi/pulumi/automation/index.js");
  return LocalWorkspace.selectStack({ stackName, workDir: folder }).catch((error: unknown) => {
    throw new Error(`stack ${stackName} in ${folder}: ${errorText(error)}`, { cause: error });
  });
}

/** The settings of the provider in a stack, credentials included. */
export async function settingsOf(stack: Stack): Promise<Settings> {
  const config = await stack.getAllConfig();
  return readSettings((key) => config[key]?.value, process.env);
}

/** An error of the Automation API quotes the whole output of the command; what counts is on its stderr. */
export function errorText(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const said = /stderr: (.*?)\n(?: ?err\?:|$)/s.exec(text)?.[1] ?? "";
  return said.replace(/^Command failed with exit code .*\n(?:error: )?/, "").trim() || text;
}
