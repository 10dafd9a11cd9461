import fc from "fast-check";
import { type Cloud, startCloud } from "../emulated";
import { play, sequences } from "../model/commands";
import { ThroughTheEngine } from "../model/throughTheEngine";
import { createTasksStack } from "./tasks";

jest.setTimeout(1_800_000);

const seed = Number(process.env.MODEL_SEED ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env.MODEL_ENGINE_RUNS ?? 1);
/** Each costs some runs of the engine, of which one takes seconds. */
const MOST_COMMANDS = 6;

let cloud: Cloud;
beforeAll(async () => {
  process.stdout.write(`model: seed ${seed}, ${numRuns} sequences through the engine\n`);
  cloud = await startCloud({ requireSignature: true });
});
afterAll(() => cloud.stop());

test(`${numRuns} random sequences through the engine end as declared (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(sequences(MOST_COMMANDS), async (sequence) => {
      await cloud.reset();
      const stack = await createTasksStack(cloud);
      try {
        await play(sequence, new ThroughTheEngine(cloud, stack));
      } finally {
        stack.cleanup();
      }
    }),
    { numRuns, seed, endOnFailure: true },
  );
});
