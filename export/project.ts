/** What a folder needs beside the program, for the engine to run it. */
import { readFileSync } from "node:fs";
import type { Format } from "./flags";

type Files = { readonly [file: string]: string };

const PLUGINS = `plugins:
  providers:
    - name: huaweicloud-workspace
      path: node_modules/pulumi-huaweicloud-workspace/dist/plugin # of the npm package
`;

const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;

const project = (runtime: string, plugins = PLUGINS, made: readonly string[] = []): Files => ({
  "Pulumi.yaml": `name: scheduled-tasks\nruntime:${runtime}\noptions:\n  refresh: always\n${plugins}`,
  ".gitignore": ["node_modules/", ...made].map((name) => `${name}\n`).join(""),
});

interface Package {
  readonly version: string;
  readonly dependencies: { readonly [name: string]: string };
  readonly devDependencies: { readonly [name: string]: string };
}

const ours = (): Package =>
  JSON.parse(readFileSync(require.resolve("pulumi-huaweicloud-workspace/package.json"), "utf8"));

function node(): Files {
  const { version, dependencies, devDependencies } = ours();
  const pick = (from: Package["dependencies"], names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, from[name]]));
  const manifest = {
    name: "scheduled-tasks",
    private: true,
    main: "index.ts",
    dependencies: { ...pick(dependencies, ["@pulumi/pulumi"]), "pulumi-huaweicloud-workspace": `^${version}` },
    devDependencies: pick(devDependencies, ["@types/node", "ts-node", "typescript"]),
  };
  const compilerOptions = {
    target: "es2022",
    module: "node16",
    moduleResolution: "node16",
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  };
  return { "package.json": json(manifest), "tsconfig.json": json({ compilerOptions, files: ["index.ts"] }) };
}

/** By which npm puts the plugin into this folder, and not into one above. */
function plugin(): Files {
  const dependencies = { "pulumi-huaweicloud-workspace": `^${ours().version}` };
  return { "package.json": json({ name: "scheduled-tasks", private: true, dependencies }) };
}

const python = (): Files => ({ "requirements.txt": `pulumi_huaweicloud_workspace>=${ours().version},<1.0.0\n` });

const go = (): Files => ({
  "go.mod": `module scheduled-tasks

go 1.25

require (
	github.com/pulumi-huaweicloud-workspace/pulumi-huaweicloud-workspace/sdk/go/huaweicloudworkspace v${ours().version}
	github.com/pulumi/pulumi/sdk/v3 v3.259.0
)
`,
});

/** Files that are written where there are none of their names. */
export const projectFiles: { readonly [F in Format]: () => Files } = {
  typescript: () => ({ ...project(" nodejs", ""), ...node() }),
  fleet: () => ({ ...project(" nodejs", ""), ...node() }),
  "typescript-plugin": () => ({ ...project(" nodejs"), ...node() }),
  python: () => ({
    ...project("\n  name: python\n  options:\n    virtualenv: venv", PLUGINS, ["venv/", "__pycache__/"]),
    ...plugin(),
    ...python(),
  }),
  go: () => ({ ...project(" go"), ...plugin(), ...go() }),
  yaml: () => ({ ...project(" yaml"), ...plugin() }),
  import: () => ({}),
};
