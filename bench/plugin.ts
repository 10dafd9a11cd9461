import { spawn } from "node:child_process";
import { once } from "node:events";
import { timed, weeklyStop } from "./creates";
import { startEmulator } from "./emulatorProcess";
import { median, spread } from "./median";
import { configure, make, startPlugin } from "./pluginProcess";

const tasks = 500;
/** As many as the engine has in flight with --parallel 64. */
const inFlight = 44;
const starts = 10;

/** A node that does nothing: the floor of the same run. */
async function bareMs(): Promise<number> {
  const started = performance.now();
  await once(spawn("node", ["-e", "console.log(0)"], { stdio: ["ignore", "pipe", "inherit"] }).stdout, "data");
  return performance.now() - started;
}

async function startTimes(): Promise<{ plugin: number; bare: number }[]> {
  const times: { plugin: number; bare: number }[] = [];
  // The first start fills the cache of compiled code.
  for (let run = 0; run <= starts; run++) {
    const bare = await bareMs();
    const plugin = await startPlugin();
    if (run > 0) times.push({ plugin: plugin.startMs, bare });
    await plugin.stop();
  }
  return times;
}

/** The process that an engine starts: its start, and its memory after 500 tasks were made. */
export async function pluginBench(): Promise<void> {
  const times = await startTimes();
  const emulator = await startEmulator({ latencyMs: 20 });
  const plugin = await startPlugin();
  try {
    const { url: endpoint, region, projectId, accessKey, secretKey } = emulator;
    await configure(plugin, { endpoint, region, projectId, accessKey, secretKey });
    const idle = plugin.rss();
    await timed(tasks, inFlight, (index) => make(plugin, `task-${index}`, weeklyStop));
    const ms = times.map((time) => time.plugin);
    const ratios = times.map((time) => time.plugin / time.bare);
    console.log(`plugin: ${tasks} tasks made, ${inFlight} in flight
  start to port  ${median(ms).toFixed(0)} ms, median of ${starts} (${Math.min(...ms).toFixed(0)} to ${Math.max(...ms).toFixed(0)}); ${spread(ratios)} times a bare node
  memory         ${plugin.rss().toFixed(0)} MB RSS after them, ${idle.toFixed(0)} MB before
  CPU            ${plugin.cpu().toFixed(1)} s`);
  } finally {
    await plugin.stop();
    await emulator.close();
  }
}
