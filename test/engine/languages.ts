/** What lets a program find the SDK of its language: none is published yet. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { preparePython } from "../../tools/pythonEnvironment";

const sdk = (...path: string[]): string => join(resolve(__dirname, "../.."), "sdk", ...path);
const goModule = "github.com/pulumi-huaweicloud-workspace/pulumi-huaweicloud-workspace/sdk/go/huaweicloudworkspace";

/** A machine with a Pulumi CLI may have no Go. */
export const hasGo = spawnSync("go", ["version"]).status === 0;

/**
 * The environment for the engine.
 *
 * @param project folder of the program; what has to stand in it is put there
 */
export async function languageEnvironment(language: string, project: string): Promise<{ [name: string]: string }> {
  if (language === "Python") return python(project);
  return language === "Go" ? go(project) : {};
}

async function python(project: string): Promise<{ [name: string]: string }> {
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
}

async function go(project: string): Promise<{ [name: string]: string }> {
  const replace = `-replace=${goModule}=${sdk("go", "huaweicloudworkspace")}`;
  execFileSync("go", ["mod", "edit", replace], { cwd: project });
  return { GOFLAGS: "-mod=mod", GOWORK: "off" };
}
