/** Dates, times and zones; pure: the present is always passed in. */

/** Offset in minutes of "GMT+8", "+08:00" and the like, which the API's documents show beside names of zones. */
function fixedOffset(zone: string): number | undefined {
  const parts = /^(?:GMT|UTC)?([+-])(\d{1,2})(?::?([0-5]\d))?$/.exec(zone);
  if (!parts) return undefined;
  const minutes = Number(parts[2]) * 60 + Number(parts[3] ?? 0);
  return minutes > 14 * 60 ? undefined : (parts[1] === "-" ? -1 : 1) * minutes;
}

/** Names that JavaScript knows beside those of the tz database; some mean another zone to most people. */
const notInTheDatabase =
  /^(ACT|AET|AGT|ART|AST|BET|BST|CAT|CNT|CST|CTT|EAT|ECT|IET|IST|JST|MIT|NET|NST|PLT|PNT|PRT|PST|SST|VST)$/i;

/** Whether a name is in the tz database, or an offset such as GMT+8. */
export const isTimeZone = (zone: string): boolean =>
  /^[A-Z]/i.test(zone) &&
  !notInTheDatabase.test(zone) &&
  (fixedOffset(zone) !== undefined || zoneName(zone) !== undefined);

/** The tz database's name of the zone that an alias means; undefined when there is none. */
export function zoneName(zone: string): string | undefined {
  if (!zoneNames.has(zone)) zoneNames.set(zone, format(zone, {})?.resolvedOptions().timeZone);
  return zoneNames.get(zone);
}

/** To ask for it takes longer than to compare a task. */
const zoneNames = new Map<string, string | undefined>();

/** A time zone as JavaScript names it: as in the tz database, or ±HH:mm for an offset; undefined for a name that is none. */
export function zoneId(zone: string): string | undefined {
  if (!isTimeZone(zone)) return undefined;
  const fixed = fixedOffset(zone);
  if (fixed === undefined) return zoneName(zone);
  const [hours, minutes] = [Math.floor(Math.abs(fixed) / 60), Math.abs(fixed) % 60];
  return `${fixed < 0 ? "-" : "+"}${[hours, minutes].map((part) => String(part).padStart(2, "0")).join(":")}`;
}

/** Midwinter, midsummer and between, so that every offset of a zone is seen. */
const seasons = [0, 3, 6, 9].map((month) => new Date(Date.UTC(2026, month, 15)));

/**
 * Whether a name is an offset that the zone has for a part of the year: the documents show "GMT+8" where a name was sent.
 */
export const hasOffset = (zone: string, name: string): boolean =>
  fixedOffset(name) !== undefined && seasons.some((season) => offset(zone, season) === fixedOffset(name));

/** Clock time in a zone, yyyy-MM-dd HH:mm:ss: texts of this form compare as the instants do. */
export function wallClock(at: Date, zone: string): string {
  const shifted = new Date(at.getTime() + (offset(zone, at) ?? 0) * 60_000);
  return shifted.toISOString().slice(0, 19).replace("T", " ");
}

/** Most days that a month (1 to 12) ever has. */
export const longestMonth = (month: number): number => [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;

/** Whether no month (1 to 12) of these ever has one of these days; L is the last, which every month has. */
export const neverFires = (months: readonly number[], dates: readonly (string | number)[]): boolean =>
  dates.every((date) => date !== "L" && months.every((month) => Number(date) > longestMonth(month)));

/** Whether a date yyyy-MM-dd exists. */
export function isDate(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}

function offset(zone: string, at: Date): number | undefined {
  const fixed = fixedOffset(zone);
  if (fixed !== undefined) return fixed;
  const name = format(zone, { timeZoneName: "longOffset" })
    ?.formatToParts(at)
    .find((part) => part.type === "timeZoneName")?.value;
  return name === "GMT" ? 0 : fixedOffset(String(name));
}

/** Made once for a zone: a new one takes longer than to check a task, and much memory. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat | undefined {
  const key = JSON.stringify([zone, options]);
  const known = formatters.get(key);
  if (known) return known;
  try {
    const made = new Intl.DateTimeFormat("en", { ...options, timeZone: zone });
    formatters.set(key, made);
    return made;
  } catch {
    return undefined;
  }
}
