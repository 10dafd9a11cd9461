import { connect } from "node:net";

/** The engine's argument to every plugin; with --logflow, flags stand before it. */
export function engineArgument(): string | undefined {
  return process.argv.slice(2).at(-1);
}

/** The engine's address, as the host of dynamic providers is given it. */
const address = /^(?<host>127\.0\.0\.1|localhost):(?<port>\d+)$/.exec(engineArgument() ?? "")?.groups;

/**
 * Whether the engine that started this process still listens. After a `kill -9` of the CLI the host lives on and would
 * finish its requests, with nobody to record what they did.
 */
export const engineRuns = async (): Promise<boolean> => {
  if (address?.host === undefined) return true;
  const { host, port } = address;
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) }, () => {
      socket.destroy();
      resolve(true);
    });
    // Only a refusal says that nobody listens; any other failure is one of this process.
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code !== "ECONNREFUSED"));
  });
};
