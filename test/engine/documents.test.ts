import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Cloud, startCloud } from "../emulated";
import { environment, pack } from "../packages/packed";

jest.setTimeout(600_000);

const repository = resolve(__dirname, "../..");
/** One reader goes through them in this order, in one folder, with one stack. */
const documents = [
  "README.md",
  ...readdirSync(join(repository, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`)
    .sort(),
];

interface Block {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

/** The blocks of code of a document. */
function blocksOf(document: string): Block[] {
  const text = readFileSync(join(repository, document), "utf8");
  return [...text.matchAll(/^( *)```(.*?)\n(.*?)^ *```$/gms)].map(
    ({ index, 1: indent = "", 2: language = "", 3: body = "" }) => ({
      language,
      text: body.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
      line: text.slice(0, index).split("\n").length,
    }),
  );
}

/** The folder that each document exports to anew. */
const exported = "desktops";

/** What is in the cloud all the time: what the README deploys, and what was there before. */
const [deployed, byHand] = ["evening-stop", "made-by-hand"];

const isShell = ({ language }: Block): boolean => /^(sh|bash|shell)$/.test(language);
/** Its commands cannot be run here, or are run by a test of their own. */
const isText = ({ language }: Block): boolean => language === "text";

let work: string;
let project: string;
let cloud: Cloud;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  work = realpathSync(mkdtempSync(join(tmpdir(), "documents-")));
  project = join(work, "project");
  mkdirSync(project);
  cloud = await startCloud({ requireSignature: true });
  const { region, projectId, accessKey, secretKey } = cloud.emulator;
  env = {
    ...environment(work),
    HW_REGION_NAME: region,
    HW_PROJECT_ID: projectId,
    HW_ACCESS_KEY: accessKey,
    HW_SECRET_KEY: secretKey,
    // A reader answers the questions of the CLI.
    PULUMI_SKIP_CONFIRMATIONS: "true",
  };
  await cloud.make({
    task_name: byHand,
    task_type: "STOP",
    scheduled_type: "DAY",
    day_interval: 1,
    scheduled_time: "21:00:00",
    time_zone: "Asia/Shanghai",
    apply_objects: [{ object_type: "DESKTOP_POOL", object_id: "pool-lab" }],
  });
  mkdirSync(join(work, "moved"));
  copyFileSync(await pack(work), join(project, "pulumi-huaweicloud-workspace-0.1.0.tgz"));
  const [program, settings] = ["ts", "yaml"].map(
    (wanted) => blocksOf("README.md").find(({ language }) => language === wanted)?.text ?? "",
  );
  writeFileSync(join(project, "index.ts"), program ?? "");
  writeFileSync(
    join(project, "Pulumi.yaml"),
    `${settings}config:\n  huaweicloud-workspace:endpoint: ${cloud.emulator.url}\n`,
  );
});
afterAll(async () => {
  await cloud?.stop();
  if (work) rmSync(work, { recursive: true, force: true, maxRetries: 5 });
});

/** All blocks in one shell, as somebody has it who types them one after the other. */
async function follow(blocks: readonly Block[]): Promise<string> {
  const script = blocks.map(({ text, line }) => {
    // What a reader fills in, the environment holds already.
    const filled = text
      .replace(/\b([A-Z_]+)=(\.\.\.|cn-north-4)/g, '$1="$$$1"')
      .replace("pulumi login 's3://...'", `export PULUMI_BACKEND_URL='file://${join(work, "moved")}'`)
      // Where there is no stack, nothing but this leads to the emulator.
      .replace(/huaweicloud-workspace export\b/g, `$& --endpoint ${cloud.emulator.url}`);
    return /^npm (run|test)/.test(text)
      ? `: line ${line}\n(cd '${repository}'\n${filled})`
      : `: line ${line}\n${filled}`;
  });
  const child: ChildProcess = spawn("bash", ["-ex", "-c", script.join("\n")], {
    cwd: project,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`ended with ${code}:\n${output.slice(-3000)}`);
  return output;
}

/** The configuration of the page, and its pack as this engine runs one: with a command named after the runtime. */
function preparePolicies(): void {
  const config = blocksOf("docs/policies.md").find(({ language }) => language === "json")?.text ?? "";
  writeFileSync(join(project, "policies.json"), config);
  const pack = join(project, "node_modules", "pulumi-huaweicloud-workspace", "policies", "pack");
  writeFileSync(join(pack, "PulumiPolicy.yaml"), "runtime: nodejslocal\n");
  const host = join(project, "node_modules", "@pulumi", "pulumi", "cmd", "run-policy-pack");
  const command = join(work, "commands", "pulumi-analyzer-policy-nodejslocal");
  writeFileSync(command, `#!/bin/sh\nexec node '${host}' "$@"\n`, { mode: 0o755 });
}

test.each(documents.filter((document) => blocksOf(document).some(isShell)))(
  "the commands of %s run",
  async (document) => {
    if (document === "docs/policies.md") preparePolicies();
    // A page may make a stack of its own, and every reader begins with that of the README.
    const select = { language: "sh", text: "pulumi stack select prod", line: 0 };
    await follow([...(document === "README.md" ? [] : [select]), ...blocksOf(document).filter(isShell)]);
    if (document === "README.md") {
      const program = readFileSync(join(project, exported, "index.ts"), "utf8");
      expect(program).toContain(byHand);
      expect(program).not.toContain(deployed);
    }
    rmSync(join(project, exported), { recursive: true, force: true });
    expect((await cloud.tasks()).map(({ task_name }) => task_name).sort()).toEqual([deployed, byHand]);
  },
);

test("every block names its language, and more blocks of commands are run than are marked as text", () => {
  const all = documents.flatMap((document) => blocksOf(document).map((block) => ({ document, ...block })));
  const nameless = all.filter(({ language }) => !/^\w+$/.test(language));
  expect(nameless.map(({ document, line }) => `${document}:${line}`)).toEqual([]);
  const [run, marked] = [all.filter(isShell).length, all.filter(isText).length];
  process.stdout.write(`${run} blocks of commands are run, ${marked} are marked as text\n`);
  expect(run).toBeGreaterThan(marked);
});
