import { setImmediate } from "node:timers/promises";
import type { Pacing } from "../../provider/cloud/retry";

/** A clock, in milliseconds, that moves only when all that is left to do is to wait. */
export class VirtualClock implements Pacing {
  private time = 0;
  private readonly sleepers = new Map<number, (() => void)[]>();

  now(): number {
    return this.time;
  }

  random(): number {
    return 1;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => {
      const at = this.time + ms;
      const others = this.sleepers.get(at);
      if (others) others.push(wake);
      else this.sleepers.set(at, [wake]);
    });
  }

  /** Runs work that waits on this clock alone. */
  async run<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const done = () => {
      isDone = true;
    };
    work.then(done, done);
    // An immediate comes after every promise that can go on by itself.
    for (await setImmediate(); !isDone; await setImmediate()) this.wakeNext();
    return work;
  }

  private wakeNext(): void {
    const next = Math.min(...this.sleepers.keys());
    const woken = this.sleepers.get(next);
    if (woken === undefined) throw new Error("the work waits for something other than this clock");
    this.sleepers.delete(next);
    this.time = next;
    for (const wake of woken) wake();
  }
}
