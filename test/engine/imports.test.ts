import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

const repository = resolve(__dirname, "../..");

/** What a program has loaded once it names the classes. */
function loadedBy(entry: string): string[] {
  const program = `
    const { ScheduledTask, ScheduledTaskFleet } = require("${entry}");
    if (!ScheduledTask || !ScheduledTaskFleet) throw new Error("a class is missing");
    console.log(JSON.stringify(Object.keys(require.cache)));`;
  return JSON.parse(execFileSync(process.execPath, ["--eval", program], { cwd: repository, encoding: "utf8" }));
}

it.each(["pulumi-huaweicloud-workspace", "pulumi-huaweicloud-workspace/plugin"])(
  "the classes of %s need neither TypeScript nor npm nor the Automation API nor the client",
  (entry) => {
    const loaded = loadedBy(entry);
    expect(loaded).toContainEqual(expect.stringContaining("@pulumi/pulumi/resource.js"));
    const heavy =
      /\/node_modules\/(typescript|@npmcli|undici|temporal-polyfill)\/|@pulumi\/pulumi\/(automation|index\.js)/;
    expect(loaded.filter((path) => heavy.test(path))).toEqual([]);
  },
);
