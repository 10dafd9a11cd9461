/** Programs in Pulumi YAML, for the plugin. */
import { camelCase } from "./names";
import { FromConfig, type Program, SharedTargets, type Task, takesOver } from "./program";
import { yamlText } from "./text";

const TYPE = "huaweicloud-workspace:ScheduledTask";

/** The program by files: of a program in YAML the engine reads one. */
export function yamlFiles({ parts, shared, secrets }: Program): { [file: string]: string } {
  // By a name of their own they come as the text that they are; by their key, Pulumi reads JSON in them.
  const config = secrets.map(
    ({ key, words }) => `  ${camelCase(words)}: { name: ${yamlText(key)}, type: string, secret: true }\n`,
  );
  const variables = shared.map(({ words, targets }) => `  ${camelCase(words)}:${codeOf(targets, "    ")}\n`);
  const sections = [
    ...(config.length > 0 ? [`config:\n${config.join("")}`] : []),
    ...(variables.length > 0 ? [`variables:\n${variables.join("")}`] : []),
    `resources:\n${parts.flatMap(({ tasks }) => tasks.map(resourceOf)).join("\n")}`,
  ];
  return { "Main.yaml": [`# ${takesOver}\n`, ...sections].join("\n") };
}

/** A resource of the plugin, below `resources:`. */
export const yamlExample = (task: Pick<Task, "name" | "inputs">): string => `resources:\n${resourceOf(task)}`;

const resourceOf = ({ name, inputs }: Pick<Task, "name" | "inputs">): string =>
  [
    `  ${yamlText(name)}:\n    type: ${TYPE}\n    properties:\n`,
    ...Object.entries(inputs).map(([field, value]) => `      ${field}:${codeOf(value, "        ")}\n`),
  ].join("");

/** What follows a key: on its line, or below it an item a line. */
function codeOf(value: unknown, indent: string): string {
  if (value instanceof FromConfig || value instanceof SharedTargets) return ` \${${camelCase(value.words)}}`;
  if (Array.isArray(value) && value.some((item) => typeof item === "object"))
    return value.map((item) => `\n${indent}- ${flow(item)}`).join("");
  return ` ${flow(value)}`;
}

function flow(value: unknown): string {
  if (typeof value === "string") return yamlText(literal(value));
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const entries = Object.entries(value).map(([key, one]) => `${yamlText(key)}: ${flow(one)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** A dollar sign begins a reference; two are one. */
const literal = (text: string): string => text.replaceAll("$", "$$$$");
