import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import { routes } from "../../emulator/routes";
import { type CodeHost, startCodeHost } from "../../review/codeHost.fixture";
import { goCommand } from "../../tools/goCommand";
import { type Cloud, startCloud, writes } from "../emulated";
import { environment, pack } from "../packages/packed";
import { gitHubJob, gitHubVariables, gitLabJob, type Job, pipelines } from "./pipelines";

jest.setTimeout(300_000);

const readme = resolve(__dirname, "../../README.md");
const company = resolve(__dirname, "../../examples/company/github");
const token = "token-of-the-job";
const evening = { name: "evening-stop", taskType: "STOP", at: "19:30", on: "DESKTOP_POOL" };
const morning = { name: "morning-start", taskType: "START", at: "08:00", on: "DESKTOP_POOL" };
type Declared = typeof evening;

const programOf = (tasks: readonly Declared[]): string => `
const { ScheduledTask, weekly } = require("pulumi-huaweicloud-workspace");
for (const { name, taskType, at, on } of ${JSON.stringify(tasks)})
  new ScheduledTask(name, {
    taskType,
    ...weekly({ on: ["MON", "FRI"], at, timeZone: "Asia/Shanghai" }),
    applyObjects: [on === "ALL_DESKTOPS" ? { objectType: on } : { objectType: on, objectId: "pool-sales" }],
  });
`;

let work: string;
/** What a user has in the repository, with the packages installed: a clone to work in. */
let project: string;
let cloud: Cloud;
let codeHost: CodeHost;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  work = realpathSync(mkdtempSync(join(tmpdir(), "pipelines-")));
  project = join(work, "project");
  mkdirSync(project);
  cloud = await startCloud({ requireSignature: true });
  codeHost = await startCodeHost(token);
  env = environment(work);
  await checkOut();
  await pulumi("stack", "init");
  await pulumi("config", "set", "huaweicloud-workspace:endpoint", cloud.emulator.url);
  // The hour at which this test runs must break no rule.
  await pulumi("config", "set", "huaweicloud-workspace:review", '{"minutes": 0}');
}, 600_000);
afterAll(async () => {
  await codeHost?.stop();
  await cloud?.stop();
  if (work) rmSync(work, { recursive: true, force: true, maxRetries: 5 });
});

async function checkOut(): Promise<void> {
  const files = {
    "Pulumi.yaml": JSON.stringify({ name: "desktops", runtime: { name: "nodejs", options: { typescript: false } } }),
    "package.json": JSON.stringify({
      name: "desktops",
      private: true,
      main: "index.js",
      dependencies: { "@pulumi/pulumi": "^3.270.0", "pulumi-huaweicloud-workspace": `file:${await pack(work)}` },
    }),
    "index.js": programOf([evening, morning]),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text);
  copyFileSync(join(pipelines, "cron", "drift.sh"), join(project, "drift.sh"));
  await promisify(execFile)("npm", ["install", "--no-audit", "--no-fund"], { cwd: project, env });
}

const pulumi = (...args: string[]) =>
  promisify(execFile)("pulumi", [...args, "--non-interactive", "--stack", "prod"], {
    cwd: project,
    env: { ...env, ...credentials() },
  });

const credentials = () => ({
  HW_REGION_NAME: cloud.emulator.region,
  HW_PROJECT_ID: cloud.emulator.projectId,
  HW_ACCESS_KEY: cloud.emulator.accessKey,
  HW_SECRET_KEY: cloud.emulator.secretKey,
});

const state = () => ({
  PULUMI_BACKEND_URL: env.PULUMI_BACKEND_URL ?? "",
  PULUMI_CONFIG_PASSPHRASE: env.PULUMI_CONFIG_PASSPHRASE ?? "",
});

type Role = "READER" | "APPLIER";

/** A job that gets the keys of one role and no others. */
const gitHub = (file: string, role: Role): Job => {
  const { HW_REGION_NAME, HW_PROJECT_ID, HW_ACCESS_KEY, HW_SECRET_KEY } = credentials();
  const { PULUMI_BACKEND_URL, PULUMI_CONFIG_PASSPHRASE } = state();
  return gitHubJob(file, {
    "vars.PULUMI_BACKEND_URL": PULUMI_BACKEND_URL,
    "vars.HW_REGION_NAME": HW_REGION_NAME,
    "vars.HW_PROJECT_ID": HW_PROJECT_ID,
    "secrets.PULUMI_CONFIG_PASSPHRASE": PULUMI_CONFIG_PASSPHRASE,
    [`secrets.HW_${role}_ACCESS_KEY`]: HW_ACCESS_KEY,
    [`secrets.HW_${role}_SECRET_KEY`]: HW_SECRET_KEY,
    "github.token": token,
  });
};

const gitLab = (name: string): Job =>
  gitLabJob(name, {
    ...state(),
    ...credentials(),
    GITLAB_CI: "true",
    GITLAB_TOKEN: token,
    CI_API_V4_URL: codeHost.url,
    CI_PROJECT_ID: "12",
    CI_MERGE_REQUEST_IID: "7",
  });

