import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { type Plugin, preparePlugin } from "./yaml";

let plugin: Plugin;
beforeAll(() => {
  plugin = preparePlugin();
}, 600_000);
afterAll(() => plugin?.cleanup());

async function started(engine: string): Promise<{ child: ChildProcess; stdout: () => string }> {
  const child = spawn(plugin.executable, [engine], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  await once(child.stdout ?? child, "data");
  return { child, stdout: () => text };
}

test.each(["SIGINT", "SIGTERM"] as const)(
  "stdout carries the port and nothing else, and %s ends it",
  async (signal) => {
    const { child, stdout } = await started("");
    child.kill(signal);
    const [code] = await once(child, "close");
    expect(stdout()).toMatch(/^\d+\n$/);
    expect(code).toBe(0);
  },
);

test("it ends by itself when the engine is gone", async () => {
  const engine = createServer((socket) => socket.end()).listen(0, "127.0.0.1");
  await once(engine, "listening");
  const { child } = await started(`127.0.0.1:${Object(engine.address()).port}`);
  engine.close();
  const [code] = await once(child, "close");
  expect(code).toBe(0);
});
