import { ApiError, codes } from "./errors";

/** A quota of calls in a sliding window, as the gateway has one per user. Real limits of this API are unknown. */
export class CallLimit {
  private calls: number[] = [];

  constructor(
    private readonly max: number,
    private readonly perSeconds: number,
  ) {}

  /** Throws 429 with the seconds after which a call will pass again. Refused calls do not count. */
  take(now: number): void {
    this.calls = this.calls.filter((at) => at > now - this.perSeconds * 1000);
    if (this.calls.length < this.max) {
      this.calls.push(now);
      return;
    }
    const freeAt = (this.calls[0] ?? now) + this.perSeconds * 1000;
    throw new ApiError(
      429,
      codes.throttled,
      `The throttling threshold has been reached: policy user over ratelimit,limit:${this.max},time:${this.period()}`,
      "gateway",
      { "Retry-After": String(Math.max(1, Math.ceil((freeAt - now) / 1000))) },
    );
  }

  private period(): string {
    return this.perSeconds % 60 === 0 ? `${this.perSeconds / 60} minute` : `${this.perSeconds} second`;
  }
}
