import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { type Attempt, Stopped } from "./errors";

/** How long a write in flight may still be answered: what it did, and the id of a new task, is worth the wait. */
const GRACE_MS = 10_000;

/** Tells the work of a call to end: nothing more is sent, no wait goes on, and only a write in flight is heard out. */
export class Stop {
  private readonly asking = new AbortController();
  private readonly abandoning = new AbortController();
  /** Not listeners of the signal, which looks through all of them for each new one: a call waits for thousands of tasks. */
  private readonly waiting = new Set<(reason: unknown) => void>();

  get asked(): AbortSignal {
    return this.asking.signal;
  }

  get abandoned(): AbortSignal {
    return this.abandoning.signal;
  }

  /** @param why what the user reads */
  ask(why: string): void {
    if (this.asked.aborted) return;
    const stopped = new Stopped(why);
    this.asking.abort(stopped);
    for (const giveUp of this.waiting) giveUp(stopped);
    setTimeout(() => this.abandoning.abort(), GRACE_MS).unref();
  }

  /** @throws Stopped as soon as this is asked, while the work goes on */
  unlessAsked<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.waiting.add(reject);
      work.then(resolve, reject).finally(() => this.waiting.delete(reject));
      // What is known already counts.
      if (this.asked.aborted) queueMicrotask(() => reject(this.asked.reason));
    });
  }
}

/** What stops the work of a call, and what stops that of all calls of the process. */
interface Stops {
  readonly own: Stop;
  readonly all: Stop;
}

const current = new AsyncLocalStorage<Stops>();

/** Runs a call that can be stopped. Without it nothing is. */
export const stoppable = <T>(stops: Stops, run: () => T): T => current.run(stops, run);

/** Runs what other calls wait for too: the time limit of the one that happened to begin it is not theirs. */
export function shared<T>(run: () => T): T {
  const stops = current.getStore();
  stops?.own.asked.throwIfAborted();
  return stops ? current.run({ own: stops.all, all: stops.all }, run) : run();
}

/** Waits for what goes on after the call was stopped. */
export function unlessStopped<T>(work: Promise<T>): Promise<T> {
  const own = current.getStore()?.own;
  return own === undefined ? work : own.unlessAsked(work);
}

/** @throws Stopped as soon as the call is stopped */
export async function pause(ms: number): Promise<void> {
  const signal = current.getStore()?.own.asked;
  await sleep(ms, undefined, { signal }).catch(() => signal?.throwIfAborted());
}

/** @throws Stopped when the call may not send any more */
export function refuseIfStopped({ what }: Attempt): void {
  const signal = current.getStore()?.own.asked;
  if (signal?.aborted) throw new Stopped(`${what}: not sent. ${signal.reason.message}`);
}

/** What ends a request in flight. */
export function signalOf(method: string): AbortSignal | undefined {
  const own = current.getStore()?.own;
  return method === "GET" ? own?.asked : own?.abandoned;
}
