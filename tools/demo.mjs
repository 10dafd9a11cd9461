/**
 * The story of the product in a terminal, from a fresh clone: the quickstart is previewed, deployed, changed, altered
 * behind its back, repaired and destroyed, by a real Pulumi engine against the emulator. Each step is checked by asking
 * the emulator; the exit code is 0 only if all did what they say. Nothing is left running or lying about.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { spawnGroup } from "./childProcess.mjs";
import { prepare, repository } from "./prepare.mjs";

const emulatorStartMs = 10_000;
const commandMs = 90_000;
const quickstart = join("examples", "quickstart", "index.ts");
const taskNames = ["Test task", "evening-stop", "hibernate-when-left", "monthly-patch", "nightly-snapshot"];
const [earlier, later] = ['at: "18:00"', 'at: "19:30"'];

const isTerminal = process.stdout.isTTY === true;
const inColour = (code) => (text) => (isTerminal && !process.env.NO_COLOR ? `\x1b[${code}m${text}\x1b[0m` : text);
const [bold, dim, red, green, yellow] = [1, 2, 31, 32, 33].map(inColour);
const colourOfMark = { "+": green, "~": yellow, "-": red };

/** Each step returns the fact that it has made sure of, mostly by asking the emulator. */
const story = [
  {
    title: "A cloud on this machine",
    text: [
      "An emulator of the Workspace API, which refuses requests without a valid signature,",
      "and a copy of examples/quickstart with a stack of its own.",
    ],
    async run({ emulator }) {
      assert.deepEqual(await emulator.tasks(), []);
      return `It listens on ${emulator.url} and holds no task.`;
    },
  },
  {
    title: "Preview",
    text: ["Five tasks are checked and announced; the sixth resource is the stack itself."],
    async run({ emulator, pulumi }) {
      const lines = await pulumi("preview");
      const announced = lines.filter((line) => /^ \+ {2}\S+ create$/.test(line));
      quote([...announced.sort(), ...summaryOf(lines)]);
      assert.equal(announced.length, taskNames.length);
      assert.deepEqual(await emulator.newRequests(), []);
      assert.deepEqual(await emulator.tasks(), []);
      return "The emulator was asked for nothing, and holds no task.";
    },
  },
  {
    title: "Create",
    text: [
      "One POST a task. What the API takes only by PUT follows at once:",
      "a priority, gray mode, and that a task is disabled.",
    ],
    async run({ emulator, pulumi }) {
      const lines = await pulumi("up", "--yes", "--skip-preview");
      const created = lines.filter((line) => / created \(/.test(line) && !/:Stack/.test(line));
      quote([...created.sort(), ...summaryOf(lines)]);
      const tasks = await emulator.tasks();
      assert.deepEqual(tasks.map(({ task_name: name }) => name).sort(), taskNames);
      const writes = await emulator.newWrites();
      const count = (wanted) => writes.filter(({ method }) => method === wanted).length;
      return `The emulator holds these ${tasks.length} tasks, made by ${count("POST")} POST and ${count("PUT")} PUT.`;
    },
  },
  {
    title: "Change one field in the program",
    text: ["The sales pool is to stop at 18:00 instead of 19:30."],
    async run({ emulator, pulumi, program }) {
      const text = program.read();
      assert.ok(text.includes(later), `${quickstart} no longer holds ${later}`);
      program.write(text.replace(later, earlier));
      const line = text.split("\n").find((candidate) => candidate.includes(later));
      quote([`-${line}`, `+${line.replace(later, earlier)}`]);
      const lines = await pulumi("up", "--yes", "--skip-preview");
      quote([...lines.filter((candidate) => / updated \(/.test(candidate)), ...summaryOf(lines)]);
      assert.equal((await emulator.task("evening-stop")).scheduled_time, "18:00:00");
      const body = await theOnlyPut(emulator);
      assert.deepEqual(body, { scheduled_time: "18:00:00" });
      return "One PUT, with the changed field and nothing else; the emulator holds the new time.";
    },
  },
  {
    title: "Meanwhile, in the console",
    text: ["Somebody switches evening-stop off. Pulumi does not know."],
    async run({ emulator }) {
      const { id } = await emulator.task("evening-stop");
      await emulator.edit(id, { enable: false });
      assert.equal((await emulator.task("evening-stop")).enable, false);
      return 'The emulator holds "enable": false, so the pool would run all night.';
    },
  },
  {
    title: "See it",
    text: ["A preview that reads the cloud: first what it found there, then what `up` would do."],
    async run({ emulator, pulumi }) {
      const lines = await pulumi("preview", "--refresh", "--diff");
      const start = lines.findIndex((line) => /evening-stop \(refresh\)/.test(line));
      const block = lines.slice(start, lines.indexOf("Resources:")).filter((line) => !/:Stack|::|--outputs/.test(line));
      quote([...block.filter(Boolean).map((line) => line.replace(/^ {4}/, "")), ...summaryOf(lines)]);
      const marked = lines.flatMap((line) => /^\s*[~+-] ([\w[\]]+)\s*: /.exec(line)?.[1] ?? []);
      assert.deepEqual([...new Set(marked)], ["enable"]);
      assert.deepEqual(await emulator.newWrites(), []);
      return "enable is the only field marked, and nothing was written.";
    },
  },
  {
    title: "Repair it",
    text: ["The program says that the task runs, so it runs."],
    async run({ emulator, pulumi }) {
      const lines = await pulumi("up", "--yes", "--skip-preview");
      quote([...lines.filter((line) => / updated \(/.test(line)), ...summaryOf(lines)]);
      assert.deepEqual(await theOnlyPut(emulator), { enable: true });
      assert.equal((await emulator.task("evening-stop")).enable, true);
      return "One PUT again; the emulator holds a task that runs.";
    },
  },
  {
    title: "Destroy",
    text: ["The stack and its five tasks go."],
    async run({ emulator, pulumi }) {
      quote(summaryOf(await pulumi("destroy", "--yes", "--skip-preview")));
      assert.deepEqual(await emulator.tasks(), []);
      return "The emulator holds no task.";
    },
  },
];

const summaryOf = (lines) => {
  const start = lines.indexOf("Resources:");
  return start < 0 ? [] : lines.slice(start, lines.indexOf("", start));
};

async function theOnlyPut(emulator) {
  const writes = await emulator.newWrites();
  say("     What the emulator got:");
  quote(writes.flatMap(({ method, path, body }) => [`${method} ${path}`, JSON.stringify(body)]));
  assert.deepEqual(
    writes.map(({ method }) => method),
    ["PUT"],
  );
  return writes[0].body;
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

function quote(lines) {
  for (const line of lines) say(`     ${dim("|")} ${(colourOfMark[line.trimStart()[0]] ?? String)(line)}`);
}

/** What is undone, the last first, when this process exits, however it does. */
const leftovers = [];

async function startEmulator(env) {
  // A group of its own: Ctrl-C must not take the emulator from an engine that is still finishing.
  const options = { env, detached: true, stdio: ["ignore", "pipe", "inherit"] };
  const cli = join(repository, "dist", "tools", "cli.js");
  const child = spawn("node", [cli, "emulator", "--require-signature"], options);
  leftovers.push(() => child.kill("SIGKILL"));
  const signal = AbortSignal.timeout(emulatorStartMs);
  const [ready] = await once(createInterface(child.stdout), "line", { signal });
  const { url, ...account } = JSON.parse(ready);

  const control = async (path, settings) => (await fetch(`${url}/_emulator/${path}`, settings)).json();
  const tasks = async () => (await control("state")).tasks;
  let seen = 0;
  const newRequests = async () => {
    const fresh = (await control("requests")).requests.slice(seen);
    seen += fresh.length;
    return fresh;
  };
  return {
    url,
    account,
    tasks,
    task: async (name) => (await tasks()).find((task) => task.task_name === name),
    edit: (id, fields) => control(`tasks/${id}`, { method: "PATCH", body: JSON.stringify(fields) }),
    newRequests,
    newWrites: async () => (await newRequests()).filter(({ method }) => method !== "GET"),
  };
}

/** The quickstart, copied, with a stack on a private backend; and the engine that runs it. */
async function createStack(env, { url, account }) {
  const folder = mkdtempSync(join(tmpdir(), "huaweicloud-workspace-demo-"));
  leftovers.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const project = join(folder, "project");
  for (const path of ["Pulumi.yaml", dirname(quickstart)]) {
    const filter = (file) => basename(file) !== "node_modules";
    cpSync(join(repository, path), join(project, path), { recursive: true, filter });
  }
  symlinkSync(join(repository, "node_modules"), join(project, "node_modules"), "junction");
  mkdirSync(join(folder, "backend"));

  // What the user has set for real clouds and stacks must not lead the demo there.
  const outer = Object.entries(env).filter(([name]) => !/^(PULUMI|HW|HUAWEICLOUD)_/.test(name));
  const engineEnv = {
    ...Object.fromEntries(outer),
    HW_REGION_NAME: account.region,
    HW_PROJECT_ID: account.projectId,
    HW_ACCESS_KEY: account.accessKey,
    HW_SECRET_KEY: account.secretKey,
    PULUMI_BACKEND_URL: `file://${join(folder, "backend")}`,
    PULUMI_CONFIG_PASSPHRASE: "demo",
    PULUMI_HOME: join(folder, "home"),
    // The types of the quickstart are checked by `npm run check`; here that would take half of the time.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    PULUMI_SKIP_UPDATE_CHECK: "1",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
  const run = (args) => runEngine(args, { cwd: project, env: engineEnv });
  await run(["stack", "init", "demo"]);
  await run(["config", "set", "huaweicloud-workspace:endpoint", url]);
  const copy = join(project, quickstart);
  return {
    program: { read: () => readFileSync(copy, "utf8"), write: (text) => writeFileSync(copy, text) },
    async pulumi(...args) {
      say(`     ${dim("$")} ${bold(`pulumi ${args.join(" ")}`)}`);
      return readable(await run(args));
    },
  };
}

let isEngineRunning = false;

async function runEngine(args, options) {
  isEngineRunning = true;
  const { child, ended, endGroup } = spawnGroup("pulumi", [...args, "--non-interactive", "--color", "never"], options);
  const limit = setTimeout(() => endGroup("SIGINT"), commandMs);
  const stopClock = isTerminal ? startClock() : () => {};
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const code = await ended.finally(() => {
    isEngineRunning = false;
    clearTimeout(limit);
    stopClock();
  });
  if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with code ${code}:\n${output.trimEnd()}`);
  return output;
}

function startClock() {
  const started = Date.now();
  const clock = setInterval(() => {
    process.stdout.write(`\r     ${Math.round((Date.now() - started) / 1000)} s`);
  }, 1000);
  return () => {
    clearInterval(clock);
    process.stdout.write("\r\x1b[K");
  };
}

/** The lines of an engine's output, with the name of a task in place of its type, id and URN. */
function readable(output) {
  const type = "pulumi-nodejs:dynamic/huaweicloud-workspace:ScheduledTask";
  return output
    .replace(new RegExp(`${type}: \\((\\w+)\\)\\s+\\[id=.*\\]\\s+\\[urn=.*::(.+)\\]`, "g"), "$2 ($1)")
    .replaceAll(`${type} `, "")
    .split("\n")
    .map((line) => line.trimEnd());
}

function cleanUp() {
  for (const undo of leftovers.splice(0).reverse()) undo();
}

function cleanUpAtExit() {
  process.once("exit", cleanUp);
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143 })) {
    // A running engine is stopped by spawnGroup, which exits when it has ended.
    process.on(signal, () => isEngineRunning || process.exit(code));
  }
  const terminate = () => process.kill(process.pid, "SIGTERM");
  process.on("SIGHUP", terminate);
  process.stdout.on("error", terminate);
}

async function tell() {
  const env = await prepare();
  const started = Date.now();
  say(bold("\nFive scheduled tasks of Huawei Cloud Workspace, from preview to destroy"));
  say("A real Pulumi engine runs the quickstart against an emulator: no account, and nothing stays behind.\n");
  const emulator = await startEmulator(env);
  const stack = await createStack(env, emulator);
  for (const [index, { title, text, run }] of story.entries()) {
    say(bold(`${index + 1}/${story.length}  ${title}`));
    for (const line of text) say(`     ${line}`);
    const fact = await run({ emulator, ...stack }).catch((error) => {
      throw new Error(`step ${index + 1}, ${title}: ${error.message}`, { cause: error });
    });
    say(`  ${green("ok")} ${fact}\n`);
  }
  cleanUp();
  const seconds = Math.round((Date.now() - started) / 1000);
  say(`${green("Done")}: ${story.length} of ${story.length} steps did what they say, in ${seconds} s.`);
  say("The program is examples/quickstart/index.ts; README.md says how to run it against your own account.");
}

cleanUpAtExit();
try {
  await tell();
  process.exit(0);
} catch (error) {
  process.stderr.write(`\n${red("FAILED")}: ${error.message}\n`);
  process.exit(1);
}
