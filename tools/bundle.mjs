/**
 * Bundles the plugin: one file with all that it needs, so that it starts fast and installs without a package manager.
 *
 *   node tools/bundle.mjs [folder]
 */
import { writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const folder = resolve(process.argv[2] ?? join(repository, "dist", "plugin"));

await build({
  entryPoints: [join(repository, "tools", "plugin.ts")],
  outfile: join(folder, "plugin.cjs"),
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
  logLevel: "warning",
});
/**
 * The engine keeps one such process for each provider, and it waits for the cloud most of its time: memory is worth more
 * than speed. Without these it takes 130 MB for 500 tasks instead of 80, and a fifth less CPU.
 */
const flags = [
  "--optimize-for-size",
  "--no-opt",
  "--liftoff-only",
  "--semi-space-growth-factor=1",
  "--heap-growing-percent=15",
  "--compact-on-every-full-gc",
];
// Compiled code is kept between starts, which halves the time to the port.
const launcher = `#!/usr/bin/env node
for (const flag of ${JSON.stringify(flags)}) require("node:v8").setFlagsFromString(flag);
require("node:module").enableCompileCache();
require("./plugin.cjs");
`;
writeFileSync(join(folder, "pulumi-resource-huaweicloud-workspace"), launcher, { mode: 0o755 });
