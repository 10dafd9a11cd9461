import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Cloud, startCloud } from "../emulated";
import { createStack } from "./stack";
import { type Plugin, pluginsOf, preparePlugin } from "./yaml";

const page = readFileSync(resolve(__dirname, "../../docs/scheduled-task.md"), "utf8");
const blocksOf = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, "gm"))].map(([, text = ""]) => text);

/** All snippets in one program. */
function typescriptProgram(): { [file: string]: string } {
  const blocks = blocksOf("ts");
  const imported = blocks.flatMap((text) => /^import \{ (.*) \} from/.exec(text)?.[1]?.split(", ") ?? []);
  const bodies = blocks.map((text) => text.replace(/^import .*\n/, ""));
  const imports = [...new Set(imported)].join(", ");
  return {
    "Pulumi.yaml": "name: snippets\nruntime: nodejs\n",
    "package.json": JSON.stringify({ name: "snippets", private: true, main: "index.ts" }),
    "tsconfig.json": JSON.stringify({
      compilerOptions: { target: "es2022", module: "node16", moduleResolution: "node16", strict: true, noEmit: true },
      files: ["index.ts"],
    }),
    "index.ts": `import { ${imports} } from "pulumi-huaweicloud-workspace";\n${bodies.join("")}`,
  };
}

const yamlProgram = (plugin: Plugin): { [file: string]: string } => ({
  "Pulumi.yaml": [
    `name: snippets\nruntime: yaml\nplugins: ${JSON.stringify(pluginsOf(plugin))}\nresources:\n`,
    ...blocksOf("yaml").map((text) => text.replace(/^resources:\n/, "")),
  ].join(""),
});

let plugin: Plugin;
let cloud: Cloud;
beforeAll(async () => {
  plugin = preparePlugin();
  cloud = await startCloud({ requireSignature: true });
}, 900_000);
afterAll(async () => {
  await cloud?.stop();
  plugin?.cleanup();
});

/** What a program leaves in the cloud, by name. */
async function liveAfter(files: { [file: string]: string }): Promise<object> {
  await cloud.reset();
  const folder = mkdtempSync(join(tmpdir(), "snippets-"));
  try {
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
    const { config, secrets } = cloud;
    const stack = await createStack({ program: { folder }, config, secrets });
    try {
      expect(await stack.up()).toMatchObject({ code: 0 });
      expect(await stack.preview(["--refresh", "--expect-no-changes"])).toMatchObject({ code: 0 });
      const live = await cloud.tasks();
      return Object.fromEntries(live.map(({ id: _, ...task }) => [String(task.task_name), task]));
    } finally {
      stack.cleanup();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("the snippets of the reference page run, and mean the same in TypeScript and in YAML", async () => {
  const [typescript, yaml] = [await liveAfter(typescriptProgram()), await liveAfter(yamlProgram(plugin))];
  // Seven task types with five schedule types, less START and REBUILD after an event.
  expect(Object.keys(typescript)).toHaveLength(7 * 5 - 2);
  expect(yaml).toEqual(typescript);
});
