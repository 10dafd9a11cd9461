import fc from "fast-check";
import { type Cloud, startCloud } from "../emulated";
import { play, sequences } from "../model/commands";
import { OWNER } from "../model/expectations";
import { InProcess } from "../model/inProcess";

jest.setTimeout(600_000);

const seed = Number(process.env.MODEL_SEED ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env.MODEL_RUNS ?? 500);

const settings = fc.record({ owner: fc.constantFrom(undefined, OWNER), atOnce: fc.boolean() });

let cloud: Cloud;
beforeAll(async () => {
  process.stdout.write(`model: seed ${seed}, ${numRuns} sequences in process\n`);
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

test(`${numRuns} random sequences of programs, console edits and faults end as declared (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(sequences(8), settings, async (sequence, chosen) => {
      await cloud.reset();
      await play(sequence, new InProcess(cloud, chosen));
    }),
    { numRuns, seed, endOnFailure: process.env.MODEL_SHRINK === undefined },
  );
});
