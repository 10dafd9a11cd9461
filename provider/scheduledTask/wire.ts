import { isDeepStrictEqual } from "node:util";
import { hasOffset, zoneName } from "./calendar";
import { type ApplyObject, type Field, UNKNOWN, type ValueType, weekdays } from "./fields";

/** A JSON object of the API, as received. */
export type WireTask = { readonly [wireName: string]: unknown };

/**
 * The three forms of a value of one type: as a user writes it, canonical (the one spelling of its meaning, itself a
 * valid way to write it), and as the API writes it.
 */
interface Codec {
  /** Canonical form of a valid value; of an invalid or unknown one, the value itself. */
  canonical(value: unknown): unknown;
  /** What is sent for a value as the user wrote it. */
  toWire(value: unknown): unknown;
  /** Canonical form of what the API returned, if that is not empty; undefined where it means "none" all the same. */
  fromWire(wire: unknown): unknown;
  /** The live value, written the way the user wrote the declared one, so that a diff marks only what differs. */
  restate?(declared: unknown, live: unknown): unknown;
  /** Whether the cloud may answer with this live value where that one was sent, other than by the same meaning. */
  answers?(sent: unknown, live: unknown): boolean;
}

const pad = (part = ""): string => part.padStart(2, "0");
const matching = (pattern: RegExp, value: unknown): RegExpExecArray | undefined =>
  typeof value === "string" ? (pattern.exec(value) ?? undefined) : undefined;

function canonicalTime(value: unknown): unknown {
  const time = matching(/^(\d{1,2}):(\d{2})(?::(\d{2}))?/, value);
  return time ? `${pad(time[1])}:${pad(time[2])}:${pad(time[3])}` : value;
}

function canonicalDate(value: unknown): unknown {
  return matching(/^\d{4}-\d{2}-\d{2}/, value)?.[0] ?? value;
}

/** Drops a zone suffix: the API documents none, and the clock time is what was declared. */
function canonicalDateTime(value: unknown): unknown {
  const parts = matching(/^(\d{4}-\d{2}-\d{2})[ T](\d{1,2}:\d{2}(?::\d{2})?)/, value);
  return parts ? `${parts[1]} ${canonicalTime(parts[2])}` : value;
}

const unique = <T>(values: T[]): T[] => [...new Set(values)];
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const listOf =
  (canonicalItem: (item: unknown) => unknown, rank: (item: unknown) => number | string) => (value: unknown) =>
    Array.isArray(value) ? unique(value.map(canonicalItem)).sort(by(rank)) : value;

const by =
  <T>(rank: (item: T) => number | string) =>
  (a: T, b: T): number =>
    rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0;

const commaList = (wire: unknown): string[] =>
  String(wire)
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
const some = (list: unknown): unknown => (asList(list).length > 0 ? list : undefined);

const weekdayName = (item: unknown): unknown => weekdays[Number(item) - 1] ?? item;
const weekdayNames: readonly unknown[] = weekdays;
const weekdayNumber = (item: unknown): number => weekdayNames.indexOf(item) + 1;
const dateRank = (item: unknown): number => (item === "L" ? 32 : Number(item));

/** ALL_DESKTOPS is one target whatever id the cloud gives it: that id is not documented. */
const targetKey = (target: unknown): string => {
  const { objectType, objectId } = (target ?? {}) as { objectType?: unknown; objectId?: unknown };
  return objectType === "ALL_DESKTOPS" ? "ALL_DESKTOPS" : `${objectType} ${objectId}`;
};
const canonicalTargets = (value: unknown): unknown =>
  Array.isArray(value)
    ? [...new Map(value.map((target) => [targetKey(target), target])).values()].sort(by(targetKey))
    : value;

/** Survivors in the user's order, then what is new. */
const inOrderOf =
  (key: (item: unknown) => unknown) =>
  (declared: unknown, live: unknown): unknown => {
    if (!Array.isArray(declared) || !Array.isArray(live)) return live;
    const alive = new Map(live.map((item) => [key(item), item]));
    const survivors = declared.filter((item) => alive.has(key(item)));
    const known = new Set(survivors.map(key));
    return [...survivors, ...live.filter((item) => !known.has(key(item)))];
  };

/** Of Node since 21; TypeScript does not know them. */
const { rawJSON, isRawJSON } = JSON as unknown as {
  rawJSON(text: string): unknown;
  isRawJSON(value: unknown): boolean;
};

const keepLongNumbers = (_key: string, value: unknown, context?: { source?: string }): unknown =>
  typeof value === "number" && context?.source !== undefined && context.source.replace(/\D/g, "").length > 15
    ? rawJSON(context.source)
    : value;

/**
 * What a JSON text says; undefined when it is none. A number that a double cannot hold is an object that
 * `JSON.stringify` writes digit by digit.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, keepLongNumbers);
  } catch {
    return undefined;
  }
}

/** Whether a text is JSON; check asks before anything is built on it. */
export const isJson = (text: string): boolean => parseJson(text) !== undefined;

