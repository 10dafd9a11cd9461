import { median } from "./median";
import { type Part, type Results, ratios, rowOf, valuesOf } from "./record";
import type { Step } from "./steps";

/** What must hold, as a ratio within one run. */
export interface Target {
  readonly what: string;
  readonly limit: number;
  /** Whether the ratio must be at least the limit, and not at most. */
  readonly isLeast?: boolean;
  /** By run; empty when it was not measured. */
  of(results: Results): readonly number[];
}

const ratioIn =
  (part: string) =>
  (over: string, under: string, step: Step, measure: "seconds" | "stateKilobytes" = "seconds") =>
  ({ [part]: found }: Results): readonly number[] =>
    ratios(rowOf(found, over), rowOf(found, under), step, measure);
const compared = ratioIn("compare");
const overNaive = ratioIn("naive");
const overFloor = ratioIn("floor");
const inside = ratioIn("inside");

/** The time of a task of many against that of a task of few. */
const grown =
  (subject: string, step: Step, few: number, many: number) =>
  ({ growth }: Results): readonly number[] => {
    const perTask = (part: Part | undefined, tasks: number) =>
      valuesOf(rowOf(part, subject, { tasks }), step).map((seconds) => seconds / tasks);
    const base = perTask(growth, few);
    return perTask(growth, many)
      .slice(0, base.length)
      .map((seconds, run) => seconds / (base[run] ?? Number.NaN));
  };

const isLeast = true;
const naive = "naive provider";
const terraform = "Terraform, REST provider";
const [check, look] = ["drift check", "nothing changed"] as const;

export const targets: readonly Target[] = [
  { what: "Single tasks, create: engine floor", limit: 1.1, of: overFloor("single tasks", "engine floor", "create") },
  {
    what: "Single tasks, change 10%: engine floor",
    limit: 1.1,
    of: overFloor("single tasks", "engine floor", "change 10%"),
  },
  {
    what: "Single tasks by plugin, create: its floor",
    limit: 1.1,
    of: overFloor("single tasks, plugin", "engine floor, plugin", "create"),
  },
  {
    what: "Single tasks by plugin, change 10%: its floor",
    limit: 1.1,
    of: overFloor("single tasks, plugin", "engine floor, plugin", "change 10%"),
  },
  { what: "Naive provider, create: single tasks", limit: 2.5, isLeast, of: compared(naive, "single tasks", "create") },
  {
    what: "Naive provider, create: single tasks by plugin",
    limit: 2.5,
    isLeast,
    of: compared(naive, "single tasks, plugin", "create"),
  },
  {
    what: "Single tasks, state: naive provider",
    limit: 0.2,
    of: compared("single tasks", naive, "create", "stateKilobytes"),
  },
  { what: "Fleet, create: naive provider", limit: 0.2, of: compared("fleet", naive, "create") },
  { what: "Fleet, create: SDK script", limit: 3.5, of: compared("fleet", "SDK script, 50 threads", "create") },
  {
    what: "Fleet, nothing changed: naive provider",
    limit: 0.35,
    of: overNaive("fleet, declared once", naive, look),
  },
  {
    what: "Fleet by plugin, nothing changed: naive provider",
    limit: 0.35,
    of: overNaive("fleet, plugin, declared once", naive, look),
  },
  {
    what: "The same with all fields in each task",
    limit: 0.35,
    of: overNaive("fleet", naive, look),
  },
  {
    what: "The same by plugin with all fields in each task",
    limit: 0.35,
    of: overNaive("fleet, plugin", naive, look),
  },
  {
    what: "Fleet, create inside the provider: bare loop",
    limit: 1.3,
    of: inside("a fleet, inside", "bare HTTP loop", "create"),
  },
  {
    what: "Fleet, nothing changed inside: bare loop",
    limit: 1.3,
    of: inside("a fleet, inside", "bare HTTP loop", look),
  },
  { what: "Fleet, create: Terraform", limit: 0.25, of: compared("fleet", terraform, "create") },
  { what: "Fleet, nothing changed: Terraform's plan", limit: 0.8, of: compared("fleet", terraform, look) },
  { what: "Fleet, drift check: Terraform's plan", limit: 0.4, of: compared("fleet", terraform, check) },
  { what: "Fleet, change 10%: Terraform", limit: 0.4, of: compared("fleet", terraform, "change 10%") },
  { what: "Fleet, destroy: Terraform", limit: 0.1, of: compared("fleet", terraform, "destroy") },
  { what: "Fleet of 5,000, create of a task: of 500", limit: 1.2, of: grown("fleet", "create", 500, 5_000) },
  {
    what: "Fleet of 5,000, nothing changed, a task: of 500",
    limit: 1.2,
    of: grown("fleet", look, 500, 5_000),
  },
];

export const isMet = ({ limit, isLeast: least }: Target, values: readonly number[]): boolean =>
  least ? median(values) >= limit : median(values) <= limit;
