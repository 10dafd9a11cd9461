/** The emulator's time: real until it is set, then running on from the given instant. */
export class Clock {
  private aheadMs = 0;

  now(): number {
    return Date.now() + this.aheadMs;
  }

  set(now: number): void {
    this.aheadMs = now - Date.now();
  }

  advance(ms: number): void {
    this.aheadMs += ms;
  }
}
