/** The runs of a task before and after a deployment, as entries of a calendar; pure. */
import type { Runs } from "../report";
import { momentIn } from "./moments";

/** What a deployment does to a run; `open` where it is not known, since the runs before or after it are not. */
export type Mark = "added" | "removed" | "moved" | "open" | "kept";

export interface Entry {
  /** Minutes since 1970. */
  readonly at: number;
  readonly day: string;
  readonly time: string;
  readonly mark: Mark;
  /** Of a moved run, when it was. */
  readonly was: { readonly at: number; readonly time: string } | null;
}

/**
 * A run that is gone and one that is new on the same day are one that has moved.
 *
 * @param zone in which the days are counted
 */
export function entriesOf(before: Runs, after: Runs, zone: string): Entry[] {
  const entry = (at: number, mark: Mark): Entry => ({ at, ...momentIn(zone, at), mark, was: null });
  if (before === null || after === null) return (before ?? after ?? []).map((at) => entry(at, "open"));
  const [old, next] = [new Set(before), new Set(after)];
  const gone = before.filter((at) => !next.has(at)).map((at) => entry(at, "removed"));
  return [
    ...after.map((at): Entry => {
      const run = entry(at, old.has(at) ? "kept" : "added");
      if (run.mark === "kept") return run;
      const place = gone.findIndex(({ day }) => day === run.day);
      const [was] = place < 0 ? [] : gone.splice(place, 1);
      return was ? { ...run, mark: "moved", was: { at: was.at, time: was.time } } : run;
    }),
    ...gone,
  ];
}

/** Longer than any day. */
const dayMinutes = 26 * 60;

/** The first entry from which on the calendars before and after a deployment differ; undefined where they do not. */
export function firstDifference(before: Runs, after: Runs, zone: string): Entry | undefined {
  if (before === null || after === null)
    return entriesOf(before?.slice(0, 1) ?? null, after?.slice(0, 1) ?? null, zone)[0];
  const [old, next] = [new Set(before), new Set(after)];
  const at = Math.min(...before.filter((one) => !next.has(one)), ...after.filter((one) => !old.has(one)));
  // What it has moved from or to is on the same day.
  const near = (runs: readonly number[]): number[] => runs.filter((one) => one >= at && one < at + dayMinutes);
  return entriesOf(near(before), near(after), zone).find((entry) => entry.at === at || entry.was?.at === at);
}

/** Runs from the first one and how long until each next one. */
export function runsOf(steps: Runs): Runs {
  let at = 0;
  const runs = steps?.map((step) => {
    at += step;
    return at;
  });
  return runs ?? null;
}
