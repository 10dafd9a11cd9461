import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

/** Where an emulator is, and who may ask it. */
export interface Emulator {
  readonly url: string;
  readonly region: string;
  readonly projectId: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** Of its process. */
  readonly pid: number;
  close(): Promise<void>;
}

/** The built emulator in a process of its own, so that what it takes is not taken from the one that is measured. */
export async function startEmulator({ latencyMs = 0 }: { latencyMs?: number } = {}): Promise<Emulator> {
  const cli = resolve(__dirname, "../dist/tools/cli.js");
  const child = spawn(process.execPath, [cli, "emulator", "--latency", String(latencyMs)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [first] = await once(child.stdout, "data");
  const settings = JSON.parse(String(first).split("\n")[0] ?? "") as Omit<Emulator, "close" | "pid">;
  return {
    ...settings,
    pid: child.pid ?? 0,
    async close() {
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}
