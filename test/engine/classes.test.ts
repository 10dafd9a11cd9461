import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import { startCloud } from "../emulated";
import { createStack } from "./stack";

const repository = resolve(__dirname, "../..");

/** What a program has loaded once it names the classes. */
function loadedBy(entry: string): string[] {
  const program = `
    const { ScheduledTask, ScheduledTaskFleet } = require("${entry}");
    if (!ScheduledTask || !ScheduledTaskFleet) throw new Error("a class is missing");
    console.log(JSON.stringify(Object.keys(require.cache)));`;
  return JSON.parse(execFileSync(process.execPath, ["--eval", program], { cwd: repository, encoding: "utf8" }));
}

const entries = ["pulumi-huaweicloud-workspace", "pulumi-huaweicloud-workspace/plugin"];

it.each(entries)("the classes of %s need neither TypeScript nor npm nor the Automation API nor the client", (entry) => {
  const loaded = loadedBy(entry);
  expect(loaded).toContainEqual(expect.stringContaining("@pulumi/pulumi/resource.js"));
  const heavy =
    /\/node_modules\/(typescript|@npmcli|undici|temporal-polyfill)\/|@pulumi\/pulumi\/(automation|index\.js)/;
  expect(loaded.filter((path) => heavy.test(path))).toEqual([]);
});

it.each(entries)("the engine knows the line in which a task of %s is declared", async (entry) => {
  const cloud = await startCloud({ requireSignature: true });
  const program = `const { ScheduledTask } = require("${entry}");

new ScheduledTask("nightly", ${JSON.stringify(taskOf("DAY"))});`;
  const stack = await createStack({ program, config: cloud.config, secrets: cloud.secrets });
  try {
    expect((await stack.up()).code).toBe(0);
    const { deployment } = JSON.parse((await stack.run(["stack", "export"])).stdout);
    const { sourcePosition } = deployment.resources.find(({ urn }: { urn: string }) => urn.endsWith("::nightly"));
    expect(sourcePosition).toBe("project:///index.js#3,1");
  } finally {
    stack.cleanup();
    await cloud.stop();
  }
});
