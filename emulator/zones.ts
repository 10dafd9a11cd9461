const dayMs = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** The zone of a task without one. UNKNOWN for this API; the sister app API documents Asia/Shanghai. */
export const defaultZone = "Asia/Shanghai";

/** Names only: `Intl` would also take offsets such as +08:00, and any letter case. */
export function isZone(name: string): boolean {
  if (!/^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/.test(name)) return false;
  try {
    formatterOf(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** "GMT+08:00", and "GMT+00:00" where `Intl` says "GMT". */
export function gmtOffset(zone: string, at: number): string {
  const text = formatterOf(zone).format(at);
  const offset = text.slice(text.indexOf("GMT"));
  return offset === "GMT" ? "GMT+00:00" : offset;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
    formatters.set(zone, formatter);
  }
  return formatter;
}

function offsetMs(zone: string, at: number): number {
  const [, sign, hours = "0", minutes = "0", seconds = "0"] =
    /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(gmtOffset(zone, at)) ?? [];
  const size = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return sign === "-" ? -size : size;
}

/** A wall-clock time of a zone, as the milliseconds that the same reading would have in UTC. */
export const toLocal = (zone: string, at: number) => at + offsetMs(zone, at);

/**
 * The instant of a wall-clock time. A time that occurs twice means the first one; a time that a clock change skips
 * moves on by the length of the gap (02:30 becomes 03:30), as java.time does.
 */
export function toInstant(zone: string, local: number): number {
  const before = offsetMs(zone, local - dayMs);
  const after = offsetMs(zone, local + dayMs);
  if (before !== after && offsetMs(zone, local - before) !== before && offsetMs(zone, local - after) === after) {
    return local - after;
  }
  return local - before;
}

/** yyyy-MM-dd HH:mm:ss in the zone. */
export const localText = (zone: string, at: number) =>
  new Date(toLocal(zone, at)).toISOString().slice(0, 19).replace("T", " ");

/** The zone in which a task's times are read. A console edit may have left a name that is none. */
export function zoneOf({ time_zone = "" }: { time_zone?: string }): string {
  return isZone(time_zone) ? time_zone : defaultZone;
}

/** The milliseconds of `yyyy-MM-dd HH:mm:ss` read as if in UTC. */
export const parseLocal = (text: string) => Date.parse(`${text.replace(" ", "T")}Z`);

export interface TimeZoneRow {
  time_zone_name: string;
  time_zone: string;
  time_zone_desc: string;
  time_zone_desc_us: string;
  time_zone_desc_cn: string;
}

/** A row of ListTimeZones. The exact texts of the cloud are unknown. */
export function timeZoneRow(name: string, at: number): TimeZoneRow {
  const offset = gmtOffset(name, at);
  return {
    time_zone_name: name,
    time_zone: offset,
    time_zone_desc: `(${offset}) ${name}`,
    time_zone_desc_us: `(${offset}) ${longName("en-US", name, at)}`,
    time_zone_desc_cn: `(${offset}) ${longName("zh-CN", name, at)}`,
  };
}

/** By language, zone and offset: making 800 formatters anew would block every other request for a tenth of a second. */
const longNames = new Map<string, string>();

function longName(language: string, zone: string, at: number): string {
  const key = `${language} ${zone} ${gmtOffset(zone, at)}`;
  let name = longNames.get(key);
  if (name === undefined) {
    const parts = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: "long" }).formatToParts(at);
    name = parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
    longNames.set(key, name);
  }
  return name;
}
