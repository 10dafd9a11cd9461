import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { send } from "./fixtures/session";

const root = join(__dirname, "..");
const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

function cli(...args: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", "tools/cli.ts", ...args], { cwd: root });
  running.push(child);
  let errors = "";
  child.stderr.on("data", (text) => {
    errors += text;
  });
  return {
    child,
    ready: once(createInterface(child.stdout), "line").then(([line]) => JSON.parse(line)),
    exit: once(child, "close").then(([code]) => ({ code, errors })),
  };
}

test("the first line is the ready line, and the emulator answers there", async () => {
  const { ready } = cli("emulator", "--port", "0", "--dialect", "missing=400", "--dialect", "born=disabled");
  const line = await ready;
  expect(Object.keys(line)).toEqual(["url", "projectId", "region", "accessKey", "secretKey"]);
  const { body } = await send(`${line.url}/v2/${line.projectId}/scheduled-tasks/x`, "GET");
  expect(body.error_code).toBe("WKS.00170400");
  expect((await send(`${line.url}/_emulator/dialects`, "PUT", {})).body).toMatchObject({ born: "disabled" });
});

test.each(["SIGTERM", "SIGINT"] as const)("%s ends it at once with 0, open connections or not", async (signal) => {
  const { child, ready, exit } = cli("emulator", "--latency", "60000");
  const { url, projectId } = await ready;
  const waiting = send(`${url}/v2/${projectId}/scheduled-tasks/x`, "GET").catch((error: Error) => error.message);
  await send(`${url}/_emulator/state`, "GET");
  const start = performance.now();
  child.kill(signal);
  expect((await exit).code).toBe(0);
  expect(performance.now() - start).toBeLessThan(5000);
  expect(await waiting).toBe("fetch failed");
});

test("signatures are required on demand", async () => {
  const { url, projectId } = await cli("emulator", "--require-signature").ready;
  expect((await send(`${url}/v2/${projectId}/scheduled-tasks/x`, "GET")).status).toBe(401);
});

test("tasks are kept in the data file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "emulator-"));
  try {
    const file = join(folder, "tasks.json");
    const first = cli("emulator", "--data", file);
    const task = { task_name: "kept", task_type: "STOP", scheduled_type: "DAY" };
    await send(`${(await first.ready).url}/_emulator/tasks`, "POST", task);
    first.child.kill("SIGTERM");
    await first.exit;
    const { url } = await cli("emulator", "--data", file).ready;
    expect((await send(`${url}/_emulator/state`, "GET")).body.tasks).toMatchObject([task]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([
  [
    ["emulator", "--port", "http"],
    "error: option '--port <number>' argument 'http' is invalid. It must be a whole number up to 65535.",
  ],
  [["emulator", "--port", "65536"], "It must be a whole number up to 65535."],
  [["emulator", "--latency", "-1"], "It must be a whole number up to 600000."],
  [["emulator", "--dialect", "clear=no"], 'error: dialect "clear" cannot be "no"; allowed are clears, ignored'],
  [["emulator", "--host", "0.0.0.0"], "error: unknown option '--host'"],
  [["emulator", "extra"], "error: too many arguments for 'emulator'"],
  [["emulater"], "error: unknown command 'emulater'"],
])("%p exits 1 and says why", async (args, message) => {
  const { code, errors } = await cli(...args).exit;
  expect(errors).toContain(message);
  expect(code).toBe(1);
});
