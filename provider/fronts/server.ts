import { inspect } from "node:util";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { guard } from "../cloud/redaction";
import { newWork } from "./call";
import { engineRuns } from "./engine";
import { engineLog } from "./engineLog";
import { type Host, service } from "./grpc";
import { hold, release } from "./held";
import { providerMethods } from "./protocol";

/** How often it is asked whether the engine still runs. */
const WATCH_MS = 5_000;

/** Within this time the last answer has gone out. */
const ANSWERED_MS = 100;

/** Longest message, in bytes: a task with 1000 targets is far below, a provider with many is not asked at once. */
const MAX_MESSAGE = 400 * 1024 * 1024;

/** Loaded when a request to the cloud is due: to check and to compare needs no HTTP, and a start is half as long. */
const projects = (): typeof import("./projects") => require("./projects");

/**
 * Serves the plugin on a port of this machine. stdout carries the port and nothing else.
 *
 * @param engineAddress the argument that the engine starts every plugin with
 * @param started called as soon as the engine may call
 */
export function serve(
  plugin: Pick<Host, "version" | "schema" | "fleetComes">,
  engineAddress: string | undefined,
  started: () => void,
): void {
  guard(process.stderr);
  process.once("uncaughtException", crash);
  const work = newWork(engineLog(engineAddress));
  const server = new Server({
    "grpc.max_receive_message_length": MAX_MESSAGE,
    "grpc.max_send_message_length": MAX_MESSAGE,
    "grpc.enable_channelz": 0,
  });
  server.addService(
    providerMethods,
    service(work, {
      ...plugin,
      projectOf: (...of) => projects().projectOf(...of),
      queriedOf: (...of) => projects().queriedOf(...of),
      hold,
      release,
    }),
  );
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
    started();
  });
  const stopWhenIdle = (): void => {
    server.tryShutdown(exit);
    // It never calls back when a connection ends in the same moment, and the engine would wait 5 s before it kills.
    let idle = 0;
    setInterval(() => {
      idle = work.unanswered.size === 0 ? idle + 1 : 0;
      if (idle > 1) exit();
    }, ANSWERED_MS);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stopWhenIdle);
  stopWithoutEngine(stopWhenIdle);
}

const exit = (): never => process.exit(0);

/** Node itself would print an error past every guard. */
function crash(error: unknown): void {
  process.stderr.write(`${inspect(error)}\n`);
  process.exit(1);
}

/** A killed engine stops none of its plugins. */
function stopWithoutEngine(stop: () => void): void {
  const watch = setInterval(async () => {
    if (await engineRuns()) return;
    clearInterval(watch);
    stop();
  }, WATCH_MS);
}
