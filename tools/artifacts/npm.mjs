import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { repository } from "../prepare.mjs";

/** Packs dist/ as it is. Returns the file, its size in bytes and the paths of what it holds. */
export function packNpm(folder) {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const stdio = ["ignore", "pipe", "pipe"];
  const [{ filename, size, files }] = JSON.parse(execFileSync("npm", args, { cwd: repository, stdio }));
  return { file: join(folder, filename), size, paths: files.map(({ path }) => path) };
}
