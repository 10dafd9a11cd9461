/**
 * A JUnit report: a test suite for each stack, a failed test for each task that differs or that a rule names, an error
 * where drift could not be seen.
 */
import { causeText } from "./causeText";
import { type Report, type ReportTask, storyOf } from "./report";
import { valueText } from "./valueText";
import { type Words, words } from "./words";

/** Name of the case that fails where a preview ran without it. */
const refresh = "--refresh";

interface Suite {
  readonly name: string;
  readonly tasks: readonly ReportTask[];
  /** What could not be told, or is left to others. */
  readonly notes: readonly string[];
  readonly isRead: boolean;
}

export function junit(report: Report): string {
  const text = words[report.language];
  const suites = [...report.stacks.map((stack) => suiteOf(stack, text)), ...unmanagedSuite(report, text)];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.map((suite) => suiteXml(suite, report.at, text)).join("\n")}\n</testsuites>\n`;
}

function suiteOf({ project, stack, tasks, notes, others, isRefreshed }: Report["stacks"][number], text: Words): Suite {
  const counted = Object.entries(others).map(([operation, count]) => `${count} ${operation}`);
  return {
    name: `${project}/${stack}`,
    tasks,
    notes: [...notes, ...(counted.length > 0 ? [text.others(counted.join(", "))] : [])],
    isRead: isRefreshed,
  };
}

function unmanagedSuite({ unmanaged, leftToOwners }: Report, text: Words): Suite[] {
  const owners = Object.entries(leftToOwners).map(([owner, count]) => `${owner} (${count})`);
  if (unmanaged.length === 0 && owners.length === 0) return [];
  const notes = owners.length > 0 ? [text.leftToOwners(owners.join(", "))] : [];
  return [{ name: text.verdicts.unmanaged, tasks: unmanaged, notes, isRead: true }];
}

function suiteXml({ name, tasks, notes, isRead }: Suite, at: string, text: Words): string {
  const failures = tasks.filter(isFailed).length;
  const names = distinctNames(tasks);
  const lines = [
    ...(isRead ? [] : [unreadXml(name, text)]),
    ...tasks.map((task, place) => caseXml(name, names[place] ?? task.name, task, text)),
    ...(notes.length > 0 ? [`    <system-out>${xml(notes.join("\n"))}</system-out>`] : []),
  ];
  const timestamp = at.replace(/\.\d+Z$/, "");
  const counts = `tests="${tasks.length + Number(!isRead)}" failures="${failures}" errors="${Number(!isRead)}"`;
  return `  <testsuite name="${xml(name)}" ${counts} timestamp="${timestamp}">\n${lines.map((line) => `${line}\n`).join("")}  </testsuite>`;
}

const isFailed = ({ verdict }: ReportTask): boolean => verdict !== "same";

/** Who tells cases apart by class and name would show one of several tasks of a name. */
function distinctNames(tasks: readonly ReportTask[]): string[] {
  const namesakes = Map.groupBy(tasks, ({ name }) => name);
  const taken = new Set([refresh]);
  return tasks.map((task) => {
    const place = [task.declaredAs, task.id].filter((one) => one !== null).join(", ");
    const isAlone = namesakes.get(task.name)?.length === 1;
    const name = isAlone ? task.name : `${task.name} (${place})`;
    let distinct = name;
    for (let count = 2; taken.has(distinct); count++) distinct = `${name} ${count}`;
    taken.add(distinct);
    return distinct;
  });
}

const unreadXml = (suite: string, text: Words): string =>
  `    <testcase classname="${xml(suite)}" name="${refresh}" time="0">\n      <error type="not-refreshed" message="${xml(text.notRefreshed)}"/>\n    </testcase>`;

function caseXml(suite: string, name: string, task: ReportTask, text: Words): string {
  const start = `    <testcase classname="${xml(suite)}" name="${xml(name)}" time="0"`;
  if (!isFailed(task)) return `${start}/>`;
  const message = storyOf(task, text);
  return `${start}>\n      <failure type="${task.verdict}" message="${xml(`${text.verdicts[task.verdict]}: ${message}`)}">${xml(bodyOf(task, text))}</failure>\n    </testcase>`;
}

function bodyOf(task: ReportTask, text: Words): string {
  const shown = (value: unknown): string => (value === null ? text.none : valueText(value, text));
  return [
    ...task.fields.map(
      (field) =>
        `${field.label}: ${text.old} ${shown(field.old)}; ${text.live} ${shown(field.live)}; ${text.wanted} ${shown(field.wanted)} (${causeText(field, task, text)})`,
    ),
    ...task.findings.map(
      ({ rule, text: what, isAcknowledged }) => `${rule}: ${what}${isAcknowledged ? ` (${text.acknowledged})` : ""}`,
    ),
    ...task.waysOut.map(({ what, code }) => (code === null ? what : `${what}: ${code}`)),
  ].join("\n");
}

/** Escaped, and without what XML cannot hold at all: control characters and half a pair. */
const xml = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, "\ufffd")
    .replace(/[<>&"'\n\r\t]/g, (sign) => `&#${sign.charCodeAt(0)};`);
