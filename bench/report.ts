import { barChart, type Group, type Theme } from "./chart";
import { pulumiCommands, sdkCommands, terraformCommands } from "./commands";
import { median, spread } from "./median";
import { medianOf, type Part, type Results, type Row, ratios, rowOf, valuesOf } from "./record";
import { floorSteps, mainSteps, naiveSteps, type Step, steps, writingSteps } from "./steps";
import { isMet, targets } from "./targets";

/** What is written from the results, by file name in this folder. */
export const documentsOf = (results: Results): { readonly [file: string]: string } => ({
  "results.md": markdown(results),
  "results-light.svg": mainChart(results, "light"),
  "results-dark.svg": mainChart(results, "dark"),
});

const pictured = {
  fleet: "fleet",
  "single tasks": "single tasks",
  "SDK script, 50 threads": "SDK script",
  "Terraform, REST provider": "Terraform",
  "naive provider": "naive provider",
};

function mainChart({ compare }: Results, theme: Theme): string {
  const groupOf = (step: Step, title: string): Group => ({
    title,
    bars: Object.entries(pictured).flatMap(([subject, label]) => {
      const seconds = medianOf(rowOf(compare, subject), step);
      const isOurs = subject === "fleet" || subject === "single tasks";
      return seconds === undefined ? [] : [{ label, value: seconds, text: secondsText(seconds), isOurs }];
    }),
  });
  const groups = [
    groupOf("create", "Create 500 tasks"),
    groupOf("nothing changed", "See that nothing changed"),
    groupOf("change 10%", "Change 50 of them"),
    groupOf("destroy", "Destroy them"),
  ];
  const note = "Less is better. Each group has a scale of its own.";
  return barChart("Seconds of whole commands for 500 tasks at 20 ms a request", groups, note, theme);
}

function markdown(results: Results): string {
  const { compare, naive, floor, inside, unrefreshed, latency, growth, singleGrowth } = results;
  return `${[
    "# Benchmark",
    `How long whole commands take, from their start to their end, against everything that does the same job. Written by
\`npm run bench\`; a part alone by \`npm run bench -- compare\` (or \`naive\`, \`floor\`, \`inside\`, \`unrefreshed\`, \`latency\`, \`growth\`, \`singleGrowth\`). Every figure is
the median of its runs, with the least and the greatest behind it; ratios compare what was measured one after the other in the same run.`,
    `<picture>
  <source media="(prefers-color-scheme: dark)" srcset="results-dark.svg">
  <img alt="Seconds of whole commands for 500 tasks at 20 ms a request" src="results-light.svg" width="520">
</picture>`,
    whoIsWho,
    stepsText,
    targetTable(results),
    ...partText(compare, steps),
    terraformNote(compare),
    ...besideText(naive, naiveSteps, "naive provider"),
    ...besideText(floor, floorSteps, "engine floor"),
    ...besideText(inside, mainSteps, "bare HTTP loop"),
    ...besideText(unrefreshed, writingSteps, "fleet"),
    ...partText(latency, mainSteps),
    ...growthText(growth),
    ...growthText(singleGrowth),
    growthNote,
  ].join("\n\n")}\n`;
}

const whoIsWho = `| name | what it is |
| --- | --- |
| fleet | one \`ScheduledTaskFleet\` that holds all tasks, dynamic front; *plugin*: the other front; *declared once*: with the schedule on the fleet, as [its page](../docs/scale.md#declared-once) says to write it, else with all fields in each task, as in every other program here, which takes longer |
| single tasks | one \`ScheduledTask\` each; *no checkpoints*: with \`PULUMI_SKIP_CHECKPOINTS=true\` |
| engine floor | the same resources of equal state, by a provider that only waits as long as a request takes, and a program that loads no more than ours |
| inside | the core alone, in one process, without an engine |
| bare HTTP loop | undici with 50 connections, only the requests that are needed |
| SDK script | the vendor's SDK for Python, 50 threads ([tasks.py](peers/sdk/tasks.py)) |
| naive provider | a dynamic provider of 85 lines, which signs its requests as the cloud wants ([index.js](peers/naive/index.js)) |
| Terraform | with Mastercard's generic REST provider, \`-parallelism=50\` ([main.tf](peers/terraform/main.tf)) |`;

const stepsText = `| step | Pulumi | Terraform | SDK script |
| --- | --- | --- | --- |
${steps.map((step) => `| ${step} | \`${pulumiCommands[step]}\` | \`${terraformCommands[step]}\` | \`${sdkCommands[step]}\` |`).join("\n")}

Each tool as it is: \`terraform apply\` and \`destroy\` look at every task first, and so does the script before it changes any; \`pulumi up\`
and \`destroy\` do so only with \`--refresh\`. Like beside like are *repair drift of 5%*, where all look first, and *changed and destroyed
without a look*, where none does.

*CPU s* is the user and system time of all processes of a command, *MB* the most memory that they had at once. What is inside a
process of the bench has no memory of its own to tell. What a peer left otherwise than declared stands behind its name.`;

