/** A JUnit report: a test suite for each stack, a failed test for each task that differs or that a rule names. */
import type { Report, ReportTask } from "./report";
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
  const message = task.willHappen ?? task.happened ?? task.sentence;
  return `${start}>\n      <failure type="${task.verdict}" message="${xml(`${text.verdicts[task.verdict]}: ${message}`)}">${xml(bodyOf(task, text))}</failure>\n    </testcase>`;
}

function bodyOf({ fields, findings, hidden, waysOut }: ReportTask, text: Words): string {
  const shown = (value: unknown): string => (value === null ? text.none : valueText(value));
  return [
    ...fields.map(
      ({ label, old, live, wanted, cause }) =>
        `${label}: ${text.old} ${shown(old)}; ${text.live} ${shown(live)}; ${text.wanted} ${shown(wanted)} (${text.cause[cause]})`,
    ),
    ...(hidden.length > 0 ? [text.hidden(hidden.join(", "))] : []),
    ...findings.map(({ rule, text: what, isAcknowledged }) => `${rule}: ${what}${isAcknowledged ? ` (${text.acknowledged})` : ""}`),
    ...(waysOut ? [`${text.restore}: ${waysOut.restore}`, `${text.keep}: ${waysOut.keep}`] : []),
  ].join("\n");
}

/** Escaped, and without what XML cannot hold at all. */
const xml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML 1.0 forbids
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/[<>&"'\n\r\t]/g, (sign) => `&#${sign.charCodeAt(0)};`);
