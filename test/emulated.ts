import { type EmulatorOptions, startEmulator } from "../emulator/server";

/** A task as the emulator stores it, by wire names. */
export type LiveTask = { readonly id: string; readonly [wireName: string]: unknown };

/** A request that the emulator answered. */
export interface Recorded {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body?: unknown;
}

export type Cloud = Awaited<ReturnType<typeof startCloud>>;

/** An emulator, and what a test asks of it or does behind the provider's back. */
export async function startCloud(options: EmulatorOptions = {}) {
  const emulator = await startEmulator(options);
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${emulator.url}/_emulator/${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  const requests = async () =>
    (await control("GET", "requests")) as { counts: { [name: string]: number }; requests: Recorded[] };
  let seen = 0;

  return {
    emulator,
    /** Whether the list shows a change only after a second. */
    lags: options.dialects?.lag === "one-second",
    /** The stack's configuration that leads to this emulator; secrets apart. */
    config: {
      "huaweicloud-workspace:endpoint": emulator.url,
      "huaweicloud-workspace:region": emulator.region,
      "huaweicloud-workspace:projectId": emulator.projectId,
    },
    secrets: {
      "huaweicloud-workspace:accessKey": emulator.accessKey,
      "huaweicloud-workspace:secretKey": emulator.secretKey,
    },
    control,
    tasks: async () => ((await control("GET", "state")) as { tasks: LiveTask[] }).tasks,
    task: async (name: string) =>
      ((await control("GET", "state")) as { tasks: LiveTask[] }).tasks.find((task) => task.task_name === name),
    edit: (id: string, fields: object) => control("PATCH", `tasks/${id}`, fields),
    drop: (id: string) => control("DELETE", `tasks/${id}`),
    make: async (fields: object) => ((await control("POST", "tasks", fields)) as LiveTask).id,
    counts: async () => (await requests()).counts,
    /** What was asked since the last call of this function. */
    newRequests: async () => {
      const { requests: all } = await requests();
      const fresh = all.slice(seen);
      seen = all.length;
      return fresh;
    },
    reset: async () => {
      seen = 0;
      await control("POST", "reset");
    },
    stop: () => emulator.close(),
  };
}

export const writes = (requests: readonly Recorded[]): Recorded[] => requests.filter(({ method }) => method !== "GET");
