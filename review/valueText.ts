/** A value of a field as a report shows it, on one line. */
import { UNKNOWN } from "../provider/scheduledTask/fields";
import type { Words } from "./words";

export function valueText(value: unknown, text: Words): string {
  if (value === UNKNOWN) return text.unknown;
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map((item) => itemText(item, text)).join(", ");
  return JSON.stringify(value) ?? "";
}

/** A target is named by its kind and id. */
function itemText(item: unknown, text: Words): string {
  if (typeof item !== "object" || item === null || !("objectType" in item)) return valueText(item, text);
  return "objectId" in item ? `${item.objectType} ${item.objectId}` : String(item.objectType);
}

/**
 * The same where there is little room: of a list first what not all versions hold, with how many items they share.
 *
 * @param versions of the field, the value among them
 * @param most characters
 */
export function briefText(value: unknown, versions: readonly unknown[], most: number, text: Words): string {
  const whole = valueText(value, text);
  if (whole.length <= most) return whole;
  if (!Array.isArray(value)) return cut(whole, most);
  const textsOf = (list: unknown): string[] => (Array.isArray(list) ? list.map((item) => itemText(item, text)) : []);
  const lists = versions.map((version) => new Set(textsOf(version)));
  const [common, own] = [true, false].map((isCommon) =>
    textsOf(value).filter((item) => lists.every((list) => list.has(item)) === isCommon),
  );
  return [
    ...(own && own.length > 0 ? [cut(own.join(", "), most)] : []),
    ...(common && common.length > 0 ? [text.inCommon(common.length)] : []),
  ].join(", ");
}

/** A text of at most so many characters, which says when it goes on. */
export const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most).toWellFormed()}…`;
