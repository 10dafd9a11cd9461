import { createWorld, expectFailed, expectOk, until, type World } from "./world";

const TASKS = 40;
let world: World;
beforeEach(async () => {
  world = await createWorld({ latencyMs: 100 });
  world.grow(TASKS);
});
afterEach(() => world.end());

const half = () => until(async () => (await world.cloud.tasks()).length >= TASKS / 2);

test("create | Ctrl-C once | what is in flight is finished and recorded, the next run does the rest", async () => {
  const { child, outcome } = world.begin();
  await half();
  child.kill("SIGINT");
  expect((await outcome).code).not.toBe(0);
  expect(await world.orphans()).toEqual([]);
  await world.keepAll();
  await world.expectNextUp();
  await world.expectEnd();
});

test("create | Ctrl-C twice | nothing double, and taken over when told to", async () => {
  const { child, outcome } = world.begin();
  await half();
  child.kill("SIGINT");
  child.kill("SIGINT");
  expect((await outcome).code).not.toBe(0);
  world.stack.mendCheckpoint();
  await world.stack.run(["cancel", "--yes"]);
  await world.keepAll();
  const env = { HUAWEICLOUD_WORKSPACE_ON_EXISTING: "adopt" };
  expectOk(await world.stack.run(["up", "--yes", "--skip-preview"], { env }));
  expectOk(await world.stack.run(["refresh", "--yes", "--skip-preview", "--clear-pending-creates"]));
  await world.expectEnd();
});

test("create | two runs at a time on one stack | the second is refused, the first ends", async () => {
  // While requests wait the engine writes no checkpoint, which the second run would find half written.
  await world.strike({ operation: "CreateScheduledTasks", nth: TASKS / 2 + 1, times: TASKS, do: { delayMs: 4_000 } });
  const first = world.begin();
  await half();
  expectFailed(await world.stack.up(), /currently locked by 1 lock/);
  expectOk(await first.outcome);
  await world.expectEnd();
});