const cron = (): Job => {
  const { PATH = "", HOME = "", PULUMI_HOME = "" } = env;
  const lines = Object.entries({ ...state(), ...credentials(), PATH, HOME, PULUMI_HOME });
  const text = lines.map(([name, value]) => `${name}='${value}'\n`).join("");
  return {
    files: { "reader.env": text },
    steps: [
      { run: "npm ci", env: {} },
      { run: "env -i ./drift.sh", env: {} },
    ],
  };
};

interface Result {
  readonly code: number;
  /** Of the last step. */
  readonly stdout: string;
  /** What a file holds that the job wrote. */
  readonly file: (name: string) => string;
  readonly summary: string;
  readonly comment: string | undefined;
  readonly writes: number;
}

/** Every operation of the cloud that writes. */
const writing = routes.filter(({ method }) => method !== "GET").map(({ operation }) => operation);

/** The packages of the last job of this case, which the next one takes over: `npm ci` takes longer than all the rest. */
let installed: string | undefined;

/** Runs a job where nothing lies but what is in the repository. A reader is denied whatever would write. */
async function runJob(job: Job, role: Role, variables: { readonly [name: string]: string } = {}): Promise<Result> {
  codeHost.reset();
  const folder = mkdtempSync(join(work, "job-"));
  cpSync(project, folder, { recursive: true, filter: (path) => basename(path) !== "node_modules" });
  for (const [name, text] of Object.entries(job.files ?? {})) writeFileSync(join(folder, name), text, { mode: 0o600 });
  writeFileSync(join(work, "summary.md"), "");
  await cloud.control("PUT", "denied", role === "READER" ? writing : []);
  await cloud.newRequests();
  let [code, stdout] = [0, ""];
  for (const step of job.steps) {
    if (code !== 0) break;
    if (step.run === "npm ci" && installed !== undefined) {
      renameSync(installed, join(folder, "node_modules"));
      continue;
    }
    stdout = "";
    const child = spawn("bash", ["-e", "-c", step.run], {
      cwd: folder,
      env: { ...env, ...variables, ...step.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    [code] = (await once(child, "close")) as [number];
    if (code === 1 || code > 4) throw new Error(`${step.run} ended with ${code}:\n${stdout}\n${stderr}`);
  }
  installed = join(folder, "node_modules");
  await cloud.control("PUT", "denied", []);
  return {
    code,
    stdout,
    file: (name) => readFileSync(join(folder, name), "utf8"),
    summary: readFileSync(join(work, "summary.md"), "utf8"),
    comment: codeHost.comments()[0],
    writes: writes(await cloud.newRequests()).length,
  };
}

/** Code and cloud agree on both tasks. */
async function settle(): Promise<void> {
  writeFileSync(join(project, "index.js"), programOf([evening, morning]));
  await pulumi("up", "--yes", "--skip-preview", "--refresh");
}

interface Case {
  readonly name: string;
  readonly prepare: () => Promise<void>;
  /** Exit code of the review's job, of the deployment's, and of the drift's. */
  readonly codes: { readonly review: number; readonly deploy: number; readonly drift: number };
  /** Lines of the comment; none where there is none. */
  readonly says: readonly RegExp[];
  /** The evening's stop after a deployment. */
  readonly deployed: object;
}

const cases: readonly Case[] = [
  {
    name: "clean",
    prepare: async () => {},
    codes: { review: 0, deploy: 0, drift: 0 },
    says: [],
    deployed: { scheduled_time: "19:30:00", enable: true },
  },
  {
    name: "planned",
    prepare: async () => writeFileSync(join(project, "index.js"), programOf([{ ...evening, at: "20:00" }, morning])),
    codes: { review: 0, deploy: 0, drift: 0 },
    says: [/1 planned, 1 unchanged/, /evening-stop.*19:30.*becomes.*20:00/],
    deployed: { scheduled_time: "20:00:00", enable: true },
  },
  {
    name: "drift",
    prepare: async () => {
      const task = await cloud.task("evening-stop");
      await cloud.edit(task?.id ?? "", { enable: false });
    },
    codes: { review: 0, deploy: 0, drift: 3 },
    says: [/1 drift, 1 unchanged/, /evening-stop.*switched off.*switched on/],
    deployed: { scheduled_time: "19:30:00", enable: true },
  },
  {
    name: "guard broken",
    prepare: async () =>
      writeFileSync(join(project, "index.js"), programOf([{ ...evening, on: "ALL_DESKTOPS" }, morning])),
    codes: { review: 4, deploy: 4, drift: 0 },
    says: [/1 planned, 1 unchanged/, /evening-stop.*all-desktops/],
    deployed: { scheduled_time: "19:30:00", enable: true },
  },
];

/** How GitHub lets the runs of a workflow wait for each other: of the workflow, or of its only job. */
function concurrencyOf(file: string): { group: string; "cancel-in-progress"?: boolean } {
  const workflow = parse(readFileSync(file, "utf8"));
  const [job] = Object.values<{ concurrency?: object }>(workflow.jobs);
  const found = workflow.concurrency ?? job?.concurrency;
  return typeof found === "string" ? { group: found } : found;
}

test.each([join(pipelines, "github"), company])("no run takes the place of a deployment that waits: %s", (folder) => {
  const deploy = concurrencyOf(join(folder, "deploy.yml"));
  expect(deploy["cancel-in-progress"]).toBe(false);
  for (const name of readdirSync(folder).filter((file) => file !== "deploy.yml")) {
    // Of an expression anything may come.
    const [other = "", own = ""] = [concurrencyOf(join(folder, name)).group, deploy.group].map(
      (group) => group.split("-")[0],
    );
    expect(other).not.toBe(own);
    expect(other).toMatch(/^\w+$/);
  }
});

test("actionlint finds nothing in the workflows, nor in that of the README", async () => {
  const files = readdirSync(join(pipelines, "github")).map((name) => join(pipelines, "github", name));
  expect(files).toHaveLength(3);
  const short = join(work, "short.yml");
  writeFileSync(short, /^```yaml\n(on: .*?)^```/ms.exec(readFileSync(readme, "utf8"))?.[1] ?? "");
  await promisify(execFile)(await goCommand("github.com/rhysd/actionlint/cmd/actionlint@v1.7.12"), [
    "-no-color",
    ...files,
    short,
  ]);
}, 600_000);

describe.each(cases)("$name", ({ prepare, codes, says, deployed }) => {
  const expectSays = (text = ""): void => {
    if (says.length === 0) expect(text).toBe("");
    for (const line of says) expect(text).toMatch(line);
  };

  beforeAll(async () => {
    await settle();
    await prepare();
  });
  afterAll(() => {
    if (installed !== undefined) rmSync(installed, { recursive: true });
    installed = undefined;
  });

  test("GitHub, pull request: a comment, a summary, a page; a broken rule fails", async () => {
    const result = await runJob(gitHub("review.yml", "READER"), "READER", gitHubVariables(work, codeHost.url));
    expect(result.code).toBe(codes.review);
    expectSays(result.comment);
    expectSays(result.summary);
    // The log of the step that fails says why.
    expectSays(result.stdout);
    expect(result.file("review.html")).toContain("evening-stop");
    expect(result.writes).toBe(0);
  });

  test("GitLab, merge request: a note, failed tests, a page; a broken rule fails", async () => {
    const result = await runJob(gitLab("review"), "READER");
    expect(result.code).toBe(codes.review);
    expectSays(result.comment);
    expect(result.file("review.html")).toContain("evening-stop");
    expect(/<failure/.test(result.file("review.xml"))).toBe(says.length > 0);
    expect(result.writes).toBe(0);
  });

  test("GitHub, nightly: drift fails", async () => {
    const result = await runJob(gitHub("drift.yml", "READER"), "READER", gitHubVariables(work, codeHost.url));
    expect(result.code).toBe(codes.drift);
    expectSays(result.summary);
    expect(result.writes).toBe(0);
  });

  test("GitLab, nightly: drift fails", async () => {
    const result = await runJob(gitLab("drift"), "READER");
    expect(result.code).toBe(codes.drift);
    expectSays(result.stdout);
    expect(result.writes).toBe(0);
  });

  test("cron: prints what differs, and nothing where nothing does", async () => {
    const result = await runJob(cron(), "READER");
    expect(result.code).toBe(0);
    expectSays(result.stdout);
    expect(result.writes).toBe(0);
  });

  test("GitHub, main: deployed unless a rule is broken", async () => {
    const result = await runJob(gitHub("deploy.yml", "APPLIER"), "APPLIER", gitHubVariables(work, codeHost.url));
    expect(result.code).toBe(codes.deploy);
    expect(await cloud.task("evening-stop")).toMatchObject(deployed);
    expect(result.writes > 0).toBe(codes.deploy === 0 && says.length > 0);
  });

  test("GitLab, main: deployed unless a rule is broken", async () => {
    await settle();
    await prepare();
    const result = await runJob(gitLab("deploy"), "APPLIER");
    expect(result.code).toBe(codes.deploy);
    expect(await cloud.task("evening-stop")).toMatchObject(deployed);
    expect(result.writes > 0).toBe(codes.deploy === 0 && says.length > 0);
  });
});

test("a review waits for no deployment, and a deployment for no review: only an up takes the lock of the stack", async () => {
  await settle();
  const locks = join(work, "backend", ".pulumi", "locks", "organization", "desktops", "prod");
  mkdirSync(locks, { recursive: true });
  const lock = { pid: 1, username: "ci", hostname: "runner", timestamp: new Date().toISOString() };
  writeFileSync(join(locks, "6a0b4f2c-0000-4000-8000-000000000000.json"), JSON.stringify(lock));
  expect((await runJob(gitHub("review.yml", "READER"), "READER", gitHubVariables(work, codeHost.url))).code).toBe(0);
  await expect(runJob(gitHub("deploy.yml", "APPLIER"), "APPLIER", gitHubVariables(work, codeHost.url))).rejects.toThrow(
    "currently locked",
  );
});
