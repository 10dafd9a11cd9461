/** Programs in TypeScript: for the dynamic front with its helpers, for the plugin, and as fleets. */
import { inGroup, rowNamed, rows, type ScheduledType } from "../provider/scheduledTask/fields";
import { sortedJson } from "../provider/scheduledTask/wire";
import { type Code, type Item, layout } from "./layout";
import { camelCase } from "./names";
import { FromConfig, type Part, type Program, SharedTargets, type Task, takesOver } from "./program";
import { javascriptText } from "./text";

type Kind = "typescript" | "typescript-plugin" | "fleet";

const style = { indent: "  " };
const packages: { readonly [K in Kind]: string } = {
  typescript: "pulumi-huaweicloud-workspace",
  "typescript-plugin": "pulumi-huaweicloud-workspace/plugin",
  fleet: "pulumi-huaweicloud-workspace",
};

/** The helper of each schedule type. */
const helpers: { readonly [T in ScheduledType]: string } = {
  FIXED_TIME: "once",
  DAY: "daily",
  WEEK: "weekly",
  MONTH: "monthly",
  LIFE_CYCLE: "onEvent",
};

/** The program by files. */
export function typescriptFiles(program: Program, kind: Kind): { [file: string]: string } {
  const { parts, shared } = program;
  const constants = (prefix: string) =>
    shared.map(({ words, targets }) => `${prefix}const ${camelCase(words)} = ${layout(codeOf(targets), style)};\n`);
  const [whole] = parts;
  if (whole !== undefined && whole.word === undefined)
    return { "index.ts": fileOf(whole, kind, constants("").join("")) };
  const files = parts.map((part) => [`${fileNameOf(part)}.ts`, fileOf(part, kind)]);
  return {
    "index.ts": parts.map((part) => `import "./${fileNameOf(part)}";\n`).join(""),
    ...Object.fromEntries(files),
    ...(shared.length > 0 && { "targets.ts": constants("export ").join("") }),
  };
}

const fileNameOf = ({ word }: Part): string => `tasks-${word}`;

function fileOf(part: Part, kind: Kind, constants?: string): string {
  const values = part.tasks.flatMap(({ inputs }) => Object.values(inputs));
  const used = values.filter((value) => value instanceof SharedTargets).map(({ words }) => camelCase(words));
  const readsConfig = values.some((value) => value instanceof FromConfig);
  const hasHelpers = kind !== "typescript-plugin";
  const common = kind === "fleet" ? commonOf(part.tasks) : {};
  const declared = [common, ...part.tasks.map(({ inputs }) => without(inputs, common))];
  const names = [
    kind === "fleet" ? "ScheduledTaskFleet" : "ScheduledTask",
    ...(hasHelpers ? declared.filter(hasSchedule).map(helperOf) : []),
  ];
  const imports = [
    ...(readsConfig ? [importOf(["Config"], "@pulumi/pulumi")] : []),
    importOf(names, packages[kind]),
    ...(constants === undefined && used.length > 0 ? [importOf(used, "./targets")] : []),
  ];
  const fields = (inputs: Inputs): Item[] => (hasHelpers ? withHelper(inputs) : properties(inputs));
  return [
    imports.join(""),
    `// ${takesOver}\n`,
    ...(readsConfig ? ["const config = new Config();\n"] : []),
    ...(constants ? [constants] : []),
    ...(kind === "fleet"
      ? [fleetOf(part, common)]
      : part.tasks.map(({ name, inputs }) => resourceOf(name, fields(inputs)))),
  ].join("\n");
}

const importOf = (names: readonly string[], from: string): string => {
  const sorted = [...new Set(names)].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  return `import { ${sorted.join(", ")} } from "${from}";\n`;
};

