import { execFile } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { privateEnvironment, writeProject } from "../test/engine/project";
import { weeklyStop } from "./creates";
import { startEmulator } from "./emulatorProcess";
import { median, spread } from "./median";

const cli = resolve(__dirname, "../dist/tools/cli.js");
const runs = 5;
const singles = 20;

/** A fleet and single tasks; of each a hundredth has changed in the code. */
const programOf = (count: number, isEdited: boolean): string => `
const { ScheduledTask, ScheduledTaskFleet } = require("pulumi-huaweicloud-workspace");
const task = (index) => ({ ...${JSON.stringify(weeklyStop)}, enable: !(${isEdited} && index % 100 === 0) });
for (let index = 0; index < ${singles}; index++) new ScheduledTask("single-" + index, task(index));
new ScheduledTaskFleet("fleet", {
  tasks: Object.fromEntries(Array.from({ length: ${count - singles} }, (_, index) => ["task-" + index, task(index)])),
});
`;

/** The review of a stack of \`REVIEW_TASKS\` tasks, against the preview with a refresh of the same stack in the same run. */
export async function reviewBench(): Promise<void> {
  const count = Number(process.env.REVIEW_TASKS ?? 2000);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "bench-")));
  const project = join(folder, "project");
  const emulator = await startEmulator();
  try {
    const { region, projectId, accessKey, secretKey } = emulator;
    const env = {
      ...privateEnvironment(folder),
      HW_REGION_NAME: region,
      HW_PROJECT_ID: projectId,
      HW_ACCESS_KEY: accessKey,
      HW_SECRET_KEY: secretKey,
    };
    const run = (command: string, ...args: string[]) =>
      promisify(execFile)(command, args, { cwd: project, env, maxBuffer: 1 << 28 });
    const timed = async (command: string, ...args: string[]): Promise<number> => {
      const started = performance.now();
      await run(command, ...args);
      return performance.now() - started;
    };
    writeProject(project, { program: programOf(count, false) });
    await run("pulumi", "stack", "init", "test", "--non-interactive");
    await run("pulumi", "config", "set", "huaweicloud-workspace:endpoint", emulator.url, "--non-interactive");
    await run("pulumi", "up", "--yes", "--skip-preview", "--non-interactive");
    writeFileSync(join(project, "index.js"), programOf(count, true));
    const times: { preview: number; review: number }[] = [];
    for (let round = 0; round <= runs; round++) {
      const preview = await timed("pulumi", "preview", "--refresh", "--json", "--non-interactive");
      const review = await timed(process.execPath, cli, "review", "--stack", "test", "--format", "html");
      // The first run fills caches.
      if (round > 0) times.push({ preview, review });
    }
    const ms = (of: "preview" | "review") => `${median(times.map((time) => time[of])).toFixed(0)} ms`;
    console.log(`review: ${count} tasks, ${singles} of them single, median of ${runs}
  preview --refresh --json  ${ms("preview")}
  review --format html      ${ms("review")}
  ratio                     ${spread(times.map(({ preview, review }) => review / preview))}`);
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
