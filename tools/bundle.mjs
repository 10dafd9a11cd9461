/**
 * Bundles the plugin: one file with all that it needs, so that it starts fast and installs without a package manager.
 *
 *   node tools/bundle.mjs [folder]
 */
import { readFileSync, writeFileSync } from "node:fs";
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
// Compiled code is kept between starts, which halves the time to the port.
const launcher = `#!/usr/bin/env node
require("node:module").enableCompileCache();
require("./plugin.cjs");
`;
writeFileSync(join(folder, "pulumi-resource-huaweicloud-workspace"), launcher, { mode: 0o755 });
// The classes of the plugin read their version beside them.
if (process.argv[2] === undefined) {
  const { version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
  writeFileSync(join(repository, "dist", "sdk", "plugin", "package.json"), `${JSON.stringify({ version })}\n`);
}
