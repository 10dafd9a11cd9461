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

/** What arrived at the API. Headers are not recorded, so credentials are not either. */
export class RequestLog {
  private requests: LoggedRequest[] = [];
  private inFlight = 0;
  private maxInFlight = 0;

  /** Call the returned function when the request has left, answered or not. */
  arrived(): () => void {
    this.inFlight++;
    this.maxInFlight = Math.max(this.maxInFlight, this.inFlight);
    return () => {
      this.inFlight--;
    };
  }

  add(request: LoggedRequest): LoggedRequest {
    const logged = { ...request, body: withoutSecrets(request.body) };
    this.requests.push(logged);
    return logged;
  }

  clear(): void {
    this.requests = [];
    this.maxInFlight = this.inFlight;
  }

  report(): { counts: Record<string, number>; maxInFlight: number; requests: LoggedRequest[] } {
    const counts: Record<string, number> = {};
    for (const { operation } of this.requests) counts[operation] = (counts[operation] ?? 0) + 1;
    return { counts, maxInFlight: this.maxInFlight, requests: this.requests };
  }
}
