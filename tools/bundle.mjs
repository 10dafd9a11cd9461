/**
 * Bundles what the engine starts, each into one file with all that it needs: the plugin, which so installs without a
 * package manager, and the dynamic front, over its compiled file. Both load in a fraction of the time.
 *
 *   node tools/bundle.mjs [folder]
 */
import { readFileSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "..");
export const executable = "pulumi-resource-huaweicloud-workspace";

// Compiled code is kept between starts, which halves the time to the port.
const launcher = `#!/usr/bin/env node
require("node:module").enableCompileCache();
require("./plugin.cjs");
`;

const inOneFile = (entry, outfile) =>
  build({
    absWorkingDir: repository,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    target: "node22",
    format: "cjs",
    minify: true,
    keepNames: true,
    legalComments: "linked",
    alias: { undici: join(repository, "tools", "undici.mjs") },
    // Only channelz, which nobody asks, would load it.
    external: ["@grpc/proto-loader"],
    metafile: true,
    logLevel: "warning",
  });

/** Writes the plugin into a folder. Returns the folders of the npm packages whose code is in it. */
export async function bundle(folder) {
  const { metafile } = await inOneFile("tools/plugin.ts", join(folder, "plugin.cjs"));
  writeFileSync(join(folder, executable), launcher, { mode: 0o755 });
  const packages = Object.keys(metafile.inputs).map((path) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  return [...new Set(packages.filter(Boolean))].map((path) => join(repository, path));
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await bundle(resolve(process.argv[2] ?? join(repository, "dist", "plugin")));
  if (process.argv[2] === undefined) {
    await inOneFile("provider/fronts/dynamic.ts", join(repository, "dist", "provider", "fronts", "dynamic.js"));
    // The classes of the plugin read their version beside them.
    const { version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
    writeFileSync(join(repository, "dist", "sdk", "plugin", "package.json"), `${JSON.stringify({ version })}\n`);
  }
}
