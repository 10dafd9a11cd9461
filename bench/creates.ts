import { Agent } from "undici";
import { ScheduledTasksApi } from "../provider/cloud/scheduledTasksApi";
import { TaskList } from "../provider/cloud/taskList";
import { type Transport, transport } from "../provider/cloud/transport";
import { Creations } from "../provider/scheduledTask/creations";
import { createBody } from "../provider/scheduledTask/diff";
import type { Inputs } from "../provider/scheduledTask/fields";
import type { Project } from "../provider/scheduledTask/lifecycle";
import type { Emulator } from "./emulatorProcess";

/** As many requests as the provider has in flight. */
export const inFlight = 50;

export const weeklyStop = {
  taskType: "STOP",
  scheduledType: "WEEK",
  weekList: ["MON", "FRI"],
  scheduledTime: "19:30",
  timeZone: "Asia/Shanghai",
  applyObjects: [{ objectType: "DESKTOP_POOL", objectId: "pool-sales" }],
} satisfies Inputs;

export const inputsOf = (index: number): Inputs => ({ ...weeklyStop, taskName: `task-${index}`, enable: true });

/** Milliseconds that steps take, `workers` of them at a time. */
export async function timed(
  count: number,
  workers: number,
  step: (index: number) => Promise<unknown>,
): Promise<number> {
  const started = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await step(next++);
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return performance.now() - started;
}

/** The floor: undici alone, which sends the same bodies as often at a time. Returns milliseconds. */
export async function bareMs({ url, projectId }: Emulator, count: number): Promise<number> {
  const pool = new Agent({ connections: inFlight });
  const path = `/v2/${projectId}/scheduled-tasks`;
  const headers = { "content-type": "application/json" };
  try {
    return await timed(count, inFlight, async (index) => {
      const body = JSON.stringify(createBody(inputsOf(index)));
      const response = await pool.request({ origin: url, path, method: "POST", body, headers });
      if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}: ${await response.body.text()}`);
      await response.body.json();
    });
  } finally {
    await pool.close();
  }
}

/** What a process of the provider knows at its start. */
export const newProject = ({ url, projectId, accessKey, secretKey }: Emulator): Project =>
  projectThrough(transport({ endpoint: url, projectId }, { keys: { accessKey, secretKey } }));

/** The same, with requests that go this way. */
export function projectThrough(way: Transport): Project {
  const api = new ScheduledTasksApi(way, { engineRuns: async () => true, tell: () => {} });
  return {
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
}

/** Without the tasks of the run before. */
export const emptied = async ({ url }: Emulator): Promise<void> => {
  await fetch(`${url}/_emulator/reset`, { method: "POST" });
};

/** The most requests that the emulator had to answer at a time since it was emptied. */
export async function mostInFlight({ url }: Emulator): Promise<number> {
  const { maxInFlight } = (await (await fetch(`${url}/_emulator/requests`)).json()) as { maxInFlight: number };
  return maxInFlight;
}
