import { Agent } from "undici";
import { startEmulator } from "../emulator/server";
import { ScheduledTasksApi } from "../provider/cloud/scheduledTasksApi";
import { TaskList } from "../provider/cloud/taskList";
import { transport } from "../provider/cloud/transport";
import { create } from "../provider/scheduledTask/create";
import { Creations } from "../provider/scheduledTask/creations";
import { createBody } from "../provider/scheduledTask/diff";
import type { Inputs } from "../provider/scheduledTask/fields";
import type { Project } from "../provider/scheduledTask/lifecycle";
import { median } from "./median";

const tasks = 500;
const inFlight = 50;
const latencyMs = 20;
const runs = 7;

const inputsOf = (index: number): Inputs => ({
  taskName: `task-${index}`,
  taskType: "STOP",
  scheduledType: "WEEK",
  weekList: ["MON", "FRI"],
  scheduledTime: "19:30",
  timeZone: "Asia/Shanghai",
  applyObjects: [{ objectType: "DESKTOP_POOL", objectId: "pool-sales" }],
  enable: true,
});

async function timed(step: (index: number) => Promise<unknown>): Promise<number> {
  const started = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < tasks) await step(next++);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return performance.now() - started;
}

/** Creates in process, against a bare undici loop that sends the same bodies: the floor of the same run. */
export async function clientBench(): Promise<void> {
  const emulator = await startEmulator({ latencyMs });
  const { url, projectId, accessKey, secretKey } = emulator;
  const reset = () => fetch(`${url}/_emulator/reset`, { method: "POST" });
  const pool = new Agent({ connections: inFlight });
  const path = `/v2/${projectId}/scheduled-tasks`;
  const bare = async (index: number): Promise<void> => {
    const body = JSON.stringify(createBody(inputsOf(index)));
    const headers = { "content-type": "application/json" };
    const response = await pool.request({ origin: url, path, method: "POST", body, headers });
    if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}: ${await response.body.text()}`);
    await response.body.json();
  };
  const ours = (): ((index: number) => Promise<unknown>) => {
    const api = new ScheduledTasksApi(transport({ endpoint: url, projectId }, { keys: { accessKey, secretKey } }), {
      engineRuns: async () => true,
      tell: () => {},
    });
    const project: Project = {
      api,
      list: new TaskList(api),
      onConflict: "warn",
      onExisting: "error",
      say: () => {},
      seen: new Map(),
      held: new Map(),
      gone: new Set(),
      learned: {},
      creations: new Creations(),
    };
    return (index) => create(project, inputsOf(index));
  };
  try {
    const times: { floor: number; provider: number }[] = [];
    for (let run = 0; run <= runs; run++) {
      const floor = await timed(bare);
      await reset();
      const provider = await timed(ours());
      await reset();
      // The first run warms up.
      if (run > 0) times.push({ floor, provider });
    }
    const ratios = times.map(({ floor, provider }) => provider / floor);
    console.log(`client: ${tasks} creates, ${latencyMs} ms each, ${inFlight} in flight, median of ${runs} runs
  bare undici loop  ${median(times.map(({ floor }) => floor)).toFixed(0)} ms
  provider          ${median(times.map(({ provider }) => provider)).toFixed(0)} ms
  ratio             ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`);
  } finally {
    await pool.close();
    await emulator.close();
  }
}
