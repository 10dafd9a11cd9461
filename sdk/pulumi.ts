/**
 * What the classes need of Pulumi's SDK when they run. Its index also loads the Automation API, npm's resolver and
 * TypeScript, a third of a second of every command of a program that does not load it itself.
 */
import { getConfig } from "@pulumi/pulumi/runtime/config";
import { call, invoke, invokeOutput } from "@pulumi/pulumi/runtime/invoke";
import { registerResourceModule, registerResourcePackage } from "@pulumi/pulumi/runtime/rpc";

export { Config } from "@pulumi/pulumi/config";
export { RunError } from "@pulumi/pulumi/errors";
export { info } from "@pulumi/pulumi/log";
export { isSecret, Output, output, secret } from "@pulumi/pulumi/output";
export { ComponentResource, CustomResource, mergeOptions, ProviderResource } from "@pulumi/pulumi/resource";

export const runtime = { call, getConfig, invoke, invokeOutput, registerResourceModule, registerResourcePackage };

/**
 * Lets errors tell only the place where they were made, until the function that it returns is called. Pulumi keeps a stack
 * trace of each of the four promises that it makes of a property, which takes longer than all else that a program of
 * hundreds of tasks does. Where a resource is declared Pulumi finds with a trace of its own.
 */
export function withShortTraces(): () => void {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 1;
  return () => {
    Error.stackTraceLimit = stackTraceLimit;
  };
}
