import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Editable, editable, taskOf } from "../../provider/scheduledTask/examples.fixture";
import type { Inputs } from "../../provider/scheduledTask/fields";
import type { Cloud } from "../emulated";
import { createStack, type Deployment, type Stack, type StackSettings } from "./stack";

/** Args of a task, and options of the engine beside them. */
export interface Declared {
  readonly args: object;
  readonly options?: object;
  /** The name of the component that it is a child of. */
  readonly component?: string;
}
export type Tasks = { readonly [name: string]: Declared };

/** One task per field, named by it, so that one command changes, removes or drifts every field at once. */
export const tasksWith = (edit: (name: Editable, inputs: Inputs) => object): Tasks =>
  Object.fromEntries(
    editable.map(([name, { of }]) => [name, { args: edit(name, { ...taskOf(of), taskName: `task-of-${name}` }) }]),
  );

/** One of the two fronts; with all tasks in one ScheduledTaskFleet, or each a resource. */
export type Front = "dynamic" | "plugin" | "fleet" | "pluginFleet";

/** Which front serves the tasks of a suite: `FRONT=plugin` and the others run it again through that one. */
const chosen = (process.env.FRONT ?? "dynamic") as Front;
const servedByPlugin = (front: Front): boolean => front.startsWith("plugin");
const holdsFleet = (front: Front): boolean => /fleet/i.test(front);
export const isPlugin = servedByPlugin(chosen);
export const isFleet = holdsFleet(chosen);

/** Declares the class of a resource in a program. */
const classOf = (front: Front, type: "ScheduledTask" | "ScheduledTaskFleet"): string =>
  servedByPlugin(front)
    ? `class ${type} extends CustomResource {
  constructor(name, args, options) {
    super("huaweicloud-workspace:index:${type}", name, args, options);
  }
}`
    : `const { ${type} } = require("pulumi-huaweicloud-workspace");`;

/** The plugin of dist/, so that nothing depends on what npm has linked. */
const plugins = {
  plugins: { providers: [{ name: "huaweicloud-workspace", path: resolve(__dirname, "../../dist/plugin") }] },
};

/** What a stack needs beside its program to be served by the front. */
export const pluginsOfBuild = (front: Front): object => (servedByPlugin(front) ? plugins : {});

/** `{"secret": value}` in tasks.json is a secret value. */
const read = `
const { ComponentResource, CustomResource, secret } = require("@pulumi/pulumi");
const revived = (_, value) => value && typeof value === "object" && "secret" in value ? secret(value.secret) : value;
const tasks = JSON.parse(require("node:fs").readFileSync(require.resolve("./tasks.json"), "utf8"), revived);
`;

/** Declares what tasks.json holds, so that a test edits data and not code. */
export const programOf = (front: Front = chosen, fleetName = "fleet"): string =>
  holdsFleet(front)
    ? `${read}
${classOf(front, "ScheduledTaskFleet")}
const args = Object.entries(tasks).map(([key, { args }]) => [key, args]);
new ScheduledTaskFleet("${fleetName}", { tasks: Object.fromEntries(args) }, { deleteBeforeReplace: true });
`
    : `${read}
${classOf(front, "ScheduledTask")}
const components = new Map();
function parentOf(name) {
  if (name === undefined) return undefined;
  if (!components.has(name)) components.set(name, new ComponentResource("test:index:Component", name));
  return components.get(name);
}
for (const [name, { args, options, component }] of Object.entries(tasks))
  new ScheduledTask(name, args, { ...options, parent: parentOf(component) });
`;

/** A task that a state knows, alone or in a fleet. */
export interface KnownTask {
  readonly name: string;
  readonly id: string;
  readonly inputs: unknown;
}

export const tasksIn = ({ resources = [] }: Deployment): KnownTask[] =>
  resources.flatMap(({ type, urn, id = "", inputs, outputs }) => {
    if (type.endsWith(":ScheduledTask")) return [{ name: urn.split("::").at(-1) ?? "", id, inputs }];
    if (!type.endsWith(":ScheduledTaskFleet")) return [];
    const ids = Object.entries((outputs?.taskIds ?? {}) as { [key: string]: string });
    return ids.map(([key, one]) => ({ name: key, id: one, inputs: Object(inputs?.tasks)[key] }));
  });

export type TasksStack = Stack & { declare(tasks: Tasks): void };

/** A stack that declares tasks on an emulator. */
export async function createTasksStack(
  cloud: Cloud,
  settings: Partial<StackSettings> = {},
  front = chosen,
): Promise<TasksStack> {
  const { config, secrets } = cloud;
  const program = programOf(front);
  const stack = await createStack({ program, config, secrets, ...pluginsOfBuild(front), ...settings } as StackSettings);
  return { ...stack, declare: (tasks) => writeFileSync(join(stack.folder, "tasks.json"), JSON.stringify(tasks)) };
}

/** Names of the fields that `--diff` marks as changed, by Pulumi name of the resource. */
export function markedFields(output: string): { [name: string]: string[] } {
  const marked = new Map<string, Set<string>>();
  let current: Set<string> | undefined;
  for (const line of output.split("\n")) {
    const [, type = "", name] = /\[urn=urn:.*::(\S+)::([^\]]+)\]/.exec(line) ?? [];
    if (name !== undefined) {
      current = type.endsWith(":ScheduledTask") ? (marked.get(name) ?? new Set()) : undefined;
      if (current) marked.set(name, current);
    }
    // Deeper lines are parts of a field.
    const field = /^ {6}[~+-] (\w+) *:/.exec(line)?.[1];
    if (field !== undefined) current?.add(field);
  }
  return Object.fromEntries([...marked].map(([name, fields]) => [name, [...fields].sort()]));
}
