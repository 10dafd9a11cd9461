import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import type { Log } from "./call";

const severities = { info: LogSeverity.INFO, warning: LogSeverity.WARNING } as const;

/**
 * The engine's log: what is said about a resource is shown under it. A log that fails must not fail what it tells of.
 *
 * @param address of the engine, its argument to every plugin; undefined when a person has started this one
 */
export function engineLog(address: string | undefined): Log {
  if (address === undefined) return async (_urn, _severity, message) => void process.stderr.write(`${message}\n`);
  let client: EngineClient | undefined;
  return (urn, severity, message) => {
    client ??= new EngineClient(address, credentials.createInsecure());
    const request = new LogRequest();
    request.setUrn(urn);
    request.setSeverity(severities[severity]);
    request.setMessage(message);
    const engine = client;
    return new Promise((resolve) => {
      engine.log(request, (error) => {
        if (error) process.stderr.write(`${message}\n`);
        resolve();
      });
    });
  };
}
