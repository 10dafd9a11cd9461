/** The runs of a task before and after a deployment, as entries of a calendar; pure. */
import { momentIn } from "./moments";

/** What a deployment does to a run. */
export type Mark = "added" | "removed" | "moved" | "kept";

export interface Entry {
  readonly day: string;
  readonly time: string;
  readonly mark: Mark;
  /** Of a moved run, the time at which it was. */
  readonly was: string | null;
}

/**
 * A run that is gone and one that is new on the same day are one that has moved.
 *
 * @param before runs as minutes since 1970, in order, like those after
 * @param zone in which the days are counted
 */
export function entriesOf(before: readonly number[], after: readonly number[], zone: string): Entry[] {
  const [old, next] = [new Set(before), new Set(after)];
  const gone = before.filter((at) => !next.has(at)).map((at) => momentIn(zone, at));
  return [
    ...after.map((at): Entry => {
      const { day, time } = momentIn(zone, at);
      if (old.has(at)) return { day, time, mark: "kept", was: null };
      const place = gone.findIndex((one) => one.day === day);
      const [was] = place < 0 ? [] : gone.splice(place, 1);
      return { day, time, mark: was ? "moved" : "added", was: was?.time ?? null };
    }),
    ...gone.map(({ day, time }): Entry => ({ day, time, mark: "removed", was: null })),
  ];
}

/** Runs from the first one and how long until each next one. */
export function runsOf(steps: readonly number[]): number[] {
  let at = 0;
  return steps.map((step) => {
    at += step;
    return at;
  });
}
