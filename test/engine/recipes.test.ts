import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Cloud, startCloud, writes } from "../emulated";
import { createStack, type Stack } from "./stack";

/** The programs of the page, in one: each in a scope of its own, below the imports of all. */
function programOf(page: string): string {
  const blocks = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => text);
  const imports = blocks.flatMap((text) => [
    ...text.matchAll(/^import \{ (.*) \} from "pulumi-huaweicloud-workspace";$/gm),
  ]);
  const names = [...new Set(imports.flatMap(([, list = ""]) => list.split(", ")))];
  const bodies = blocks.map((text) => `{\n${text.replace(/^import .*\n/gm, "")}}\n`);
  return `import * as pulumi from "@pulumi/pulumi";
import { ${names.join(", ")} } from "pulumi-huaweicloud-workspace";
${bodies.join("")}`;
}

let cloud: Cloud;
let folder: string;
let stack: Stack;
beforeAll(async () => {
  cloud = await startCloud();
  folder = mkdtempSync(join(tmpdir(), "recipes-"));
  const page = readFileSync(resolve(__dirname, "../../docs/recipes.md"), "utf8");
  const compilerOptions = {
    target: "es2022",
    module: "node16",
    moduleResolution: "node16",
    strict: true,
    noEmit: true,
  };
  const files = {
    "Pulumi.yaml": "name: recipes\nruntime: nodejs\n",
    "package.json": JSON.stringify({ name: "recipes", private: true, main: "index.ts" }),
    "tsconfig.json": JSON.stringify({ compilerOptions, files: ["index.ts"] }),
    "index.ts": programOf(page),
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  stack = await createStack({ program: { folder }, config: cloud.config, secrets: cloud.secrets });
}, 900_000);
afterAll(async () => {
  stack?.cleanup();
  await cloud?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const live = async () => new Map((await cloud.tasks()).map((task) => [String(task.task_name), task]));

test("the recipes: working hours, workdays of a year, a pause, and a second wave when the first went well", async () => {
  expect(await stack.up()).toMatchObject({ code: 0 });
  const first = await live();
  expect(first.size).toBe(2 + 2 + 12 + 2);
  expect(first.get("office-stop")).toMatchObject({
    task_type: "STOP",
    week_list: "2,3,4,5,6",
    scheduled_time: "19:30:00",
  });
  expect(first.get("lab-start")).toMatchObject({ week_list: "2,4", enable: true });
  expect(first.get("lab-stop")).toMatchObject({ week_list: "3,5", scheduled_time: "04:00:00" });
  expect(first.get("start-2030-10")).toMatchObject({
    month_list: "10",
    date_list: "4,7,8,9,10,11,14,15,16,17,18,21,22,23,24,25,28,29,30,31",
  });
  expect(String(first.get("start-2030-9")?.date_list).split(",")).toContain("29");
  expect(first.get("patch-all")).toMatchObject({ enable: false, gray_count: 20 });
  expect((await stack.preview(["--refresh", "--expect-no-changes"])).code).toBe(0);

  await cloud.control("PUT", "clock", { now: "2030-01-09T00:00:00Z" });
  await stack.run(["config", "set", "paused", "true"]);
  await cloud.newRequests();
  expect(await stack.up()).toMatchObject({ code: 0 });
  expect(
    writes(await cloud.newRequests())
      .map(({ body }) => JSON.stringify(body))
      .sort(),
  ).toEqual(['{"enable":false}', '{"enable":false}', '{"enable":true,"is_gray":true}']);
  const second = await live();
  expect(["lab-start", "lab-stop", "patch-all"].map((name) => second.get(name)?.enable)).toEqual([false, false, true]);
});
