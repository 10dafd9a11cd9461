import { Clock } from "./clock";
import type { Dialects } from "./dialects";
import { defaultDialects } from "./dialects";
import { Runs } from "./runs";
import { TaskStore } from "./store";

/** The emulated Workspace service: what its API and the control interface both act on. */
export class Workspace {
  readonly clock = new Clock();
  readonly runs = new Runs(this.clock.now());
  readonly tasks: TaskStore;
  dialects: Dialects;

  constructor(dialects: Partial<Dialects>, onChange: () => void) {
    this.dialects = { ...defaultDialects, ...dialects };
    this.tasks = new TaskStore(onChange);
  }

  /** Lets the clock act; called before anything looks at the tasks. */
  runDue(): void {
    this.runs.runDue(this.tasks.entries(), this.clock.now());
  }
}
