import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { userCache } from "../../tools/userCache";

const run = promisify(execFile);

export type ManagerName = "npm" | "pnpm" | "yarn classic" | "yarn with PnP" | "bun";

export interface Manager {
  /** Installs what package.json names into the folder. */
  readonly install: readonly string[];
  /** Variables of its own: in CI, some of them refuse to write a lock file. */
  readonly env: { readonly [name: string]: string };
  /** What node needs to find packages; nothing where there is a folder node_modules. */
  readonly nodeOptions?: { readonly commonJs: string; readonly esm: string };
}

const packages = { pnpm: "10.34.9", yarn: "1.22.22", "@yarnpkg/cli-dist": "4.18.1", bun: "1.4.5" };

/**
 * A package manager that is ready to be called. npm is there; the others are kept in the user's cache, where the first
 * call on a machine puts them.
 */
export async function prepareManager(name: ManagerName): Promise<Manager> {
  return name === "npm" ? { install: ["npm", "install"], env: {} } : managersIn(await downloaded())[name];
}

const managersIn = (folder: string): { readonly [N in Exclude<ManagerName, "npm">]: Manager } => {
  const script = (path: string): string[] => ["node", join(folder, "node_modules", path)];
  return {
    pnpm: { install: [...script("pnpm/bin/pnpm.cjs"), "install", "--no-frozen-lockfile"], env: {} },
    "yarn classic": { install: [...script("yarn/bin/yarn.js"), "install"], env: {} },
    "yarn with PnP": {
      install: [...script("@yarnpkg/cli-dist/bin/yarn.js"), "install"],
      env: { YARN_ENABLE_IMMUTABLE_INSTALLS: "false", YARN_ENABLE_TELEMETRY: "false" },
      nodeOptions: {
        commonJs: "--require ./.pnp.cjs",
        esm: "--require ./.pnp.cjs --experimental-loader ./.pnp.loader.mjs --no-warnings",
      },
    },
    bun: { install: [join(folder, "node_modules", "bun", "bin", "bun.exe"), "install"], env: {} },
  };
};

async function downloaded(): Promise<string> {
  const wanted = Object.entries(packages).map(([name, version]) => `${name}@${version}`);
  const folder = join(userCache(), `managers-${createHash("sha256").update(wanted.join()).digest("hex").slice(0, 12)}`);
  if (!existsSync(folder)) await installInto(folder, wanted);
  return folder;
}

/** Under a temporary name, so that an interrupted installation leaves nothing that looks whole. */
async function installInto(folder: string, wanted: readonly string[]): Promise<void> {
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    await run("npm", ["install", "--no-save", "--ignore-scripts", "--prefix", unfinished, ...wanted]);
    // Without its script, the package of bun holds no program.
    await run("node", ["install.js"], { cwd: join(unfinished, "node_modules", "bun") });
    renameSync(unfinished, folder);
  } catch (error) {
    // Another run may have been faster.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}
