import { isFleet } from "../engine/tasks";
import { adopting, expectRefused, killAt, killCli, killCreating, recover } from "./kills";
import { steps } from "./steps";
import { createWorld, expectOk, until, type World, type WorldSettings } from "./world";

const TASKS = 100;

let world: World;
const start = async (settings: WorldSettings = {}) => {
  world = await createWorld({ latencyMs: 20, ...settings });
};
afterEach(() => world.end());

const all = [1, 25, 50, 75, 99];

describe.each([
  ["CLI", all],
  ["provider", all],
] as const)("kill -9 of the %s", (victim, numbers) => {
  test.each(numbers)(
    `create | kill -9 of the ${victim} at POST %i of ${TASKS} | nothing double, every orphan named, then taken over when told to`,
    async (nth) => {
      await start();
      const orphans = await killCreating(world, victim, nth, TASKS);
      await expectRefused(world, orphans);
      await recover(world, adopting);
    },
  );

  test(`create | kill -9 of the ${victim} at POST 50 of ${TASKS}, with an owner | the next run takes the orphans over by itself`, async () => {
    await start({ config: { owner: "acme/prod" } });
    await killCreating(world, victim, 50, TASKS);
    await recover(world);
  });

  test(`update | kill -9 of the ${victim} at PUT 50 of ${TASKS} | the next run does the rest`, async () => {
    await start();
    world.grow(TASKS);
    await world.expectNextUp();
    world.revise();
    const isProcessed = async () => (await world.revised()).length >= 50;
    await killAt(world, victim, { operation: "UpdateScheduledTasks", nth: 50, isProcessed });
    await recover(world);
  });

  // A fleet deletes all of them by one request.
  const nth = isFleet ? 1 : 50;
  const left = isFleet ? 0 : TASKS - nth;
  test(`delete | kill -9 of the ${victim} when ${left} of ${TASKS} are left | the next run does the rest`, async () => {
    await start();
    world.grow(TASKS);
    await world.expectNextUp();
    world.shrink(TASKS);
    const isProcessed = async () => (await world.cloud.tasks()).length <= left;
    await killAt(world, victim, { operation: steps.delete.operation, nth, isProcessed });
    await recover(world);
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
  await killCli(world, running);
  await world.strike();
  await world.keepAll();
  expectOk(await world.stack.run(["up", "--yes", "--skip-preview"], adopting));
  await world.expectExact();
  await until(() => Date.now() > waitsUntil);
  await recover(world);
});
