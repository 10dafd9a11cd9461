import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "./emulatorProcess";
import { type Usage, watchDescendants } from "./processTree";
import { declared, isEdited, type Step, type Tasks } from "./steps";
import type { Subject } from "./subject";

/** What one step took once. */
export interface Sample extends Partial<Usage> {
  readonly seconds: number;
  readonly requests: number;
  /** Of the traffic with the API, both ways, heads included. */
  readonly kilobytes: number;
  /** After the creation. */
  readonly stateKilobytes?: number;
  /** What was not done. */
  readonly failure?: string;
}

export type Samples = { readonly [S in Step]?: Sample };

export interface Load {
  readonly tasks: number;
  readonly latencyMs: number;
}

/** Takes a subject through steps against an emulator of its own, which afterwards is asked whether each was done. */
export async function measureOnce(
  subject: Subject,
  { tasks: count, latencyMs }: Load,
  steps: readonly Step[],
): Promise<Samples> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "bench-")));
  const emulator = await startEmulator({ latencyMs });
  try {
    const prepared = await subject.prepare({ emulator, folder, latencyMs });
    const samples: { [S in Step]?: Sample } = {};
    for (const step of steps) {
      if (subject.isFloor && step === "repair drift of 5%") continue;
      const tasks = declared(count, step !== "create" && step !== "nothing changed" && step !== "drift check");
      if (step === "repair drift of 5%") await editInConsole(emulator);
      const sample = await sampled(emulator, subject, () => prepared.take(step, tasks));
      const failure = await undone(subject, emulator, step, tasks);
      if (failure !== undefined && !subject.mayFail) throw new Error(`${subject.name}, ${step}: ${failure}`);
      const stateBytes = step === "create" ? await prepared.stateBytes?.() : undefined;
      samples[step] = {
        ...sample,
        ...(failure !== undefined && { failure }),
        ...(stateBytes && { stateKilobytes: stateBytes / 1000 }),
      };
    }
    await prepared.close?.();
    return samples;
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function sampled(emulator: Emulator, { isInside }: Subject, take: () => Promise<void>): Promise<Sample> {
  const before = await traffic(emulator);
  const ownBefore = process.cpuUsage();
  const usageOf = watchDescendants(emulator.pid);
  const started = performance.now();
  await take();
  const seconds = (performance.now() - started) / 1000;
  const usage = usageOf();
  const own = process.cpuUsage(ownBefore);
  const after = await traffic(emulator);
  return {
    seconds,
    requests: after.requests - before.requests,
    kilobytes: (after.bytes - before.bytes) / 1000,
    ...(isInside ? { cpuSeconds: (own.user + own.system) / 1e6 } : usage),
  };
}

interface LiveTask {
  readonly id: string;
  readonly task_name: string;
  readonly scheduled_time: string;
}

const control = async <T>({ url }: Emulator, path: string, method = "GET", body?: object): Promise<T> => {
  const response = await fetch(`${url}/_emulator/${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
};

async function traffic(emulator: Emulator): Promise<{ requests: number; bytes: number }> {
  const { counts, bytes } = await control<{
    counts: { [operation: string]: number };
    bytes: { received: number; sent: number };
  }>(emulator, "requests");
  const requests = Object.values(counts).reduce((sum, one) => sum + one, 0);
  return { requests, bytes: bytes.received + bytes.sent };
}

const liveTasks = async (emulator: Emulator): Promise<LiveTask[]> =>
  (await control<{ tasks: LiveTask[] }>(emulator, "state")).tasks;

async function editInConsole(emulator: Emulator): Promise<void> {
  for (const { id, task_name } of await liveTasks(emulator))
    if (isEdited(Number(task_name.split("-").at(-1))))
      await control(emulator, `tasks/${id}`, "PATCH", { scheduled_time: "03:00:00" });
}

/** What the cloud, not the subject, says that is not as it should be after a step. */
async function undone({ isFloor }: Subject, emulator: Emulator, step: Step, tasks: Tasks): Promise<string | undefined> {
  if (isFloor) return undefined;
  const wanted = step === "destroy" ? [] : Object.values(tasks);
  const live = new Map((await liveTasks(emulator)).map((task) => [task.task_name, task.scheduled_time]));
  const wrong = wanted.filter(({ taskName, scheduledTime }) => live.get(String(taskName)) !== scheduledTime);
  return live.size === wanted.length && wrong.length === 0
    ? undefined
    : `${live.size} of ${wanted.length} tasks live, ${wrong.length} not as declared`;
}
