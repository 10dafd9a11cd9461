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
      truncate(response, reply);
      return true;
  }
}

/** The full length is announced, half of it sent. An answer without a body is cut as if it had been `{}`. */
function truncate(response: ServerResponse, reply: Reply | undefined): void {
  const body = Buffer.from(reply?.body || "{}");
  response.writeHead(reply?.status ?? 200, { ...reply?.headers, "Content-Length": body.length });
  response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.socket?.destroy());
}