const resourceOf = (name: string, items: readonly Item[]): string =>
  `${layout({ open: `new ScheduledTask(${javascriptText(name)}, {`, items, close: "});", style: "broken" }, style)}\n`;

/** A resource of the dynamic front, with its import. */
export const typescriptExample = ({ name, inputs }: Pick<Task, "name" | "inputs">): string =>
  `${importOf(["ScheduledTask", helperOf(inputs)], packages.typescript)}\n${resourceOf(name, withHelper(inputs))}`;

/** @param common what it declares once */
function fleetOf({ fleet, tasks }: Part, common: Inputs): string {
  const members = tasks.map(
    ({ name, inputs }): Item => ({
      key: keyOf(name),
      code: { open: "{", items: withHelper(without(inputs, common)), close: "}", style: "broken" },
    }),
  );
  const map: Code = { open: "{", items: members, close: "}", style: "broken" };
  const open = `new ScheduledTaskFleet(${javascriptText(fleet)}, {`;
  const items = [...withHelper(common), { key: "tasks: ", code: map }];
  return `${layout({ open, items, close: "});", style: "broken" }, style)}\n`;
}

/** What several tasks have all alike; of their schedules only the whole or the zone, since a helper writes the rest. */
function commonOf([first, ...others]: readonly Task[]): Inputs {
  if (first === undefined || others.length === 0) return {};
  const isAlike = (name: string): boolean =>
    others.every(({ inputs }) => sortedJson(inputs[name]) === sortedJson(first.inputs[name]));
  const ofSchedule = rows.map(({ name }) => name).filter((name) => isOfSchedule(name, first.inputs));
  const isWhole = ofSchedule.every(isAlike);
  const alike = Object.entries(first.inputs).filter(
    ([name]) =>
      rowNamed(name)?.identifies !== true &&
      isAlike(name) &&
      (isWhole || name === "timeZone" || !isOfSchedule(name, first.inputs)),
  );
  return Object.fromEntries(alike);
}

const without = (inputs: Inputs, common: Inputs): Inputs =>
  Object.fromEntries(Object.entries(inputs).filter(([name]) => !(name in common)));

const isIdentifier = (name: string): boolean => /^[A-Za-z_$][\w$]*$/.test(name);
const keyOf = (name: string): string => `${isIdentifier(name) ? name : javascriptText(name)}: `;

const properties = (values: object): Item[] =>
  Object.entries(values).map(([key, value]) => ({ key: keyOf(key), code: codeOf(value) }));

function codeOf(value: unknown): Code {
  if (value instanceof FromConfig) return `config.requireSecret(${javascriptText(value.key)})`;
  if (value instanceof SharedTargets) return camelCase(value.words);
  if (typeof value === "string") return javascriptText(value);
  if (Array.isArray(value)) return { open: "[", items: value.map((item) => ({ code: codeOf(item) })), close: "]" };
  if (typeof value === "object" && value !== null)
    return { open: "{", items: properties(value), close: "}", style: "padded" };
  return String(value);
}

type Inputs = Task["inputs"];

const helperOf = ({ scheduledType }: Inputs): string => helpers[scheduledType as ScheduledType];

const hasSchedule = ({ scheduledType }: Inputs): boolean => scheduledType !== undefined;

const isOfSchedule = (name: string, { scheduledType }: Inputs): boolean =>
  name === "scheduledType" || rows.some((field) => field.name === name && inGroup(String(scheduledType), field));

/** The fields, those of the schedule by its helper. */
function withHelper(inputs: Inputs): Item[] {
  if (!hasSchedule(inputs)) return properties(inputs);
  const { taskName, taskType, ...others } = inputs;
  const names = { ...(taskName !== undefined && { taskName }), ...(taskType !== undefined && { taskType }) };
  const entries = Object.entries(others);
  const schedule = entries.filter(([name]) => isOfSchedule(name, inputs));
  return [
    ...properties(names),
    { key: "...", code: call(Object.fromEntries(schedule)) },
    ...properties(Object.fromEntries(entries.filter(([name]) => !isOfSchedule(name, inputs)))),
  ];
}

function call({ scheduledType, ...schedule }: Inputs): Code {
  const name = helperOf({ scheduledType });
  if (scheduledType === "LIFE_CYCLE") {
    const { lifeCycleType, ...options } = schedule;
    const event = `${name}(${javascriptText(String(lifeCycleType))}`;
    return Object.keys(options).length === 0
      ? `${event})`
      : { open: `${event}, {`, items: properties(options), close: "})", style: "padded" };
  }
  const { dayInterval, monthList, dateList, scheduledDate, weekList, scheduledTime, timeZone } = schedule;
  const given = {
    every: dayInterval === 1 ? undefined : dayInterval,
    months: isEveryMonth(monthList) ? undefined : monthList,
    on: weekList ?? (Array.isArray(dateList) ? dateList.map(numberOrLast) : scheduledDate),
    at: scheduledTime,
    timeZone,
  };
  const items = properties(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
  return { open: `${name}({`, items, close: "})", style: "padded" };
}

const isEveryMonth = (months: unknown): boolean => Array.isArray(months) && months.length === 12;
const numberOrLast = (date: unknown): unknown => (date === "L" ? date : Number(date));
