import type { Wire } from "../../provider/cloud/transport";
import { create } from "../../provider/scheduledTask/create";
import { createBody } from "../../provider/scheduledTask/diff";
import type { Inputs } from "../../provider/scheduledTask/fields";
import { type Project, read, remove, update } from "../../provider/scheduledTask/lifecycle";
import { removeAll } from "../../provider/scheduledTaskFleet/removal";
import { inputsOf, projectThrough } from "../creates";
import { VirtualClock } from "./clock";
import { type Counts, Gateway, type Limits, shortestMs, total } from "./gateway";
import { SimulatedTasks } from "./tasks";

/** Steps of single tasks that an engine has under way; as many as the client lets in flight. */
const STEPS_AT_ONCE = 50;

/** One task in so many is changed. */
const CHANGED = 10;

export type Operation = keyof typeof phases;

/** Who does what to how many tasks. */
export interface Case {
  readonly limits: Limits;
  readonly operation: Operation;
  /** All tasks of the project. */
  readonly tasks: number;
  /** The stacks that share the tasks evenly, all at work at once. */
  readonly stacks: number;
  /** The users whose keys the stacks have, each those of as many stacks. */
  readonly users: number;
}

/** What comes of it for one of the users. */
export interface Outcome {
  readonly ms: number;
  /** The shortest time in which as many requests can pass. */
  readonly shortestMs: number;
  /** Requests that passed. */
  readonly requests: Counts;
  /** Why steps failed. */
  readonly failures: readonly string[];
}

interface Task {
  readonly id: string;
  readonly inputs: Inputs;
}

const known: { readonly inputs: Inputs; readonly body: Wire }[] = [];

/** A declaration and the body that creates it, made once for all cases. */
function declared(index: number): { readonly inputs: Inputs; readonly body: Wire } {
  const inputs = known[index]?.inputs ?? inputsOf(index);
  known[index] ??= { inputs, body: createBody(inputs) };
  return known[index];
}

/** One process of the provider, and the tasks of its stack. */
interface Process {
  readonly project: Project;
  readonly tasks: readonly Task[];
  readonly failures: string[];
}

type Phase = (process: Process) => Promise<void>;

const refreshing = (atOnce: number): Phase => eachTask(atOnce, (project, { id, inputs }) => read(project, id, inputs));
const creating = (atOnce: number, alike: Inputs = {}): Phase =>
  eachTask(atOnce, (project, { inputs }) => create(project, { ...inputs, ...alike }));
const destroying = eachTask(STEPS_AT_ONCE, (project, { id, inputs }) => remove(project, id, inputs));
const later = eachTask(STEPS_AT_ONCE, (project, { id, inputs }) =>
  update(project, id, inputs, { ...inputs, scheduledTime: "20:00" }),
);
const changing: Phase = (process) =>
  later({ ...process, tasks: process.tasks.filter((_, index) => index % CHANGED === 0) });

async function destroyingFleet({ project, tasks, failures }: Process): Promise<void> {
  const members = tasks.map(({ id, inputs }) => ({ key: id, id, state: inputs }));
  const errors = await removeAll(() => project, members);
  failures.push(...[...errors.values()].map(String));
}

/** Takes a step for each task, so many at a time. */
function eachTask(atOnce: number, step: (project: Project, task: Task) => Promise<unknown>): Phase {
  return async ({ project, tasks, failures }) => {
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let task = tasks[next++]; task !== undefined; task = tasks[next++])
        await step(project, task).catch((error: unknown) => failures.push(String(error)));
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, tasks.length) }, worker));
  };
}

/** What each command does, one phase after the other. A fleet begins with all of its tasks at once. */
const phases = {
  refresh: [refreshing(STEPS_AT_ONCE)],
  create: [creating(STEPS_AT_ONCE)],
  createDisabled: [creating(STEPS_AT_ONCE, { enable: false })],
  change: [changing],
  refreshAndChange: [refreshing(STEPS_AT_ONCE), changing],
  destroy: [destroying],
  fleetRefresh: [refreshing(Number.POSITIVE_INFINITY)],
  fleetCreate: [creating(Number.POSITIVE_INFINITY)],
  fleetDestroy: [destroyingFleet],
} satisfies { readonly [operation: string]: readonly Phase[] };

/**
 * Plays a case on a clock of its own, for one of its users: the others have windows of their own.
 *
 * @returns what has come of it after each phase; the last is the whole
 */
export async function stages({ limits, operation, tasks, stacks, users }: Case): Promise<Outcome[]> {
  const clock = new VirtualClock();
  const cloud = new SimulatedTasks();
  const gateway = new Gateway(limits, clock, cloud.answer);
  const isNew = /create/i.test(operation);
  const all = Array.from({ length: tasks }, (_, index): Task => {
    const { inputs, body } = declared(index);
    return { id: isNew ? "" : cloud.add(body), inputs };
  });
  const failures: string[] = [];
  const share = Math.ceil(tasks / stacks);
  const processes = Array.from({ length: stacks / users }, (_, index) => ({
    project: projectThrough(gateway.transport()),
    tasks: all.slice(index * share, (index + 1) * share),
    failures,
  }));
  const counts: Counts[] = [];
  const outcomes: Outcome[] = [];
  for (const phase of phases[operation]) {
    await clock.run(Promise.all(processes.map(phase)));
    counts.push(gateway.counts());
    const requests = total(counts);
    outcomes.push({ ms: clock.now(), shortestMs: shortestMs(limits, counts), requests, failures: [...failures] });
  }
  return outcomes;
}

/** What has come of the whole. */
export async function simulate(played: Case): Promise<Outcome> {
  const last = (await stages(played)).at(-1);
  if (last === undefined) throw new Error(`${played.operation} has no phase`);
  return last;
}
