import fc from "fast-check";
import { type Inputs, rows } from "../../provider/scheduledTask/fields";
import { nextRuns } from "../../provider/scheduledTask/nextRuns";
import { changeSentence, taskSentence } from "../../provider/scheduledTask/sentences";
import { pair, task } from "./arbitraries";

/** What holds for the runs and the sentences of any task. */

const instant = fc.date({ min: new Date("2026-01-01"), max: new Date("2090-01-01"), noInvalidDate: true });
const language = fc.constantFrom("en", "zh");
const timesOf = (inputs: Inputs, after: Date, count: number): number[] =>
  nextRuns(inputs, after, count).map(({ at }) => at.epochMilliseconds);

test("runs come in order, strictly after the instant", () => {
  fc.assert(
    fc.property(task, instant, (inputs, after) => {
      const times = [after.getTime(), ...timesOf(inputs, after, 5)];
      expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    }),
  );
});

test("what comes after a run is the rest of the runs, for every type that needs no anchor", () => {
  fc.assert(
    fc.property(task, instant, (inputs, after) => {
      fc.pre(inputs.scheduledType !== "DAY" || inputs.dayInterval === 1);
      const [first, ...rest] = timesOf(inputs, after, 4);
      fc.pre(first !== undefined);
      expect(timesOf(inputs, new Date(first), 3)).toEqual(rest);
    }),
  );
});

test("whatever stands in the fields, there are runs or none, and a sentence", () => {
  const junk = fc.record(Object.fromEntries(rows.map(({ name }) => [name, fc.anything()])), { requiredKeys: [] });
  fc.assert(
    fc.property(task, junk, instant, language, (inputs, wrong, after, words) => {
      const broken = { ...inputs, ...wrong } as Inputs;
      expect(nextRuns(broken, after, 2).length).toBeLessThanOrEqual(2);
      expect(taskSentence(broken, after, words)).not.toBe("");
    }),
  );
});

test("a sentence is one line, and holds no free text and no value that was meant for a machine", () => {
  const secret = "s3cr3t";
  const hidden = ([before, after]: [Inputs, Inputs]): [Inputs, Inputs] => [
    { ...before, description: secret },
    { ...after, description: `${secret}!`, extraParams: { notify_message: secret } },
  ];
  fc.assert(
    fc.property(pair.map(hidden), instant, language, ([before, after], now, words) => {
      for (const line of [taskSentence(after, now, words), changeSentence(before, after, now, words)])
        expect(line).not.toMatch(/s3cr3t|[\r\n\u2028\u2029]|undefined|\[object|NaN|Invalid/);
    }),
  );
});
