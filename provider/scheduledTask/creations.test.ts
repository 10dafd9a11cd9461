import { Creations } from "./creations";

/** A creation that has to stop. Resolves with how often it waited; at each wait something else may happen. */
async function stop(creations: Creations, meanwhile: (waits: number) => unknown = () => {}): Promise<number> {
  let waits = 0;
  await creations.run(() =>
    creations.othersDone(async () => {
      if (++waits > 9) throw new Error("it waits for ever");
      await meanwhile(waits);
    }),
  );
  return waits;
}

/** A creation that runs until it is told to end. */
function running(creations: Creations): () => Promise<void> {
  let end = () => {};
  const done = creations.run(() => new Promise<void>((resolve) => (end = resolve)));
  return () => {
    end();
    return done;
  };
}

test("a creation that stops waits once when nothing else runs", async () => {
  expect(await stop(new Creations())).toBe(1);
});

test("it waits until those that run are done, also when one has stopped before", async () => {
  const creations = new Creations();
  for (const _ of [1, 2]) {
    const end = running(creations);
    expect(await stop(creations, (waits) => waits === 3 && end())).toBe(3);
  }
});

test("it waits on when another one has begun and ended meanwhile", async () => {
  const creations = new Creations();
  expect(await stop(creations, (waits) => waits === 1 && creations.run(async () => {}))).toBe(2);
});

test("two that stop do not wait for each other", async () => {
  const creations = new Creations();
  expect(await Promise.all([stop(creations), stop(creations)])).toEqual([2, 1]);
});

test("one that fails counts no more", async () => {
  const creations = new Creations();
  await creations.run(() => Promise.reject(new Error("no"))).catch(() => {});
  expect(await stop(creations)).toBe(1);
});
