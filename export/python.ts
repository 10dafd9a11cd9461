/** Programs in Python, for the plugin. */
import { type Code, type Item, layout } from "./layout";
import { snakeCase, upperCase } from "./names";
import { FromConfig, type Part, type Program, SharedTargets, type Task, takesOver } from "./program";
import { quotedText } from "./text";

const style = { indent: "    " };

/** The program by files. */
export function pythonFiles({ parts, shared }: Program): { [file: string]: string } {
  const constants = shared.map(({ words, targets }) => `${upperCase(words)} = ${layout(targetsOf(targets), style)}\n`);
  const [whole] = parts;
  if (whole !== undefined && whole.word === undefined) return { "__main__.py": fileOf(whole, constants.join("")) };
  const files = parts.map((part) => [`${moduleOf(part)}.py`, fileOf(part)]);
  return {
    "__main__.py": parts.map((part) => `import ${moduleOf(part)}\n`).join(""),
    ...Object.fromEntries(files),
    ...(shared.length > 0 && { "targets.py": constants.join("") }),
  };
}

const moduleOf = ({ word }: Part): string => `tasks_${word}`;

function fileOf({ tasks }: Part, constants?: string): string {
  const values = tasks.flatMap(({ inputs }) => Object.values(inputs));
  const used = new Set(values.filter((value) => value instanceof SharedTargets).map(({ words }) => upperCase(words)));
  const readsConfig = values.some((value) => value instanceof FromConfig);
  return [
    `# ${takesOver}\n`,
    [
      ...(readsConfig ? ["from pulumi import Config\n"] : []),
      "from pulumi_huaweicloud_workspace import ScheduledTask\n",
      ...(constants === undefined && used.size > 0 ? [`from targets import ${[...used].sort().join(", ")}\n`] : []),
    ].join(""),
    ...(readsConfig ? ["config = Config()\n"] : []),
    ...(constants ? [constants] : []),
    ...tasks.map(resourceOf),
  ].join("\n");
}

function resourceOf({ name, inputs }: Task): string {
  const fields = Object.entries(inputs).map(
    ([field, value]): Item => ({
      key: `${snakeCase(field)}=`,
      code: field === "applyObjects" ? targetsOf(value) : codeOf(value),
    }),
  );
  const items = [{ code: quotedText(name) }, ...fields];
  return `${layout({ open: "ScheduledTask(", items, close: ")", style: "broken" }, style)}\n`;
}

/** The names of a target's fields are the SDK's. */
function targetsOf(value: unknown): Code {
  if (!Array.isArray(value)) return codeOf(value);
  return codeOf(
    value.map((target: object) =>
      Object.fromEntries(Object.entries(target).map(([name, one]) => [snakeCase(name), one])),
    ),
  );
}

function codeOf(value: unknown): Code {
  if (value instanceof FromConfig) return `config.require_secret(${quotedText(value.key)})`;
  if (value instanceof SharedTargets) return upperCase(value.words);
  if (typeof value === "string") return quotedText(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return { open: "[", items: value.map((item) => ({ code: codeOf(item) })), close: "]" };
  if (typeof value === "object" && value !== null) {
    const items = Object.entries(value).map(([key, one]) => ({ key: `${quotedText(key)}: `, code: codeOf(one) }));
    return { open: "{", items, close: "}" };
  }
  return String(value);
}
