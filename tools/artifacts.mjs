/**
 * Builds all that a release publishes, with SHA256SUMS. Two builds of one commit are equal byte for byte, with the same
 * Node, npm and Python. docs/release.md says what each file is.
 *
 *   npm run artifacts [-- folder]
 */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { filesIn } from "./artifacts/archive.mjs";
import { packNpm } from "./artifacts/npm.mjs";
import { writePlugin } from "./artifacts/plugin.mjs";
import { writePythonSdk } from "./artifacts/python.mjs";
import { runWithProgress } from "./childProcess.mjs";
import { repository } from "./prepare.mjs";

const folder = resolve(process.argv[2] ?? join(repository, "artifacts"));
const { version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
const work = mkdtempSync(join(tmpdir(), "artifacts-"));
// A wheel keeps the modes of its files.
process.umask(0o022);
try {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await runWithProgress("artifacts: building dist/", "npm", ["run", "build"], { cwd: repository });
  packNpm(folder);
  await writePlugin(folder, version, work);
  await writePythonSdk(folder, work);
  const sums = filesIn(folder).map((name) => `${sumOf(join(folder, name))}  ${name}\n`);
  writeFileSync(join(folder, "SHA256SUMS"), sums.join(""));
  process.stdout.write(sums.join(""));
} finally {
  rmSync(work, { recursive: true, force: true });
}

function sumOf(file) {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}
