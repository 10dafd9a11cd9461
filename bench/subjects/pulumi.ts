import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { privateEnvironment, writeProject } from "../../test/engine/project";
import { pulumiCommands } from "../commands";
import { type Step, type Tasks, usualTime } from "../steps";
import type { Place, Prepared, Subject } from "../subject";
import { command } from "./command";

const peer = (path: string): string => resolve(__dirname, "../peers", path);

/** A plain JavaScript program over `tasks.json`, run by whole commands of a real engine. */
interface Program {
  readonly text: string;
  /** Whether a look that finds a difference where there is none fails the bench. */
  readonly isExact?: boolean;
  readonly isFloor?: true;
  /** What stands in `tasks.json`; absent: all fields of all tasks. */
  tasksOf?(tasks: Tasks): object;
  plugins?(folder: string): Promise<object>;
  env?(place: Place): { readonly [name: string]: string };
}

const each = (module: string) => `
const { ScheduledTask } = require("${module}");
for (const [key, task] of Object.entries(require("./tasks.json"))) new ScheduledTask(key, task);
`;
const fleet = (module: string) => `
const { ScheduledTaskFleet } = require("${module}");
new ScheduledTaskFleet("fleet", { tasks: require("./tasks.json") });
`;
/** With the schedule on the fleet, which leaves to each task its targets and what is not as usual. */
const fleetOnce = (module: string) => `
const { ScheduledTaskFleet } = require("${module}");
new ScheduledTaskFleet("fleet", {
  taskType: "STOP",
  scheduledType: "WEEK",
  weekList: ["MON", "FRI"],
  scheduledTime: "${usualTime}",
  timeZone: "Asia/Shanghai",
  tasks: require("./tasks.json"),
});
`;
const withoutSchedule = (tasks: Tasks): object =>
  Object.fromEntries(
    Object.entries(tasks).map(([key, { scheduledTime, applyObjects }]) => [
      key,
      scheduledTime === usualTime ? { applyObjects } : { scheduledTime, applyObjects },
    ]),
  );

/**
 * Of the same inputs, and so of the same state: what check would add to them is declared. The program is as light as one
 * with our classes, see sdk/pulumi.ts.
 */
const floor = (type: string, more: string) => `
const { CustomResource } = require("@pulumi/pulumi/resource");
const place = { enable: true, region: "cn-north-4", projectId: "0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e" };
class Task extends CustomResource {
  constructor(name, task) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 1;
    super("${type}", name, { ...task, ...place${more} });
    Error.stackTraceLimit = stackTraceLimit;
  }
}
for (const [key, task] of Object.entries(require("./tasks.json"))) new Task(key, task);
`;
const library = "pulumi-huaweicloud-workspace";
const unsaved = { env: () => ({ PULUMI_SKIP_CHECKPOINTS: "true" }) };

const waiting = ({ latencyMs }: Place) => ({ FLOOR_LATENCY_MS: String(latencyMs) });

const programs = {
  single: { text: each(library), isExact: true },
  singlePlugin: { text: each(`${library}/plugin`), isExact: true },
  singleUnsaved: { text: each(library), isExact: true, ...unsaved },
  singlePluginUnsaved: { text: each(`${library}/plugin`), isExact: true, ...unsaved },
  fleet: { text: fleet(library), isExact: true },
  fleetOnce: { text: fleetOnce(library), isExact: true, tasksOf: withoutSchedule },
  fleetOncePlugin: { text: fleetOnce(`${library}/plugin`), isExact: true, tasksOf: withoutSchedule },
  fleetPlugin: { text: fleet(`${library}/plugin`), isExact: true },
  naive: {
    text: readFileSync(peer("naive/index.js"), "utf8"),
    env: ({ emulator }) => ({ NAIVE_ENDPOINT: emulator.url }),
  },
  floor: {
    text: floor(
      "pulumi-nodejs:dynamic/huaweicloud-workspace:ScheduledTask",
      `, __provider: 'exports.handler=()=>require(${JSON.stringify(peer("floor/provider.js"))})'`,
    ),
    isFloor: true,
    env: waiting,
  },
  floorPlugin: {
    text: floor("floor:index:ScheduledTask", ""),
    isFloor: true,
    env: waiting,
    plugins: async (folder) => ({ providers: [{ name: "floor", path: await floorPlugin(folder) }] }),
  },
} satisfies { readonly [name: string]: Program };

/** Bundled like the one that it is compared with. */
async function floorPlugin(folder: string): Promise<string> {
  const path = join(folder, "plugin");
  await build({
    entryPoints: [peer("floor/plugin.ts")],
    outfile: join(path, "plugin.cjs"),
    bundle: true,
    minify: true,
    platform: "node",
    external: ["@grpc/proto-loader"],
    logLevel: "error",
  });
  const launcher = '#!/usr/bin/env node\nrequire("node:module").enableCompileCache();\nrequire("./plugin.cjs");\n';
  writeFileSync(join(path, "pulumi-resource-floor"), launcher, { mode: 0o755 });
  return path;
}

const onlyLooks = (step: Step): boolean => step === "nothing changed" || step === "drift check";

/** @param name as the results name it */
export function pulumiSubject(name: string, program: keyof typeof programs): Subject {
  const chosen: Program = programs[program];
  return { name, prepare: (place) => prepare(chosen, place), ...(chosen.isFloor && { isFloor: true }) };
}

async function prepare(program: Program, place: Place): Promise<Prepared> {
  const { emulator, folder } = place;
  const project = join(folder, "project");
  const plugins = await program.plugins?.(folder);
  writeProject(project, { program: program.text, ...(plugins && { plugins }) });
  const { region, projectId, accessKey, secretKey } = emulator;
  const keys = {
    HW_REGION_NAME: region,
    HW_PROJECT_ID: projectId,
    HW_ACCESS_KEY: accessKey,
    HW_SECRET_KEY: secretKey,
  };
  const env = { ...privateEnvironment(folder), ...keys, ...program.env?.(place) };
  const pulumi = (args: readonly string[]) => command("pulumi", [...args, "--non-interactive"], project, env);
  await pulumi(["stack", "init", "test"]);
  await pulumi(["config", "set", "huaweicloud-workspace:endpoint", emulator.url]);
  return {
    async take(step, tasks) {
      writeFileSync(join(project, "tasks.json"), JSON.stringify(program.tasksOf?.(tasks) ?? tasks));
      const exact = program.isExact ? ["--expect-no-changes"] : [];
      await pulumi([...pulumiCommands[step].split(" "), ...(onlyLooks(step) ? exact : ["--yes", "--skip-preview"])]);
    },
    async stateBytes() {
      const { deployment } = JSON.parse(await pulumi(["stack", "export"])) as { deployment: { resources: object[] } };
      return Buffer.byteLength(JSON.stringify(deployment.resources));
    },
  };
}
