/**
 * Gives a Pulumi engine: the one on PATH, or the official release, or one built from Go modules; the last two are kept in
 * the user's cache folder. Runs on Node 20 with nothing installed. Progress goes to stderr; the last line on stdout is the
 * folder of the commands.
 *
 *   node tools/engine.mjs [--languages nodejs,yaml,python,go]
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { runWithProgress } from "./childProcess.mjs";

const version = "3.259.0";
const oldestMinor = 250;
/** A download that is silent for so long has no way to the internet. */
const silenceMs = 20_000;

const sdkModule = "github.com/pulumi/pulumi/sdk/v3";

/**
 * The commands of each part of an engine, and how they are made without an official release. The versions are the newest
 * that the Go module proxy serves: later SDK modules no longer hold the language hosts.
 */
const cli = {
  commands: ["pulumi"],
  binary: {
    name: "pulumi",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    module: "github.com/pulumi/pulumi/pkg/v3",
    version: `v${version}`,
    // The CLI's own go.mod has this replacement, and a replacement counts in the main module only.
    replace: "github.com/atotto/clipboard => github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e",
  },
};

const languageHosts = {
  nodejs: {
    commands: ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"],
    binary: {
      name: "nodejs-host",
      package: `${sdkModule}/nodejs/cmd/pulumi-language-nodejs`,
      module: sdkModule,
      version: "v3.68.0",
    },
    scripts: {
      // This host expects the runtime's options as flags, which a newer engine does not pass.
      "pulumi-language-nodejs": `#!/bin/sh
grep -Eqs '"?typescript"?: *false' Pulumi.yaml && typescript=false
exec "\${0%/*}/nodejs-host" -typescript="\${typescript:-true}" "$@"
`,
      // The engine starts it in the program's folder. exec: a signal must reach the host, not a shell.
      "pulumi-resource-pulumi-nodejs": `#!/bin/sh
host=$(node -p 'require.resolve("@pulumi/pulumi/cmd/dynamic-provider")') && exec node "$host" "$@"
`,
    },
  },
  yaml: {
    commands: ["pulumi-language-yaml"],
    binary: {
      name: "pulumi-language-yaml",
      package: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
      module: "github.com/pulumi/pulumi-yaml",
      version: "v1.32.0",
    },
  },
  python: {
    commands: ["pulumi-language-python", "pulumi-language-python-exec"],
    binary: {
      name: "pulumi-language-python",
      package: `${sdkModule}/python/cmd/pulumi-language-python`,
      module: sdkModule,
      version: "v3.79.0",
      moduleScript: "python/cmd/pulumi-language-python-exec",
    },
  },
  go: {
    commands: ["pulumi-language-go"],
    binary: {
      name: "pulumi-language-go",
      package: `${sdkModule}/go/pulumi-language-go`,
      module: sdkModule,
      version: "v3.66.0",
    },
  },
};

const recipe = JSON.stringify([cli, languageHosts]);
const recipeHash = createHash("sha256").update(recipe).digest("hex").slice(0, 8);
const cacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "pulumi-huaweicloud-workspace");
const releaseFolder = join(cacheFolder, `engine-${version}-release`, "bin");
const builtFolder = join(cacheFolder, `engine-${version}-${recipeHash}`, "bin");

/**
 * The folder of a `pulumi` command that runs programs in these languages: `nodejs`, `yaml`, `python`, `go`.
 * It belongs on PATH, before what PATH holds. Throws with all that was tried when there is no way to have one.
 */
export async function ensureEngine({ languages = ["nodejs"] } = {}) {
  const parts = [cli, ...languages.map((language) => languageHosts[language])];
  const commands = parts.flatMap((part) => part.commands);
  const present = (await onPath(commands)) ?? [releaseFolder, builtFolder].find((folder) => holdsAll(folder, commands));
  if (present) return present;

  const failures = [`no pulumi 3.${oldestMinor} or newer with its hosts for ${languages.join(", ")} on PATH`];
  for (const obtain of [() => downloadRelease(commands), () => buildFromModules(parts)]) {
    try {
      return await obtain();
    } catch (error) {
      failures.push(error.message);
      process.stderr.write(`${error.message}\n`);
    }
  }
  throw new Error(
    `There is no Pulumi engine:\n- ${failures.join("\n- ")}\n` +
      `Install the Pulumi CLI 3.${oldestMinor} or newer, or Go 1.26 or newer, and run this again.`,
  );
}

async function onPath(commands) {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const folder = folders.find((candidate) => isCommand(join(candidate, "pulumi")));
  if (!folder) return undefined;
  const besides = [folder, dirname(realpathSync(join(folder, "pulumi"))), ...folders];
  const complete = commands.every((command) => besides.some((beside) => isCommand(join(beside, command))));
  return complete && (await isRecent(join(folder, "pulumi"))) ? folder : undefined;
}

