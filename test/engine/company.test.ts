import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import { type CodeHost, startCodeHost } from "../../review/codeHost.fixture";
import { goCommand } from "../../tools/goCommand";
import { type Cloud, type LiveTask, type Recorded, startCloud, writes } from "../emulated";
import { environment, pack } from "../packages/packed";
import { gitHubJob, gitHubVariables } from "./pipelines";

jest.setTimeout(600_000);

const company = resolve(__dirname, "../../examples/company");
const [pullRequest, main] = [join(company, "github", "review.yml"), join(company, "github", "deploy.yml")];
const page = resolve(__dirname, "../../docs/stacks.md");
const token = "token-of-the-job";

const configs = new Map<string, { readonly [key: string]: string }>();
for (const file of readdirSync(company)) {
  const [, stack] = /^Pulumi\.(.+)\.yaml$/.exec(file) ?? [];
  if (stack !== undefined) configs.set(stack, parse(readFileSync(join(company, file), "utf8")).config);
}
const stacks = [...configs.keys()].sort();
const setting = (stack: string, name: string): string => configs.get(stack)?.[`huaweicloud-workspace:${name}`] ?? "";
const regions = Map.groupBy(stacks, (stack) => setting(stack, "region"));
const namesOf = (stack: string): string[] => ["snapshot", "start", "stop"].map((task) => `${stack}-${task}`);

let work: string;
let project: string;
let env: NodeJS.ProcessEnv;
let codeHost: CodeHost;
const clouds = new Map<string, Cloud>();

/** What a round of all stacks led to. */
interface Round {
  /** What the jobs wrote for the page of their run. */
  readonly summary: string;
  /** By region. */
  readonly requests: ReadonlyMap<string, readonly Recorded[]>;
}
let first: { readonly reviewed: Round; readonly comments: readonly string[]; readonly deployed: Round };

beforeAll(async () => {
  work = realpathSync(mkdtempSync(join(tmpdir(), "company-")));
  project = join(work, "company");
  codeHost = await startCodeHost(token);
  for (const region of regions.keys()) clouds.set(region, await startCloud({ dialects: { names: "unique" } }));
  env = { ...environment(work), ...gitHubVariables(work, codeHost.url) };
  await checkOut();
  for (const stack of stacks) {
    await run(`pulumi stack init ${stack}`);
    await run(`pulumi config set --stack ${stack} huaweicloud-workspace:endpoint ${cloudOf(stack).emulator.url}`);
    // Else a rule is broken when the test runs shortly before or after a task would.
    await run(`pulumi config set --stack ${stack} huaweicloud-workspace:review '{"minutes": 0}'`);
  }
  const reviewed = await round(pullRequest);
  first = { reviewed, comments: codeHost.comments(), deployed: await round(main) };
});
afterAll(async () => {
  await codeHost?.stop();
  for (const cloud of clouds.values()) await cloud.stop();
  if (work) rmSync(work, { recursive: true, force: true, maxRetries: 5 });
});

function cloudOf(stack: string): Cloud {
  const cloud = clouds.get(setting(stack, "region"));
  if (cloud === undefined) throw new Error(`no cloud was started for ${stack}`);
  return cloud;
}

/** The example with the package as it is packed, and the lock file that `npm ci` wants. */
async function checkOut(): Promise<void> {
  cpSync(company, project, { recursive: true, filter: (path) => basename(path) !== "node_modules" });
  const settings = JSON.parse(readFileSync(join(project, "package.json"), "utf8"));
  settings.dependencies["pulumi-huaweicloud-workspace"] = `file:${await pack(work)}`;
  writeFileSync(join(project, "package.json"), JSON.stringify(settings));
  await run("npm install --package-lock-only --no-audit --no-fund");
}

async function run(command: string, variables: { readonly [name: string]: string } = {}): Promise<string> {
  const settings = { cwd: project, env: { ...env, ...variables } };
  const { stdout } = await promisify(execFile)("bash", ["-e", "-c", command], settings).catch((error) => {
    throw new Error(`${command} ended with ${error.code}:\n${error.stdout}\n${error.stderr}`);
  });
  return stdout;
}

const matrixOf = (workflow: string): string[] => {
  const { jobs } = parse(readFileSync(workflow, "utf8"));
  return Object.values<{ strategy: { matrix: { stack: string[] } } }>(jobs).flatMap((job) => job.strategy.matrix.stack);
};

const keys = (stack: string) => {
  const { accessKey, secretKey } = cloudOf(stack).emulator;
  return { HW_ACCESS_KEY: accessKey, HW_SECRET_KEY: secretKey };
};

