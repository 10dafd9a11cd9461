#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError } from "commander";

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

/** What a user got wrong, or finds taken or broken, is one line and exit 2. */
program.exitOverride();
for (const command of program.commands) command.exitOverride();
program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2);
  console.error(`error: ${error instanceof Error ? error.message : error}`);
  process.exit(2);
});
