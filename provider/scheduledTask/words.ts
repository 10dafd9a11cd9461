import type { Language } from "./fields";
import type { Doubt } from "./nextRuns";

/** The wording of one language. How sentences are put together is in sentences.ts, the same for all languages. */
export interface Words {
  readonly language: Language;
  /** Between the parts of a sentence. */
  readonly separator: string;
  and(items: readonly string[]): string;
  range(first: string, last: string): string;
  /** A text with something said about it. */
  remarked(text: string, remarks: readonly string[]): string;

  /** Of a date yyyy-MM-dd. */
  date(date: string): string;
  dayAndDate(date: string): string;
  /** From 1, Monday, to 7, Sunday. */
  weekday(day: number): string;
  month(month: number): string;
  dayOfMonth(day: number | "L"): string;

  once(date: string): string;
  everyDays(interval: number): string;
  /** Months are missing when they are all twelve. */
  monthly(days: string, months: string | undefined): string;
  inZone(time: string, zone: string): string;
  after(event: string, wait: number): string;
  /** A schedule that is not valid or not yet known. */
  readonly noSchedule: string;

  until(moment: string): string;
  expired(moment: string): string;
  readonly expiryZone: string;
  next(moment: string): string;
  readonly passed: string;
  readonly noRun: string;
  /** Whether the task is enabled, in a change; `off` also of a task. */
  readonly on: string;
  readonly off: string;
  /** Said of a run; both are times of day. */
  readonly doubts: { readonly [D in Doubt]: (declared: string, expected: string) => string };

  becomes(before: string, after: string): string;
  set(what: string): string;
  changed(what: string): string;
  removed(what: string): string;
  /** No longer declared, but no value means "none". */
  left(what: string): string;
  /** Something with its value. */
  named(what: string, value: string): string;
  /** What is said of something, after its label. */
  listed(what: string, facts: readonly string[]): string;
  /** Of a set of desktops. */
  itemsAdded(count: number): string;
  itemsRemoved(count: number): string;
  readonly yes: string;
  readonly no: string;
  readonly unknown: string;
  readonly replaced: string;
  readonly noChange: string;

  /** Of documented values: actions, events, kinds of targets. */
  readonly names: ReadonlyMap<string, string>;
}

/** Short names of days of the week (1 is Monday) and of months (1 to 12), as a locale has them. */
export function calendarNames(locale: string): Pick<Words, "weekday" | "month"> {
  const name = (style: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...style, timeZone: "UTC" });
  const [weekdays, months] = [name({ weekday: "short" }), name({ month: "short" })];
  return {
    // 1 January 2024 is a Monday.
    weekday: (day) => weekdays.format(Date.UTC(2024, 0, day)),
    month: (month) => months.format(Date.UTC(2024, month - 1)),
  };
}

/** The parts of a date yyyy-MM-dd. */
export function partsOf(date: string): { year: number; month: number; day: number; weekday: number } {
  const at = new Date(`${date}T00:00:00Z`);
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    weekday: at.getUTCDay() || 7,
  };
}

/** What breaks a line or turns the direction of the text that follows. */
const disruptive = /[\u0085\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** A text of the user's own in quotes, in one line. */
export const quoted = (text: string): string =>
  JSON.stringify(text).replace(
    disruptive,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** The same without quotes where it is one plain word, such as an id. */
export const plain = (text: string): string => (/^[\p{L}\p{N}_./+:-]+$/u.test(text) ? text : quoted(text));
