/**
 * Checks the npm package as users get it: what it holds, how big it is, that installing it runs nothing, and that every
 * kind of import finds its code and its types.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { packNpm } from "./artifacts/npm.mjs";
import { prepareBuild, repository } from "./prepare.mjs";

const largestBytes = 1_500_000;
const manifest = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));

const needed = ["LICENSE", "README.md", "CHANGELOG.md", "package.json", "schema.json", "dist/plugin/plugin.cjs"];
const allowed = [
  /^dist\/(emulator|export|policies|provider|review|sdk|tools)\/.*\.(js|d\.ts)$/,
  // The version, which the classes of the plugin read.
  /^dist\/sdk\/plugin\/package\.json$/,
  /^policies\/pack\/(PulumiPolicy\.yaml|package\.json|index\.js)$/,
  /^dist\/plugin\/(plugin\.cjs\.LEGAL\.txt|pulumi-resource-huaweicloud-workspace)$/,
  /^dist\/provider\/fronts\/dynamic\.js\.LEGAL\.txt$/,
];

const contentProblems = ({ paths }) => [
  ...needed.filter((path) => !paths.includes(path)).map((path) => `${path} is missing`),
  ...paths
    .filter((path) => !needed.includes(path) && !allowed.some((pattern) => pattern.test(path)))
    .map((path) => `${path} is no part of it: see "files" of package.json`),
];

const sizeProblems = ({ size }) => (size > largestBytes ? [`${size} bytes are more than ${largestBytes}`] : []);

/** npm runs these by itself, and `node-gyp` for a binding.gyp, which is not allowed above. */
const scriptProblems = () =>
  ["preinstall", "install", "postinstall", "prepare"]
    .filter((name) => name in manifest.scripts)
    .map((name) => `the script "${name}" would run when it is installed`);

/** A pack has a version of its own, that of the policies in it. */
function packProblems() {
  const { version } = JSON.parse(readFileSync(join(repository, "policies", "pack", "package.json"), "utf8"));
  return version === manifest.version ? [] : [`policies/pack is of version ${version}, not of ${manifest.version}`];
}

async function publintProblems({ file }) {
  const { buffer, byteOffset, byteLength } = readFileSync(file);
  const tarball = buffer.slice(byteOffset, byteOffset + byteLength);
  const { messages, pkg } = await publint({ pack: { tarball } });
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`);
}

function typeProblems({ file }) {
  const args = [file, "--no-definitely-typed", "--format", "ascii", "--no-emoji", "--no-color"];
  const command = join(repository, "node_modules", ".bin", "attw");
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  return status === 0 ? [] : [`attw: ${error?.message ?? `${stdout}${stderr}`}`];
}

await prepareBuild();
const folder = mkdtempSync(join(tmpdir(), "package-"));
try {
  const packed = packNpm(folder);
  const checks = [contentProblems, sizeProblems, scriptProblems, packProblems, publintProblems, typeProblems];
  const problems = (await Promise.all(checks.map((check) => check(packed)))).flat();
  for (const problem of problems) console.error(`npm package: ${problem}`);
  process.exitCode = problems.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
