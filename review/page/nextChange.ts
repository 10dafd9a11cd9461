/** What in the calendar changes first: a reviewer who is late is too late from then on. */
import { type FieldName, type Language, rowNamed, scheduledTypes } from "../../provider/scheduledTask/fields";
import { isScheduleField } from "../../provider/scheduledTask/schedule";
import type { ReportTask } from "../report";
import { type Entry, entriesOf, firstDifference } from "./entries";
import type { NameOf } from "./link";
import { type Markup, markup } from "./markup";
import { moment, zonedMoment, zoneOf } from "./moment";
import { around, pageWords } from "./words";

/** The run of all tasks from which on the calendar differs, in a line. */
export function nextChange(tasks: readonly ReportTask[], nameOf: NameOf, language: Language): Markup {
  const page = pageWords[language];
  if (tasks.every(({ verdict }) => verdict === "same")) return line(page.calm);
  const changes = tasks.flatMap((task) => {
    const entry = changeOf(task);
    return entry ? [{ task, entry, from: Math.min(entry.at, entry.was?.at ?? entry.at) }] : [];
  });
  const [first] = changes.sort((a, b) => a.from - b.from);
  if (first === undefined) return line(page.noNextChange);
  const { task, entry } = first;
  const zone = zoneOf(task.timeZone);
  const what = entry.mark === "kept" ? page.changedOtherwise : page.script.marks[entry.mark];
  const was = entry.was && around(page.nextRunWas, moment(zone, entry.was.at, language));
  return markup`<p class="next" data-zone="${zone}">${page.nextChange}${page.colon}<strong>${zonedMoment(zone, entry.at, language)}</strong> ${nameOf(task)} <span class="mark ${entry.mark}">${what}</span>${was}</p>
`;
}

const line = (text: string): Markup => markup`<p class="next">${text}</p>\n`;

/** The first run of a task that an `up` moves, or that does something else than before; undefined where it leaves all as they are. */
function changeOf(task: ReportTask): Entry | undefined {
  const { answers, runs, timeZone } = task;
  // Of one that is taken over it is not known whether anything changes.
  if (answers.length === 0 || runs.before === null) return undefined;
  const zone = zoneOf(timeZone);
  const moved = firstDifference(runs.before, runs.after, zone);
  const [kept] = isOtherwise(task) && runs.after ? entriesOf(runs.after.slice(0, 1), runs.after.slice(0, 1), zone) : [];
  return kept && (moved === undefined || kept.at < moved.at) ? kept : moved;
}

/** Fields that decide neither when a task runs nor what it does then, or only whether it runs at all. */
const indifferent: readonly FieldName[] = ["taskName", "description", "enable", "expireTime"];

const isOtherwise = ({ fields, hidden }: ReportTask): boolean =>
  [...fields, ...hidden].some(({ name, cause }) => {
    const field = rowNamed(name);
    const isTiming = field && scheduledTypes.some((scheduledType) => isScheduleField({ scheduledType }, field));
    return field && cause !== "accepted" && cause !== "possible" && !isTiming && !indifferent.includes(field.name);
  });
