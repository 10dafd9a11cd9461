/** A JUnit report: a test suite for each stack, a failed test for each task that differs or that a rule names. */
import { type Report, type ReportTask, storyOf } from "./report";
import { valueText } from "./valueText";
import { type Words, words } from "./words";

interface Suite {
  readonly name: string;
  readonly tasks: readonly ReportTask[];
}

export function junit(report: Report): string {
  const text = words[report.language];
  const suites: Suite[] = [
    ...report.stacks.map(({ project, stack, tasks }) => ({ name: `${project}/${stack}`, tasks })),
    ...(report.unmanaged.length > 0 ? [{ name: text.verdicts.unmanaged, tasks: report.unmanaged }] : []),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.map((suite) => suiteXml(suite, report.at, text)).join("\n")}\n</testsuites>\n`;
}

function suiteXml({ name, tasks }: Suite, at: string, text: Words): string {
  const failures = tasks.filter(isFailed).length;
  const cases = tasks.map((task) => caseXml(name, task, text)).join("\n");
  const timestamp = at.replace(/\.\d+Z$/, "");
  return `  <testsuite name="${xml(name)}" tests="${tasks.length}" failures="${failures}" errors="0" timestamp="${timestamp}">\n${cases}\n  </testsuite>`;
}

const isFailed = ({ verdict }: ReportTask): boolean => verdict !== "same";

function caseXml(suite: string, task: ReportTask, text: Words): string {
  const start = `    <testcase classname="${xml(suite)}" name="${xml(task.name)}" time="0"`;
  if (!isFailed(task)) return `${start}/>`;
  const message = storyOf(task, text);
  return `${start}>\n      <failure type="${task.verdict}" message="${xml(`${text.verdicts[task.verdict]}: ${message}`)}">${xml(bodyOf(task, text))}</failure>\n    </testcase>`;
}

function bodyOf({ fields, findings, waysOut }: ReportTask, text: Words): string {
  const shown = (value: unknown): string => (value === null ? text.none : valueText(value));
  return [
    ...fields.map(
      ({ label, old, live, wanted, cause }) =>
        `${label}: ${text.old} ${shown(old)}; ${text.live} ${shown(live)}; ${text.wanted} ${shown(wanted)} (${text.cause[cause]})`,
    ),
    ...findings.map(
      ({ rule, text: what, isAcknowledged }) => `${rule}: ${what}${isAcknowledged ? ` (${text.acknowledged})` : ""}`,
    ),
    ...waysOut.map(({ what, code }) => (code === null ? what : `${what}: ${code}`)),
  ].join("\n");
}

/** Escaped, and without what XML cannot hold at all: control characters and half a pair. */
const xml = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, "\ufffd")
    .replace(/[<>&"'\n\r\t]/g, (sign) => `&#${sign.charCodeAt(0)};`);
