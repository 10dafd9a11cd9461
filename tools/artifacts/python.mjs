import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { extract } from "tar";
import { runWithProgress } from "../childProcess.mjs";
import { repository } from "../prepare.mjs";
import { preparePython } from "../pythonEnvironment.ts";
import { archive, packedAt } from "./archive.mjs";

const requirements = join(repository, "tools", "artifacts", "requirements.txt");

/** The SDK for Python as a wheel and as an sdist. */
export async function writePythonSdk(folder, work) {
  const { command, env } = await preparePython(requirements);
  const built = join(work, "python-built");
  await runWithProgress(
    "artifacts: building the Python wheel and sdist",
    command,
    ["-m", "build", "--no-isolation", "--wheel", "--sdist", "--outdir", built, copySources(join(work, "python"))],
    { env: { ...process.env, ...env, SOURCE_DATE_EPOCH: String(packedAt.getTime() / 1000) } },
  );
  for (const name of readdirSync(built)) {
    if (name.endsWith(".whl")) renameSync(join(built, name), join(folder, name));
    else await repack(join(built, name), join(folder, name), join(work, "sdist"));
  }
}

/** What was generated and no more: a build also takes up what it finds beside it, and leaves files there. */
function copySources(target) {
  const { files } = JSON.parse(readFileSync(join(repository, "sdk", "generated.json"), "utf8"));
  const sources = Object.keys(files).filter((path) => path.startsWith("python/"));
  for (const path of [...sources, "python/README.md"]) {
    const file = join(dirname(target), path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, readFileSync(join(repository, "sdk", path)));
  }
  copyFileSync(join(repository, "LICENSE"), join(target, "LICENSE"));
  return target;
}

/** setuptools writes the time and the user into an sdist. */
async function repack(sdist, target, work) {
  mkdirSync(work);
  await extract({ file: sdist, cwd: work });
  await archive(target, work);
}
