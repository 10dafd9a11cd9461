import type { ServerResponse } from "node:http";

/** An HTTP answer before it is written. Without a body nothing follows the headers. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body?: string;
}

export const ok = (body?: unknown): Reply => (body === undefined ? { status: 200, headers: {} } : jsonReply(200, body));

export const jsonReply = (status: number, body: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { "Content-Type": "application/json", ...headers },
  body: JSON.stringify(body),
});

export function send(response: ServerResponse, { status, headers, body = "" }: Reply): void {
  response.writeHead(status, { ...headers, "Content-Length": Buffer.byteLength(body) }).end(body);
}
