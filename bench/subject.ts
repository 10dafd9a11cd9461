import type { Emulator } from "./emulatorProcess";
import type { Step, Tasks } from "./steps";

/** Where a subject works. */
export interface Place {
  readonly emulator: Emulator;
  /** An empty folder of its own. */
  readonly folder: string;
  /** Milliseconds that the emulator takes for an answer. */
  readonly latencyMs: number;
}

/** One way to have tasks in the cloud, before it has any. */
export interface Subject {
  readonly name: string;
  /** Whether the cloud may be left otherwise than declared, which then is told: a peer may not see what drifted. */
  readonly mayFail?: true;
  /** Whether it only waits, so that it has nothing in the cloud, and nothing that could drift. */
  readonly isFloor?: true;
  /** Whether it works in this process, and has none of its own. */
  readonly isInside?: true;
  prepare(place: Place): Promise<Prepared>;
}

export interface Prepared {
  /** Brings the cloud to the tasks, or only looks; rejects when it could not. What takes no time worth measuring goes before. */
  take(step: Step, tasks: Tasks): Promise<void>;
  /** Bytes of state that it keeps beside the cloud. */
  stateBytes?(): Promise<number>;
  close?(): Promise<void>;
}
