/** Instants as people read them in a zone; pure, and the same in Node and in a browser. */
import type { Language } from "../../provider/scheduledTask/fields";

export interface Moment {
  /** yyyy-MM-dd */
  readonly day: string;
  /** HH:mm */
  readonly time: string;
}

const known = new Map<string, Moment>();
const formats = new Map<string, Intl.DateTimeFormat>();

/** @param minutes since 1970 */
export function momentIn(zone: string, minutes: number): Moment {
  const key = `${zone} ${minutes}`;
  const moment = known.get(key) ?? computed(zone, minutes);
  known.set(key, moment);
  return moment;
}

function computed(zone: string, minutes: number): Moment {
  const parts = formatOf(zone).formatToParts(minutes * 60_000);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? "";
  return { day: `${part("year")}-${part("month")}-${part("day")}`, time: `${part("hour")}:${part("minute")}` };
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const format = formats.get(zone) ?? newFormat(zone);
  formats.set(zone, format);
  return format;
}

function newFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
}

/** The zone itself, or UTC where there is none or this machine does not know it. */
export function usableZone(zone: string | null): string {
  try {
    formatOf(zone ?? "UTC");
    return zone ?? "UTC";
  } catch (error) {
    if (error instanceof RangeError) return "UTC";
    throw error;
  }
}

const locales: { readonly [L in Language]: string } = { en: "en-GB", zh: "zh-CN" };
const dayFormats = new Map<Language, Intl.DateTimeFormat>();

/** `Fri 27 Nov` of 2026-11-27. */
export function dayText(day: string, language: Language): string {
  const format =
    dayFormats.get(language) ??
    new Intl.DateTimeFormat(locales[language], { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  dayFormats.set(language, format);
  return format.format(new Date(`${day}T00:00:00Z`)).replace(",", "");
}

/** `Fri 27 Nov 19:30`. */
export function momentText(zone: string, minutes: number, language: Language): string {
  const { day, time } = momentIn(zone, minutes);
  return `${dayText(day, language)} ${time}`;
}

/** The day after yyyy-MM-dd, or one further away. */
export const dayAfter = (day: string, days = 1): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
