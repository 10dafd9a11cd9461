import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { preparePython } from "../../tools/pythonEnvironment";
import { vendorsSdk } from "../clients/vendorsSdk";
import { type Cloud, type LiveTask, startCloud, writes } from "../emulated";
import { hasGo, languageEnvironment } from "./languages";
import { madeByHand } from "./madeByHand";
import { createStack, type Stack } from "./stack";
import { tasksIn } from "./tasks";
import { type Plugin, preparePlugin } from "./yaml";

const cli = resolve(__dirname, "../../dist/tools/cli.js");

let plugin: Plugin;
let cloud: Cloud;
let folder: string;
let live: readonly LiveTask[];

// The first time on a machine, engines are built and the vendor's SDK is downloaded.
beforeAll(async () => {
  plugin = preparePlugin(hasGo ? ["python", "go"] : ["python"]);
  cloud = await startCloud({ requireSignature: true });
  folder = mkdtempSync(join(tmpdir(), "export-"));
  const python = await preparePython(vendorsSdk("requirements.txt"));
  const { url, projectId, accessKey, secretKey } = cloud.emulator;
  const lines = madeByHand.map(({ posted, later }) => JSON.stringify([posted, later]));
  const account = JSON.stringify({ url, projectId, accessKey, secretKey });
  const ids = await python.run(vendorsSdk("make_tasks.py"), [account], lines.join("\n"));
  live = await cloud.tasks();
  expect(live.map(({ id }) => id)).toEqual(ids);
  expect(live).toHaveLength(120);
}, 1_800_000);
afterAll(async () => {
  await cloud?.stop();
  plugin?.cleanup();
  if (folder) rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => cloud.newRequests());

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** As a person calls it, who has no stack yet. */
const exported = (args: readonly string[], extra: NodeJS.ProcessEnv = {}): Promise<Ended> =>
  new Promise((done) => {
    const { url, region, projectId, accessKey, secretKey } = cloud.emulator;
    const account = { HW_REGION_NAME: region, HW_PROJECT_ID: projectId };
    const keys = { HW_ACCESS_KEY: accessKey, HW_SECRET_KEY: secretKey };
    const env = { ...process.env, ...account, ...keys, ...extra };
    const where = args.includes("--stack") ? [] : ["--endpoint", url];
    execFile(
      process.execPath,
      [cli, "export", ...where, ...args],
      { env, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => done({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });

/** A stack of an exported program, with the secrets that it asks for. */
async function stackOf(format: string, options: readonly string[]): Promise<Stack> {
  const place = mkdtempSync(join(folder, `${format}-`));
  const [program, secrets] = [join(place, "program"), join(place, "secrets.json")];
  const args = ["--format", format, "--output", program, "--secrets", secrets, ...options];
  const { code, stderr } = await exported(args);
  expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
  const { config, secrets: keys } = cloud;
  const stack = await createStack({ program: { folder: program }, config, secrets: keys, timeoutMs: 600_000 });
  const set = await stack.run(["config", "set-all", "--json", readFileSync(secrets, "utf8")]);
  expect([set.code, set.code === 0 ? "" : set.output]).toEqual([0, ""]);
  return stack;
}

/** That nothing was written, that nothing would be, and that the stack holds every task. */
async function expectTakenOver(stack: Stack, env: { [name: string]: string }, taken = live): Promise<void> {
  const quiet = await stack.run(["preview", "--refresh", "--expect-no-changes"], { env });
  expect([quiet.code, quiet.code === 0 ? "" : quiet.output]).toEqual([0, ""]);
  expect(writes(await cloud.newRequests())).toEqual([]);
  expect(await cloud.tasks()).toEqual(live);
  const held = tasksIn(await stack.state()).map(({ id }) => id);
  expect(held.sort()).toEqual(taken.map(({ id }) => id).sort());
}

const sales = () => live.filter(({ task_name: name }) => String(name).startsWith("sales-"));
const all = () => live;
const programs = [
  { format: "typescript", language: "TypeScript", options: ["--split"], taken: all },
  { format: "typescript-plugin", language: "TypeScript", options: [], taken: all },
  { format: "fleet", language: "TypeScript", options: ["--split"], taken: all },
  { format: "yaml", language: "YAML", options: [], taken: all },
  { format: "python", language: "Python", options: [], taken: all },
  { format: "go", language: "Go", options: ["--split"], taken: all },
  { format: "typescript", language: "TypeScript", options: ["--filter", "sales-*"], taken: sales },
  { format: "fleet", language: "TypeScript", options: ["--filter", "sales-*"], taken: sales },
  { format: "python", language: "Python", options: ["--filter", "sales-*", "--split"], taken: sales },
  { format: "go", language: "Go", options: ["--filter", "sales-*"], taken: sales },
].filter(({ language }) => language !== "Go" || hasGo);

test.each(programs)(
  "tasks made by the vendor's SDK are taken over by a program: $format $options",
  async ({ format, language, options, taken }) => {
    const stack = await stackOf(format, options);
    try {
      const env = await languageEnvironment(language, stack.folder);
      const up = await stack.run(["up", "--yes", "--skip-preview"], { env });
      expect([up.code, up.code === 0 ? "" : up.output]).toEqual([0, ""]);
      await expectTakenOver(stack, env, taken());
      expect((await stack.run(["stack", "export"])).output).not.toContain("planted");
      if (taken === all) return;
      removeAdoption(stack.folder);
      await expectTakenOver(stack, env, taken());
      const rest = await exported(["--stack", "test", "--cwd", stack.folder, "--format", "import"], stack.env);
      expect(rest.stderr).toContain(`${taken().length} tasks left out: stacks hold them already.`);
      const named = (JSON.parse(rest.stdout) as { resources: { id: string }[] }).resources;
      expect(named.map(({ id }) => id).sort()).toEqual(without(taken()));
    } finally {
      stack.cleanup();
    }
  },
  1_200_000,
);

const without = (taken: readonly LiveTask[]): string[] =>
  live
    .filter((task) => !taken.includes(task))
    .map(({ id }) => id)
    .sort();

/** What the head of each program says may be done then. */
function removeAdoption(project: string): void {
  for (const file of readdirSync(project).filter((name) => /\.(ts|py|go)$/.test(name))) {
    const text = readFileSync(join(project, file), "utf8");
    writeFileSync(join(project, file), text.replace(/^\s*adopt_?task_?id *[:=].*\n/gim, ""));
  }
}

test("what is exported for a stack joins its program, with names and keys of its own", async () => {
  const stack = await stackOf("fleet", ["--filter", "*v1*", "--filter", "patch"]);
  try {
    expect((await stack.run(["up", "--yes", "--skip-preview"])).code).toBe(0);
    const [more, secrets] = [join(stack.folder, "more"), join(folder, "more.json")];
    const args = [
      "--stack",
      "test",
      "--cwd",
      stack.folder,
      "--format",
      "fleet",
      "--output",
      more,
      "--secrets",
      secrets,
    ];
    const { code, stderr } = await exported(args, stack.env);
    expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
    const file = join(stack.folder, "index.ts");
    renameSync(join(more, "index.ts"), join(stack.folder, "more.ts"));
    writeFileSync(file, `import "./more";\n${readFileSync(file, "utf8")}`);
    const before = (await stack.run(["config", "--show-secrets", "--json"])).stdout;
    const set = await stack.run(["config", "set-all", "--json", readFileSync(secrets, "utf8")]);
    expect([set.code, set.code === 0 ? "" : set.output]).toEqual([0, ""]);
    expect(JSON.parse((await stack.run(["config", "--show-secrets", "--json"])).stdout)).toMatchObject(
      JSON.parse(before),
    );
    const up = await stack.run(["up", "--yes", "--skip-preview"]);
    expect([up.code, up.code === 0 ? "" : up.output]).toEqual([0, ""]);
    await expectTakenOver(stack, {});
  } finally {
    stack.cleanup();
  }
}, 600_000);

test("the bulk import file brings them into a stack, whose program is exported beside it", async () => {
  const stack = await stackOf("yaml", []);
  try {
    const { stdout } = await exported(["--format", "import"]);
    writeFileSync(join(stack.folder, "import.json"), stdout);
    const args = ["import", "--file", "import.json", "--yes", "--protect=false"];
    const imported = await stack.run([...args, "--generate-code=false"]);
    expect([imported.code, imported.code === 0 ? "" : imported.output]).toEqual([0, ""]);
    await expectTakenOver(stack, {});
  } finally {
    stack.cleanup();
  }
}, 600_000);
