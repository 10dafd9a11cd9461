import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { userCache } from "../../tools/userCache";

const run = promisify(execFile);

/** What each of them is called with is npm's, apart from where it lies. */
export interface Manager {
  readonly name: string;
  /** Installs what package.json names into the folder. */
  readonly install: readonly string[];
  /** Variables of its own: in CI, some of them refuse to write a lock file. */
  readonly env: { readonly [name: string]: string };
  /** What node needs to find packages; nothing where there is a folder node_modules. */
  readonly nodeOptions?: { readonly commonJs: string; readonly esm: string };
}

const packages = { pnpm: "10.34.9", yarn: "1.22.22", "@yarnpkg/cli-dist": "4.18.1", bun: "1.4.5" };

/** All but npm, in the user's cache; the first call on a machine downloads them. */
export async function prepareManagers(): Promise<readonly Manager[]> {
  const wanted = Object.entries(packages).map(([name, version]) => `${name}@${version}`);
  const folder = join(userCache(), `managers-${createHash("sha256").update(wanted.join()).digest("hex").slice(0, 12)}`);
  if (!existsSync(folder)) await installInto(folder, wanted);
  const script = (path: string): string[] => ["node", join(folder, "node_modules", path)];
  return [
    { name: "npm", install: ["npm", "install"], env: {} },
    { name: "pnpm", install: [...script("pnpm/bin/pnpm.cjs"), "install", "--no-frozen-lockfile"], env: {} },
    { name: "yarn classic", install: [...script("yarn/bin/yarn.js"), "install"], env: {} },
    {
      name: "yarn with PnP",
      install: [...script("@yarnpkg/cli-dist/bin/yarn.js"), "install"],
      env: { YARN_ENABLE_IMMUTABLE_INSTALLS: "false", YARN_ENABLE_TELEMETRY: "false" },
      nodeOptions: {
        commonJs: "--require ./.pnp.cjs",
        esm: "--require ./.pnp.cjs --experimental-loader ./.pnp.loader.mjs --no-warnings",
      },
    },
    { name: "bun", install: [join(folder, "node_modules", "bun", "bin", "bun.exe"), "install"], env: {} },
  ];
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
