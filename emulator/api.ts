import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Controlled } from "./control";
import { ApiError, codes, Denial } from "./errors";
import { denialOf } from "./identity";
import { findIdentityRoute, type IdentityRoute } from "./identityRoutes";
import { Query } from "./query";
import { jsonReply, type Reply, send } from "./reply";
import { findRoute, type Match } from "./router";
import { strike } from "./strike";

export interface ApiSettings {
  latencyMs: number;
  /** false: credentials are not looked at. */
  checksCredentials: boolean;
  closing: AbortSignal;
}

/** One call of the Workspace API or of the services that give credentials, or the refusal of a path that is none. */
type Found = Match | IdentityRoute | ApiError;

/** Answers one request of an API, or lets a fault strike it, and records it. */
export async function answerApi(
  controlled: Controlled,
  settings: ApiSettings,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): Promise<void> {
  const { method = "", url: target = "/" } = request;
  const path = target.split("?")[0] ?? "";
  const found: Found = findIdentityRoute(method, path) ?? attempt(() => findRoute(method, path));
  const logged = controlled.log.add({
    operation: operationOf(found),
    method,
    path: target,
    status: null,
    // What logs in is a credential.
    body: isIdentity(found) ? null : loggedBody(body),
  });
  try {
    await respond(controlled, settings, request, response, found, body);
  } finally {
    if (response.headersSent) logged.status = response.statusCode;
  }
}

async function respond(
  controlled: Controlled,
  { checksCredentials, latencyMs, closing }: ApiSettings,
  request: IncomingMessage,
  response: ServerResponse,
  found: Found,
  body: Buffer,
): Promise<void> {
  const fault = controlled.faults.strike(operationOf(found));
  if (latencyMs > 0) await sleep(latencyMs, undefined, { signal: closing });
  // Only an answer can be truncated or slow, so these always strike after processing.
  const early = fault?.when === "before" && !["truncate", "slowBody"].includes(fault.action.kind);
  if (fault && early && (await strike(fault.action, response, undefined, closing))) return;
  const result = attempt(() => serve(controlled, checksCredentials, request, found, body));
  const reply = result instanceof ApiError ? refusal(result, String(response.getHeader("X-Request-Id"))) : result;
  if (fault && !early && (await strike(fault.action, response, reply, closing))) return;
  send(response, reply);
}

const isIdentity = (found: Found): found is IdentityRoute => "operation" in found;

function operationOf(found: Found): string {
  if (found instanceof ApiError) return "Unknown";
  return isIdentity(found) ? found.operation : found.route.operation;
}

/** The gateway's checks, then the service's answer. */
function serve(
  { workspace, limit, projectId, identity, denied }: Controlled,
  checksCredentials: boolean,
  request: IncomingMessage,
  found: Found,
  body: Buffer,
): Reply {
  const { method = "", url: target = "/", headers } = request;
  const signed = { method, target, headers, body };
  const search = new URL(target, "http://emulator").searchParams;
  if (isIdentity(found)) {
    if (denied.has(found.operation)) throw denialOf(found.operation);
    return found.answer({ identity, checksCredentials, request: signed, search, body: parseBody(body) });
  }
  limit?.take(workspace.clock.now());
  if (found instanceof ApiError) throw found;
  if (checksCredentials) {
    const allowed = identity.projectOf(signed, Date.now());
    if (allowed !== found.projectId || found.projectId !== projectId)
      throw new ApiError(403, codes.forbidden, "The credentials do not belong to this project", "gateway");
  }
  const { route } = found;
  if (denied.has(route.operation)) throw denialOf(route.operation);
  const query = new Query(search, route.query);
  if (!route.takesBody && body.length > 0)
    throw new ApiError(400, codes.malformedBody, "The request must not have a body");
  workspace.runDue();
  return route.answer({ workspace, projectId: found.projectId, ids: found.ids, query, body: parseBody(body) });
}

/** The longest error_msg of the vendor's schema. */
const longestMessage = 1000;

/** Service errors have two fields, the gateway's a third, and a denial an encoded reason. IAM v3 has its own form. */
function refusal(error: ApiError, requestId: string): Reply {
  if (error.origin === "iam")
    return jsonReply(error.status, { error: { code: error.status, message: error.message, title: error.code } });
  const body = {
    error_code: error.code,
    error_msg: error.message.slice(0, longestMessage),
    ...(error instanceof Denial && { encoded_authorization_message: error.encodedMessage }),
  };
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
