import fc from "fast-check";
import { type Dialects, dialects } from "../../emulator/dialects";

/** Every value of every dialect but the defaults, alone. */
export const singles: readonly Partial<Dialects>[] = Object.entries(dialects).flatMap(([name, [, ...values]]) =>
  values.map((value) => ({ [name]: value })),
);

const anyMix = fc.record(
  Object.fromEntries(Object.entries(dialects).map(([name, values]) => [name, fc.constantFrom(...values)])),
) as fc.Arbitrary<Dialects>;

/**
 * No client can take a target away from a cloud that refuses the verb and takes plain targets as additions, so no mix
 * plays both; nor one that neither clears nor keeps what is left out, in which a cleared field has no value at all.
 */
const isPossible = ({ verb, targets, clear, omitted }: Dialects): boolean =>
  !(verb === "refused" && targets === "add") && !(clear === "ignored" && omitted === "resets");

/** Printed with a failure, and given as MIX_SEED to see it again. */
export const seed = Number(process.env.MIX_SEED ?? Date.now() % 2 ** 31);

/** Waiting for a list that lags takes most of a suite's time, so one mix of ten does. */
export const mixes: readonly Dialects[] = fc
  .sample(anyMix.filter(isPossible), { numRuns: 10, seed })
  .map((mix, index) => ({ ...mix, lag: index === 0 ? "one-second" : "none" }));
