import { type Load, measureOnce, type Samples } from "./measure";
import { keep, type Row } from "./record";
import { floorSteps, mainSteps, naiveSteps, type Step, steps, writingSteps } from "./steps";
import type { Subject } from "./subject";
import { bareLoop } from "./subjects/bare";
import { fleetInside, singleInside } from "./subjects/inProcess";
import { pulumiSubject } from "./subjects/pulumi";
import { sdkScript } from "./subjects/sdk";
import { terraformSubjects } from "./subjects/terraform";

/** Subjects and loads of one part, measured in turn so that what disturbs one disturbs those beside it too. */
export interface Plan {
  readonly title: string;
  readonly steps: readonly Step[];
  readonly loads: readonly Load[];
  readonly subjects: readonly Subject[];
  /** How often each is measured; more where little divides what is compared, or takes but parts of a second. */
  readonly runs?: number;
}

const fleets = [pulumiSubject("fleet", "fleet"), pulumiSubject("fleet, plugin", "fleetPlugin")];
/** As its documentation says to write it; everywhere else each task spells out all of it, which takes longest. */
const fleetsOnce = [
  pulumiSubject("fleet, declared once", "fleetOnce"),
  pulumiSubject("fleet, plugin, declared once", "fleetOncePlugin"),
];
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
const inside = [bareLoop, fleetInside, singleInside];
const scripts = [sdkScript, ...inside];
const naive = pulumiSubject("naive provider", "naive");
const terraform = terraformSubjects("Terraform, REST provider");
/** `pulumi up` and `destroy` do not look first unless asked to; Terraform does unless told not to. */
const terraformUnrefreshed = terraformSubjects("Terraform, -refresh=false", "-refresh=false");

const at = (latencyMs: number, ...counts: readonly number[]): Load[] => counts.map((tasks) => ({ tasks, latencyMs }));

export const plans = {
  compare: {
    title: "500 tasks, 20 ms a request",
    steps,
    loads: at(20, 500),
    subjects: [...fleets, naive, single, singlePlugin, ...unsaved, ...scripts, ...terraform],
  },
  naive: {
    title: "500 tasks in a fleet and by the naive provider, 20 ms a request",
    steps: naiveSteps,
    loads: at(20, 500),
    subjects: [...fleetsOnce, ...fleets, naive],
    runs: 7,
  },
  floor: {
    title: "500 single tasks and the engine alone, 20 ms a request",
    steps: floorSteps,
    loads: at(20, 500),
    subjects: singlesByFloors,
    runs: 5,
  },
  inside: {
    title: "500 tasks inside the provider and undici alone, 20 ms a request",
    steps: mainSteps,
    loads: at(20, 500),
    subjects: inside,
    runs: 9,
  },
  unrefreshed: {
    title: "500 tasks changed and destroyed without a look at the cloud first, 20 ms a request",
    steps: writingSteps,
    loads: at(20, 500),
    subjects: [...fleets, ...terraformUnrefreshed],
  },
  latency: {
    title: "500 tasks, 100 ms a request",
    steps: mainSteps,
    loads: at(100, 500),
    subjects: [...fleets, ...singlesByFloors, ...scripts, ...terraform],
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

/** A part is kept after each of its runs. */
export async function measurePart(name: keyof typeof plans): Promise<void> {
  const { title, steps: taken, loads, subjects, ...plan }: Plan = plans[name];
  const runs = Number(process.env.BENCH_RUNS ?? plan.runs ?? 3);
  // The first command of a machine that has rested takes several times as long: what it reads from the disk stays.
  const [first] = subjects;
  if (first) await measureOnce(first, { tasks: 1, latencyMs: 0 }, writingSteps);
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
