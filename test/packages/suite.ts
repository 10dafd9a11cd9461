import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { type Cloud, startCloud, writes } from "../emulated";
import { type Manager, type ManagerName, prepareManager } from "./managers";
import { environment, pack } from "./packed";
import { type Front, filesOf, type Kind, kinds } from "./program";

const run = promisify(execFile);
const timeoutMs = 300_000;

/** The two do not get along: ts-node's loader and that of PnP. docs/installation-configuration.md says so. */
const isUnsupported = (manager: ManagerName, kind: Kind): boolean =>
  manager === "yarn with PnP" && kind.isModule && kind.file.endsWith(".ts");

/** The packed tarball, installed by this manager: every kind of program in both fronts. */
export function packagesSuite(name: ManagerName): void {
  let work: string;
  let project: string;
  let tarball: string;
  let manager: Manager;
  let cloud: Cloud;
  let env: NodeJS.ProcessEnv;

  const command = async (file: string, args: readonly string[], extra: object = {}): Promise<string> => {
    const { stdout } = await run(file, args, {
      cwd: project,
      env: { ...env, ...extra },
      maxBuffer: 1 << 26,
      timeout: timeoutMs,
    });
    return stdout;
  };
  const pulumi = (args: readonly string[], extra: object) =>
    command("pulumi", [...args, "--non-interactive", "--color", "never"], extra);
  const install = (args: readonly string[] = manager.install) => command(args[0] ?? "", args.slice(1), manager.env);

  /** What the front needs beside Pulumi.yaml, where there is no node_modules to name there. */
  async function settingsOf(kind: Kind, front: Front): Promise<object> {
    const { nodeOptions } = manager;
    if (!nodeOptions) return {};
    const settings = { NODE_OPTIONS: kind.isModule ? nodeOptions.esm : nodeOptions.commonJs };
    if (front === "dynamic") return settings;
    const [file = "", ...args] = [...manager.install.slice(0, -1), "bin", "pulumi-resource-huaweicloud-workspace"];
    const executable = (await command(file, args, manager.env)).trim();
    return { ...settings, PATH: [dirname(executable), env.PATH].join(delimiter) };
  }

  beforeAll(async () => {
    work = realpathSync(mkdtempSync(join(tmpdir(), "packages-")));
    project = join(work, "project");
    mkdirSync(project);
    env = environment(work);
    manager = await prepareManager(name);
    cloud = await startCloud({ requireSignature: true });
    tarball = await pack(work);
  }, 2 * timeoutMs);
  afterAll(async () => {
    await cloud?.stop();
    if (work) rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  });

  const rows = kinds
    .filter((kind) => !isUnsupported(name, kind))
    .flatMap((kind) =>
      (["dynamic", "plugin"] as const).map((front) => ({ manager: name, front, kind: kind.name, row: kind })),
    );

  test.each(rows)(
    "$manager, $front, $kind",
    async ({ front, row: kind }) => {
      await cloud.reset();
      for (const file of ["index.js", "index.ts"]) rmSync(join(project, file), { force: true });
      const files = filesOf(kind, front, tarball);
      if (manager.nodeOptions) files["Pulumi.yaml"] = files["Pulumi.yaml"]?.replace(/,"plugins":.*(?=\}$)/, "") ?? "";
      for (const [file, text] of Object.entries(files)) writeFileSync(join(project, file), text);
      await install();
      const settings = await settingsOf(kind, front);
      const stack = `${front}-${kinds.indexOf(kind)}`;
      await pulumi(["stack", "init", stack], {});
      const config = Object.entries(cloud.config).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
      const secrets = Object.entries(cloud.secrets).flatMap(([key, value]) => ["--secret", `${key}=${value}`]);
      await pulumi(["config", "set-all", ...config, ...secrets], {});
      await pulumi(["up", "--yes", "--skip-preview"], settings);
      const [task, ...others] = await cloud.tasks();
      expect(others).toEqual([]);
      expect(task).toMatchObject({ task_name: "nightly", scheduled_type: "DAY", scheduled_time: "19:30:00" });
      await cloud.newRequests();
      await pulumi(["preview", "--refresh", "--expect-no-changes"], settings);
      expect(writes(await cloud.newRequests())).toEqual([]);
    },
    timeoutMs,
  );

  if (name !== "npm") return;

  test(
    "npm, from its cache: without network and without running a script",
    async () => {
      const [kind] = kinds;
      if (kind === undefined) throw new Error("there is no kind of program");
      const offline = join(work, "offline");
      mkdirSync(offline);
      writeFileSync(join(offline, "package.json"), filesOf(kind, "dynamic", tarball)["package.json"] ?? "");
      await run("npm", ["install", "--offline", "--ignore-scripts"], { cwd: offline, env });
      const printed = await run("node", ["--print", 'typeof require("pulumi-huaweicloud-workspace").ScheduledTask'], {
        cwd: offline,
        env,
      });
      expect(printed.stdout.trim()).toBe("function");
    },
    timeoutMs,
  );
}
