import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import { type Cloud, type LiveTask, startCloud } from "../emulated";
import type { Deployment, Outcome } from "../engine/stack";
import { createTasksStack, type Declared, type Tasks, type TasksStack, tasksIn } from "../engine/tasks";

/** A hundred tasks on a busy machine. */
const COMMAND_MS = 240_000;
jest.setTimeout(3 * COMMAND_MS);

export interface WorldSettings {
  readonly latencyMs?: number;
  readonly config?: { readonly [name: string]: string };
  /** Environment that says who asks, in place of access keys. */
  readonly credentials?: { readonly [name: string]: string };
  /** Other environment of its commands. */
  readonly env?: { readonly [name: string]: string };
  /** The cloud, when another world has it already. */
  readonly cloud?: Cloud;
}

export type World = Awaited<ReturnType<typeof createWorld>>;

/** An emulator, a stack that refreshes at each run, and what its program declares. */
export async function createWorld({
  latencyMs = 0,
  config = {},
  credentials,
  env = {},
  cloud: shared,
}: WorldSettings = {}) {
  const cloud = shared ?? (await startCloud({ requireSignature: true, latencyMs }));
  const stack = await createTasksStack(cloud, {
    options: { refresh: "always" },
    config: { ...cloud.config, ...ownConfig(config) },
    env: { ...env, ...credentials },
    ...(credentials && { secrets: {} }),
    timeoutMs: COMMAND_MS,
  });
  let declared: { [name: string]: Declared } = {};
  let version = 1;
  let made = 0;
  /** Ids by name of declared tasks that are live and that nobody may delete. */
  let kept = new Map<unknown, string>();

  const declare = (next: Tasks) => {
    declared = { ...next };
    stack.declare(declared);
  };
  const edited = (args: object) => ({ ...args, description: `version ${version}` });
  const grow = (count: number) => {
    const more = Array.from({ length: count }, () => `task-${made++}`);
    // One in five is disabled, which takes a PUT after the POST.
    const argsOf = (name: string, index: number) =>
      edited({ ...taskOf("DAY"), taskName: name, ...(index % 5 === 4 && { enable: false }) });
    declare({ ...declared, ...Object.fromEntries(more.map((name, index) => [name, { args: argsOf(name, index) }])) });
  };
  const shrink = (count: number) => declare(Object.fromEntries(Object.entries(declared).slice(count)));
  /** Edits the description of the first `count` tasks, and what else is given. */
  const revise = (count = Number.POSITIVE_INFINITY, edits: object = {}) => {
    version++;
    const first = Object.entries(declared).slice(0, count);
    const revised = first.map(([name, one]) => [name, { ...one, args: edited({ ...one.args, ...edits }) }]);
    declare({ ...declared, ...Object.fromEntries(revised) });
  };

  const orphansOf = async (deployment: Deployment): Promise<LiveTask[]> => {
    const known = new Set(tasksIn(deployment).map(({ id }) => id));
    return (await cloud.tasks()).filter(({ id }) => !known.has(id));
  };
  /** From here on none of the live tasks may be deleted as long as it is declared. */
  const keep = async () => {
    kept = new Map((await cloud.tasks()).map(({ task_name, id }) => [task_name, id]));
  };

  /** The emulator holds exactly what is declared, and the state knows each of it. */
  const expectExact = async (): Promise<Deployment> => {
    const live = await cloud.tasks();
    const deployment = await stack.state();
    const states = tasksIn(deployment);
    const names = live.map(({ task_name }) => task_name);
    const wanted = Object.entries(declared).map(([name, { args }]) => ({ taskName: name, ...args }) as Wanted);
    const found = {
      orphans: (await orphansOf(deployment)).map(({ task_name }) => task_name),
      duplicates: names.filter((name, index) => names.indexOf(name) !== index),
      missing: wanted.map(({ taskName }) => taskName).filter((name) => !names.includes(name)),
      undeclared: names.filter((name) => !wanted.some(({ taskName }) => taskName === name)),
      lostUpdates: wanted.flatMap((one) => live.filter(isAbout(one)).filter((task) => !isAs(one, task))),
      deletedLive: [...kept].filter(
        ([name, id]) => wanted.some(({ taskName }) => taskName === name) && !live.some((task) => task.id === id),
      ),
      onlyInState: states.filter(({ id }) => !live.some((task) => task.id === id)).map(({ name }) => name),
    };
    expect(found).toEqual({
      orphans: [],
      duplicates: [],
      missing: [],
      undeclared: [],
      lostUpdates: [],
      deletedLive: [],
      onlyInState: [],
    });
    const inputsByName = Object.fromEntries(states.map(({ name, inputs }) => [name, inputs]));
    expect(inputsByName).toMatchObject(
      Object.fromEntries(Object.entries(declared).map(([name, { args }]) => [name, args])),
    );
    await keep();
    return deployment;
  };

  /** What every row ends in, however it came there. */
  const expectEnd = async (): Promise<void> => {
    const { pending_operations: pending = [] } = await expectExact();
    expect(pending).toEqual([]);
    expectOk(await stack.preview(["--expect-no-changes"]));
  };

  return {
    cloud,
    stack,
    declare,
    declared: () => declared,
    grow,
    shrink,
    revise,
    /** Names of the live tasks that are described as the last revision wants it. */
    revised: async () =>
      (await cloud.tasks())
        .filter(({ description }) => String(description).startsWith(`version ${version}`))
        .map(({ task_name }) => task_name),
    orphans: async () => orphansOf(await stack.state()),
    keepAll: keep,
    /** Sets stack config; a name without a namespace is one of the provider. */
    configure: async (settings: { readonly [name: string]: string }) => {
      const args = Object.entries(ownConfig(settings)).flatMap(([name, value]) => ["--plaintext", `${name}=${value}`]);
      expectOk(await stack.run(["config", "set-all", ...args]));
    },
    /** The task of this name may be another one from here on. */
    release: (name: string) => void kept.delete(name),
    expectExact,
    expectEnd,
    /** The next run puts everything right. */
    expectNextUp: async () => {
      expectOk(await stack.up());
      await expectExact();
    },
    strike: (...faults: object[]) => cloud.control("PUT", "faults", faults),
    begin: (command = "up"): Running => {
      const child = stack.start([command, "--yes", "--skip-preview"]);
      return { child, exited: once(child, "exit"), outcome: stack.ended(child) };
    },
    end: async () => {
      stack.cleanup();
      if (shared === undefined) await cloud.stop();
    },
  };
}

