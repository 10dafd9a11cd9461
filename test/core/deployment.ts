import { setImmediate } from "node:timers/promises";
import type { Credentials } from "../../provider/cloud/credentials";
import { ScheduledTasksApi } from "../../provider/cloud/scheduledTasksApi";
import { TaskList } from "../../provider/cloud/taskList";
import { transport } from "../../provider/cloud/transport";
import { check } from "../../provider/scheduledTask/check";
import { create } from "../../provider/scheduledTask/create";
import { Creations } from "../../provider/scheduledTask/creations";
import { diff } from "../../provider/scheduledTask/diff";
import type { Inputs } from "../../provider/scheduledTask/fields";
import { type Project, read, remove, Unfinished, update } from "../../provider/scheduledTask/lifecycle";
import type { State } from "../../provider/scheduledTask/state";
import type { Cloud } from "../emulated";

/** What a process knows of the emulator's project: nothing yet. */
export function freshProject(
  { emulator, lags }: Cloud,
  messages: string[] = [],
  settings: Partial<Project> & { owner?: string } = {},
): Project {
  const { owner, ...chosen } = settings;
  const keys: Credentials = { keys: { accessKey: emulator.accessKey, secretKey: emulator.secretKey } };
  const surroundings = { engineRuns: async () => true, tell: (message: string) => void messages.push(message) };
  const real = transport({ endpoint: emulator.url, projectId: emulator.projectId }, keys);
  // Nobody needs to wait for a list that does not lag.
  const pacing = lags ? real.pacing : { ...real.pacing, sleep: async () => setImmediate() };
  const api = new ScheduledTasksApi({ ...real, pacing }, surroundings, owner);
  return {
    api,
    list: new TaskList(api),
    onConflict: "warn",
    onExisting: "error",
    say: (name, message) => void messages.push(`${name}: ${message}`),
    seen: new Map(),
    held: new Map(),
    gone: new Set(),
    learned: {},
    creations: new Creations(),
    ...chosen,
  };
}

/** One resource as the engine drives it: each command is a process of its own, unless one is given. */
export class Deployment {
  id: string | undefined;
  state: State = {};
  private inputs: Inputs | undefined;
  readonly messages: string[] = [];

  constructor(private readonly cloud: Cloud) {}

  /** What a preview with refresh shows: names of changed fields; "create" when there is no task. */
  async preview(declared: Inputs, project = freshProject(this.cloud, this.messages)): Promise<string[]> {
    const live = await this.refreshed(project);
    if (live === undefined) return ["create"];
    const { changes, replaces } = diff(live, this.checked(declared));
    return [...changes.map(({ field }) => field.name), ...replaces];
  }

  /** An update with refresh. Returns the names of the fields that it found changed. */
  async up(declared: Inputs, project = freshProject(this.cloud, this.messages)): Promise<string[]> {
    const live = await this.refreshed(project);
    const inputs = this.checked(declared);
    if (this.id === undefined || live === undefined) {
      await this.keep(create(project, inputs).then(({ id, state }) => Object.assign(this, { id, state })));
      this.inputs = inputs;
      return ["create"];
    }
    this.state = live;
    const { id } = this;
    const { changes, replaces } = diff(live, inputs);
    if (replaces.length > 0) {
      await remove(project, id, live);
      await this.keep(create(project, inputs).then((made) => Object.assign(this, made)));
    } else if (changes.length > 0) {
      await this.keep(update(project, id, live, inputs).then((state) => Object.assign(this, { state })));
    }
    this.inputs = inputs;
    return [...changes.map(({ field }) => field.name), ...replaces];
  }

  /** An update without refresh: state is what the last run left. */
  async upUnrefreshed(declared: Inputs, project = freshProject(this.cloud, this.messages)): Promise<void> {
    const inputs = this.checked(declared);
    await this.keep(update(project, this.id ?? "", this.state, inputs).then((state) => Object.assign(this, { state })));
    this.inputs = inputs;
  }

  async destroy(project = freshProject(this.cloud, this.messages)): Promise<void> {
    if (this.id !== undefined) await remove(project, this.id, this.state);
  }

  private async refreshed(project: Project): Promise<State | undefined> {
    return this.id === undefined ? undefined : read(project, this.id, this.state);
  }

  private checked(declared: Inputs): Inputs {
    const { inputs, failures } = check(
      { ...declared },
      { now: new Date(), previous: this.inputs, defaults: {}, markLength: 0 },
    );
    if (failures.length > 0) throw new Error(failures.map(({ path, reason }) => `${path}: ${reason}`).join("\n"));
    return inputs;
  }

  /** The engine keeps what a partial failure says is live. */
  private async keep(write: Promise<unknown>): Promise<void> {
    try {
      await write;
    } catch (error) {
      if (error instanceof Unfinished) Object.assign(this, { id: error.id, state: error.state });
      throw error;
    }
  }
}
