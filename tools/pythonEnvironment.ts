import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { userCache } from "./userCache";

const run = promisify(execFile);

/** A Python that has certain packages. */
export interface Python {
  readonly command: string;
  /** What leads the command to the packages. */
  readonly env: { readonly [name: string]: string };
  /** Runs a script to its end; returns the lines that it prints. */
  run(script: string, args?: readonly string[], input?: string): Promise<string[]>;
}

/**
 * A private Python environment in the user's cache; the first call on a machine downloads the packages.
 *
 * @param requirements a file that names them
 */
export async function preparePython(requirements: string): Promise<Python> {
  const folder = join(userCache(), `python-${await fingerprint(requirements)}`);
  if (!existsSync(folder)) await build(folder, requirements);
  // Without a command of its own, the folder holds the packages themselves, for the system's Python.
  const [command, packages] = existsSync(commandIn(folder)) ? [commandIn(folder), ""] : ["python3", folder];
  const env = { PYTHONPATH: packages, NO_PROXY: "127.0.0.1", no_proxy: "127.0.0.1" };
  return {
    command,
    env,
    async run(script, args = [], input = "") {
      const settings = { env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 };
      const running = run(command, [script, ...args], settings);
      running.child.stdin?.end(input);
      return (await running).stdout.trimEnd().split("\n");
    },
  };
}

const commandIn = (folder: string): string => join(folder, "bin", "python");

/** Of what is installed, and of the Python that it is installed for: an upgrade of either makes a new environment. */
async function fingerprint(requirements: string): Promise<string> {
  const { stdout } = await run("python3", ["--version"]).catch((cause) => {
    throw new Error("what is in Python is built and tested with Python 3.10 or newer, and python3 does not start", {
      cause,
    });
  });
  return createHash("sha256").update(stdout).update(readFileSync(requirements)).digest("hex").slice(0, 12);
}

/** Under a temporary name, so that an interrupted build leaves nothing that looks whole. */
async function build(folder: string, requirements: string): Promise<void> {
  const unfinished = `${folder}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(userCache(), { recursive: true });
  try {
    await installInto(unfinished, requirements);
    renameSync(unfinished, folder);
  } catch (error) {
    // Another run may have been faster.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

async function installInto(folder: string, requirements: string): Promise<void> {
  const install = ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "-r", requirements];
  const hasPip = await run("python3", ["-m", "venv", folder]).then(
    () => true,
    () => false,
  );
  if (hasPip) {
    await run(commandIn(folder), install);
    return;
  }
  // Some systems ship venv without ensurepip, and leave half an environment behind.
  rmSync(folder, { recursive: true, force: true });
  await run("python3", [...install, "--target", folder]);
}
