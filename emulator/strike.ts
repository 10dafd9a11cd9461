import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Action } from "./faults";
import { type Reply, send } from "./reply";

/**
 * Does to a response what the fault says. True when nothing more may be sent. `reply`: what processing has answered, if
 * it has run.
 */
export async function strike(
  action: Action,
  response: ServerResponse,
  reply: Reply | undefined,
  closing: AbortSignal,
): Promise<boolean> {
  switch (action.kind) {
    case "answer":
      send(response, action.reply);
      return true;
    case "delay":
      await sleep(action.delayMs, undefined, { signal: closing });
      return false;
    case "reset":
      // With RST, as a broken peer does; a plain destroy would look like an orderly end.
      response.socket?.resetAndDestroy();
      return true;
    case "hang":
      return true;
    case "truncate":
      begin(response, reply, () => response.socket?.destroy());
      return true;
    case "slowBody":
      await sendSlowly(response, reply, action.bodyMs, closing);
      return true;
  }
}

async function sendSlowly(
  response: ServerResponse,
  reply: Reply | undefined,
  bodyMs: number,
  closing: AbortSignal,
): Promise<void> {
  const rest = begin(response, reply);
  await sleep(bodyMs, undefined, { signal: closing });
  response.end(rest);
}

/**
 * The full length is announced, half of the body sent. An answer without a body is one of `{}`.
 *
 * @returns the other half
 */
function begin(response: ServerResponse, reply: Reply | undefined, sent = () => {}): Buffer {
  const body = Buffer.from(reply?.body || "{}");
  const half = Math.ceil(body.length / 2);
  response.writeHead(reply?.status ?? 200, { ...reply?.headers, "Content-Length": body.length });
  response.write(body.subarray(0, half), sent);
  return body.subarray(half);
}
