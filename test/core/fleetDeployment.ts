import { createHash } from "node:crypto";
import type { Inputs } from "../../provider/scheduledTask/fields";
import { type Project, Unfinished } from "../../provider/scheduledTask/lifecycle";
import type { State } from "../../provider/scheduledTask/state";
import { check } from "../../provider/scheduledTaskFleet/check";
import {
  type FleetInputs,
  type FleetState,
  isSharedName,
  membersOf,
  type Shared,
  sharedNames,
} from "../../provider/scheduledTaskFleet/fleet";
import { create, read, remove, update } from "../../provider/scheduledTaskFleet/lifecycle";
import { type Step, stepsOf } from "../../provider/scheduledTaskFleet/steps";
import type { Cloud } from "../emulated";
import { freshProject } from "./deployment";

/** A fleet as the engine drives it: each command is a process of its own, unless one is given. */
export class Fleet {
  id: string | undefined;
  state: FleetState = {};
  private inputs: FleetInputs | undefined;
  readonly messages: string[] = [];
  /** What it declares for all its tasks. */
  shared: Shared = {};

  constructor(private readonly cloud: Cloud) {}

  /** What a preview with refresh shows. */
  async preview(tasks: { [key: string]: object }, project = freshProject(this.cloud, this.messages)): Promise<Step[]> {
    if (this.id !== undefined) this.state = await read(() => project, this.state);
    return stepsOf(this.state, this.checked(tasks));
  }

  /** An update with refresh. Returns the steps that it planned. */
  async up(tasks: { [key: string]: object }, project = freshProject(this.cloud, this.messages)): Promise<Step[]> {
    const steps = await this.preview(tasks, project);
    await this.write(tasks, project, steps);
    return steps;
  }

  /** An update without refresh: state is what the last run left. */
  async upUnrefreshed(tasks: { [key: string]: object }, project = freshProject(this.cloud, this.messages)) {
    await this.write(tasks, project, stepsOf(this.state, this.checked(tasks)));
  }

  async destroy(project = freshProject(this.cloud, this.messages)): Promise<void> {
    await remove(() => project, this.state);
  }

  private async write(tasks: { [key: string]: object }, project: Project, steps: readonly Step[]): Promise<void> {
    const inputs = this.checked(tasks);
    try {
      if (this.id === undefined) Object.assign(this, await create(() => project, inputs));
      else if (!steps.every(isIdle)) this.state = await update(() => project, this.id, this.state, inputs);
    } catch (error) {
      if (error instanceof Unfinished) Object.assign(this, { id: error.id, state: error.state });
      throw error;
    }
    this.inputs = inputs;
  }

  private checked(tasks: { [key: string]: object }): FleetInputs {
    const context = { now: new Date(), previous: this.inputs, defaults: {}, markLength: 0 };
    const { inputs, failures } = check({ tasks, ...this.shared }, context);
    if (failures.length > 0) throw new Error(failures.map(({ path, reason }) => `${path}: ${reason}`).join("\n"));
    return inputs;
  }
}

/** Whether a step leaves the fleet as it is. */
export const isIdle = (step: Step): boolean =>
  step.kind === "update" && step.changes.length === 0 && step.member.key === step.key;

const KEY = "task";

/**
 * A fleet that declares some fields of its only task once for all, by a choice that another declaration makes otherwise:
 * over a sequence of programs fields move between the two places while they change.
 */
export function fleetWith(declared: Inputs): FleetInputs {
  const [bits = 0, more = 0, most = 0, last = 0] = createHash("sha256").update(JSON.stringify(declared)).digest();
  const chosen = bits | (more << 8) | (most << 16) | (last << 24);
  const isShared = ([name]: readonly [string, unknown]): boolean =>
    isSharedName(name) && ((chosen >> sharedNames.indexOf(name)) & 1) === 1;
  const entries = Object.entries(declared);
  const own = Object.fromEntries(entries.filter((entry) => !isShared(entry)));
  return { ...Object.fromEntries(entries.filter(isShared)), tasks: { [KEY]: own } };
}

/** One task in a fleet of its own, for the suites that are about one task; what it declares may stand on the fleet. */
export class FleetDeployment {
  private readonly fleet: Fleet;

  constructor(cloud: Cloud) {
    this.fleet = new Fleet(cloud);
  }

  get messages(): string[] {
    return this.fleet.messages;
  }

  get id(): string | undefined {
    return membersOf(this.fleet.state)[0]?.id;
  }

  get state(): State {
    return membersOf(this.fleet.state)[0]?.state ?? {};
  }

  async preview(declared: Inputs, project?: Project): Promise<string[]> {
    return changed(await this.fleet.preview(this.tasksOf(declared), project));
  }

  async up(declared: Inputs, project?: Project): Promise<string[]> {
    return changed(await this.fleet.up(this.tasksOf(declared), project));
  }

  upUnrefreshed(declared: Inputs, project?: Project): Promise<void> {
    return this.fleet.upUnrefreshed(this.tasksOf(declared), project);
  }

  private tasksOf(declared: Inputs): { [key: string]: object } {
    const { tasks = {}, ...shared } = fleetWith(declared);
    this.fleet.shared = shared;
    return tasks;
  }

  destroy(project?: Project): Promise<void> {
    return this.fleet.destroy(project);
  }
}

/** Names of changed fields, in the order of the table; "create" when there is no task. */
const changed = (steps: readonly Step[]): string[] =>
  steps.flatMap((step) => {
    if (step.kind === "update") return step.changes.map(({ field }) => field.name as string);
    return step.kind === "replace" ? [...step.replaces] : [step.kind];
  });
