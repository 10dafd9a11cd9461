import { errorOf } from "../../provider/cloud/errors";
import type { Request, Transport, Wire } from "../../provider/cloud/transport";
import type { VirtualClock } from "./clock";

/** Milliseconds from the provider to the gateway; the same for all, so that requests arrive in the order of sending. */
const ARRIVAL_MS = 40;

/** Milliseconds from the gateway to the answer: without chance a request could meet the same fate time and again. */
const ANSWER_MS: readonly number[] = [40, 60, 80];

/** What a gateway lets pass: so many calls in so many seconds. */
export interface Quota {
  readonly calls: number;
  readonly perSeconds: number;
}

/** What a user may call, and whether each API counts on its own. */
export interface Limits {
  readonly name: string;
  /** Where they hold, in words. */
  readonly where: string;
  readonly reads: Quota;
  readonly writes: Quota;
  readonly isPerApi: boolean;
}

/** Requests by operation. */
export type Counts = { readonly [operation: string]: number };

const quotaOf = (limits: Limits, operation: string): Quota =>
  /^(List|Show)/.test(operation) ? limits.reads : limits.writes;

/** What shares a window with an operation. */
const windowOf = (limits: Limits, operation: string): string => (limits.isPerApi ? operation : "all");

/** Calls of the last seconds; O(1) a call, however many pass. */
export class SlidingWindow {
  private readonly passed: number[] = [];
  private oldest = 0;

  constructor(private readonly quota: Quota) {}

  /** Lets a call pass and returns 0, or returns the milliseconds after which one will. A refused call does not count. */
  take(now: number): number {
    const at = this.passed[this.oldest];
    const wait = at === undefined ? 0 : at + this.quota.perSeconds * 1000 - now;
    if (wait > 0) return wait;
    this.passed[this.oldest] = now;
    this.oldest = (this.oldest + 1) % this.quota.calls;
    return 0;
  }
}

/** The gateway as one user meets it, whatever number of processes calls in his name. */
export class Gateway {
  private readonly windows = new Map<string, SlidingWindow>();
  private passed: { [operation: string]: number } = {};
  private chance = 1;

  constructor(
    private readonly limits: Limits,
    private readonly clock: VirtualClock,
    private readonly answer: (request: Request) => Wire,
  ) {}

  /** Requests that passed since the last look. */
  counts(): Counts {
    const { passed } = this;
    this.passed = {};
    return passed;
  }

  /** What a process of the provider sends its requests through. */
  transport(): Transport {
    return { pacing: this.clock, send: (request, ready) => this.send(request, ready) };
  }

  private async send(request: Request, ready?: () => Promise<void>): Promise<Wire> {
    await ready?.();
    const wait = this.windowFor(request).take(this.clock.now() + ARRIVAL_MS);
    const answer = wait > 0 ? undefined : this.pass(request);
    await this.clock.sleep(ARRIVAL_MS + this.answerMs());
    if (answer !== undefined) return answer;
    const refusal = { status: 429, code: "APIGW.0308", message: "The throttling threshold has been reached" };
    throw errorOf(request, refusal, String(Math.max(1, Math.ceil(wait / 1000))));
  }

  private pass(request: Request): Wire {
    this.passed[request.operation] = (this.passed[request.operation] ?? 0) + 1;
    return this.answer(request);
  }

  /** The numbers of a linear congruential generator: chance that is the same in each run. */
  private answerMs(): number {
    this.chance = (this.chance * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return ANSWER_MS[Math.floor((this.chance / 2 ** 32) * ANSWER_MS.length)] ?? 0;
  }

  private windowFor({ operation }: Request): SlidingWindow {
    const key = windowOf(this.limits, operation);
    const window = this.windows.get(key) ?? new SlidingWindow(quotaOf(this.limits, operation));
    this.windows.set(key, window);
    return window;
  }
}

/**
 * The shortest time, in milliseconds, in which these requests can pass.
 *
 * @param phases what is sent after all of the phase before was answered
 */
export function shortestMs(limits: Limits, phases: readonly Counts[]): number {
  const oneByOne = phases.map((counts) => passingMs(limits, counts)).reduce((sum, ms) => sum + ms, 0);
  return Math.max(passingMs(limits, total(phases)), oneByOne);
}

/** Requests of all phases together. */
export function total(phases: readonly Counts[]): Counts {
  const sums: { [operation: string]: number } = {};
  for (const [operation, count] of phases.flatMap((counts) => Object.entries(counts)))
    sums[operation] = (sums[operation] ?? 0) + count;
  return sums;
}

function passingMs(limits: Limits, counts: Counts): number {
  const byWindow = Map.groupBy(Object.entries(counts), ([operation]) => windowOf(limits, operation));
  const times = [...byWindow.values()].map((some) => {
    const { calls, perSeconds } = quotaOf(limits, some[0]?.[0] ?? "");
    const total = some.reduce((sum, [, count]) => sum + count, 0);
    return Math.max(0, Math.ceil(total / calls) - 1) * perSeconds * 1000;
  });
  return Math.max(0, ...times);
}
