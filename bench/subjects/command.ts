import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Longer than any command that is measured. */
const LIMIT_MS = 30 * 60_000;

/** Runs a command to its end. Rejects, with the end of what it printed, when it fails. */
export async function command(file: string, args: readonly string[], cwd: string, env = process.env): Promise<string> {
  try {
    const options = { cwd, env, timeout: LIMIT_MS, maxBuffer: 1024 * 1024 * 1024 };
    return (await promisify(execFile)(file, args, options)).stdout;
  } catch (error) {
    const { code, stdout = "", stderr = "" } = error as { code?: unknown; stdout?: string; stderr?: string };
    const printed = `${stdout}\n${stderr}`.trim().slice(-2_000);
    throw new Error(`${file} ${args.join(" ")}: ended with ${code}\n${printed}`, { cause: error });
  }
}
