/** A comment for a pull request: the summary first, details folded; nothing at all where nothing differs. */
import { code, codeElement, prose } from "./markdownText";
import { type Report, type ReportField, type ReportTask, storyOf } from "./report";
import { valueText } from "./valueText";
import { type Words, words } from "./words";

/** GitHub takes 65,536 characters in a comment, GitLab more. */
const longest = 60_000;

/** The comment; empty when every task was read and is as it was, and the project holds no other. */
export function markdown(report: Report): string {
  const text = words[report.language];
  const parts = [
    ...report.stacks.flatMap(({ stack, tasks }) => changedIn(named(stack, tasks, report))),
    ...report.unmanaged,
  ];
  const isRead = report.stacks.every(({ isRefreshed }) => isRefreshed);
  if (parts.length === 0 && isRead) return "";
  const head = [
    `## ${text.title}: ${summary(report, text)}`,
    ...findings(parts, text),
    ...notes(report, text),
    "",
    text.reviewed(`${report.at.slice(0, 16).replace("T", " ")} UTC`),
  ];
  const lines = ["", ...parts.map((task) => `- ${headline(task, text)}`)];
  return cut(
    [...head, ...lines].join("\n"),
    parts.flatMap((task) => details(task, text)),
    text,
  );
}

/** In place of a comment that was there, when nothing differs any more. */
export const clearedMarkdown = (report: Report): string => {
  const text = words[report.language];
  return `## ${text.title}: ${summary(report, text)}\n`;
};

/** Of several stacks each is named, for they may hold tasks of one name. */
const named = (stack: string, tasks: readonly ReportTask[], { stacks }: Report): readonly ReportTask[] =>
  stacks.length > 1 ? tasks.map((task) => ({ ...task, name: `${stack}: ${task.name}` })) : tasks;

const changedIn = (tasks: readonly ReportTask[]): ReportTask[] => tasks.filter(({ verdict }) => verdict !== "same");

/** Details go first when it gets too long, then headlines. */
function cut(head: string, folded: readonly string[], text: Words): string {
  let left = longest - head.length - text.cut(folded.length).length - 3;
  const kept = folded.filter((one) => {
    left -= one.length + 1;
    return left >= 0;
  });
  const rest = folded.length - kept.length;
  const whole = [head, "", ...kept, ...(rest > 0 ? [text.cut(rest)] : [])].join("\n");
  if (whole.length <= longest) return `${whole}\n`;
  const end = `\n\n${text.cut(folded.length)}\n`;
  return `${whole.slice(0, whole.lastIndexOf("\n", longest - end.length))}${end}`;
}

/** `2 planned, 1 drift; 26 unchanged`. */
function summary({ counts }: Report, text: Words): string {
  const { same, ...changed } = counts;
  const named = Object.entries(changed)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${text.verdicts[verdict as keyof typeof changed]}`);
  return [...named, text.unchanged(same)].join(", ");
}

const findings = (tasks: readonly ReportTask[], text: Words): string[] => {
  const lines = tasks.flatMap(({ name, findings: found }) =>
    found.map(
      ({ rule, text: what, isAcknowledged }) =>
        `> - ${code(name)}: ${prose(what)} (\`${rule}\`${isAcknowledged ? `, ${text.acknowledged}` : ""})`,
    ),
  );
  return lines.length > 0 ? ["", `> **${text.findings}**`, ...lines] : [];
};

const notes = ({ stacks, leftToOwners }: Report, text: Words): string[] => {
  const told = stacks.flatMap(({ stack, notes: noted, others }) => {
    const where = stacks.length > 1 ? `${text.stack} ${code(stack)}: ` : "";
    const counted = Object.entries(others).map(([operation, count]) => `${count} ${operation}`);
    return [
      ...noted.map((note) => `${where}${prose(note)}`),
      ...(counted.length > 0 ? [`${text.stack} ${code(stack)}: ${text.others(counted.join(", "))}`] : []),
    ];
  });
  const owners = Object.entries(leftToOwners).map(([owner, count]) => `${code(owner)} (${count})`);
  return [...told, ...(owners.length > 0 ? [text.leftToOwners(owners.join(", "))] : [])].flatMap((note) => ["", note]);
};

const headline = (task: ReportTask, text: Words): string =>
  `**${code(task.name)}** (${text.verdicts[task.verdict]}): ${prose(storyOf(task, text))}`;

const wayText = ({ what, code: copied }: ReportTask["waysOut"][number]): string =>
  copied === null ? prose(what) : `${prose(what)}: ${code(copied)}`;

function details(task: ReportTask, text: Words): string[] {
  const { name, declaredAs, id, waysOut } = task;
  const lines = [...fieldTable(task.fields, text), ...waysOut.map(wayText)];
  const place = [declaredAs, id].filter((one) => one !== null).join(", ");
  return lines.length === 0
    ? []
    : [
        `<details><summary>${codeElement(name)} (${codeElement(place)})</summary>\n\n${lines.join("\n\n")}\n\n</details>`,
      ];
}

function fieldTable(fields: readonly ReportField[], text: Words): string[] {
  if (fields.length === 0) return [];
  const rows = fields.map(({ label, cause, old, live, wanted }) =>
    [prose(label), ...[old, live, wanted].map((value) => cell(value, text)), text.cause[cause]].join(" | "),
  );
  const head = [text.field, text.old, text.live, text.wanted, ""].join(" | ");
  return [[`| ${head} |`, "| --- | --- | --- | --- | --- |", ...rows.map((row) => `| ${row} |`)].join("\n")];
}

const cell = (value: unknown, text: Words): string => (value === null ? text.none : codeElement(valueText(value)));
