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
 * Lets errors tell only the place where they were made. Pulumi keeps a stack trace of each of the four promises that it
 * makes of a property, for whoever looks for one that never ends (`PULUMI_DEBUG_PROMISE_LEAKS`), and that takes longer than
 * all else that a program of hundreds of tasks does. Where a resource is declared Pulumi finds with a trace of its own.
 *
 * @returns what ends it; an error that it is given gets the rest of its trace
 */
export function withShortTraces(): (error?: unknown) => unknown {
  const { stackTraceLimit } = Error;
  if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS) Error.stackTraceLimit = 1;
  return (error) => {
    Error.stackTraceLimit = stackTraceLimit;
    if (error instanceof Error) {
      const [, ...callers] = new Error().stack?.split("\n") ?? [];
      error.stack = [error.stack, ...callers].join("\n");
    }
    return error;
  };
}
