import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");

/** The command as a Node of that version would run it. */
const cli = (version: string, command: string) => {
  const pretend = `Object.defineProperty(process,"versions",{value:{...process.versions,node:"${version}"}})`;
  const imports = ["tsx", `data:text/javascript,${pretend}`].flatMap((module) => ["--import", module]);
  return spawnSync(process.execPath, [...imports, "tools/cli.ts", command, "--help"], { cwd: root, encoding: "utf8" });
};

test.each([
  ["20.20.2", "export"],
  ["22.12.0", "review"],
])(
  "Node %s is told in one line what %s needs",
  (version, command) => {
    const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    expect(engines.node).toBe(">=22.13");
    expect(cli(version, command)).toMatchObject({
      status: 1,
      stdout: "",
      stderr: `error: huaweicloud-workspace needs Node 22.13 or newer, and this is ${version}\n`,
    });
  },
  60_000,
);

test.each(["22.13.0", "24.1.0"])(
  "Node %s is new enough",
  (version) => {
    expect(cli(version, "export")).toMatchObject({ status: 0, stderr: "" });
  },
  60_000,
);
