import { NoAnswer, NotTheApi, ServiceFailure, Throttled } from "./errors";
import { pause } from "./stop";

/** How often and how long a request is repeated; waits are in milliseconds and double, with full jitter. */
interface RetryPolicy {
  /** Most failures of one request; a 429 that names its time is obeyed and does not count, however often it comes. */
  readonly attempts: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** No wait is longer than this, and none that the API did not ask for ends later than this after the first failure. */
  readonly deadlineMs: number;
}

const policy: RetryPolicy = { attempts: 5, firstWaitMs: 250, longestWaitMs: 8_000, deadlineMs: 3_600_000 };

/** A wait longer than this is told. */
const SILENT_MS = 2_000;

/** Time and chance, given so that tests can hold them still. */
export interface Pacing {
  now(): number;
  random(): number;
  sleep(ms: number): Promise<void>;
}

export const realPacing: Pacing = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: pause,
};

/**
 * Repeats a request as long as its failure may pass by itself.
 *
 * @param mayRepeat whether this failure leaves no doubt that the request can be sent again
 * @param tell shows the user what is waited for
 */
export async function retried<T>(
  send: () => Promise<T>,
  mayRepeat: (error: unknown) => boolean,
  pacing: Pacing,
  tell: (message: string) => void,
): Promise<T> {
  let end = Number.POSITIVE_INFINITY;
  for (let failures = 1; ; ) {
    try {
      return await send();
    } catch (error) {
      const obeyed = error instanceof Throttled && error.retryAfterMs !== undefined;
      const wait = obeyed ? (error.retryAfterMs ?? 0) : backOffMs(failures, pacing);
      // Under a limit thousands of requests wait their turn for hours, and each is refused a few times.
      if (!obeyed) end = Math.min(end, pacing.now() + policy.deadlineMs);
      const isTooLong = wait > policy.deadlineMs || (!obeyed && pacing.now() + wait > end);
      if (!mayRepeat(error) || failures >= policy.attempts || isTooLong) throw error;
      if (wait > SILENT_MS)
        tell(`waiting ${Math.ceil(wait / 1000)} s: ${error instanceof Error ? error.message : error}`);
      await pacing.sleep(wait);
      if (!obeyed) failures++;
    }
  }
}

const backOffMs = (failures: number, pacing: Pacing): number =>
  pacing.random() * Math.min(policy.longestWaitMs, policy.firstWaitMs * 2 ** (failures - 1));

/** Whether the failure of a request that changes nothing when sent twice may pass: of a read, a PUT, a DELETE. */
export const mayPass = (error: unknown): boolean => error instanceof Throttled || isLost(error);

/** Whether it is not known what became of a request: no answer came, or none of the API. */
export const isLost = (error: unknown): boolean =>
  error instanceof ServiceFailure ||
  error instanceof NoAnswer ||
  (error instanceof NotTheApi && (error.status >= 500 || error.status === 200));

/** Whether it is certain that a request was not processed, so that even a POST can be sent again. */
export const wasNotProcessed = (error: unknown): boolean =>
  error instanceof Throttled || (error instanceof NoAnswer && error.wasNotSent);
