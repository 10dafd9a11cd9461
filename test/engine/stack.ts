import { type ChildProcess, spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { type Program, privateEnvironment, writeProject } from "./project";

const defaultTimeoutMs = 90_000;
/** What an engine needs after SIGINT to let its requests in flight finish and to stop its plugins. */
const stopMs = 10_000;

// Long enough for a command that hangs to be stopped, and to say so, before jest gives up.
jest.setTimeout(3 * defaultTimeoutMs);

export type StackSettings = Program & {
  config?: Record<string, string>;
  secrets?: Record<string, string>;
  env?: Record<string, string>;
  /** After which a command is stopped. @default 90 s */
  timeoutMs?: number;
};

export interface CommandSettings {
  env?: Record<string, string>;
  timeoutMs?: number;
}

export interface Outcome {
  /** `null` when a signal ended the command. */
  code: number | null;
  stdout: string;
  stderr: string;
  /** stdout and stderr in the order of their arrival. */
  output: string;
}

export interface StateResource {
  urn: string;
  type: string;
  custom: boolean;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  initErrors?: string[];
}

export interface Deployment {
  resources?: StateResource[];
  pending_operations?: { type: string; resource: StateResource }[];
}

export type Stack = Awaited<ReturnType<typeof createStack>>;

/**
 * A stack named `test` of a private project in a temporary folder, run by a real engine on a file backend.
 * A command that fails does not throw: assert on its `code`.
 */
export async function createStack(settings: StackSettings) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "stack-")));
  const project = join(folder, "project");
  const env = { ...privateEnvironment(folder), ...settings.env };
  writeProject(project, settings);

  /** For a test that ends the command itself. */
  const start = (args: string[], extraEnv: Record<string, string> = {}): ChildProcess =>
    spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
      cwd: project,
      env: { ...env, ...extraEnv },
      stdio: ["ignore", "pipe", "pipe"],
    });

  /** The outcome of a command that was started. */
  const ended = (child: ChildProcess, timeoutMs = settings.timeoutMs ?? defaultTimeoutMs): Promise<Outcome> =>
    outcomeOf(child, timeoutMs);

  const run = (args: string[], { env: extraEnv, timeoutMs }: CommandSettings = {}) =>
    ended(start(args, extraEnv), timeoutMs);

  const setUp = async (args: string[]): Promise<string> => {
    const { code, stdout, output } = await run(args);
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with code ${code}:\n${output}`);
    return stdout;
  };

  const state = async (): Promise<Deployment> => JSON.parse(await setUp(["stack", "export"])).deployment;

  const resources = async (): Promise<StateResource[]> =>
    ((await state()).resources ?? []).filter(
      ({ type }) => type !== "pulumi:pulumi:Stack" && !type.startsWith("pulumi:providers:"),
    );

  /** The processes that serve the resources: the dynamic host, or the plugin. */
  const providers = (): number[] =>
    processesIn(folder).filter((pid) => /dynamic-provider|pulumi-resource-/.test(commandOf(pid)));

  /**
   * A kill in the moment in which the engine writes its checkpoint leaves that file, or the one of its attributes, empty.
   * The checkpoint before lies beside it, and without attributes it is read as well.
   */
  const mendCheckpoint = (): void => {
    const file = join(folder, "backend", ".pulumi", "stacks", nameOf(settings), "test.json");
    if (isEmptyFile(file)) copyFileSync(`${file}.bak`, file);
    for (const attributes of [`${file}.attrs`, `${file}.bak.attrs`]) if (isEmptyFile(attributes)) rmSync(attributes);
  };

  /** Ends what still runs in the folder (the plugins of a killed engine live on) and removes it. */
  const cleanup = (): void => {
    processesIn(folder).forEach(killIfRunning);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };

  try {
    await setUp(["stack", "init", "test"]);
    const config = configArguments(settings);
    if (config.length > 0) await setUp(["config", "set-all", ...config]);
  } catch (error) {
    cleanup();
    throw error;
  }

  return {
    folder: project,
    /** In which its commands run, for what runs some by itself. */
    env,
    start,
    ended,
    run,
    up: (args: string[] = []) => run(["up", "--yes", "--skip-preview", ...args]),
    preview: (args: string[] = []) => run(["preview", ...args]),
    refresh: (args: string[] = []) => run(["refresh", "--yes", "--skip-preview", ...args]),
    destroy: (args: string[] = []) => run(["destroy", "--yes", "--skip-preview", ...args]),
    setProgram: (text: string) => writeFileSync(join(project, "index.js"), text),
    state,
    resources,
    providers,
    mendCheckpoint,
    cleanup,
  };
}

const nameOf = (settings: StackSettings): string => ("name" in settings && settings.name) || "harness";

function configArguments({ config = {}, secrets = {} }: StackSettings): string[] {
  return [
    ...Object.entries(config).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]),
    ...Object.entries(secrets).flatMap(([key, value]) => ["--secret", `${key}=${value}`]),
  ];
}

function outcomeOf(child: ChildProcess, timeoutMs: number): Promise<Outcome> {
  const outcome: Outcome = { code: null, stdout: "", stderr: "", output: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      outcome[name] += text;
      outcome.output += text;
    });
  }
  const stop = setTimeout(() => {
    outcome.output += `\nStopped by the test after ${timeoutMs} ms.\n`;
    child.kill("SIGINT");
  }, timeoutMs);
  const kill = setTimeout(() => child.kill("SIGKILL"), timeoutMs + stopMs);
  return new Promise<Outcome>((resolveOutcome, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolveOutcome({ ...outcome, code }));
  }).finally(() => {
    clearTimeout(stop);
    clearTimeout(kill);
  });
}

/** By working directory, since the plugins of a killed engine have lost their parent. Only Linux can tell. */
function processesIn(folder: string): number[] {
  if (!existsSync("/proc/self/cwd")) return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => workingDirectory(pid)?.startsWith(folder + sep))
    .map(Number);
}

function killIfRunning(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

const isEmptyFile = (file: string): boolean => existsSync(file) && statSync(file).size === 0;

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

function workingDirectory(pid: string): string | undefined {
  try {
    return readlinkSync(join("/proc", pid, "cwd"));
  } catch {
    return undefined;
  }
}
