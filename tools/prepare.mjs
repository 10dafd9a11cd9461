/**
 * Makes a clone ready to run: npm packages as package-lock.json names them, dist/ not older than its sources, a Pulumi
 * engine. Runs on Node 20 with nothing installed, says one line for what it does and nothing when there is nothing to do.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { runWithProgress } from "./childProcess.mjs";
import { ensureEngine } from "./engine.mjs";

export const repository = resolve(dirname(fileURLToPath(import.meta.url)), "..");

const commands = join(repository, "node_modules", ".bin");
const oldestNode = 22;

/** Installs and builds. Returns the environment in which `node` and the tools are those of the installed packages. */
export async function prepareBuild() {
  const env = environmentWith(commands);
  if (!installedAsLocked()) {
    // Not npm ci: it refuses a lock file from a registry that lacks the optional packages of other platforms.
    const args = ["install", "--no-save", "--include=dev"];
    await runWithProgress("prepare: installing npm packages", "npm", args, { cwd: repository });
  }
  checkNode();
  if (isBuildStale()) {
    await runWithProgress("prepare: building dist/", "npm", ["run", "build"], { cwd: repository, env });
  }
  return env;
}

/** `prepareBuild`, and `pulumi` with the hosts of these languages on the PATH of the environment. */
export async function prepare({ languages = ["nodejs"] } = {}) {
  await prepareBuild();
  return environmentWith(commands, await ensureEngine({ languages }));
}

function environmentWith(...folders) {
  return { ...process.env, PATH: [...folders, process.env.PATH].join(delimiter) };
}

/** npm writes down what it installed; what an optional dependency brings may be for another platform. */
function installedAsLocked() {
  const installedLock = join(repository, "node_modules", ".package-lock.json");
  if (!existsSync(installedLock)) return false;
  const locked = Object.entries(readJson(join(repository, "package-lock.json")).packages).filter(
    ([path]) => path !== "",
  );
  const { packages: installed } = readJson(installedLock);
  return locked.every(([path, { version, optional }]) =>
    path in installed ? installed[path].version === version : optional === true,
  );
}

function checkNode() {
  const node = join(commands, "node");
  const remedy = "Install scripts may be off (npm config get ignore-scripts): run `npm rebuild node`.";
  if (!existsSync(node)) throw new Error(`prepare: the npm package node brought no command ${node}. ${remedy}`);
  const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
  if (Number(/^v(\d+)/.exec(version)?.[1]) < oldestNode) {
    throw new Error(`prepare: ${node} is ${version}, but Node ${oldestNode} or newer is needed. ${remedy}`);
  }
}

/** A build writes every file of dist/, so the one that it writes last tells the age of all. */
function isBuildStale() {
  const entry = join(repository, "dist", "sdk", "plugin", "package.json");
  if (!existsSync(entry)) return true;
  const { include } = readJson(join(repository, "tsconfig.build.json"));
  const folders = new Set(include.map((path) => path.split("/")[0]));
  const sources = [
    ...["package.json", "schema.json", "tsconfig.json", "tsconfig.build.json"].map((name) => join(repository, name)),
    ...[...folders].flatMap((folder) => sourcesIn(join(repository, folder))),
  ];
  const builtAtMs = statSync(entry).mtimeMs;
  return sources.some((file) => statSync(file).mtimeMs > builtAtMs);
}

function sourcesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : sourcesIn(path);
    return /\.(ts|mjs|json)$/.test(entry.name) && !entry.name.endsWith(".test.ts") ? [path] : [];
  });
}

function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}