function targetTable(results: Results): string {
  const rows = targets.map((target) => {
    const values = target.of(results);
    const limit = `${target.isLeast ? "at least" : "at most"} ${target.limit}`;
    if (values.length === 0) return `| ${target.what} | not measured | ${limit} | |`;
    return `| ${target.what} | ${spread(values)} | ${limit} | ${isMet(target, values) ? "yes" : "**no**"} |`;
  });
  return `## What must hold

500 tasks, 20 ms a request. *A: B* is the time of A divided by that of B; the median of the runs is what must hold. Runs of one thing
differ by a tenth on two cores, so a ratio to a floor may be below 1.

| ratio | measured | limit | holds |
| --- | --- | --- | --- |
${rows.join("\n")}`;
}

function partText(part: Part | undefined, shown: readonly Step[]): string[] {
  if (part === undefined) return [];
  return [`## ${part.title}`, madeOn(part), ...shown.map((step) => stepTable(part, step)), stateTable(part)];
}

const madeOn = ({ date, machine, rows }: Part): string =>
  `${Math.max(...rows.map(({ runs }) => runs.length))} runs on ${date}: ${machine}.`;

/** @param base what the others are told beside */
const besideText = (part: Part | undefined, shown: readonly Step[], base: string): string[] =>
  part === undefined ? [] : [`## ${part.title}`, madeOn(part), ...shown.map((step) => stepTable(part, step, base))];

/**
 * The fastest first.
 *
 * @param base whose time the others are told of
 */
function stepTable(part: Part, step: Step, base = "fleet"): string {
  const measured = rowOf(part, base);
  const rows = part.rows
    .filter((row) => valuesOf(row, step).length > 0)
    .sort((a, b) => (medianOf(a, step) ?? 0) - (medianOf(b, step) ?? 0))
    .map((row) => {
      const failure = row.runs.find((samples) => samples[step]?.failure)?.[step]?.failure;
      return `| ${[
        `${row.subject}${failure === undefined ? "" : ` (${failure})`}`,
        timeText(valuesOf(row, step)),
        row === measured ? "1" : median(ratios(row, measured, step)).toFixed(2),
        count(medianOf(row, step, "requests")),
        numberText(medianOf(row, step, "cpuSeconds"), 1),
        numberText(medianOf(row, step, "peakMb"), 0),
      ].join(" | ")} |`;
    });
  return `### ${step[0]?.toUpperCase()}${step.slice(1)}

| | seconds | of the ${base}'s | requests | CPU s | MB |
| --- | --- | --- | --- | --- | --- |
${rows.join("\n")}`;
}

function stateTable(part: Part): string {
  const rows = part.rows
    .filter((row) => valuesOf(row, "create", "stateKilobytes").length > 0)
    .map((row) => {
      const state = medianOf(row, "create", "stateKilobytes") ?? 0;
      return `| ${row.subject} | ${count(state)} | ${count((state * 1000) / row.tasks)} | ${count(
        medianOf(row, "create", "kilobytes"),
      )} | ${count(medianOf(row, "nothing changed", "kilobytes"))} |`;
    });
  return `### State and traffic

| | state, KB | of a task, bytes | create sends and gets, KB | nothing changed, KB |
| --- | --- | --- | --- | --- |
${rows.join("\n")}`;
}

function growthText(part: Part | undefined): string[] {
  if (part === undefined) return [];
  const rows = part.rows
    .toSorted((a, b) => a.subject.localeCompare(b.subject) || a.tasks - b.tasks)
    .map(
      (row) =>
        `| ${row.subject} | ${count(row.tasks)} | ${mainSteps.map((step) => perTask(row, step)).join(" | ")} | ${numberText(
          medianOf(row, "create", "peakMb"),
          0,
        )} |`,
    );
  return [
    `## ${part.title}`,
    `${madeOn(part)} Milliseconds of the whole command for each task.`,
    `| | tasks | ${mainSteps.join(" | ")} | MB, create |
| --- | --- | ${mainSteps.map(() => "---").join(" | ")} | --- |
${rows.join("\n")}`,
  ];
}

function perTask(row: Row, step: Step): string {
  const seconds = medianOf(row, step);
  return seconds === undefined ? "" : ((seconds * 1000) / row.tasks).toFixed(2);
}

const growthNote = `What a command takes for itself (the engine, its language host, the program's start) is shared by more tasks the more there
are, so the time of a task falls. With checkpoints the engine writes the whole state after each step of a single task, which grows with
the square of their number: that is the engine's, and why there are fleets.`;

/** Measured with engine 3.259 on two cores when this project began. */
const storedTerraform = `Terraform was not given (\`BENCH_TERRAFORM\` and \`BENCH_TERRAFORM_PROVIDER\` name the executables of Terraform and of
Mastercard's terraform-provider-restapi), so it was not measured in this run. **Stored figures**, of another run: create 14.3 s,
refresh 5.3 s, destroy 31.3 s for 500 tasks at 20 ms.`;

const terraformNote = (part: Part | undefined): string =>
  rowOf(part, "Terraform, REST provider") === undefined
    ? storedTerraform
    : "Terraform and its provider were given by `BENCH_TERRAFORM` and `BENCH_TERRAFORM_PROVIDER`.";

const secondsText = (seconds: number): string =>
  seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
const timeText = (values: readonly number[]): string => {
  const digits = median(values) < 10 ? 2 : 1;
  return `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)})`;
};
const count = (value: number | undefined): string =>
  value === undefined ? "" : Math.round(value).toLocaleString("en-US");
const numberText = (value: number | undefined, digits: number): string =>
  value === undefined ? "" : value.toFixed(digits);