async function isRecent(pulumi) {
  try {
    const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "1" };
    const { stdout } = await promisify(execFile)(pulumi, ["version"], { env, timeout: silenceMs });
    const [, major, minor] = /^v(\d+)\.(\d+)\./.exec(stdout) ?? [];
    return Number(major) === 3 && Number(minor) >= oldestMinor;
  } catch {
    return false;
  }
}

/** The npm package `pulumi` is a small script that downloads the release of its own version when it is run. */
async function downloadRelease(commands) {
  return withWorkFolder(async (work) => {
    const install = ["install", "--prefix", work, "--no-save", "--ignore-scripts", `pulumi@${version}`];
    await runWithProgress(`engine: getting the npm package pulumi ${version}`, "npm", install, { silenceMs: 60_000 });
    const env = { ...process.env, PULUMI_HOME: work, PULUMI_VERSION: version, PULUMI_SKIP_UPDATE_CHECK: "1" };
    const run = [join(work, "node_modules", "pulumi", "run.js"), "version"];
    await runWithProgress(`engine: downloading the Pulumi release ${version}`, process.execPath, run, {
      env,
      silenceMs,
    });
    const downloaded = join(work, "versions", version, "bin");
    if (!holdsAll(downloaded, commands)) {
      throw new Error(`engine: the Pulumi release ${version} lacks one of ${commands.join(", ")}`);
    }
    for (const name of readdirSync(downloaded)) moveInto(releaseFolder, join(downloaded, name));
    return releaseFolder;
  });
}

async function buildFromModules(parts) {
  return withWorkFolder(async (work) => {
    const missing = parts.filter(({ commands }) => !holdsAll(builtFolder, commands));
    for (const [index, { binary, scripts = {} }] of missing.entries()) {
      const folder = mkdtempSync(join(work, "module-"));
      await buildBinary(binary, `${index + 1} of ${missing.length}`, folder);
      // A script that starts the binary is published after it.
      for (const name of [binary.name, ...Object.keys(scripts)]) {
        if (name in scripts) writeFileSync(join(folder, name), scripts[name], { mode: 0o755 });
        moveInto(builtFolder, join(folder, name));
      }
    }
    return builtFolder;
  });
}

async function buildBinary(binary, position, folder) {
  writeFileSync(join(folder, "go.mod"), goMod(binary));
  // A build tag of its own: the import is there to be resolved, not to be compiled (a command cannot be imported).
  writeFileSync(join(folder, "engine.go"), `//go:build engine\n\npackage engine\n\nimport _ "${binary.package}"\n`);
  const go = { cwd: folder, env: { ...process.env, GOWORK: "off" } };
  const what = `engine: building ${binary.name} from Go modules (${position}; takes minutes the first time)`;
  const ldflags = `-s -w -X ${sdkModule}/go/common/version.Version=v${version}`;
  const args = ["build", "-mod=mod", "-trimpath", "-ldflags", ldflags, "-o", join(folder, binary.name), binary.package];
  await runWithProgress(what, "go", args, go);

  if (binary.moduleScript) {
    const list = ["list", "-mod=mod", "-m", "-f", "{{.Dir}}", binary.module];
    const { stdout } = await promisify(execFile)("go", list, go);
    const script = join(folder, basename(binary.moduleScript));
    copyFileSync(join(stdout.trim(), binary.moduleScript), script);
    chmodSync(script, 0o755);
    moveInto(builtFolder, script);
  }
}

function goMod({ module, version: moduleVersion, replace }) {
  return `module engine\n\ngo 1.25\n\nrequire ${module} ${moduleVersion}\n${replace ? `\nreplace ${replace}\n` : ""}`;
}

/** Work happens beside its result, on the same file system, so that a rename publishes each file whole. */
async function withWorkFolder(work) {
  mkdirSync(cacheFolder, { recursive: true });
  removeAbandonedWork();
  const folder = mkdtempSync(join(cacheFolder, `work-${process.pid}-`));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function removeAbandonedWork() {
  for (const name of readdirSync(cacheFolder)) {
    const pid = /^work-(\d+)-/.exec(name)?.[1];
    if (pid && !isRunning(Number(pid))) rmSync(join(cacheFolder, name), { recursive: true, force: true });
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function moveInto(folder, file) {
  mkdirSync(folder, { recursive: true });
  renameSync(file, join(folder, basename(file)));
}

function holdsAll(folder, commands) {
  return commands.every((command) => isCommand(join(folder, command)));
}

function isCommand(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function parseLanguages() {
  const { values } = parseArgs({ options: { languages: { type: "string", default: "nodejs" } } });
  const languages = values.languages.split(",");
  const unknown = languages.find((language) => !(language in languageHosts));
  if (unknown !== undefined) {
    throw new Error(`--languages: "${unknown}" is none of ${Object.keys(languageHosts).join(", ")}`);
  }
  return languages;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    console.log(await ensureEngine({ languages: parseLanguages() }));
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
