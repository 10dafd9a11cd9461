import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";
import { startEmulator } from "../emulator/server";
import { version } from "../package.json";
import { engineFolder, privateEnvironment, withoutPlugins, writeProject, yamlQuickstart } from "../test/engine/project";
import { median, spread } from "./median";

const repository = resolve(__dirname, "..");
const plugin = join(repository, "dist", "plugin");
const runs = 7;
const weeklyStop = "evening-stop";

/** The five tasks of the example in YAML, with the plugin that the engine has installed or the one of npm; no resource. */
function programs(): { installed: string; npm: string; none: string } {
  const npm = yamlQuickstart().replace(/^options:\n.*\n/m, "");
  const installed = withoutPlugins(npm);
  return { installed, npm, none: installed.replace(/^resources:\n(?: .*\n|\n)*/m, "resources: {}\n") };
}
type Times = { readonly [P in keyof ReturnType<typeof programs>]: number };

/** A preview of five tasks, against one of no resource in the same run; and the state of a weekly stop. */
export async function previewBench(): Promise<void> {
  execFileSync(process.execPath, [join(repository, "tools/engine.mjs"), "--languages", "nodejs,yaml"]);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "bench-")));
  const project = join(folder, "project");
  const { installed, npm, none } = programs();
  const emulator = await startEmulator();
  try {
    writeProject(project, { program: { folder: join(repository, "examples/yaml") } });
    const env = { ...privateEnvironment(folder), ...settingsOf(emulator), PATH: pathWithoutPlugin(folder) };
    const pulumi = (...args: string[]) =>
      promisify(execFile)("pulumi", [...args, "--non-interactive"], { cwd: project, env });
    await pulumi("plugin", "install", "resource", "huaweicloud-workspace", version, "--file", plugin);
    await pulumi("stack", "init", "test");
    await pulumi("config", "set", "huaweicloud-workspace:endpoint", emulator.url);
    const timed = async (text: string): Promise<number> => {
      writeFileSync(join(project, "Pulumi.yaml"), text);
      const started = performance.now();
      await pulumi("preview");
      return performance.now() - started;
    };
    const times: Times[] = [];
    for (let run = 0; run <= runs; run++) {
      const time = { none: await timed(none), installed: await timed(installed), npm: await timed(npm) };
      // The first run fills caches.
      if (run > 0) times.push(time);
    }
    await pulumi("up", "--yes", "--skip-preview");
    const { stdout } = await pulumi("stack", "export");
    const ms = (program: keyof Times) => `${median(times.map((time) => time[program])).toFixed(0)} ms`;
    const ratio = (program: keyof Times) => `ratio ${spread(times.map((time) => time[program] / time.none))}`;
    console.log(`preview: five tasks in YAML, median of ${runs}
  no resource                          ${ms("none")}
  five tasks, plugin installed         ${ms("installed")}, ${ratio("installed")}
  five tasks, plugin of node_modules   ${ms("npm")}, ${ratio("npm")}
  weekly stop    ${stateBytes(stdout)} bytes of state, without stackTrace and sourcePosition`);
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The engine prefers a plugin on PATH to one that it has installed. */
function pathWithoutPlugin(folder: string): string {
  const commands = join(folder, "commands");
  mkdirSync(commands);
  symlinkSync(process.execPath, join(commands, "node"));
  const outer = (process.env.PATH ?? "").split(delimiter).filter((one) => !one.startsWith(repository));
  return [commands, engineFolder(), ...outer].join(delimiter);
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
