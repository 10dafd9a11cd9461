/** Programs in Go, for the plugin. */
import { objectTypes, rowNamed, type ValueType, weekdays } from "../provider/scheduledTask/fields";
import { type Code, type Item, layout } from "./layout";
import { camelCase, free, pascalCase, unmarked } from "./names";
import { FromConfig, type Part, type Program, SharedTargets, type Task, takesOver } from "./program";
import { quotedText } from "./text";

const style = { indent: "\t", aligned: true };
const MODULE = "github.com/pulumi-huaweicloud-workspace/pulumi-huaweicloud-workspace/sdk/go/huaweicloudworkspace";

/** The program by files. */
export function goFiles({ parts, shared }: Program): { [file: string]: string } {
  const names = functionNames(parts);
  const constants = shared.map(
    ({ words, targets }) => `var ${identifier(words)} = ${layout(targetsOf(targets), style)}\n`,
  );
  const [whole] = parts;
  if (whole !== undefined && whole.word === undefined) {
    const code = [mainOf(["tasks"]), ...constants, functionOf(whole, "tasks")];
    return { "main.go": fileOf(["pulumi", "workspace", ...configOf(whole)], code) };
  }
  const files = [...names].map(([part, name]) => [
    `${part.word}_tasks.go`,
    fileOf(["pulumi", "workspace", ...configOf(part)], [functionOf(part, name)]),
  ]);
  return {
    "main.go": fileOf(["pulumi", "workspace"], [mainOf([...names.values()])]),
    ...Object.fromEntries(files),
    ...(shared.length > 0 && { "targets.go": fileOf(["pulumi", "workspace"], constants) }),
  };
}

const imports = {
  workspace: `workspace "${MODULE}"`,
  pulumi: '"github.com/pulumi/pulumi/sdk/v3/go/pulumi"',
  config: '"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"',
};

const fileOf = (used: readonly string[], code: readonly string[]): string => {
  const lines = Object.entries(imports).flatMap(([name, path]) => (used.includes(name) ? [`\t${path}\n`] : []));
  return [`package main\n`, `import (\n${lines.join("")})\n`, ...code].join("\n");
};

const readsConfig = ({ tasks }: Part): boolean =>
  tasks.some(({ inputs }) => Object.values(inputs).some((value) => value instanceof FromConfig));
const configOf = (part: Part): string[] => (readsConfig(part) ? ["config"] : []);

const identifier = (words: readonly string[]): string => unmarked(camelCase(words));

function functionNames(parts: readonly Part[]): Map<Part, string> {
  const names = new Map<Part, string>();
  for (const part of parts)
    names.set(
      part,
      free(identifier(["tasks", ...(part.word === undefined ? [] : [part.word])]), new Set(names.values()), ""),
    );
  return names;
}

const mainOf = (functions: readonly string[]): string => {
  const loop = (tasks: string) => [
    `for name, args := range ${tasks} {`,
    "\tif _, err := workspace.NewScheduledTask(ctx, name, args); err != nil {",
    "\t\treturn err",
    "\t}",
    "}",
  ];
  const [only = "", ...others] = functions.map((name) => `${name}(ctx)`);
  const body =
    others.length === 0
      ? loop(only)
      : [
          "for _, tasks := range []map[string]*workspace.ScheduledTaskArgs{",
          ...[only, ...others].map((call) => `\t${call},`),
          "} {",
          ...loop("tasks").map((line) => `\t${line}`),
          "}",
        ];
  const lines = body.map((line) => `\t\t${line}\n`).join("");
  return `func main() {\n\tpulumi.Run(func(ctx *pulumi.Context) error {\n${lines}\t\treturn nil\n\t})\n}\n`;
};

function functionOf(part: Part, name: string): string {
  const items = part.tasks.map(
    ({ name: resource, inputs }): Item => ({
      key: `${quotedText(resource)}: `,
      code: { open: "{", items: fieldsOf(inputs), close: "}", style: "broken" },
    }),
  );
  const map: Code = { open: "map[string]*workspace.ScheduledTaskArgs{", items, close: "}", style: "broken" };
  return [
    `// ${name}: ${takesOver}\n`,
    `func ${name}(ctx *pulumi.Context) map[string]*workspace.ScheduledTaskArgs {\n`,
    ...(readsConfig(part) ? ['\tsecrets := config.New(ctx, "")\n'] : []),
    `\treturn ${layout(map, style, 1)}\n}\n`,
  ].join("");
}

const fieldsOf = (inputs: Task["inputs"]): Item[] =>
  Object.entries(inputs).map(([field, value]) => ({ key: `${pascalCase(field)}: `, code: codeOf(field, value) }));

function codeOf(field: string, value: unknown): Code {
  if (value instanceof FromConfig) return `secrets.RequireSecret(${quotedText(value.key)})`;
  if (value instanceof SharedTargets) return identifier(value.words);
  const known = rowNamed(field);
  const values = known?.values ?? [];
  if (values.includes(String(value))) return enumOf(pascalCase(field), String(value));
  return writers[known?.type ?? "string"](value);
}

const string = (value: unknown): string => `pulumi.String(${quotedText(String(value))})`;
const list =
  (type: string, item: (value: unknown) => string) =>
  (values: unknown): Code => ({
    open: `pulumi.${type}{`,
    items: (values as unknown[]).map((value) => ({ code: item(value) })),
    close: "}",
  });

const writers: { readonly [T in ValueType]: (value: unknown) => Code } = {
  string,
  date: string,
  time: string,
  dateTime: string,
  timeZone: string,
  boolean: (value) => `pulumi.Bool(${value})`,
  integer: (value) => `pulumi.Int(${value})`,
  weekdays: list("StringArray", (day) =>
    weekdays.includes(day as never) ? enumOf("Weekday", String(day)) : string(day),
  ),
  months: list("IntArray", (month) => `pulumi.Int(${month})`),
  dates: list("StringArray", string),
  ids: list("StringArray", string),
  targets: targetsOf,
  json: (value) => ({
    open: "pulumi.StringMap{",
    items: Object.entries(Object(value)).map(([key, one]) => ({ key: `${quotedText(key)}: `, code: string(one) })),
    close: "}",
  }),
};

function targetsOf(targets: unknown): Code {
  const items = (targets as { objectType: string; objectId?: string }[]).map(({ objectType, objectId }): Item => {
    const type = objectTypes.includes(objectType) ? enumOf("ObjectType", objectType) : string(objectType);
    const id = objectId === undefined ? [] : [{ key: "ObjectId: ", code: string(objectId) }];
    return {
      code: { open: "workspace.ApplyObjectArgs{", items: [{ key: "ObjectType: ", code: type }, ...id], close: "}" },
    };
  });
  return { open: "workspace.ApplyObjectArray{", items, close: "}" };
}

/** As Pulumi's generator names the values of an enumeration. */
const enumOf = (type: string, value: string): string => `workspace.${type}${value.includes("_") ? "_" : ""}${value}`;
