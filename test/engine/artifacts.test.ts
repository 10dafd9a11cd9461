import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { arch, platform, tmpdir } from "node:os";
import { basename, delimiter, dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { extract, list } from "tar";
import { bin, dependencies, devDependencies, exports as entryPoints, version } from "../../package.json";
import { preparePython } from "../../tools/pythonEnvironment";
import { type Cloud, startCloud } from "../emulated";
import { withoutPlugins } from "./project";
import { createStack } from "./stack";

const repository = resolve(__dirname, "../..");
const plugin = "pulumi-resource-huaweicloud-workspace";
const archiveOf = (system: string, processor: string): string => `${plugin}-v${version}-${system}-${processor}.tar.gz`;
const archives = ["linux", "darwin", "windows"].flatMap((system) =>
  ["amd64", "arm64"].map((processor) => archiveOf(system, processor)),
);
const npmTarball = `pulumi-huaweicloud-workspace-${version}.tgz`;
const sbomName = `${plugin}-v${version}.cdx.json`;
const sdkOfPython = [
  `pulumi_huaweicloud_workspace-${version}-py3-none-any.whl`,
  `pulumi_huaweicloud_workspace-${version}.tar.gz`,
];

let work: string;
let artifacts: string;
let again: string;
const sumOf = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex");
const sumsOf = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, sumOf(join(folder, name))]));

/** Builds in a copy of the sources: a build empties dist/, which other suites run. */
async function build(name: string, env: object): Promise<string> {
  const copy = join(work, name);
  const left = ["node_modules", "dist", "artifacts", "coverage", "reports", ".stryker-tmp", ".git"];
  cpSync(repository, copy, {
    recursive: true,
    filter: (path) => basename(path) !== "node_modules" && !left.includes(relative(repository, path)),
  });
  symlinkSync(join(repository, "node_modules"), join(copy, "node_modules"));
  const folder = join(work, `${name}-artifacts`);
  await promisify(execFile)("npm", ["run", "artifacts", "--", folder], { cwd: copy, env: { ...process.env, ...env } });
  return folder;
}

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), "releases-"));
  artifacts = await build("one", {});
  again = await build("another-place", { TZ: "Asia/Shanghai" });
}, 900_000);
afterAll(() => rmSync(work, { recursive: true, force: true }));

test("two builds, in two folders and time zones, are equal byte for byte", () => {
  expect(readdirSync(artifacts).sort()).toEqual(
    [...archives, ...sdkOfPython, sbomName, npmTarball, "SHA256SUMS"].sort(),
  );
  expect(sumsOf(again)).toEqual(sumsOf(artifacts));
});

test("SHA256SUMS has the sum of every other file", () => {
  const lines = readFileSync(join(artifacts, "SHA256SUMS"), "utf8").trimEnd().split("\n");
  const { SHA256SUMS: _, ...others } = sumsOf(artifacts);
  expect(Object.fromEntries(lines.map((line) => line.split("  ").reverse()))).toEqual(others);
});

test.each(archives)("%s holds the executable that the engine looks for", async (name) => {
  const modes: Record<string, number | undefined> = {};
  await list({ file: join(artifacts, name), onReadEntry: ({ path, mode }) => (modes[path] = mode) });
  expect(modes).toEqual({
    LICENSE: 0o644,
    "plugin.cjs": 0o644,
    "plugin.cjs.LEGAL.txt": 0o644,
    [plugin]: 0o755,
    ...(name.includes("windows") && { [`${plugin}.cmd`]: 0o644 }),
  });
});

test("the SBOM lists every package whose code is in the plugin, and no other", () => {
  const bundle = `import("./tools/bundle.mjs")
    .then(({ bundle }) => bundle(${JSON.stringify(join(work, "bundle"))}))
    .then((folders) => console.log(folders.join("\\n")))`;
  const folders = execFileSync(process.execPath, ["-e", bundle], { cwd: repository, encoding: "utf8" });
  const bundled = folders
    .trim()
    .split("\n")
    .map((folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));
  const sbom = JSON.parse(readFileSync(join(artifacts, sbomName), "utf8"));
  const listed: { name: string; version: string }[] = sbom.components;
  const idOf = (one: { name: string; version: string }): string => `${one.name}@${one.version}`;
  expect(listed.map(idOf).sort()).toEqual(bundled.map(idOf).sort());
  expect(listed.map(({ name }) => name)).toEqual(expect.arrayContaining(["@grpc/grpc-js", "protobufjs", "undici"]));
  expect(listed.filter(({ name }) => name in devDependencies)).toEqual([]);
  expect(sbom.metadata.component).toMatchObject({ name: "pulumi-huaweicloud-workspace", version });
});

