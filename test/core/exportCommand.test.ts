import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Cloud, startCloud } from "../emulated";

/** Each test starts processes, and other suites may be busy beside it. */
jest.setTimeout(60_000);

let cloud: Cloud;
let folder: string;
beforeAll(async () => {
  cloud = await startCloud({ requireSignature: true });
});
afterAll(() => cloud.stop());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "export-"));
  await cloud.reset();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

function run(args: readonly string[], hasKeys = true): Promise<Ended> {
  const { url, region, projectId, accessKey, secretKey } = cloud.emulator;
  const keys = { HW_ACCESS_KEY: accessKey, HW_SECRET_KEY: secretKey };
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    HW_REGION_NAME: region,
    HW_PROJECT_ID: projectId,
    ...(hasKeys && keys),
  };
  const cli = ["--import", "tsx", "tools/cli.ts", "export", "--endpoint", url, ...args];
  const child = spawn(process.execPath, cli, { cwd: resolve(__dirname, "../.."), env });
  const ended: Ended = { code: null, stdout: "", stderr: "" };
  child.stdout.on("data", (text) => {
    ended.stdout += text;
  });
  child.stderr.on("data", (text) => {
    ended.stderr += text;
  });
  return new Promise((done) => child.once("close", (code) => done({ ...ended, code })));
}

const make = (task_name: string, fields: object = {}) =>
  cloud.make({
    task_name,
    task_type: "STOP",
    scheduled_type: "DAY",
    day_interval: 1,
    scheduled_time: "09:00:00",
    time_zone: "Asia/Shanghai",
    ...fields,
  });
const script = { task_type: "EXECUTE_SCRIPT", extra_params: '{"script":"planted"}' };

test("the program goes to standard output, and what people should know to standard error", async () => {
  await make("stop");
  await make("theirs", { description: "[acme/lab]" });
  const { code, stdout, stderr } = await run([]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^import \{ daily, ScheduledTask \} from "pulumi-huaweicloud-workspace";\n.*\n\}\);\n$/s);
  expect(stderr).toContain(
    "huaweicloud-workspace: 1 task left out: its description ends in [acme/lab], the mark of an owner; --marked exports it.\n",
  );
  expect(stderr).toMatch(/huaweicloud-workspace: 1 task exported\.\n$/);
  expect(Object.keys(await cloud.counts()).sort()).toEqual(["ListScheduledTasks", "ShowScheduledTasks"]);
});

test.each([
  ["typescript", ["Pulumi.yaml", "index.ts", "package.json", "tsconfig.json"]],
  ["typescript-plugin", ["Pulumi.yaml", "index.ts", "package.json", "tsconfig.json"]],
  ["fleet", ["Pulumi.yaml", "index.ts", "package.json", "tsconfig.json"]],
  ["python", ["Pulumi.yaml", "__main__.py", "requirements.txt"]],
  ["go", ["Pulumi.yaml", "go.mod", "main.go"]],
  ["yaml", ["Main.yaml", "Pulumi.yaml"]],
  ["import", ["import.json"]],
])("%s is a folder that is ready to run", async (format, files) => {
  await make("stop");
  const { code } = await run(["--format", format, "--output", join(folder, "new", "one")]);
  expect([code, readdirSync(join(folder, "new", "one")).sort()]).toEqual([0, files]);
});

test("files of a project that are there already are kept", async () => {
  await make("stop");
  writeFileSync(join(folder, "Pulumi.yaml"), "mine");
  expect(await run(["--output", folder])).toMatchObject({ code: 0 });
  expect(readFileSync(join(folder, "Pulumi.yaml"), "utf8")).toBe("mine");
  expect(existsSync(join(folder, "index.ts"))).toBe(true);
});

test("no file of a program is overwritten, and then no other is written either", async () => {
  await make("patch", script);
  writeFileSync(join(folder, "index.ts"), "mine");
  const secrets = join(folder, "secrets.json");
  expect(await run(["--output", folder, "--secrets", secrets])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`error: ${join(folder, "index.ts")} is there already`),
  });
  expect(readdirSync(folder)).toEqual(["index.ts"]);
  expect(readFileSync(join(folder, "index.ts"), "utf8")).toBe("mine");
});

test("what may be secret goes into the file for it, which only its owner may read, and nowhere else", async () => {
  await make("patch", script);
  const secrets = join(folder, "secrets.json");
  const { code, stdout, stderr } = await run(["--secrets", secrets]);
  expect(code).toBe(0);
  expect(JSON.parse(readFileSync(secrets, "utf8"))).toEqual({
    "patch-extraParams": { value: '{"script":"planted"}', secret: true },
  });
  expect(statSync(secrets).mode & 0o777).toBe(0o600);
  expect(stdout).toContain('extraParams: config.requireSecret("patch-extraParams"),');
  expect(stdout + stderr).not.toContain("planted");
  const without = await run([]);
  expect(without.stderr).toContain("extraParams of 1 task may hold a secret");
  expect(without.stdout + without.stderr).not.toContain("planted");
});

test.each([
  [["--split"], "error: --split writes several files: give --output"],
  [["--split", "--output", "x", "--format", "yaml"], "error: --split: Pulumi reads a program in YAML from one file"],
  [["--format", "java"], "Allowed choices are typescript, typescript-plugin, python, go, yaml, fleet, import."],
  [["--filter", "nothing*"], "error: there is no task to export"],
])("%j ends with 1 and one line", async (args, message) => {
  await make("stop");
  const { code, stdout, stderr } = await run(args);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(message);
});

test("without credentials it says all ways to give them", async () => {
  expect(await run([], false)).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringContaining("Missing for Huawei Cloud Workspace"),
  });
});
