/** How a program may be written. */
export interface Kind {
  readonly name: string;
  readonly file: string;
  readonly isModule: boolean;
  /** `runtime` of Pulumi.yaml. */
  readonly runtime: object;
}

const typescript = { name: "nodejs" };
const javascript = { name: "nodejs", options: { typescript: false } };

export const kinds: readonly Kind[] = [
  { name: "CommonJS JavaScript", file: "index.js", isModule: false, runtime: javascript },
  { name: "ESM JavaScript", file: "index.js", isModule: true, runtime: javascript },
  { name: "CommonJS TypeScript (ts-node)", file: "index.ts", isModule: false, runtime: typescript },
  {
    name: "ESM TypeScript (ts-node)",
    file: "index.ts",
    isModule: true,
    runtime: { ...typescript, options: { nodeargs: "--loader ts-node/esm --no-warnings" } },
  },
];

export type Front = "dynamic" | "plugin";

const tsconfig = {
  compilerOptions: { target: "es2022", module: "node16", moduleResolution: "node16", strict: true, noEmit: true },
  files: ["index.ts"],
};

/** The files of a program of one task, beside its packages. */
export function filesOf(kind: Kind, front: Front, tarball: string): { [file: string]: string } {
  const from = `pulumi-huaweicloud-workspace${front === "plugin" ? "/plugin" : ""}`;
  const required = kind.isModule || kind.file.endsWith(".ts");
  const imported = required
    ? `import { ScheduledTask } from "${from}";`
    : `const { ScheduledTask } = require("${from}");`;
  const plugins = {
    providers: [{ name: "huaweicloud-workspace", path: "node_modules/pulumi-huaweicloud-workspace/dist/plugin" }],
  };
  return {
    "Pulumi.yaml": JSON.stringify({
      name: "packages",
      runtime: kind.runtime,
      ...(front === "plugin" && { plugins }),
    }),
    "package.json": JSON.stringify({
      name: "packages",
      private: true,
      type: kind.isModule ? "module" : "commonjs",
      main: kind.file,
      dependencies: { "@pulumi/pulumi": "^3.270.0", "pulumi-huaweicloud-workspace": `file:${tarball}` },
      devDependencies: { "@types/node": "^22.20.5", "ts-node": "^10.9.2", typescript: "~5.9.3" },
      // Code in an archive cannot be started.
      dependenciesMeta: { "pulumi-huaweicloud-workspace": { unplugged: true } },
    }),
    "tsconfig.json": JSON.stringify(tsconfig),
    [kind.file]: `${imported}
new ScheduledTask("nightly", {
  taskType: "STOP",
  scheduledType: "DAY",
  dayInterval: 1,
  scheduledTime: "19:30",
  timeZone: "Asia/Shanghai",
  applyObjects: [{ objectType: "DESKTOP_POOL", objectId: "pool-sales" }],
});
`,
  };
}
