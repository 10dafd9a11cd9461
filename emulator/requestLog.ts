export interface LoggedRequest {
  operation: string;
  method: string;
  /** The target of the request line, with its query. */
  path: string;
  /** null as long as no answer was sent, so also for ever when a fault cut the connection. */
  status: number | null;
  /** As parsed; the bare text if it is no JSON, null if there was none. */
  body: unknown;
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
    this.requests.push(request);
    return request;
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