/** The job of each stack of the matrix, with the values that the workflow may have and no others. */
async function round(workflow: string): Promise<Round> {
  writeFileSync(join(work, "summary.md"), "");
  for (const cloud of clouds.values()) await cloud.newRequests();
  const role = workflow === main ? "APPLIER" : "READER";
  for (const stack of matrixOf(workflow)) {
    const { HW_ACCESS_KEY, HW_SECRET_KEY } = keys(stack);
    const { steps } = gitHubJob(join("..", "..", "company", "github", basename(workflow)), {
      "vars.PULUMI_BACKEND_URL": env.PULUMI_BACKEND_URL ?? "",
      "secrets.PULUMI_CONFIG_PASSPHRASE": env.PULUMI_CONFIG_PASSPHRASE ?? "",
      [`secrets.HW_${role}_ACCESS_KEY`]: HW_ACCESS_KEY,
      [`secrets.HW_${role}_SECRET_KEY`]: HW_SECRET_KEY,
      "github.token": token,
      "matrix.stack": stack,
    });
    // The machine of a first job is here that of all.
    const isInstalled = existsSync(join(project, "node_modules"));
    for (const step of steps) if (!isInstalled || step.run !== "npm ci") await run(step.run, step.env);
  }
  const requests = new Map<string, Recorded[]>();
  for (const [region, cloud] of clouds) requests.set(region, await cloud.newRequests());
  return { summary: readFileSync(join(work, "summary.md"), "utf8"), requests };
}

const writesOf = ({ requests }: Round): Recorded[] => [...requests.values()].flatMap(writes);
const markOf = (stack: string): string => `[acme/${stack}]`;
const tasksOf = async (stack: string): Promise<LiveTask[]> =>
  (await cloudOf(stack).tasks()).filter(({ description }) => description === markOf(stack));

test("both workflows run every stack, each has an owner of its own, and the page shows one", () => {
  expect(stacks).toHaveLength(4);
  for (const workflow of [pullRequest, main]) expect(matrixOf(workflow).sort()).toEqual(stacks);
  for (const stack of stacks) expect(setting(stack, "owner")).toBe(`acme/${stack}`);
  const shown = readFileSync(join(company, "Pulumi.sales-cn-north-4.yaml"), "utf8");
  expect(readFileSync(page, "utf8")).toContain(shown);
});

test("actionlint finds nothing in the workflows", async () => {
  const actionlint = await goCommand("github.com/rhysd/actionlint/cmd/actionlint@v1.7.12");
  await promisify(execFile)(actionlint, ["-no-color", pullRequest, main]);
});

test("a pull request: a comment for each stack, about its own tasks, and nothing is written", () => {
  expect(writesOf(first.reviewed)).toEqual([]);
  expect(first.comments).toHaveLength(stacks.length);
  for (const stack of stacks) {
    const [comment = "", ...others] = first.comments.filter((text) => text.includes(`review: company/${stack} `));
    expect(others).toEqual([]);
    expect([...new Set(comment.match(/[\w-]+-(start|stop|snapshot)\b/g))].sort()).toEqual(namesOf(stack));
  }
});

test("main: the stacks of a region share its project, no name is there twice, each task carries its stack's mark", async () => {
  for (const [region, sharing] of regions) {
    const asked = new Set(first.deployed.requests.get(region)?.map(({ path }) => path.split("/")[2]));
    expect(asked.size).toBe(1);
    expect(asked).toEqual(new Set(sharing.map((stack) => setting(stack, "projectId"))));
    const live = (await clouds.get(region)?.tasks())?.map(({ task_name, description }) => [task_name, description]);
    const expected = sharing.flatMap((stack) => namesOf(stack).map((name) => [name, markOf(stack)]));
    expect(live?.sort()).toEqual(expected.sort());
  }
  const names = (await Promise.all(stacks.map(tasksOf))).flat().map(({ task_name }) => task_name);
  expect(names).toHaveLength(12);
  expect(new Set(names).size).toBe(12);
});

test("a second round of all stacks is quiet and writes nothing", async () => {
  const second = await round(main);
  expect(second.summary).toBe("");
  expect(writesOf(second)).toEqual([]);
});

test("--unmanaged names what nobody owns, and no task of another stack of the project", async () => {
  // In the only project that the emulator's console knows.
  const inConsole = (one: string): boolean => setting(one, "projectId") === cloudOf(one).emulator.projectId;
  const [stack = "", neighbour = ""] = stacks.filter(inConsole);
  const id = await cloudOf(stack).make({
    task_name: "by-hand",
    task_type: "STOP",
    scheduled_type: "DAY",
    day_interval: 1,
    scheduled_time: "20:00:00",
    time_zone: "Asia/Shanghai",
  });
  const review = `npx huaweicloud-workspace review --stack ${stack} --unmanaged --format json`;
  const { unmanaged, leftToOwners } = JSON.parse(await run(review, keys(stack)));
  await cloudOf(stack).drop(id);
  expect(unmanaged.map(({ name }: { name: string }) => name)).toEqual(["by-hand"]);
  expect(leftToOwners).toEqual({ [`acme/${neighbour}`]: namesOf(neighbour).length });
});

test("the destroy of a stack deletes its tasks and leaves those of the others as they were", async () => {
  const [gone = "", ...others] = stacks;
  const before = await Promise.all(others.map(tasksOf));
  for (const cloud of clouds.values()) await cloud.newRequests();
  await run(`pulumi destroy --stack ${gone} --yes --skip-preview --non-interactive`, keys(gone));
  expect(await tasksOf(gone)).toEqual([]);
  expect(await Promise.all(others.map(tasksOf))).toEqual(before);
  for (const [region, cloud] of clouds) {
    const deleted = region === setting(gone, "region") ? namesOf(gone).map(() => "DELETE") : [];
    expect(writes(await cloud.newRequests()).map(({ method }) => method)).toEqual(deleted);
  }
});
