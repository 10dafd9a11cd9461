import { execFile } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { create } from "../provider/scheduledTaskFleet/lifecycle";
import { privateEnvironment, writeProject } from "../test/engine/project";
import { bareMs, emptied, inFlight, inputsOf, newProject, weeklyStop } from "./creates";
import { startEmulator } from "./emulatorProcess";
import { median, spread } from "./median";
import { configure, makeFleet, startPlugin } from "./pluginProcess";

const latencyMs = 20;
const runs = 5;

const tasksOf = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`task-${index}`, inputsOf(index)]));

/** The creation of a fleet in process, against a bare undici loop: the floor of the same run. */
async function inProcess(count: number): Promise<void> {
  const emulator = await startEmulator({ latencyMs });
  try {
    const ratios: number[] = [];
    for (let run = 0; run <= runs; run++) {
      const floor = await bareMs(emulator, count);
      await emptied(emulator);
      const project = newProject(emulator);
      const started = performance.now();
      await create(() => project, { tasks: tasksOf(count) });
      // The first run warms up.
      if (run > 0) ratios.push((performance.now() - started) / floor);
      await emptied(emulator);
    }
    console.log(`  in process, ${count} tasks  ${spread(ratios)} times the bare loop at ${inFlight} in flight`);
  } finally {
    await emulator.close();
  }
}

/** Fleets in the plugin's process: what a task takes, and the most memory. */
async function inPlugin(counts: readonly number[]): Promise<void> {
  const perTask: number[] = [];
  for (const count of counts) {
    const emulator = await startEmulator({ latencyMs });
    const plugin = await startPlugin();
    try {
      const { url: endpoint, region, projectId, accessKey, secretKey } = emulator;
      await configure(plugin, { endpoint, region, projectId, accessKey, secretKey });
      const started = performance.now();
      await makeFleet(plugin, tasksOf(count));
      perTask.push((performance.now() - started) / count);
      console.log(
        `  in the plugin, ${count} tasks  ${perTask.at(-1)?.toFixed(2)} ms a task, at most ${plugin.peakRss().toFixed(0)} MB RSS`,
      );
    } finally {
      await plugin.stop();
      await emulator.close();
    }
  }
  const [few = 0, many = 0] = perTask;
  console.log(`  a task of many         ${(many / few).toFixed(2)} times one of few`);
}

/** A dynamic provider that does nothing, given as text: what the engine takes for a resource each. */
const nothing = `
const { CustomResource } = require("@pulumi/pulumi");
const __provider = 'exports.handler=()=>({check:(o,n)=>({inputs:n,failures:[]}),create:async(p)=>({id:p.taskName,outs:p}),delete:async()=>{}})';
for (let index = 0; index < COUNT; index++)
  new CustomResource("pulumi-nodejs:dynamic/bench:Nothing", "task-" + index, { ...TASK, taskName: "task-" + index, __provider });
`;
const fleet = `
const { ScheduledTaskFleet } = require("pulumi-huaweicloud-workspace");
new ScheduledTaskFleet("fleet", { tasks: Object.fromEntries(Array.from({ length: COUNT }, (_, index) => ["task-" + index, TASK])) });
`;

/** Milliseconds of a whole \`pulumi up\` that creates what a plain JavaScript program declares. */
async function upMs(text: string, count: number): Promise<number> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "bench-")));
  const project = join(folder, "project");
  const emulator = await startEmulator({ latencyMs });
  try {
    const program = text.replaceAll("COUNT", String(count)).replaceAll("TASK", JSON.stringify(weeklyStop));
    writeProject(project, { program });
    const { region, projectId, accessKey, secretKey } = emulator;
    const keys = {
      HW_REGION_NAME: region,
      HW_PROJECT_ID: projectId,
      HW_ACCESS_KEY: accessKey,
      HW_SECRET_KEY: secretKey,
    };
    const env = { ...privateEnvironment(folder), ...keys };
    const pulumi = (...args: string[]) =>
      promisify(execFile)("pulumi", [...args, "--non-interactive"], { cwd: project, env, maxBuffer: 64 * 1024 * 1024 });
    await pulumi("stack", "init", "test");
    await pulumi("config", "set", "huaweicloud-workspace:endpoint", emulator.url);
    const started = performance.now();
    await pulumi("up", "--yes", "--skip-preview");
    return performance.now() - started;
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One fleet of 500 tasks against 500 resources of a provider that does nothing. */
async function throughEngine(count: number): Promise<void> {
  const times: { fleet: number; singles: number }[] = [];
  for (let run = 0; run < 3; run++)
    times.push({ fleet: await upMs(fleet, count), singles: await upMs(nothing, count) });
  console.log(`  whole up, ${count} tasks     ${median(times.map((time) => time.fleet)).toFixed(0)} ms; ${count} resources that do nothing ${median(times.map(({ singles }) => singles)).toFixed(0)} ms
  ratio                  ${spread(times.map((time) => time.fleet / time.singles))}`);
}

/** A ScheduledTaskFleet: in process, in the plugin, and as a whole \`up\`. */
export async function fleetBench(): Promise<void> {
  console.log(`fleet: ${latencyMs} ms a request`);
  await inProcess(500);
  await inPlugin([500, 5_000]);
  await throughEngine(500);
}
