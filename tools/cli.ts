#!/usr/bin/env node
import "./nodeVersion";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { type ExportFlags, type Format as ExportFormat, formats as exportFormats } from "../export/flags";
import { type Failure, type Format, failures, formats, type ReviewFlags } from "../review/flags";

interface EmulatorFlags {
  port: number;
  dialect?: string;
  latency: number;
  requireSignature?: boolean;
  data?: string;
}

const program = new Command("huaweicloud-workspace").description(
  "Tools for the scheduled tasks of Huawei Cloud Workspace",
);

program
  .command("emulator")
  .description("Serve the scheduled-tasks API on loopback. The first line of output is JSON: url, project and keys.")
  .option("--port <number>", "port on 127.0.0.1, 0 for any free one", wholeNumberUpTo(65535), 0)
  .option(
    "--dialect <name=value,...>",
    "how to behave where the vendor's documents are silent; may be given again",
    joined,
  )
  .option("--latency <ms>", "wait before each answer", wholeNumberUpTo(600_000), 0)
  .option("--require-signature", "accept only the printed key pair, the emulator's own user, and what it has issued")
  .option("--data <file>", "keep the tasks in this file")
  .action(emulator);

program
  .command("review")
  .description(
    "Preview stacks, and tell what the code changed from what the cloud changed, when each task runs next, and how far it reaches.",
  )
  .option("--stack <name>", "stack to preview; may be given again", appended, [])
  .option("--cwd <folder>", "folder of the project", ".")
  .option("--save <file>", "keep the events of the previews")
  .option("--from <file>", "instead of previews: what --save has kept, or a report that --format json has written")
  .addOption(new Option("--format <format>", "what to write").choices(formats).default("markdown" satisfies Format))
  .option("--output <file>", "where to write it; standard output by default")
  .option(
    "--comment",
    "keep a comment on the pull or merge request that this job of GitHub Actions or GitLab CI belongs to",
  )
  .addOption(
    new Option("--lang <language>", "language of the report; by default as the variable HW_LANG says").choices([
      "en",
      "zh",
    ]),
  )
  .option(
    "--at <instant>",
    "reckon the next runs from then, RFC 3339 or now; by default from when the previews were made",
    instant,
  )
  .option(
    "--fail-on <what,...>",
    `exit with ${Object.entries(failures)
      .map(([what, code]) => `${code} on ${what}`)
      .join(", ")}; the highest wins`,
    failureNames,
    [],
  )
  .option("--unmanaged", "also name the tasks of the project that none of these stacks holds")
  .option("--ignore <name>", "such a task to leave out, * stands for anything; may be given again", appended, [])
  .action(async (flags: ReviewFlags, command: Command) => {
    if ((flags.from === undefined) === (flags.stack.length === 0))
      command.error("error: give either --stack, once or more often, or --from");
    const idle = idleOptions(flags, command);
    if (idle.length > 0) command.error(`error: without effect ${idle.join(", ")}`);
    const { review } = await import("../review/command.js");
    process.exitCode = await review(flags);
  });

program
  .command("export")
  .description(
    "Write the scheduled tasks of a project as a program that takes them over as they are. Nothing is written to the cloud.",
  )
  .addOption(
    new Option("--format <format>", "what to write; fleet is TypeScript, import a file for pulumi import --file")
      .choices(exportFormats)
      .default("typescript" satisfies ExportFormat),
  )
  .option("--output <folder>", "where to write it, with the files of a project; standard output by default")
  .option("--filter <name>", "only tasks of this name, * stands for anything; may be given again", appended, [])
  .option("--type <taskType>", "only tasks that do this, such as STOP; may be given again", appended, [])
  .option("--marked", "also tasks whose description ends in the mark of another owner, such as [acme/prod]")
  .option("--split", "a file for each first word that names share; needs --output")
  .option("--secrets <file>", "write the extraParams that may hold a secret to this file, for pulumi config set-all")
  .option(
    "--stack <name>",
    "leave out what this stack holds, and ask where its configuration says; may be given again",
    appended,
    [],
  )
  .option("--cwd <folder>", "folder of the stacks' project", ".")
  .option("--endpoint <url>", "address of the Workspace API, where neither stack nor region says it")
  .action(async (flags: ExportFlags, command: Command) => {
    if (flags.split && flags.output === undefined) command.error("error: --split writes several files: give --output");
    if (flags.split && flags.format === "yaml")
      command.error("error: --split: Pulumi reads a program in YAML from one file");
    if (flags.secrets !== undefined && flags.format === "import")
      command.error("error: without effect with --format import: --secrets");
    const { exportTasks } = await import("../export/command.js");
    await exportTasks(flags);
  });

/** Options that were given and would do nothing, with why. */
function idleOptions({ from, unmanaged }: ReviewFlags, command: Command): string[] {
  const isGiven = (name: string): boolean => command.getOptionValueSource(name) === "cli";
  if (from === undefined) return isGiven("ignore") && !unmanaged ? ["without --unmanaged: --ignore"] : [];
  const idle = ["cwd", "save", "unmanaged", "ignore"].filter(isGiven).map((name) => `--${name}`);
  return idle.length > 0 ? [`with --from: ${idle.join(", ")}`] : [];
}

function instant(text: string): Date {
  const at = text === "now" ? new Date() : new Date(text);
  if (text !== "now" && (!/^\d{4}-\d{2}-\d{2}T/.test(text) || Number.isNaN(at.getTime())))
    throw new InvalidArgumentError("It must be now, or an instant such as 2026-11-24T04:00:00Z.");
  return at;
}

function appended(text: string, before: readonly string[]): string[] {
  return [...before, text];
}

function failureNames(text: string, before: readonly Failure[]): Failure[] {
  const names = text.split(",").map((name) => name.trim());
  const known = (name: string): name is Failure => name in failures;
  if (!names.every(known)) throw new InvalidArgumentError(`It must be of ${Object.keys(failures).join(", ")}.`);
  return [...before, ...names];
}

async function emulator(flags: EmulatorFlags): Promise<void> {
  const { startEmulator } = await import("../emulator/server.js");
  const { parseDialects } = await import("../emulator/dialects.js");
  const { close, ...ready } = await startEmulator({
    port: flags.port,
    latencyMs: flags.latency,
    requireSignature: flags.requireSignature === true,
    ...(flags.dialect !== undefined && { dialects: parseDialects(flags.dialect) }),
    ...(flags.data !== undefined && { dataFile: flags.data }),
  });
  const stop = () => close().then(() => process.exit(0));
  process.once("SIGTERM", stop).once("SIGINT", stop);
  console.log(JSON.stringify(ready));
}

function joined(text: string, before: string | undefined): string {
  return before === undefined ? text : `${before},${text}`;
}

function wholeNumberUpTo(max: number): (text: string) => number {
  return (text) => {
    if (!/^\d+$/.test(text) || Number(text) > max)
      throw new InvalidArgumentError(`It must be a whole number up to ${max}.`);
    return Number(text);
  };
}

/** What a user got wrong, or finds taken or broken, is one line and exit 1. */
program.exitOverride();
for (const command of program.commands) command.exitOverride();
program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 1);
  console.error(`error: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
});
