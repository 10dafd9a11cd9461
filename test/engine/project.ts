import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, delimiter, join, resolve } from "node:path";

const repository = resolve(__dirname, "../..");

interface JavaScriptProgram {
  /** The text of a CommonJS program. */
  program: string;
  /** `options` of Pulumi.yaml, e.g. `{ refresh: "always" }`. */
  options?: Record<string, string | boolean>;
  /** The name of the project. */
  name?: string;
  /** `plugins` of Pulumi.yaml: where the engine finds the ones that it does not look for on PATH. */
  plugins?: object;
}

interface CopiedProgram {
  /** A folder with a Pulumi.yaml. It is copied whole, or, when its `main` names a folder, that one and Pulumi.yaml. */
  program: { folder: string };
}

export type Program = JavaScriptProgram | CopiedProgram;

/** The five tasks of the quickstart in YAML: the example without its fleet. */
export const yamlQuickstart = (): string =>
  readFileSync(join(repository, "examples", "yaml", "Pulumi.yaml"), "utf8").replace(
    /\n {2}# One resource for many tasks.*/s,
    "",
  );

/** A Pulumi.yaml that leaves it to the engine where a plugin is. */
export const withoutPlugins = (pulumiYaml: string): string => pulumiYaml.replace(/^plugins:\n(?: .*\n)+/m, "");

/** Writes or copies the program, and lets it resolve the packages of this repository, itself included. */
export function writeProject(project: string, settings: Program): void {
  if (isJavaScript(settings)) {
    const { program, name = "harness", options, plugins } = settings;
    const runtime = { name: "nodejs", options: { typescript: false } };
    mkdirSync(project);
    writeFileSync(join(project, "Pulumi.yaml"), JSON.stringify({ name, runtime, options, plugins }));
    writeFileSync(join(project, "package.json"), JSON.stringify({ name, private: true, main: "index.js" }));
    writeFileSync(join(project, "index.js"), program);
  } else {
    copyProject(settings.program.folder, project);
  }
  symlinkSync(join(repository, "node_modules"), join(project, "node_modules"));
}

function copyProject(folder: string, project: string): void {
  const settings = join(folder, "Pulumi.yaml");
  const [, main = ""] = /^main: *(\S+)$/m.exec(readFileSync(settings, "utf8")) ?? [];
  const filter = (path: string) => basename(path) !== "node_modules";
  cpSync(join(folder, main), join(project, main), { recursive: true, filter });
  cpSync(settings, join(project, "Pulumi.yaml"));
}

function isJavaScript(settings: Program): settings is JavaScriptProgram {
  return typeof settings.program === "string";
}

/** The outer environment without what would lead an engine or the provider elsewhere. */
export function privateEnvironment(folder: string): NodeJS.ProcessEnv {
  const outer = Object.entries(process.env).filter(([name]) => !/^(PULUMI|HW|HUAWEICLOUD)_/.test(name));
  const backend = join(folder, "backend");
  mkdirSync(backend);
  return {
    ...Object.fromEntries(outer),
    PATH: [
      join(repository, "dist", "plugin"),
      join(repository, "node_modules", ".bin"),
      engineFolder(),
      process.env.PATH,
    ].join(delimiter),
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: "a test",
    PULUMI_HOME: join(folder, "home"),
    PULUMI_SKIP_UPDATE_CHECK: "1",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}

let knownEngineFolder: string | undefined;

/** Where `pulumi` and its language hosts are. */
export function engineFolder(): string {
  knownEngineFolder ??= execFileSync(process.execPath, [join(repository, "tools", "engine.mjs")], { encoding: "utf8" })
    .trimEnd()
    .split("\n")
    .at(-1);
  if (!knownEngineFolder) throw new Error("tools/engine.mjs named no folder");
  return knownEngineFolder;
}
