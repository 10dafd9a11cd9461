import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";
import { engineFolder, privateEnvironment } from "../engine/project";

const repository = resolve(__dirname, "../..");

/** The package as it would be published, named by its content: yarn keeps a tarball by its name. */
export async function pack(folder: string): Promise<string> {
  await promisify(execFile)("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: repository });
  const [name = ""] = readdirSync(folder).filter((file) => file.endsWith(".tgz"));
  const sum = createHash("sha256")
    .update(readFileSync(join(folder, name)))
    .digest("hex")
    .slice(0, 12);
  const tarball = join(folder, name.replace(/\.tgz$/, `-${sum}.tgz`));
  renameSync(join(folder, name), tarball);
  return tarball;
}

/** What a user has who never saw this repository: node, an engine, and what was there besides. */
export function environment(work: string): NodeJS.ProcessEnv {
  const commands = join(work, "commands");
  mkdirSync(commands);
  symlinkSync(process.execPath, join(commands, "node"));
  const outer = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.startsWith(repository));
  const env = privateEnvironment(work);
  // Of the npm that runs this test.
  for (const name of Object.keys(env))
    if (/^npm_(package|lifecycle)_|^(INIT_CWD|NODE_OPTIONS)$/.test(name)) delete env[name];
  return { ...env, PATH: [commands, engineFolder(), ...outer].join(delimiter) };
}