export interface Running {
  readonly child: ReturnType<TasksStack["start"]>;
  readonly exited: Promise<unknown>;
  readonly outcome: Promise<Outcome>;
}

interface Wanted {
  readonly taskName: string;
  readonly description?: string;
  readonly enable?: boolean;
  readonly scheduledTime?: string;
}

const isAbout =
  ({ taskName }: Wanted) =>
  (task: LiveTask): boolean =>
    task.task_name === taskName;
const isAs = ({ description, enable, scheduledTime }: Wanted, task: LiveTask): boolean =>
  String(task.description).replace(/ ?\[.*\]$/, "") === (description ?? "") &&
  task.enable === (enable ?? true) &&
  task.scheduled_time === scheduledTime;

const ownConfig = (config: { readonly [name: string]: string }) =>
  Object.fromEntries(
    Object.entries(config).map(([name, value]) => [name.includes(":") ? name : `huaweicloud-workspace:${name}`, value]),
  );

/** With its output in the failure, which tells why. */
export const expectOk = ({ code, output }: Outcome): void => expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
export const expectFailed = ({ code, output }: Outcome, said: RegExp): void => {
  expect(code).not.toBe(0);
  expect(output).toMatch(said);
};

/** Waits until something is so, as often as the emulator can be asked. */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await sleep(5);
}
