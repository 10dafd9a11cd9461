/** A schedule in words; pure. */
import { type Days, isTimed, type Timed, type Triggered } from "./schedule";
import { plain, type Words } from "./words";

/** When a task runs, with its zone: "Mon-Fri 19:30 Asia/Shanghai". */
export function scheduleText(schedule: Timed | Triggered | undefined, words: Words): string {
  if (schedule === undefined) return words.noSchedule;
  return isTimed(schedule) ? words.inZone(daysAndTime(schedule, words), schedule.timeZone) : eventText(schedule, words);
}

/** The same without the zone. */
export const daysAndTime = ({ days, time }: Timed, words: Words): string =>
  `${daysText(days, words)} ${timeText(time)}`;

const eventText = ({ event, wait }: Triggered, words: Words): string =>
  words.after(words.names.get(event) ?? plain(event), wait);

function daysText(days: Days, words: Words): string {
  switch (days.type) {
    case "FIXED_TIME":
      return words.once(words.date(days.date));
    case "DAY":
      return words.everyDays(days.interval);
    case "WEEK":
      return days.weekdays.length === 7 ? words.everyDays(1) : inRanges(days.weekdays, words.weekday, words);
    case "MONTH": {
      const numbers = days.dates.filter((date) => date !== "L");
      const isLast = numbers.length < days.dates.length;
      const names = [...ranges(numbers, words.dayOfMonth, words), ...(isLast ? [words.dayOfMonth("L")] : [])];
      const months = days.months.length === 12 ? undefined : inRanges(days.months, words.month, words);
      return words.monthly(words.and(names), months);
    }
  }
}

const inRanges = (numbers: readonly number[], nameOf: (number: number) => string, words: Words): string =>
  words.and(ranges(numbers, nameOf, words));

/** Names of ascending numbers, three or more in a row as a range. */
function ranges(numbers: readonly number[], nameOf: (number: number) => string, words: Words): string[] {
  const starts = numbers.filter((number) => !numbers.includes(number - 1));
  return starts.flatMap((first) => {
    const end = numbers.find((number) => number >= first && !numbers.includes(number + 1)) ?? first;
    if (end - first >= 2) return [words.range(nameOf(first), nameOf(end))];
    return end === first ? [nameOf(first)] : [nameOf(first), nameOf(end)];
  });
}

/** Of a time of day HH:mm:ss: its seconds only when there are some. */
export const timeText = (time: string): string => time.replace(/:00$/, "");

/** Of a date and time yyyy-MM-dd HH:mm:ss. */
export const momentText = (moment: string, words: Words): string =>
  `${words.date(moment.slice(0, 10))} ${timeText(moment.slice(11))}`;
