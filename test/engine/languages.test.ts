import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { preparePython } from "../../tools/pythonEnvironment";
import { type Cloud, type LiveTask, startCloud, writes } from "../emulated";
import { createStack } from "./stack";
import { type Plugin, preparePlugin } from "./yaml";

const repository = resolve(__dirname, "../..");
const sdk = (...path: string[]): string => join(repository, "sdk", ...path);
const goModule = "github.com/pulumi-huaweicloud-workspace/pulumi-huaweicloud-workspace/sdk/go/huaweicloudworkspace";

/** A machine with a Pulumi CLI may have no Go. */
const hasGo = spawnSync("go", ["version"]).status === 0;

/** The examples that are served by the plugin, and what lets each find its SDK: none is published yet. */
const examples = [
  { language: "YAML", folder: "yaml", environment: async () => ({}) },
  { language: "TypeScript", folder: "typescript-plugin", environment: async () => ({}) },
  {
    language: "Python",
    folder: "python",
    environment: async (project: string) => {
      const { command, env } = await preparePython(join(__dirname, "requirements.txt"));
      // It is built where it lies, which must not be the repository.
      const [source, packages] = [join(project, "sdk"), join(project, "packages")];
      cpSync(sdk("python"), source, { recursive: true });
      const offline = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation", "--no-index"];
      execFileSync(command, ["-m", "pip", "install", ...offline, "--target", packages, source], {
        env: { ...process.env, ...env },
      });
      // An environment of its own would get the SDK from where it is not published yet.
      const settings = join(project, "Pulumi.yaml");
      const text = readFileSync(settings, "utf8");
      writeFileSync(settings, text.replace(/^runtime:\n(?: .*\n)+/m, "runtime: python\n"));
      const PYTHONPATH = [packages, env.PYTHONPATH].filter(Boolean).join(":");
      return { ...env, PYTHONPATH, PULUMI_PYTHON_CMD: command };
    },
  },
  {
    language: "Go",
    folder: "go",
    environment: async (project: string) => {
      const replace = `-replace=${goModule}=${sdk("go", "huaweicloudworkspace")}`;
      execFileSync("go", ["mod", "edit", replace], { cwd: project });
      return { GOFLAGS: "-mod=mod", GOWORK: "off" };
    },
  },
].filter(({ language }) => language !== "Go" || hasGo);

let plugin: Plugin;
let cloud: Cloud;
let expected: object;

const withoutIds = (tasks: readonly LiveTask[]) =>
  Object.fromEntries(tasks.map(({ id: _, ...task }) => [String(task.task_name), task]));

beforeAll(async () => {
  plugin = preparePlugin(hasGo ? ["python", "go"] : ["python"]);
  cloud = await startCloud({ requireSignature: true });
  const { config, secrets } = cloud;
  const quickstart = await createStack({ program: { folder: repository }, config, secrets });
  try {
    expect((await quickstart.up()).code).toBe(0);
    expected = withoutIds(await cloud.tasks());
    expect(Object.keys(expected)).toHaveLength(5);
  } finally {
    quickstart.cleanup();
  }
}, 1_800_000);
afterAll(async () => {
  await cloud?.stop();
  plugin?.cleanup();
});
beforeEach(() => cloud.reset());

test.each(examples)(
  "the example in $language leaves the cloud as the quickstart does, with a fleet beside it, and is quiet then",
  async ({ folder, environment }) => {
    const { config, secrets } = cloud;
    const stack = await createStack({ program: { folder: join(repository, "examples", folder) }, config, secrets });
    try {
      const settings = { env: await environment(stack.folder), timeoutMs: 600_000 };
      const up = await stack.run(["up", "--yes", "--skip-preview"], settings);
      expect(up).toMatchObject({ code: 0, output: expect.stringContaining("+ 7 created") });
      const {
        "start-sales": sales,
        "start-support": support,
        "start-factory": factory,
        ...five
      } = withoutIds(await cloud.tasks());
      expect(five).toEqual(expected);
      expect([sales, support, factory].map((task) => task?.scheduled_time)).toEqual([
        "08:00:00",
        "06:30:00",
        "05:15:00",
      ]);
      await cloud.newRequests();
      const quiet = await stack.run(["preview", "--refresh", "--expect-no-changes"], settings);
      expect(quiet).toMatchObject({ code: 0, output: expect.stringContaining("7 unchanged") });
      expect(writes(await cloud.newRequests())).toEqual([]);
      expect(await stack.run(["destroy", "--yes", "--skip-preview"], settings)).toMatchObject({ code: 0 });
      expect(await cloud.tasks()).toEqual([]);
    } finally {
      stack.cleanup();
    }
  },
  900_000,
);
