import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { userCache } from "./userCache";

/**
 * The path of a command that is built from a Go module, in the user's cache; the first call on a machine takes minutes.
 *
 * @param module the command's package with its version: `github.com/rhysd/actionlint/cmd/actionlint@v1.7.12`
 * @throws when there is no Go, or the module does not build
 */
export async function goCommand(module: string): Promise<string> {
  const [path = "", version] = module.split("@");
  const name = basename(path);
  const folder = join(userCache(), `${name}-${version}`);
  const command = join(folder, name);
  if (existsSync(command)) return command;
  mkdirSync(userCache(), { recursive: true });
  const unfinished = mkdtempSync(join(userCache(), `${name}-`));
  try {
    const env = { ...process.env, GOBIN: unfinished, GOFLAGS: "-trimpath", GOWORK: "off" };
    await promisify(execFile)("go", ["install", module], { env });
    renameSync(unfinished, folder);
  } catch (error) {
    // Another run may have been faster.
    if (!existsSync(command)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return command;
}
