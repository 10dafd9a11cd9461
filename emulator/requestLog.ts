import type { Socket } from "node:net";

export interface LoggedRequest {
  operation: string;
  method: string;
  /** The target of the request line, with its query. */
  path: string;
  /** null as long as no answer was sent, so also for ever when a fault cut the connection. */
  status: number | null;
  /** As parsed, without what may be secret; the bare text if it is no JSON, null if there was none. */
  body: unknown;
}

/** Texts of the user's own that may hold a password or a token; of them only the length is recorded. */
const secretFields: readonly string[] = ["extra_params"];

function withoutSecrets(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  const hidden = Object.entries(body).map(([name, value]) => [
    name,
    secretFields.includes(name) && value !== "" && value !== null ? `[${String(value).length} characters]` : value,
  ]);
  return Object.fromEntries(hidden);
}

interface Bytes {
  readonly received: number;
  readonly sent: number;
}

/** What arrived at the API. Headers are not recorded, so credentials are not either. */
export class RequestLog {
  private requests: LoggedRequest[] = [];
  private inFlight = 0;
  private maxInFlight = 0;
  private bytes: Bytes = { received: 0, sent: 0 };
  private readonly counted = new WeakMap<Socket, Bytes>();

  /** Call the returned function when the request has left, answered or not. */
  arrived(socket: Socket): () => void {
    this.inFlight++;
    this.maxInFlight = Math.max(this.maxInFlight, this.inFlight);
    return () => {
      this.inFlight--;
      const { received, sent } = this.bytesSince(socket);
      this.bytes = { received: this.bytes.received + received, sent: this.bytes.sent + sent };
    };
  }

  /** What has gone over a connection, heads included, since it was last asked; requests follow each other on it. */
  bytesSince(socket: Socket): Bytes {
    const before = this.counted.get(socket) ?? { received: 0, sent: 0 };
    const now = { received: socket.bytesRead, sent: socket.bytesWritten };
    this.counted.set(socket, now);
    return { received: now.received - before.received, sent: now.sent - before.sent };
  }

  add(request: LoggedRequest): LoggedRequest {
    const logged = { ...request, body: withoutSecrets(request.body) };
    this.requests.push(logged);
    return logged;
  }

  clear(): void {
    this.requests = [];
    this.maxInFlight = this.inFlight;
    this.bytes = { received: 0, sent: 0 };
  }

  report(): { counts: Record<string, number>; maxInFlight: number; bytes: Bytes; requests: LoggedRequest[] } {
    const counts: Record<string, number> = {};
    for (const { operation } of this.requests) counts[operation] = (counts[operation] ?? 0) + 1;
    return { counts, maxInFlight: this.maxInFlight, bytes: this.bytes, requests: this.requests };
  }
}
