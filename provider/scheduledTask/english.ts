import { calendarNames, partsOf, type Words } from "./words";

const { weekday, month } = calendarNames("en-US");
/** Without a comma before "and". */
const conjunction = new Intl.ListFormat("en-GB");
const ordinals = new Intl.PluralRules("en", { type: "ordinal" });
const suffixes: { readonly [rule: string]: string } = { one: "st", two: "nd", few: "rd" };

const date = (text: string): string => {
  const { year, month: number, day } = partsOf(text);
  return `${day} ${month(number)} ${year}`;
};

export const english: Words = {
  language: "en",
  separator: "; ",
  and: (items) => conjunction.format(items),
  range: (first, last) => `${first}-${last.replace(/^the /, "")}`,
  remarked: (text, remarks) => `${text} (${remarks.join("; ")})`,

  date,
  dayAndDate: (text) => `${weekday(partsOf(text).weekday)} ${date(text)}`,
  weekday,
  month,
  dayOfMonth: (day) => (day === "L" ? "the last day" : `the ${day}${suffixes[ordinals.select(day)] ?? "th"}`),

  once: (text) => `once on ${text}`,
  everyDays: (interval) => (interval === 1 ? "every day" : `every ${interval} days`),
  monthly: (days, months = "every month") => `on ${days} of ${months}`,
  inZone: (time, zone) => `${time} ${zone}`,
  after: (event, wait) => `after ${event}${wait > 0 ? ` and a wait of ${wait} (unit not documented)` : ""}`,
  noSchedule: "a schedule that is not valid or not yet known",

  until: (moment) => `until ${moment}`,
  expired: (moment) => `has expired on ${moment}`,
  expiryZone: "zone not documented",
  next: (moment) => `next ${moment}`,
  passed: "its time has passed",
  noRun: "no run to come",
  on: "switched on",
  off: "switched off",
  doubts: {
    gap: (declared, expected) => `${declared} does not exist on that day; expected ${expected}`,
    overlap: (declared) => `${declared} comes twice; expected the first`,
    anchor: () => "expected: from which day the days count is not documented",
  },

  becomes: (before, after) => `${before} becomes ${after}`,
  set: (what) => `${what} set`,
  changed: (what) => `${what} changed`,
  removed: (what) => `${what} removed`,
  left: (what) => `${what}: no longer declared, stays as it is`,
  named: (what, value) => `${what} ${value}`,
  listed: (what, facts) => `${what}: ${facts.join(", ")}`,
  itemsAdded: (count) => `${count} added`,
  itemsRemoved: (count) => `${count} removed`,
  yes: "yes",
  no: "no",
  unknown: "a value not yet known",
  replaced: "the task is replaced, the old one is deleted first",
  noChange: "no change",

  names: new Map(
    Object.entries({
      START: "start",
      STOP: "stop",
      REBOOT: "reboot",
      HIBERNATE: "hibernate",
      REBUILD: "rebuild",
      EXECUTE_SCRIPT: "run a script",
      CREATE_SNAPSHOT: "take a snapshot",
      POST_CREATE_DESKTOP_SUCCESS: "a desktop is created",
      POST_REBUILD_DESKTOP_SUCCESS: "a desktop is rebuilt",
      POST_REATTACH_DESKTOP_SUCCESS: "a desktop is reassigned with a rebuild",
      POST_DESKTOP_DISCONNECTED: "a desktop is disconnected",
      POST_DESKTOP_CANNOT_CONNECT: "a desktop cannot be connected",
      DESKTOP: "desktop",
      DESKTOP_POOL: "pool",
      ALL_DESKTOPS: "all desktops",
      DESKTOP_TAG: "tag",
    }),
  ),
};
