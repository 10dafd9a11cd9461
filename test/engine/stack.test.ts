import { once } from "node:events";
import { existsSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createStack, type Stack } from "./stack";

const program = `
const pulumi = require("@pulumi/pulumi");
const config = new pulumi.Config();
exports.greeting = config.require("greeting");
exports.password = config.requireSecret("password");
exports.region = process.env.HW_REGION_NAME ?? "none";
`;

let stack: Stack;

beforeAll(async () => {
  process.env.HW_REGION_NAME = "of-the-outer-environment";
  stack = await createStack({ program, config: { greeting: "hello" }, secrets: { password: "hidden" } });
}, 600_000);

afterAll(() => stack.cleanup());

test("up runs the program with its config and without the outer environment", async () => {
  const { code, output } = await stack.up();
  expect(output).toContain('greeting: "hello"');
  expect(output).toContain('region  : "none"');
  expect(output).not.toContain("hidden");
  expect(code).toBe(0);
});

test("the state holds the outputs, and no resource but the stack", async () => {
  const { resources: all } = await stack.state();
  expect(all?.[0]?.outputs).toMatchObject({ greeting: "hello", region: "none" });
  expect(await stack.resources()).toEqual([]);
});

test("a changed program is previewed, and a program that fails gives its code and message", async () => {
  stack.setProgram('exports.greeting = "goodbye";');
  const preview = await stack.preview();
  expect(preview.output).toContain('"hello" => "goodbye"');
  expect(preview.code).toBe(0);

  stack.setProgram('throw new Error("no program");');
  const failed = await stack.up();
  expect(failed.output).toContain("no program");
  expect(failed.code).not.toBe(0);
});

test("a command that takes too long is stopped, and says so", async () => {
  stack.setProgram("setInterval(() => {}, 1000);");
  const { code, output } = await stack.run(["up", "--yes", "--skip-preview"], { timeoutMs: 3_000 });
  expect(output).toContain("Stopped by the test after 3000 ms.");
  expect(code).not.toBe(0);
});

test("destroy leaves an empty state", async () => {
  const { code } = await stack.destroy();
  expect(code).toBe(0);
  expect((await stack.state()).resources ?? []).toEqual([]);
});

const onLinux = process.platform === "linux" ? test : test.skip;

onLinux("cleanup ends what a killed engine leaves behind, and removes the folder", async () => {
  stack.setProgram("require('fs').writeFileSync('pid', String(process.pid)); setInterval(() => {}, 1000);");
  const pidFile = join(stack.folder, "pid");
  const engine = stack.start(["up", "--yes", "--skip-preview"]);
  const killed = once(engine, "close");
  await eventually(() => existsSync(pidFile));
  const program = Number(readFileSync(pidFile, "utf8"));
  engine.kill("SIGKILL");
  await killed;
  expect(isRunning(program)).toBe(true);

  stack.cleanup();
  await eventually(() => !isRunning(program));
  expect(existsSync(stack.folder)).toBe(false);
});

async function eventually(condition: () => boolean): Promise<void> {
  while (!condition()) await setTimeout(50);
}

/** A killed process stays in the process table until its new parent takes note, but has no working directory. */
function isRunning(pid: number): boolean {
  try {
    readlinkSync(`/proc/${pid}/cwd`);
    return true;
  } catch {
    return false;
  }
}
