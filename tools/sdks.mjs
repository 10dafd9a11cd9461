/**
 * Writes the SDKs of the plugin from schema.json, with Pulumi's own generators: sdk/plugin (TypeScript), sdk/python,
 * sdk/go. To write takes Go; to check, by the sums that were written with them, takes nothing.
 *
 *   node tools/sdks.mjs [--check]
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { runWithProgress } from "./childProcess.mjs";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const sdks = join(repository, "sdk");
const sumsFile = join(sdks, "generated.json");
const generator = join(repository, "tools", "sdks");
const schema = join(repository, "schema.json");
const sources = [schema, fileURLToPath(import.meta.url), join(generator, "main.go"), join(generator, "go.mod")];

/** Of the TypeScript classes, which are part of this package, neither a package of their own nor its page. */
const isLeftOut = (path) => /(^|\/)\.git|^plugin\/(package\.json|README\.md)$/.test(path);

const version = () => JSON.parse(readFileSync(join(repository, "package.json"), "utf8")).version;
const sumOf = (...texts) => createHash("sha256").update(texts.join("\n")).digest("hex");
const sourceSum = () => sumOf(version(), ...sources.map((file) => readFileSync(file, "utf8")));

async function write() {
  const work = mkdtempSync(join(tmpdir(), "sdks-"));
  try {
    const program = join(work, "sdks");
    await runWithProgress(
      "sdks: building the generator (takes minutes the first time)",
      "go",
      ["build", "-o", program],
      {
        cwd: generator,
      },
    );
    const written = join(work, "sdk");
    await runWithProgress("sdks: generating", program, [schema, version(), written]);
    for (const path of Object.keys(readSums().files)) rmSync(join(sdks, path), { force: true });
    const files = {};
    for (const path of filesIn(written).filter((one) => !isLeftOut(one))) {
      const text = leaner(path, readFileSync(join(written, path), "utf8"));
      mkdirSync(dirname(join(sdks, path)), { recursive: true });
      writeFileSync(join(sdks, path), text);
      files[path] = sumOf(text);
    }
    writeFileSync(sumsFile, `${JSON.stringify({ sources: sourceSum(), files }, undefined, 2)}\n`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** What Pulumi's generator writes, made lighter where it costs each program time; it writes the Python and Go SDKs as they are. */
function leaner(path, text) {
  if (!path.startsWith("plugin/")) return text;
  if (path === "plugin/utilities.ts") return lightImports(path, `${text}${declaredOnly}`);
  return lightImports(path, path === "plugin/scheduledTask.ts" ? leanConstructor(path, text) : text);
}

/** What is not a type comes from the part of Pulumi's SDK that loads fast, see sdk/pulumi.ts; the compiler tells of a rest. */
function lightImports(path, text) {
  const names = new Set();
  const named = text
    .replace('import * as runtime from "@pulumi/pulumi/runtime";\n', "")
    .replaceAll(/(?<!\.)\bruntime\./g, "pulumi.runtime.")
    .replaceAll(
      /\bpulumi\.(Config|CustomResource|ProviderResource|mergeOptions|output|runtime|secret|withShortTraces)(?=[.(]| \{)/g,
      (_, name) => {
        names.add(name);
        return name;
      },
    );
  const up = path.split("/").slice(1).fill("..").join("/");
  const values = names.size > 0 ? `\nimport { ${[...names].sort().join(", ")} } from "${up}/pulumi";` : "";
  return named.replace(
    'import * as pulumi from "@pulumi/pulumi";',
    `import type * as pulumi from "@pulumi/pulumi";${values}`,
  );
}

/**
 * Of each input of a resource, undeclared ones too, Pulumi's SDK makes four promises that keep the stack of where they
 * were made: of the 27 of a task that was a third of the time of a preview. The TypeScript class hands over only what is
 * declared, and what the provider may fill in, and keeps the stacks short.
 */
function leanConstructor(path, text) {
  const lean = text.replace(
    /^( *)super\(ScheduledTask\.__pulumiType, name, resourceInputs, opts\);$/m,
    `$1const restore = pulumi.withShortTraces();
$1try {
$1    super(ScheduledTask.__pulumiType, name, utilities.declaredOnly(resourceInputs, opts), opts);
$1} catch (error) {
$1    throw restore(error);
$1} finally {
$1    restore();
$1}
$1utilities.undeclaredAsNone(this, resourceInputs);`,
  );
  if (lean === text) throw new Error(`${path}: the call of the constructor that is made leaner is not there`);
  return lean;
}

const declaredOnly = `
/** What the provider may fill in where the program does not declare it. */
const filledIn = ["enable", "projectId", "region", "taskName", "timeZone"];

/** @internal */
export function declaredOnly(inputs: pulumi.Inputs, { id, urn }: pulumi.CustomResourceOptions): pulumi.Inputs {
    if (id !== undefined || urn !== undefined) {
        return inputs;
    }
    const kept = Object.entries(inputs).filter(([name, value]) => value !== undefined || filledIn.includes(name));
    return Object.fromEntries(kept);
}

/** @internal */
export function undeclaredAsNone(resource: pulumi.Resource, inputs: pulumi.Inputs): void {
    for (const name of Object.keys(inputs).filter(one => !(one in resource))) {
        Object.defineProperty(resource, name, { enumerable: true, configurable: true, get: () => pulumi.output(undefined) });
    }
}
`;

function check() {
  const { sources: known, files } = readSums();
  const changed = Object.entries(files).filter(([path, sum]) => sumOfFile(join(sdks, path)) !== sum);
  const unknown = ["plugin", "python", "go"]
    .flatMap((folder) => filesIn(join(sdks, folder)).map((path) => join(folder, path)))
    .filter((path) => /\.(ts|py|go)$/.test(path) && !(path in files));
  const stale = [...changed.map(([path]) => path), ...unknown];
  if (known !== sourceSum()) stale.unshift("schema.json, the version or the generator");
  for (const what of stale) console.error(`sdk: ${what} changed since: run "npm run generate:sdks" and commit.`);
  process.exitCode = stale.length > 0 ? 1 : 0;
}

const sumOfFile = (file) => (existsSync(file) ? sumOf(readFileSync(file, "utf8")) : undefined);

const readSums = () => (existsSync(sumsFile) ? JSON.parse(readFileSync(sumsFile, "utf8")) : { files: {} });

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();

if (process.argv.includes("--check")) check();
else await write();
