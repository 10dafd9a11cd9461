import { Client, credentials } from "@grpc/grpc-js";
import type { Log } from "./call";
import { engineLogMethod, severities } from "./protocol";

/**
 * The engine's log: what is said about a resource is shown under it. A log that fails must not fail what it tells of.
 *
 * @param address of the engine, its argument to every plugin; undefined when a person has started this one
 */
export function engineLog(address: string | undefined): Log {
  if (address === undefined) return async (_urn, _severity, message) => void process.stderr.write(`${message}\n`);
  let client: Client | undefined;
  const { path, requestSerialize, responseDeserialize } = engineLogMethod;
  return (urn, severity, message) => {
    client ??= new Client(address, credentials.createInsecure());
    const engine = client;
    const request = { urn, severity: severities[severity], message };
    return new Promise((resolve) => {
      engine.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, (error) => {
        if (error) process.stderr.write(`${message}\n`);
        resolve();
      });
    });
  };
}
