import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { startEmulator } from "../emulator/server";
import { privateEnvironment, writeProject, yamlQuickstart } from "../test/engine/project";
import { median, spread } from "./median";

const repository = resolve(__dirname, "..");
const runs = 7;
const weeklyStop = "evening-stop";

/** The five tasks of the example in YAML, or no resource. */
function programs(): { tasks: string; none: string } {
  const tasks = yamlQuickstart().replace(/^options:\n.*\n/m, "");
  return { tasks, none: tasks.replace(/^resources:\n(?: .*\n|\n)*/m, "resources: {}\n") };
}

/** A preview of five tasks, against one of no resource in the same run; and the state of a weekly stop. */
export async function previewBench(): Promise<void> {
  execFileSync(process.execPath, [join(repository, "tools/engine.mjs"), "--languages", "nodejs,yaml"]);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "bench-")));
  const project = join(folder, "project");
  const { tasks, none } = programs();
  const emulator = await startEmulator();
  try {
    writeProject(project, { program: { folder: join(repository, "examples/yaml") } });
    const env = { ...privateEnvironment(folder), ...settingsOf(emulator) };
    const pulumi = (...args: string[]) =>
      promisify(execFile)("pulumi", [...args, "--non-interactive"], { cwd: project, env });
    await pulumi("stack", "init", "test");
    await pulumi("config", "set", "huaweicloud-workspace:endpoint", emulator.url);
    const timed = async (text: string): Promise<number> => {
      writeFileSync(join(project, "Pulumi.yaml"), text);
      const started = performance.now();
      await pulumi("preview");
      return performance.now() - started;
    };
    const times: { none: number; tasks: number }[] = [];
    for (let run = 0; run <= runs; run++) {
      const time = { none: await timed(none), tasks: await timed(tasks) };
      // The first run fills caches.
      if (run > 0) times.push(time);
    }
    await pulumi("up", "--yes", "--skip-preview");
    const { stdout } = await pulumi("stack", "export");
    const ratios = times.map((time) => time.tasks / time.none);
    console.log(`preview: five tasks in YAML, median of ${runs}
  five tasks     ${median(times.map((time) => time.tasks)).toFixed(0)} ms
  no resource    ${median(times.map((time) => time.none)).toFixed(0)} ms
  ratio          ${spread(ratios)}
  weekly stop    ${stateBytes(stdout)} bytes of state, without stackTrace and sourcePosition`);
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const settingsOf = ({ region, projectId, accessKey, secretKey }: Awaited<ReturnType<typeof startEmulator>>) => ({
  HW_REGION_NAME: region,
  HW_PROJECT_ID: projectId,
  HW_ACCESS_KEY: accessKey,
  HW_SECRET_KEY: secretKey,
});

function stateBytes(exported: string): number {
  const { deployment } = JSON.parse(exported) as { deployment: { resources: { urn: string }[] } };
  const found = deployment.resources.find(({ urn }) => urn.endsWith(`::${weeklyStop}`));
  const { stackTrace: _, sourcePosition: __, ...resource } = Object(found);
  return Buffer.byteLength(JSON.stringify(resource));
}
