/** Between two creations of one run lies less than this: the engine writes its state, and asks for the next. */
const QUIET_MS = 2_000;

/**
 * The creations that run in this process. One that has to stop waits until the others are done, for the engine begins
 * nothing more after the first failure, and a run would name only some of what stops it.
 */
export class Creations {
  private running = 0;
  private begun = 0;

  async run<T>(creation: () => Promise<T>): Promise<T> {
    this.begun++;
    this.running++;
    try {
      return await creation();
    } finally {
      this.running--;
    }
  }

  /** Called in a creation that is going to stop; those that wait here wait not for each other. */
  async othersDone(pause: (ms: number) => Promise<void>): Promise<void> {
    this.running--;
    try {
      let begun: number;
      do {
        begun = this.begun;
        await pause(QUIET_MS);
      } while (this.running > 0 || this.begun > begun);
    } finally {
      this.running++;
    }
  }
}
