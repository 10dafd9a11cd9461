import { Throttled } from "./errors";
import type { Pacing } from "./retry";
import { unlessStopped } from "./stop";

/** What waits for a place: a read goes first, for what follows from it decides about others that wait. */
type Urgency = "first" | "last";

/** Most requests in flight, before the API has said anything about its limits. */
const MOST = 50;

/**
 * How many requests are in flight. The limits of this API are not documented, so it finds them: a 429 halves the number
 * and stops everything until the time that it names; each success lets the number grow again.
 */
export class Pace {
  private most = MOST;
  private inFlight = 0;
  private resumesAt = 0;
  private readonly waiting: Record<Urgency, (() => void)[]> = { first: [], last: [] };

  constructor(private readonly pacing: Pacing) {}

  async run<T>(urgency: Urgency, send: () => Promise<T>): Promise<T> {
    await this.turn(this.waiting[urgency]);
    try {
      const answer = await send();
      this.most = Math.min(MOST, this.most + 1 / this.most);
      return answer;
    } catch (error) {
      if (error instanceof Throttled) this.slowDown(error.retryAfterMs);
      throw error;
    } finally {
      this.inFlight--;
      this.wakeNext();
    }
  }

  private wakeNext(): void {
    (this.waiting.first.shift() ?? this.waiting.last.shift())?.();
  }

  private async turn(queue: (() => void)[]): Promise<void> {
    for (;;) {
      const wait = this.resumesAt - this.pacing.now();
      if (wait > 0) await this.waited(wait);
      else if (this.inFlight >= Math.floor(this.most)) await this.place(queue);
      else break;
    }
    this.inFlight++;
  }

  /** Who was woken and leaves while it waits lets the next one look. */
  private waited(ms: number): Promise<void> {
    return this.pacing.sleep(ms).catch((error: unknown) => {
      this.wakeNext();
      throw error;
    });
  }

  /** A place in the queue. Who leaves it lets the next one look, or the wake-up that was meant for him is lost. */
  private async place(queue: (() => void)[]): Promise<void> {
    let wake: () => void = () => {};
    const called = new Promise<void>((resolve) => {
      wake = resolve;
      queue.push(resolve);
    });
    try {
      await unlessStopped(called);
    } catch (error) {
      const index = queue.indexOf(wake);
      if (index >= 0) queue.splice(index, 1);
      else this.wakeNext();
      throw error;
    }
  }

  /** One overload is answered by many 429s: only the first of them halves the number. */
  private slowDown(retryAfterMs = 0): void {
    const now = this.pacing.now();
    if (now >= this.resumesAt) this.most = Math.max(1, Math.floor(this.most / 2));
    this.resumesAt = Math.max(this.resumesAt, now + retryAfterMs);
  }
}
