import { type Step, stepNames, steps } from "./steps";
import { createWorld, expectOk, type World } from "./world";

/** A minute is what a request waits for its answer; each step hangs in a stack of its own, all at once. */
const PATIENCE_MS = 60_000;

const kinds = [
  { fault: "hang", do: "hang" },
  { fault: "a body that stops coming", do: { bodyMs: 2 * PATIENCE_MS } },
];

const worlds = new Map<Step, World>();
afterAll(async () => {
  for (const world of worlds.values()) await world.end();
});

test(`${stepNames.join(", ")} | ${kinds.map(({ fault }) => fault).join(", ")} | given up after a minute, then done in the same run, once`, async () => {
  for (const step of stepNames) {
    const world = await createWorld();
    worlds.set(step, world);
    world.grow(4);
    if (step !== "create") await world.expectNextUp();
    const { operation } = steps[step];
    // The list is asked for once, so only one of the two can strike it before the run has waited for two minutes.
    const struck = step === "list" ? kinds.slice(0, 1) : kinds;
    await world.strike(...struck.map((kind, index) => ({ operation, nth: index + 1, when: "after", do: kind.do })));
  }
  const began = Date.now();
  const outcomes = await Promise.all([...worlds].map(([step, world]) => steps[step].act(world, 4)));
  expect(Date.now() - began).toBeGreaterThan(PATIENCE_MS);
  outcomes.forEach(expectOk);
  for (const world of worlds.values()) {
    await world.strike();
    await world.expectEnd();
  }
}, 240_000);
