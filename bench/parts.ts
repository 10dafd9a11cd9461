import { type Load, measureOnce, type Samples } from "./measure";
import { keep, type Row } from "./record";
import { floorSteps, mainSteps, type Step, steps } from "./steps";
import type { Subject } from "./subject";
import { bareLoop } from "./subjects/bare";
import { fleetInside, singleInside } from "./subjects/inProcess";
import { pulumiSubject } from "./subjects/pulumi";
import { sdkScript } from "./subjects/sdk";
import { terraform } from "./subjects/terraform";

/** Subjects and loads of one part, measured in turn so that what disturbs one disturbs those beside it too. */
export interface Plan {
  readonly title: string;
  readonly steps: readonly Step[];
  readonly loads: readonly Load[];
  readonly subjects: readonly Subject[];
}

const fleets = [pulumiSubject("fleet", "fleet"), pulumiSubject("fleet, plugin", "fleetPlugin")];
const single = pulumiSubject("single tasks", "single");
const singlePlugin = pulumiSubject("single tasks, plugin", "singlePlugin");
/** Each beside what it is compared with. */
const singlesByFloors = [
  single,
  pulumiSubject("engine floor", "floor"),
  singlePlugin,
  pulumiSubject("engine floor, plugin", "floorPlugin"),
];
const unsaved = [
  pulumiSubject("single, no checkpoints", "singleUnsaved"),
  pulumiSubject("single, plugin, no checkpoints", "singlePluginUnsaved"),
];
const scripts = [sdkScript, bareLoop, fleetInside, singleInside];
const naive = pulumiSubject("naive provider", "naive");
const peers = terraform ? [terraform] : [];

const at = (latencyMs: number, ...counts: readonly number[]): Load[] => counts.map((tasks) => ({ tasks, latencyMs }));

export const plans = {
  compare: {
    title: "500 tasks, 20 ms a request",
    steps,
    loads: at(20, 500),
    subjects: [...fleets, naive, single, singlePlugin, ...unsaved, ...scripts, ...peers],
  },
  floor: {
    title: "500 single tasks and the engine alone, 20 ms a request",
    steps: floorSteps,
    loads: at(20, 500),
    subjects: singlesByFloors,
  },
  latency: {
    title: "500 tasks, 100 ms a request",
    steps: mainSteps,
    loads: at(100, 500),
    subjects: [...fleets, ...singlesByFloors, ...scripts, ...peers],
  },
  growth: {
    title: "Growth, 20 ms a request",
    steps: mainSteps,
    loads: at(20, 100, 500, 2_000, 5_000),
    subjects: [...fleets, fleetInside, bareLoop],
  },
  singleGrowth: {
    title: "Growth of single tasks without checkpoints, 20 ms a request",
    steps: mainSteps,
    loads: at(20, 100, 500, 2_000, 5_000),
    subjects: unsaved,
  },
} satisfies { readonly [name: string]: Plan };

/** How often each is measured; a part is kept after each of its runs. */
const runs = Number(process.env.BENCH_RUNS ?? 3);

export async function measurePart(name: keyof typeof plans): Promise<void> {
  const { title, steps: taken, loads, subjects }: Plan = plans[name];
  const cells = loads.flatMap((load) => subjects.map((subject) => ({ load, subject, samples: [] as Samples[] })));
  for (let run = 1; run <= runs; run++) {
    console.log(`${name}: ${title}, run ${run} of ${runs}`);
    for (const { load, subject, samples } of cells) {
      const sample = await measureOnce(subject, load, taken);
      samples.push(sample);
      console.log(`  ${subject.name.padEnd(32)}${String(load.tasks).padStart(6)}  ${line(sample)}`);
    }
    keep(
      name,
      title,
      cells.map(({ load, subject, samples }): Row => ({ subject: subject.name, ...load, runs: samples })),
    );
  }
}

const line = (samples: Samples): string =>
  steps.flatMap((step) => (samples[step] ? `${step} ${samples[step].seconds.toFixed(2)} s` : [])).join(", ");
