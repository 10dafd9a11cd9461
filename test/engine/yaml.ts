import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Cloud } from "../emulated";
import { createStack, type Stack, type StackSettings } from "./stack";

const repository = resolve(__dirname, "../..");
const TYPE = "huaweicloud-workspace:index:ScheduledTask";

/** The plugin, and an engine that runs YAML. */
export interface Plugin {
  readonly folder: string;
  readonly executable: string;
  cleanup(): void;
}

/** @param languages that the engine runs beside those */
export function preparePlugin(languages: readonly string[] = []): Plugin {
  const tool = (name: string, ...args: string[]): string =>
    execFileSync(process.execPath, [join(repository, "tools", name), ...args], { encoding: "utf8" }).trimEnd();
  tool("engine.mjs", "--languages", ["nodejs", "yaml", ...languages].join(","));
  const folder = mkdtempSync(join(tmpdir(), "plugin-"));
  tool("bundle.mjs", folder);
  return {
    folder,
    executable: join(folder, "pulumi-resource-huaweicloud-workspace"),
    cleanup: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A reference of YAML: the value of another resource. */
export const ref = (path: string): string => `\${${path}}`;
export const secret = (value: unknown): object => ({ "fn::secret": value });

export interface YamlProgram {
  readonly resources: {
    readonly [name: string]: { readonly type?: string; readonly properties?: object; readonly options?: object };
  };
  readonly variables?: object;
  readonly outputs?: object;
}

/** The text of a Pulumi.yaml; JSON is YAML. */
export const yamlProgram = (plugin: Plugin, { resources, ...rest }: YamlProgram): string =>
  JSON.stringify({
    name: "harness",
    runtime: "yaml",
    plugins: pluginsOf(plugin),
    resources: Object.fromEntries(Object.entries(resources).map(([name, one]) => [name, { type: TYPE, ...one }])),
    ...rest,
  });

/** Where the engine finds the plugin. */
export const pluginsOf = ({ folder }: Plugin): object => ({
  providers: [{ name: "huaweicloud-workspace", path: folder }],
});

export type YamlStack = Stack & {
  declare(program: YamlProgram): void;
  /** Tasks only, by name. */
  declareTasks(tasks: { readonly [name: string]: object }, options?: object): void;
  write(pulumiYaml: string): void;
};

/** A stack of a YAML program on an emulator, served by the plugin. */
export async function createYamlStack(
  plugin: Plugin,
  { config, secrets }: Cloud,
  settings: Partial<StackSettings> = {},
): Promise<YamlStack> {
  const folder = mkdtempSync(join(tmpdir(), "yaml-"));
  try {
    writeFileSync(join(folder, "Pulumi.yaml"), yamlProgram(plugin, { resources: {} }));
    const stack = await createStack({ config, secrets, ...settings, program: { folder } } as StackSettings);
    const write = (text: string) => writeFileSync(join(stack.folder, "Pulumi.yaml"), text);
    const declare = (program: YamlProgram) => write(yamlProgram(plugin, program));
    const declareTasks: YamlStack["declareTasks"] = (tasks, options) =>
      declare({
        resources: Object.fromEntries(
          Object.entries(tasks).map(([name, properties]) => [name, { properties, ...(options && { options }) }]),
        ),
      });
    return { ...stack, write, declare, declareTasks };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
