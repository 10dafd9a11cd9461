import { randomBytes } from "node:crypto";
import { setMaxListeners } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type ApiSettings, answerApi, internalError, parseBody } from "./api";
import { type Controlled, control } from "./control";
import { ControlError } from "./controlError";
import { loadTasks, saveTasks } from "./dataFile";
import type { Dialects } from "./dialects";
import { ApiError } from "./errors";
import { Faults } from "./faults";
import { Identity } from "./identity";
import { jsonReply, type Reply, send } from "./reply";
import { RequestLog } from "./requestLog";
import { Workspace } from "./workspace";

export interface EmulatorOptions {
  /** @default 0, any free port */
  port?: number;
  /** @default the first value of each */
  dialects?: Partial<Dialects>;
  /** Milliseconds before each answer of the API, requests side by side. @default 0 */
  latencyMs?: number;
  /** Accept only the emulator's own key pair and user, and what it has issued for them. @default false */
  requireSignature?: boolean;
  /** Tasks are loaded from this file, and written to it at each change. @default none */
  dataFile?: string;
}

export interface Emulator {
  url: string;
  projectId: string;
  region: string;
  accessKey: string;
  secretKey: string;
  /** Cuts all connections and frees the port. */
  close(): Promise<void>;
}

/** The same in every run, so that a stack's state fits an emulator that was started anew. */
const account = {
  projectId: "0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e",
  region: "cn-north-4",
  accessKey: "EMULATORACCESSKEY001",
  secretKey: "emulatorSecretKeyThatOpensNothingElse001",
};

const idleConnectionMs = 120_000;

/** Starts the Workspace API on 127.0.0.1. Rejects when the port is taken or the data file is not its own. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 0, dialects = {}, latencyMs = 0, requireSignature = false, dataFile } = options;
  const save = () => {
    if (dataFile !== undefined) saveTasks(dataFile, workspace.tasks.entries());
  };
  const workspace = new Workspace(dialects, save);
  if (dataFile !== undefined) workspace.tasks.restore(loadTasks(dataFile));
  const controlled: Controlled = {
    projectId: account.projectId,
    workspace,
    log: new RequestLog(),
    faults: new Faults(),
    limit: undefined,
    identity: new Identity(account),
    denied: new Set(),
  };
  const closing = new AbortController();
  // Each request that waits listens to it, and any number may wait.
  setMaxListeners(0, closing.signal);
  const settings = { latencyMs, checksCredentials: requireSignature, closing: closing.signal };
  const server = createServer((request, response) => answer(controlled, settings, request, response));
  server.keepAliveTimeout = idleConnectionMs;
  const url = await new Promise<string>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === "object" && address ? address.port : port}`);
    });
  });
  const stop = async () => {
    closing.abort();
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
    save();
  };
  let stopped: Promise<void> | undefined;
  return {
    url,
    ...account,
    close() {
      // Once: a second time would write the tasks over those of a later emulator with the same file.
      stopped ??= stop();
      return stopped;
    },
  };
}

/** The control interface needs no signature and is never slow, limited or faulty. */
async function answer(
  controlled: Controlled,
  settings: ApiSettings,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = "", url = "/" } = request;
  response.setHeader("X-Request-Id", randomBytes(16).toString("hex"));
  const controlPath = /^\/_emulator\/([^?]*)$/.exec(url)?.[1];
  try {
    if (controlPath !== undefined) {
      // What is said to the emulator itself is not counted.
      response.once("close", () => controlled.log.bytesSince(request.socket));
      send(response, answerControl(controlled, method, controlPath, await readBody(request)));
      return;
    }
    response.once("close", controlled.log.arrived(request.socket));
    await answerApi(controlled, settings, request, response, await readBody(request));
  } catch (error) {
    // A client, or close(), that cuts the connection ends whatever was going on for it.
    if (response.destroyed || settings.closing.aborted) return;
    console.error(error);
    if (!response.headersSent) send(response, internalError());
  }
}

function answerControl(controlled: Controlled, method: string, path: string, body: Buffer): Reply {
  try {
    controlled.workspace.runDue();
    return control(controlled, method, path, parseBody(body));
  } catch (error) {
    if (!(error instanceof ControlError || error instanceof ApiError)) throw error;
    return jsonReply(error.status, { error_code: `EMULATOR.${error.status}`, error_msg: error.message });
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