test("the npm tarball holds all that it needs beside its dependencies", async () => {
  const program = join(work, "program");
  const folderOf = (name: string): string => join(program, "node_modules", name);
  mkdirSync(folderOf("pulumi-huaweicloud-workspace"), { recursive: true });
  await extract({ file: join(artifacts, npmTarball), cwd: folderOf("pulumi-huaweicloud-workspace"), strip: 1 });
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(folderOf(name)), { recursive: true });
    symlinkSync(join(repository, "node_modules", name), folderOf(name));
  }
  const run = (...args: string[]) => execFileSync(process.execPath, args, { cwd: program, encoding: "utf8" });
  const names = Object.keys(entryPoints).map((path) => path.replace(/^\./, "pulumi-huaweicloud-workspace"));
  expect(run("-p", `${JSON.stringify(names)}.filter((name) => require(name)).length`)).toBe(`${names.length}\n`);
  const cli = join(folderOf("pulumi-huaweicloud-workspace"), bin["huaweicloud-workspace"]);
  expect(run(cli, "--help")).toContain("emulator");
});

test.each(sdkOfPython)(
  "%s installs and imports, with its version, its types and what names the plugin",
  async (name) => {
    const { command, env } = await preparePython(join(__dirname, "requirements.txt"));
    const packages = join(work, `packages-${name}`);
    const offline = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation", "--no-index"];
    const install = ["-m", "pip", "install", ...offline, "--target", packages, join(artifacts, name)];
    execFileSync(command, install, { env: { ...process.env, ...env } });
    const program = `
import importlib.metadata, importlib.resources, json
import pulumi_huaweicloud_workspace as sdk
files = importlib.resources.files(sdk)
plugin = json.loads((files / "pulumi-plugin.json").read_text())
print(json.dumps([sdk.ScheduledTask.__name__, importlib.metadata.version(sdk.__name__), plugin, (files / "py.typed").is_file()]))
`;
    const PYTHONPATH = [packages, env.PYTHONPATH].filter(Boolean).join(delimiter);
    const printed = execFileSync(command, ["-c", program], { env: { ...process.env, ...env, PYTHONPATH }, cwd: work });
    const named = { resource: true, name: "huaweicloud-workspace", version };
    expect(JSON.parse(printed.toString())).toEqual(["ScheduledTask", version, named, true]);
  },
  120_000,
);

describe("the engine", () => {
  let cloud: Cloud;
  let server: Server;
  let path: string;
  const archive = archiveOf(platform(), arch() === "x64" ? "amd64" : arch());

  beforeAll(async () => {
    const engine = execFileSync(process.execPath, [join(repository, "tools", "engine.mjs"), "--languages", "yaml"]);
    const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => !existsSync(join(folder, plugin)));
    path = [dirname(process.execPath), engine.toString().trimEnd(), ...folders].join(delimiter);
    cloud = await startCloud({ requireSignature: true });
    server = createServer(({ url = "" }, response) => {
      const file = join(artifacts, basename(url));
      if (existsSync(file)) response.end(readFileSync(file));
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolveListening) => server.listen(0, "127.0.0.1", resolveListening));
  }, 1_800_000);
  afterAll(async () => {
    server?.close();
    await cloud?.stop();
  });

  const sources = [
    { from: "a file", options: () => ["--file", join(artifacts, archive)] },
    // Without --checksum: the CLI does not hash the end of an answer that says its length, and refuses it (3.259).
    { from: "a server", options: () => ["--server", `http://127.0.0.1:${(server.address() as AddressInfo).port}`] },
  ];
  test.each(sources)("installs the plugin from $from, and runs a program with it", async ({ options }) => {
    const { config, secrets } = cloud;
    const program = { folder: join(repository, "examples", "yaml") };
    const stack = await createStack({ program, config, secrets, env: { PATH: path } });
    try {
      const settings = join(stack.folder, "Pulumi.yaml");
      writeFileSync(settings, withoutPlugins(readFileSync(settings, "utf8")));
      const before = await stack.preview();
      expect(before).toMatchObject({ code: 1, output: expect.stringContaining("no resource plugin") });
      const install = ["plugin", "install", "resource", "huaweicloud-workspace", `v${version}`, ...options()];
      const installed = await stack.run(install);
      expect(installed).toMatchObject({ code: 0, output: expect.not.stringContaining("error") });
      const preview = await stack.preview();
      expect(preview).toMatchObject({ code: 0, output: expect.stringContaining("+ 7 to create") });
      expect(preview.output).not.toContain("$PATH");
    } finally {
      stack.cleanup();
    }
  });
});
