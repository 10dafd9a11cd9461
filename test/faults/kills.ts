import type { LiveTask } from "../emulated";
import { expectFailed, expectOk, type Running, until, type World } from "./world";

/** What is killed, and how a stack can be worked on after it. */
const victims = {
  CLI: async ({ stack }: World, { child, exited }: Running) => {
    child.kill("SIGKILL");
    await exited;
    stack.mendCheckpoint();
    expectOk(await stack.run(["cancel", "--yes"]));
  },
  provider: async ({ stack }: World, { outcome }: Running) => {
    for (const pid of stack.providers()) process.kill(pid, "SIGKILL");
    expect((await outcome).code).not.toBe(0);
  },
};
export type Victim = keyof typeof victims;

export const killCli = victims.CLI;

export interface Moment {
  readonly operation: string;
  readonly nth: number;
  readonly isProcessed: () => Promise<boolean>;
  /** The command that is killed. @default up */
  readonly command?: "up" | "destroy";
}

/** Kills as soon as request number `nth` of an operation has been processed; its answer never comes. */
export async function killAt(world: World, victim: Victim, { operation, nth, isProcessed, command }: Moment) {
  await world.strike({ operation, nth, when: "after", do: "hang" });
  const running = world.begin(command);
  await until(async () => (await isProcessed()) || running.child.exitCode !== null);
  await victims[victim](world, running);
  await world.strike();
}

/** @returns the tasks that no state knows */
export async function killCreating(world: World, victim: Victim, nth: number, tasks: number) {
  world.grow(tasks);
  const isProcessed = async () => (await world.cloud.tasks()).length >= nth;
  await killAt(world, victim, { operation: "CreateScheduledTasks", nth, isProcessed });
  const orphans = await world.orphans();
  expect(orphans.length).toBeGreaterThan(0);
  await world.keepAll();
  return orphans;
}

/** For one run of `up`. */
export const adopting = { env: { HUAWEICLOUD_WORKSPACE_ON_EXISTING: "adopt" } };

/** Without an owner: no task is made a second time, and those that no state knows are named, or this many of them. */
export async function expectRefused({ cloud, stack }: World, orphans: readonly LiveTask[], least = orphans.length) {
  const plain = await stack.up();
  expectFailed(plain, /is there already/);
  expect(orphans.filter(({ id }) => plain.output.includes(id)).length).toBeGreaterThanOrEqual(least);
  const names = (await cloud.tasks()).map(({ task_name }) => task_name);
  expect(new Set(names).size).toBe(names.length);
}

/** The recovery that the documents name. */
export async function recover(world: World, settings = {}) {
  expectOk(await world.stack.run(["up", "--yes", "--skip-preview"], settings));
  expectOk(await world.stack.run(["refresh", "--yes", "--skip-preview", "--clear-pending-creates"]));
  await world.expectEnd();
}
