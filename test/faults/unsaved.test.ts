import { isFleet } from "../engine/tasks";
import { adopting, expectRefused, killAt, killCreating, type Moment, recover, type Victim } from "./kills";
import { steps } from "./steps";
import { createWorld, expectOk, type World } from "./world";

const TASKS = 100;
const CHANGED = 10;
const owned = { config: { owner: "acme/prod" } };
const skipping = "PULUMI_SKIP_CHECKPOINTS";

let world: World;
/** The variable stays set: in the run that is killed, and in those that put things right. */
const start = async (settings = {}) => {
  world = await createWorld({ latencyMs: 20, env: { [skipping]: "true" }, ...settings });
};
afterEach(() => world.end());

/** Kills the CLI, and with it all that the engine had not written. */
async function killUnsaved(moment: Moment) {
  const before = await world.stack.state();
  await killAt(world, "CLI", moment);
  expect(await world.stack.state()).toEqual(before);
}

/** The engine that loses its provider writes its state at the end, and does not know what was in flight. */
async function killCreatingUnsaved(victim: Victim, nth: number) {
  const orphans = await killCreating(world, victim, nth, TASKS);
  if (victim === "CLI") {
    expect((await world.stack.state()).resources ?? []).toEqual([]);
    expect(orphans.length).toBeGreaterThanOrEqual(nth);
  }
  return orphans;
}

test.each([1, 50, 99])(
  `create | ${skipping}, kill -9 of the CLI at POST %i of ${TASKS}, with an owner | the next run takes all of them over by itself`,
  async (nth) => {
    await start(owned);
    await killCreatingUnsaved("CLI", nth);
    await recover(world);
  },
);

test(`create | ${skipping}, kill -9 of the CLI at POST 20 of 30, with an owner, and an edit | the orphans that are declared otherwise are named`, async () => {
  await start(owned);
  const orphans = await killCreating(world, "CLI", 20, 30);
  world.revise(5);
  const edited = Object.keys(world.declared()).slice(0, 5);
  const { code, output } = await world.stack.up();
  expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
  const unrecognized = orphans.filter(({ task_name }) => edited.includes(String(task_name)));
  const told = [...output.matchAll(/another one is created beside (\S+),/g)].map(([, id]) => id);
  expect([...new Set(told)].sort()).toEqual(unrecognized.map(({ id }) => id).sort());
});

test(`create | ${skipping}, kill -9 of the provider at POST 50 of ${TASKS}, with an owner | the next run takes the orphans over by itself`, async () => {
  await start(owned);
  await killCreatingUnsaved("provider", 50);
  await recover(world);
});

test(`create | ${skipping}, kill -9 of the provider at POST 50 of ${TASKS} | nothing double, every orphan named, then taken over when told to`, async () => {
  await start();
  const orphans = await killCreatingUnsaved("provider", 50);
  await expectRefused(world, orphans);
  await recover(world, adopting);
});

// The engine begins no more creations than it runs at a time before the first of them has failed; a fleet is one.
const named = isFleet ? "every orphan" : "the first of the orphans";
test(`create | ${skipping}, kill -9 of the CLI at POST 50 of ${TASKS} | nothing double, ${named} named, then all taken over when told to`, async () => {
  await start();
  const orphans = await killCreatingUnsaved("CLI", 50);
  await expectRefused(world, orphans, isFleet ? orphans.length : 1);
  await recover(world, adopting);
});

test(`update | ${skipping}, kill -9 of the CLI at PUT 5 of ${CHANGED} | the next run does the rest`, async () => {
  await start(owned);
  world.grow(TASKS);
  await world.expectNextUp();
  world.revise(CHANGED);
  const isProcessed = async () => (await world.revised()).length >= 5;
  await killUnsaved({ operation: "UpdateScheduledTasks", nth: 5, isProcessed });
  await recover(world);
});

test(`replace | ${skipping}, kill -9 of the CLI at POST 5 of ${CHANGED}, with an owner | the next run takes over what is new and does the rest`, async () => {
  await start(owned);
  world.grow(TASKS);
  await world.expectNextUp();
  world.revise(CHANGED, { taskType: "REBOOT" });
  const isProcessed = async () => (await world.revised()).length >= 5;
  await killUnsaved({ operation: "CreateScheduledTasks", nth: 5, isProcessed });
  await world.keepAll();
  const replaced = await world.revised();
  const changed = Object.keys(world.declared()).slice(0, CHANGED);
  for (const name of changed.filter((one) => !replaced.includes(one))) world.release(name);
  await recover(world);
});

// A fleet deletes all of them by one request.
const nth = isFleet ? 1 : 50;
const left = isFleet ? 0 : TASKS - nth;
test(`destroy | ${skipping}, kill -9 of the CLI when ${left} of ${TASKS} are left | the next destroy does the rest`, async () => {
  await start(owned);
  world.grow(TASKS);
  await world.expectNextUp();
  const isProcessed = async () => (await world.cloud.tasks()).length <= left;
  await killUnsaved({ command: "destroy", operation: steps.delete.operation, nth, isProcessed });
  expectOk(await world.stack.destroy());
  expect(await world.cloud.tasks()).toEqual([]);
  const { resources = [], pending_operations: pending = [] } = await world.stack.state();
  expect([resources, pending]).toEqual([[], []]);
});
