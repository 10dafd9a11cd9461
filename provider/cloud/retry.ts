import { type CloudError, NoAnswer, NotTheApi, ServiceFailure, Throttled } from "./errors";

/** How often and how long a request is repeated; waits are in milliseconds and double, with full jitter. */
export interface RetryPolicy {
  readonly attempts: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  readonly deadlineMs: number;
}

export const readPolicy: RetryPolicy = { attempts: 4, firstWaitMs: 250, longestWaitMs: 8_000, deadlineMs: 60_000 };

/** Time and chance, given so that tests can hold them still. */
export interface Pacing {
  now(): number;
  random(): number;
  sleep(ms: number): Promise<void>;
}

/** Repeats a request that may be sent twice without harm, as long as its failure may pass by itself. */
export async function retried<T>(send: () => Promise<T>, policy: RetryPolicy, pacing: Pacing): Promise<T> {
  const end = pacing.now() + policy.deadlineMs;
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      const wait = waitMs(error, attempt, policy, pacing);
      if (!mayPass(error) || attempt >= policy.attempts || pacing.now() + wait > end) throw error;
      await pacing.sleep(wait);
    }
  }
}

const mayPass = (error: unknown): error is CloudError =>
  error instanceof Throttled ||
  error instanceof ServiceFailure ||
  error instanceof NoAnswer ||
  (error instanceof NotTheApi && (error.status >= 500 || error.status === 200));

function waitMs(error: unknown, attempt: number, policy: RetryPolicy, pacing: Pacing): number {
  if (error instanceof Throttled && error.retryAfterMs !== undefined) return error.retryAfterMs;
  return pacing.random() * Math.min(policy.longestWaitMs, policy.firstWaitMs * 2 ** (attempt - 1));
}
