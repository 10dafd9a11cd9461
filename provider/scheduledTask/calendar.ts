/** Dates, times and zones; pure: the present is always passed in. */

/** Offset in minutes of "GMT+8", "+08:00" and the like, which the API's documents show beside names of zones. */
function fixedOffset(zone: string): number | undefined {
  const parts = /^(?:GMT|UTC)?([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(zone);
  return parts ? (parts[1] === "-" ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3] ?? 0)) : undefined;
}

/** Whether a name is in the tz database, or an offset such as GMT+8. */
export const isTimeZone = (zone: string): boolean =>
  fixedOffset(zone) !== undefined || (/^[A-Za-z]/.test(zone) && zoneName(zone) !== undefined);

/** The tz database's name of the zone that an alias means; undefined when there is none. */
export const zoneName = (zone: string): string | undefined => format(zone, {})?.resolvedOptions().timeZone;

/** Midwinter, midsummer and between, so that every offset of a zone is seen. */
const seasons = [0, 3, 6, 9].map((month) => new Date(Date.UTC(2026, month, 15)));

/**
 * Whether two names mean the same clock: one zone, or an offset and a zone that has it for a part of the year, since the
 * documents show "GMT+8" where a name was sent.
 */
export function isSameZone(a: string, b: string): boolean {
  if (fixedOffset(a) === undefined && fixedOffset(b) === undefined) return (zoneName(a) ?? a) === (zoneName(b) ?? b);
  return seasons.some((season) => offset(a, season) !== undefined && offset(a, season) === offset(b, season));
}

/** Clock time in a zone, yyyy-MM-dd HH:mm:ss: texts of this form compare as the instants do. */
export function wallClock(at: Date, zone: string): string {
  const shifted = new Date(at.getTime() + (offset(zone, at) ?? 0) * 60_000);
  return shifted.toISOString().slice(0, 19).replace("T", " ");
}

/** Most days that a month (1 to 12) ever has. */
export const longestMonth = (month: number): number => [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;

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
  return name === "GMT" ? 0 : name === undefined ? undefined : fixedOffset(name);
}

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat("en", { ...options, timeZone: zone });
  } catch {
    return undefined;
  }
}
