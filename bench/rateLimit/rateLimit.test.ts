import fc from "fast-check";
import { CallLimit } from "../../emulator/callLimit";
import type { ApiError } from "../../emulator/errors";
import { writtenTables } from "./document";
import { SlidingWindow } from "./gateway";
import { hoursOf, requestsTable, someLimits } from "./table";

const blocks = writtenTables().split("\n\n");

test("docs/scale.md says what commands send", async () => {
  expect(blocks).toContain(await requestsTable());
});

test.each(someLimits)("docs/scale.md says how long 1,000 tasks take: $name, $where", async (limits) => {
  const title = blocks.findIndex((block) => block.startsWith(`**${limits.name}**, ${limits.where}`));
  const { row } = await hoursOf(limits, 1_000, 1);
  expect(blocks[title + 1]?.split("\n")).toContain(row);
});

test("the simulated gateway refuses what the emulator's refuses, and for as long", () => {
  const steps = fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 60 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3 }), steps, (calls, perSeconds, pauses) => {
      const window = new SlidingWindow({ calls, perSeconds });
      const limit = new CallLimit(calls, perSeconds);
      let now = 0;
      for (const pause of pauses) {
        now += pause;
        expect(retryAfter(() => limit.take(now))).toBe(Math.ceil(window.take(now) / 1000));
      }
    }),
  );
});

/** Seconds that a refusal names; 0 when the call passes. */
function retryAfter(call: () => void): number {
  try {
    call();
    return 0;
  } catch (error) {
    return Number((error as ApiError).headers["Retry-After"]);
  }
}
