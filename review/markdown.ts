/** A comment for a pull request: the summary first, details folded; nothing at all where nothing differs. */
import { causeText } from "./causeText";
import { type Detail, fitting, type Parts } from "./markdownLength";
import { code, codeElement, prose } from "./markdownText";
import { type Report, type ReportTask, storyOf } from "./report";
import { briefText, valueText } from "./valueText";
import { type Words, words } from "./words";

/** GitHub takes 65,536 characters in a comment, GitLab more. */
const longest = 60_000;
/** Where there is little room: most characters of a value, and of a command or an edit, which are of no use in part. */
const briefValue = 200;
const briefCode = 1_000;

/** The comment; empty when every task was read and is as it was, and the project holds no other. */
export function markdown(report: Report): string {
  const text = words[report.language];
  const tasks = [
    ...report.stacks.flatMap(({ stack, tasks: all }) => changedIn(named(stack, all, report))),
    ...report.unmanaged,
  ];
  const isRead = report.stacks.every(({ isRefreshed }) => isRefreshed);
  if (tasks.length === 0 && isRead) return "";
  const parts = {
    notes: notes(report, text),
    findings: findings(tasks, text),
    headlines: tasks.map((task) => `- ${headline(task, text)}`),
    details: tasks.flatMap((task) => details(task, text)),
  };
  const frame = (kept: Parts<string>): string => framed(kept, leftOut(parts, kept, text), report, text);
  const none = { notes: [], findings: [], headlines: [], details: [] };
  return frame(fitting(parts, longest - frame(none).length));
}

/** How many of each part are left out, where any are. */
function leftOut(
  all: Parts<Detail>,
  kept: Parts<string>,
  text: Words,
): { readonly [P in keyof Parts<string>]: string[] } {
  const told = (part: keyof Parts<string>, say: (count: number) => string): string[] => {
    const count = all[part].length - kept[part].length;
    return count > 0 ? [say(count)] : [];
  };
  return {
    notes: told("notes", text.leftOut.notes),
    findings: told("findings", (count) => `> - ${text.leftOut.findings(count)}`),
    headlines: told("headlines", (count) => `- ${text.leftOut.tasks(count)}`),
    details: told("details", text.leftOut.details),
  };
}

function framed(kept: Parts<string>, missing: ReturnType<typeof leftOut>, report: Report, text: Words): string {
  const found = [...kept.findings, ...missing.findings];
  const blocks = [
    `## ${text.title}: ${summary(report, text)}`,
    ...(found.length > 0 ? [[`> **${text.findings}**`, ...found].join("\n")] : []),
    ...kept.notes,
    ...missing.notes,
    text.reviewed(`${report.at.slice(0, 16).replace("T", " ")} UTC`),
    [...kept.headlines, ...missing.headlines].join("\n"),
    kept.details.join("\n"),
    ...missing.details,
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
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

/** `2 planned, 1 drift; 26 unchanged`. */
function summary({ counts }: Report, text: Words): string {
  const { same, ...changed } = counts;
  const named = Object.entries(changed)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${text.verdicts[verdict as keyof typeof changed]}`);
  return [...named, text.unchanged(same)].join(", ");
}

/** What nobody has acknowledged first. */
function findings(tasks: readonly ReportTask[], text: Words): string[] {
  const all = tasks.flatMap(({ name, findings: found }) => found.map((finding) => ({ name, ...finding })));
  return [
    ...all.filter(({ isAcknowledged }) => !isAcknowledged),
    ...all.filter(({ isAcknowledged }) => isAcknowledged),
  ].map(
    ({ name, rule, text: what, isAcknowledged }) =>
      `> - ${code(name)}: ${prose(what)} (\`${rule}\`${isAcknowledged ? `, ${text.acknowledged}` : ""})`,
  );
}

function notes({ stacks, leftToOwners }: Report, text: Words): string[] {
  const told = stacks.flatMap(({ stack, notes: noted, others }) => {
    const where = stacks.length > 1 ? `${text.stack} ${code(stack)}: ` : "";
    const counted = Object.entries(others).map(([operation, count]) => `${count} ${operation}`);
    return [
      ...noted.map((note) => `${where}${prose(note)}`),
      ...(counted.length > 0 ? [`${text.stack} ${code(stack)}: ${text.others(counted.join(", "))}`] : []),
    ];
  });
  const owners = Object.entries(leftToOwners).map(([owner, count]) => `${code(owner)} (${count})`);
  return [...told, ...(owners.length > 0 ? [text.leftToOwners(owners.join(", "))] : [])];
}

const headline = (task: ReportTask, text: Words): string =>
  `**${code(task.name)}** (${text.verdicts[task.verdict]}): ${prose(storyOf(task, text))}`;

function details(task: ReportTask, text: Words): Detail[] {
  const { name, declaredAs, id, fields, waysOut } = task;
  if (fields.length === 0 && waysOut.length === 0) return [];
  const place = [declaredAs, id].filter((one) => one !== null).join(", ");
  const folded = (lines: readonly string[]): string =>
    `<details><summary>${codeElement(name)} (${codeElement(place)})</summary>\n\n${lines.join("\n\n")}\n\n</details>`;
  const whole = [...fieldTable(task, valueText, text), ...waysOut.map(wayText)];
  const brief = [...fieldTable(task, shortValue, text), ...waysOut.map(shortWay)];
  const isCut = brief.some((line, place) => line !== whole[place]);
  return [{ whole: folded(whole), brief: folded(isCut ? [...brief, text.shortened] : brief) }];
}

type Way = ReportTask["waysOut"][number];

const wayText = ({ what, code: copied }: Way): string =>
  copied === null ? prose(what) : `${prose(what)}: ${code(copied)}`;
const shortWay = ({ what, code: copied }: Way): string =>
  wayText({ what, code: copied !== null && copied.length > briefCode ? null : copied });

type Shown = (value: unknown, text: Words, versions: readonly unknown[]) => string;

const shortValue: Shown = (value, text, versions) => briefText(value, versions, briefValue, text);

function fieldTable(task: ReportTask, shown: Shown, text: Words): string[] {
  if (task.fields.length === 0) return [];
  const cell = (value: unknown, versions: readonly unknown[]): string =>
    value === null ? text.none : codeElement(shown(value, text, versions));
  const rows = task.fields.map((field) => {
    const versions = [field.old, field.live, field.wanted];
    const cells = versions.map((value) => cell(value, versions));
    return [prose(field.label), ...cells, causeText(field, task, text)].join(" | ");
  });
  const head = [text.field, text.old, text.live, text.wanted, ""].join(" | ");
  return [[`| ${head} |`, "| --- | --- | --- | --- | --- |", ...rows.map((row) => `| ${row} |`)].join("\n")];
}
