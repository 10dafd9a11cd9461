import { isFleet } from "../engine/tasks";
import { steps } from "./steps";
import { createWorld, expectFailed, expectOk, type Running, until, type World, type WorldSettings } from "./world";

const TASKS = 100;
/** For one run of `up`. */
const adopting = { env: { HUAWEICLOUD_WORKSPACE_ON_EXISTING: "adopt" } };

let world: World;
const start = async (settings: WorldSettings = {}) => {
  world = await createWorld({ latencyMs: 20, ...settings });
  return world;
};
afterEach(() => world.end());

const victims = {
  CLI: async ({ child, exited }: Running) => {
    child.kill("SIGKILL");
    await exited;
    world.stack.mendCheckpoint();
    expectOk(await world.stack.run(["cancel", "--yes"]));
  },
  provider: async ({ outcome }: Running) => {
    for (const pid of world.stack.providers()) process.kill(pid, "SIGKILL");
    expect((await outcome).code).not.toBe(0);
  },
};
type Victim = keyof typeof victims;

/** Kills as soon as request number `nth` of an operation has been processed; its answer never comes. */
async function killAt(victim: Victim, operation: string, nth: number, isProcessed: () => Promise<boolean>) {
  await world.strike({ operation, nth, when: "after", do: "hang" });
  const running = world.begin();
  await until(async () => (await isProcessed()) || running.child.exitCode !== null);
  await victims[victim](running);
  await world.strike();
}

/** @returns the tasks that no state knows */
async function killCreating(victim: Victim, nth: number) {
  world.grow(TASKS);
  await killAt(victim, "CreateScheduledTasks", nth, async () => (await world.cloud.tasks()).length >= nth);
  const orphans = await world.orphans();
  expect(orphans.length).toBeGreaterThan(0);
  return orphans;
}

const expectNothingDouble = async () => {
  const names = (await world.cloud.tasks()).map(({ task_name }) => task_name);
  expect(new Set(names).size).toBe(names.length);
};

/** The recovery that the documents name. */
const recover = async (settings = {}) => {
  expectOk(await world.stack.run(["up", "--yes", "--skip-preview"], settings));
  expectOk(await world.stack.run(["refresh", "--yes", "--skip-preview", "--clear-pending-creates"]));
  await world.expectEnd();
};

const all = [1, 25, 50, 75, 99];

describe.each([
  ["CLI", all],
  ["provider", all],
] as const)("kill -9 of the %s", (victim, numbers) => {
  test.each(numbers)(
    `create | kill -9 of the ${victim} at POST %i of ${TASKS} | nothing double, every orphan named, then taken over when told to`,
    async (nth) => {
      await start();
      const orphans = await killCreating(victim, nth);
      await world.keepAll();
      const plain = await world.stack.up();
      expectFailed(plain, /is there already/);
      expect(orphans.filter(({ id }) => !plain.output.includes(id))).toEqual([]);
      await expectNothingDouble();
      await recover(adopting);
    },
  );

  test(`create | kill -9 of the ${victim} at POST 50 of ${TASKS}, with an owner | the next run takes the orphans over by itself`, async () => {
    await start({ config: { owner: "acme/prod" } });
    await killCreating(victim, 50);
    await world.keepAll();
    await recover();
  });

  test(`update | kill -9 of the ${victim} at PUT 50 of ${TASKS} | the next run does the rest`, async () => {
    await start();
    world.grow(TASKS);
    await world.expectNextUp();
    world.revise();
    const updated = async () =>
      (await world.cloud.tasks()).filter(({ description }) => description === "version 2").length >= 50;
    await killAt(victim, "UpdateScheduledTasks", 50, updated);
    await recover();
  });

  // A fleet deletes all of them by one request.
  const nth = isFleet ? 1 : 50;
  const left = isFleet ? 0 : TASKS - nth;
  test(`delete | kill -9 of the ${victim} when ${left} of ${TASKS} are left | the next run does the rest`, async () => {
    await start();
    world.grow(TASKS);
    await world.expectNextUp();
    world.shrink(TASKS);
    await killAt(victim, steps.delete.operation, nth, async () => (await world.cloud.tasks()).length <= left);
    await recover();
  });
});

test("create | kill -9 of the CLI, and an up at once while its host waits in a retry | the host sends nothing more", async () => {
  await start();
  world.grow(TASKS);
  const waits = { status: 429, headers: { "Retry-After": 8 }, body: { error_code: "APIGW.0308", error_msg: "slow" } };
  await world.strike({ operation: "CreateScheduledTasks", nth: 50, times: TASKS, do: waits });
  const running = world.begin();
  // All of them, for a request is there before its answer.
  await until(async () => JSON.stringify(await world.cloud.control("GET", "requests")).includes('"status":429'));
  const waitsUntil = Date.now() + 8_500;
  await victims.CLI(running);
  await world.strike();
  await world.keepAll();
  expectOk(await world.stack.run(["up", "--yes", "--skip-preview"], adopting));
  await world.expectExact();
  await until(() => Date.now() > waitsUntil);
  await recover();
});
