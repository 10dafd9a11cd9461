import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import type { Load, Sample, Samples } from "./measure";
import { median } from "./median";
import type { Step } from "./steps";

/** What one subject took for one load, run by run. */
export interface Row extends Load {
  readonly subject: string;
  readonly runs: readonly Samples[];
}

/** What one part of the bench has measured, all in one run. */
export interface Part {
  readonly title: string;
  /** yyyy-mm-dd */
  readonly date: string;
  readonly machine: string;
  readonly rows: readonly Row[];
}

export interface Results {
  readonly [part: string]: Part;
}

const file = join(__dirname, "results.json");

export const loadResults = (): Results => JSON.parse(readFileSync(file, "utf8"));

/** A part that is measured again takes the place of the one before. */
export function keep(name: string, title: string, rows: readonly Row[]): void {
  const results = { ...loadResults(), [name]: { title, date: today(), machine: machine(), rows } };
  writeFileSync(file, `${JSON.stringify(results, shortNumbers, 1)}\n`);
}

const today = (): string => new Date().toISOString().slice(0, 10);
const machine = (): string =>
  `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}, Node ${process.versions.node}`;
const shortNumbers = (_key: string, value: unknown): unknown =>
  typeof value === "number" ? Number(value.toPrecision(4)) : value;

export const rowOf = (part: Part | undefined, subject: string, load?: Partial<Load>): Row | undefined =>
  part?.rows.find(
    (row) =>
      row.subject === subject &&
      (load?.tasks ?? row.tasks) === row.tasks &&
      (load?.latencyMs ?? row.latencyMs) === row.latencyMs,
  );

type Measure = Exclude<keyof Sample, "failure">;

/** The values of one measure, run by run; empty when it was not measured. */
export const valuesOf = (row: Row | undefined, step: Step, measure: Measure = "seconds"): readonly number[] =>
  row?.runs.flatMap((samples) => samples[step]?.[measure] ?? []) ?? [];

export function medianOf(row: Row | undefined, step: Step, measure: Measure = "seconds"): number | undefined {
  const values = valuesOf(row, step, measure);
  return values.length > 0 ? median(values) : undefined;
}

/** The ratios of two rows, run by run, so that both halves of each were measured one after the other. */
export function ratios(over: Row | undefined, under: Row | undefined, step: Step, measure: Measure = "seconds") {
  const [above, below] = [valuesOf(over, step, measure), valuesOf(under, step, measure)];
  return above.slice(0, below.length).map((value, run) => value / (below[run] ?? Number.NaN));
}