/** JSON with sorted keys: equal values have equal texts. */
export function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(",")}]`;
  if (value === null || typeof value !== "object" || isRawJSON(value)) return JSON.stringify(value) ?? "null";
  return `{${Object.entries(value)
    .sort(by(([key]) => key))
    .map(([key, item]) => `${JSON.stringify(key)}:${sortedJson(item)}`)
    .join(",")}}`;
}

function canonicalJson(value: unknown): unknown {
  if (typeof value !== "string") return sortedJson(value);
  const parsed = parseJson(value);
  return parsed === undefined ? value : sortedJson(parsed);
}

const canonicalZone = (value: unknown): unknown => (typeof value === "string" ? (zoneName(value) ?? value) : value);
const sameOffset = (sent: unknown, live: unknown): boolean =>
  typeof sent === "string" && typeof live === "string" && hasOffset(sent, live);

const single = (canonical: (value: unknown) => unknown): Codec => ({
  canonical,
  toWire: canonical,
  fromWire: canonical,
});
const same = (value: unknown): unknown => value;

const codecs: { readonly [T in ValueType]: Codec } = {
  string: single(same),
  boolean: single(same),
  integer: single(same),
  date: single(canonicalDate),
  time: single(canonicalTime),
  dateTime: single(canonicalDateTime),
  // Sent as written: the canonical name of a zone is often its older one.
  timeZone: { ...single(canonicalZone), toWire: same, answers: sameOffset },
  weekdays: {
    canonical: listOf(weekdayName, weekdayNumber),
    toWire: (days) => asList(listOf(weekdayName, weekdayNumber)(days)).map(weekdayNumber).join(","),
    fromWire: (wire) => some(listOf(weekdayName, weekdayNumber)(commaList(wire))),
    restate: inOrderOf(weekdayName),
  },
  months: {
    canonical: listOf(Number, Number),
    toWire: (months) => asList(listOf(Number, Number)(months)).join(","),
    fromWire: (wire) => some(listOf(Number, Number)(commaList(wire))),
    restate: inOrderOf(Number),
  },
  dates: {
    canonical: listOf(String, dateRank),
    toWire: (dates) => asList(listOf(String, dateRank)(dates)).join(","),
    fromWire: (wire) => some(listOf(String, dateRank)(commaList(wire))),
    restate: inOrderOf(String),
  },
  ids: {
    canonical: listOf(same, String),
    toWire: listOf(same, String),
    fromWire: (wire) => some(listOf(same, String)(asList(wire))),
    restate: inOrderOf(same),
  },
  targets: {
    canonical: canonicalTargets,
    toWire: (targets) =>
      (canonicalTargets(targets) as ApplyObject[]).map(({ objectType, objectId }) => ({
        ...(objectId !== undefined && { object_id: objectId }),
        object_type: objectType,
      })),
    fromWire: (wire) =>
      some(
        canonicalTargets(
          (asList(wire) as WireTask[]).map((target) => ({
            objectType: target.object_type,
            ...(typeof target.object_id === "string" && target.object_id !== "" && { objectId: target.object_id }),
          })),
        ),
      ),
    restate: inOrderOf(targetKey),
  },
  json: {
    canonical: canonicalJson,
    // A text is sent as written: canonical form is for comparing.
    toWire: (value) => (typeof value === "string" ? value : sortedJson(value)),
    fromWire: canonicalJson,
    restate: (declared, live) =>
      typeof declared === "object" && typeof live === "string" ? (parseObject(live) ?? live) : live,
  },
};

/** The object that a JSON text says; undefined when it says none, or one that would lose digits of a long number. */
function parseObject(json: string): object | undefined {
  const value: unknown = isJson(json) ? JSON.parse(json) : undefined;
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject && sortedJson(value) === canonicalJson(json) ? value : undefined;
}

/** Whether a value is unknown in this preview, wholly or in a part. */
export function isUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(isUnknown);
}

/** The one spelling of a value's meaning: equal meanings have equal canonical forms. */
export const canonical = (field: Field, value: unknown): unknown =>
  value === undefined ? undefined : codecs[field.type].canonical(value);

/** Whether two values mean the same; "none" is any empty text or list. Most values are even spelled the same. */
export const equal = (field: Field, a: unknown, b: unknown): boolean =>
  isDeepStrictEqual(a, b) || meaning(field, a) === meaning(field, b);

/** A text that two values share when they are equal, and only then. */
export const meaning = (field: Field, value: unknown): string =>
  sortedJson(comparable(field, orNone(canonical(field, value))));
const orNone = (value: unknown): unknown => (isEmpty(value) ? undefined : value);

/** Whether a value is an empty one, which says the same as none. */
export const isEmpty = (value: unknown): boolean =>
  value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
const comparable = (field: Field, value: unknown): unknown =>
  field.type === "targets" && Array.isArray(value) ? value.map(targetKey) : value;

/** What is sent for a declared value. */
export const toWire = (field: Field, value: unknown): unknown => codecs[field.type].toWire(value);

/** The live value of a field in canonical form; its default, if it has one, for what the API left out. */
export function fromWire(field: Field, task: WireTask): unknown {
  const wire = task[String(field.wireName)] ?? undefined;
  return (isEmpty(wire) ? undefined : codecs[field.type].fromWire(wire)) ?? defaultOf(field);
}

/** What "none" means for a field: the value that clearing it leaves. */
function defaultOf(field: Field): unknown {
  if (field.default !== undefined) return field.default;
  return typeof field.clear === "object" && typeof field.clear.send === "number" ? field.clear.send : undefined;
}

/**
 * Whether a value is live: the cloud has the same, or one that it may have made of it, such as the offset of a zone.
 */
export function isLive(field: Field, value: unknown, task: WireTask): boolean {
  const live = fromWire(field, task);
  return equal(field, value, live) || (codecs[field.type].answers?.(value, live) ?? false);
}

/** The live value, written the way the user wrote the declared one. */
export const writtenAs = (field: Field, declared: unknown, live: unknown): unknown =>
  codecs[field.type].restate?.(declared, live) ?? live;

/** How a value reads in a message: never the text of a field that may hold a secret. */
export function shown(field: Field, value: unknown): string {
  if (value === undefined) return "none";
  if (field.freeText) return typeof value === "string" ? `a text of ${[...value].length} characters` : "a hidden value";
  return JSON.stringify(value);
}
