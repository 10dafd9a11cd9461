import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Controlled } from "./control";
import { ApiError, codes } from "./errors";
import { Query } from "./query";
import { jsonReply, type Reply, send } from "./reply";
import { findRoute, type Match } from "./router";
import { type KeyPair, verifyCredentials } from "./signature";
import { strike } from "./strike";

export interface ApiSettings {
  latencyMs: number;
  /** undefined: credentials are not looked at. */
  keys: KeyPair | undefined;
  closing: AbortSignal;
}

/** Answers one request of the Workspace API, or lets a fault strike it, and records it. */
export async function answerApi(
  controlled: Controlled,
  settings: ApiSettings,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): Promise<void> {
  const { method = "", url: target = "/" } = request;
  const found = attempt(() => findRoute(method, target.split("?")[0] ?? ""));
  const logged = controlled.log.add({
    operation: operationOf(found),
    method,
    path: target,
    status: null,
    body: loggedBody(body),
  });
  try {
    await respond(controlled, settings, request, response, found, body);
  } finally {
    if (response.headersSent) logged.status = response.statusCode;
  }
}

async function respond(
  controlled: Controlled,
  { keys, latencyMs, closing }: ApiSettings,
  request: IncomingMessage,
  response: ServerResponse,
  found: Match | ApiError,
  body: Buffer,
): Promise<void> {
  const fault = controlled.faults.strike(operationOf(found));
  if (latencyMs > 0) await sleep(latencyMs, undefined, { signal: closing });
  // Only an answer can be truncated or slow, so these always strike after processing.
  const early = fault?.when === "before" && !["truncate", "slowBody"].includes(fault.action.kind);
  if (fault && early && (await strike(fault.action, response, undefined, closing))) return;
  const result = attempt(() => serve(controlled, keys, request, found, body));
  const reply = result instanceof ApiError ? refusal(result, String(response.getHeader("X-Request-Id"))) : result;
  if (fault && !early && (await strike(fault.action, response, reply, closing))) return;
  send(response, reply);
}

const operationOf = (found: Match | ApiError) => (found instanceof ApiError ? "Unknown" : found.route.operation);

/** The gateway's checks, then the service's answer. */
function serve(
  { workspace, limit, projectId }: Controlled,
  keys: KeyPair | undefined,
  request: IncomingMessage,
  found: Match | ApiError,
  body: Buffer,
): Reply {
  limit?.take(Date.now());
  if (found instanceof ApiError) throw found;
  const { method = "", url: target = "/", headers } = request;
  if (keys) {
    verifyCredentials({ method, target, headers, body }, keys, Date.now());
    if (found.projectId !== projectId) {
      throw new ApiError(403, codes.forbidden, "The credentials do not belong to this project", "gateway");
    }
  }
  const { route } = found;
  const query = new Query(new URL(target, "http://emulator").searchParams, route.query);
  if (!route.takesBody && body.length > 0)
    throw new ApiError(400, codes.malformedBody, "The request must not have a body");
  workspace.runDue();
  return route.answer({ workspace, projectId: found.projectId, ids: found.ids, query, body: parseBody(body) });
}

/** The longest error_msg of the vendor's schema. */
const longestMessage = 1000;

/** Service errors have two fields, the gateway's a third. */
function refusal(error: ApiError, requestId: string): Reply {
  const body = { error_code: error.code, error_msg: error.message.slice(0, longestMessage) };
  return jsonReply(error.status, error.origin === "gateway" ? { ...body, request_id: requestId } : body, error.headers);
}

export function internalError(): Reply {
  return refusal(new ApiError(500, codes.internal, "Internal error of the emulator"), "");
}

export function parseBody(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString());
  } catch (error) {
    if (error instanceof SyntaxError) throw new ApiError(400, codes.malformedBody, "The request message is not JSON");
    throw error;
  }
}

function loggedBody(body: Buffer): unknown {
  const parsed = attempt(() => parseBody(body));
  return parsed instanceof ApiError ? body.toString() : (parsed ?? null);
}

/** A refusal as a value. */
function attempt<T>(act: () => T): T | ApiError {
  try {
    return act();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}
