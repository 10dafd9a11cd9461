import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { errorText } from "../../review/stack";
import { type Cloud, startCloud } from "../emulated";

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
  ["typescript", [".gitignore", "Pulumi.yaml", "index.ts", "package.json", "tsconfig.json"]],
  ["typescript-plugin", [".gitignore", "Pulumi.yaml", "index.ts", "package.json", "tsconfig.json"]],
  ["fleet", [".gitignore", "Pulumi.yaml", "index.ts", "package.json", "tsconfig.json"]],
  ["python", [".gitignore", "Pulumi.yaml", "__main__.py", "package.json", "requirements.txt"]],
  ["go", [".gitignore", "Pulumi.yaml", "go.mod", "main.go", "package.json"]],
  ["yaml", [".gitignore", "Main.yaml", "Pulumi.yaml", "package.json"]],
  ["import", ["import.json"]],
])("%s is a folder that is ready to run", async (format, files) => {
  await make("stop");
  const { code } = await run(["--format", format, "--output", join(folder, "new", "one")]);
  expect([code, readdirSync(join(folder, "new", "one")).sort()]).toEqual([0, files]);
  for (const file of files) expect(readFileSync(join(folder, "new", "one", file), "utf8")).not.toMatch(/[ \t]$/m);
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
    stderr: `error: ${join(folder, "index.ts")} is there already: give another place, or move it\n`,
  });
  expect(readdirSync(folder)).toEqual(["index.ts"]);
  expect(readFileSync(join(folder, "index.ts"), "utf8")).toBe("mine");
});

test.each([
  ["in a file", ["taken", "secrets.json"], /taken is no folder: give another place\n$/],
  ["a file of the program", ["new", "index.ts"], /index\.ts is there already: give another place, or move it\n$/],
])("nothing is written when the place of the secrets is %s", async (_, place, message) => {
  await make("patch", script);
  writeFileSync(join(folder, "taken"), "mine");
  const { code, stderr } = await run(["--output", join(folder, "new"), "--secrets", join(folder, ...place)]);
  expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
  expect(readdirSync(folder)).toEqual(["taken"]);
});

test("a folder is written only with the secrets that its program needs", async () => {
  await make("patch", script);
  const output = join(folder, "new");
  const { code, stderr } = await run(["--output", output]);
  expect([code, stderr]).toEqual([
    1,
    "error: extraParams of 1 task may hold a secret, so the program reads them from the configuration of its stack: give --secrets FILE too, for their values. Nothing was written\n",
  ]);
  expect(readdirSync(folder)).toEqual([]);
  expect(await run(["--output", output, "--secrets", join(folder, "secrets.json")])).toMatchObject({ code: 0 });
});

test("the command for the secrets can be copied to any folder", async () => {
  await make("patch", script);
  const secrets = join(folder, "it's here", "secrets.json");
  const { stderr } = await run(["--secrets", secrets]);
  const [, shown = ""] = /pulumi config set-all --json ("\$\(cat .*\)"), then delete /.exec(stderr) ?? [];
  const text = execFileSync("sh", ["-c", `printf %s ${shown}`], { cwd: "/", encoding: "utf8" });
  expect(JSON.parse(text)).toEqual({ "patch-extraParams": { value: '{"script":"planted"}', secret: true } });
});

test("without a secret the file for them holds none, so that what reads it goes on", async () => {
  await make("stop");
  const secrets = join(folder, "secrets.json");
  const { stderr } = await run(["--secrets", secrets]);
  expect(readFileSync(secrets, "utf8")).toBe("{}\n");
  expect(stderr).toContain(`huaweicloud-workspace: no extraParams may hold a secret: ${secrets} holds none.\n`);
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
  [["--format", "import", "--secrets", "x"], "error: without effect with --format import: --secrets"],
  [["--filter", "nothing*"], "error: there is no task to export"],
  [["--type", "stop"], 'error: no task does "stop": --type is one of CREATE_SNAPSHOT, '],
])("%j ends with 1 and one line", async (args, message) => {
  await make("stop");
  const { code, stdout, stderr } = await run(args);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(message);
});

test("of a command of the engine that fails, what it said is left", () => {
  const said = "Command failed with exit code 6: pulumi stack select\nerror: no stack named 'nope' found";
  const error = new Error(`code: -2\n stdout: \n stderr: ${said}\n err?: Error: ${said}\n`);
  expect(errorText(error)).toBe("no stack named 'nope' found");
  expect(errorText(new Error("code: 1\n stdout: \n stderr: error: it is\n"))).toBe("error: it is");
  expect(errorText(new Error("other"))).toBe("other");
});

test("without credentials it says all ways to give them", async () => {
  expect(await run([], false)).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringContaining("Missing for Huawei Cloud Workspace"),
  });
});
