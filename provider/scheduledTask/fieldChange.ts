/** The change of one field in words; pure. */
import type { Change } from "./diff";
import type { Inputs, Row, ValueType } from "./fields";
import { momentText } from "./scheduleText";
import { canonical, isEmpty, isUnknown } from "./wire";
import { plain, quoted, type Words } from "./words";

/** Up to so many desktops are named, more are only counted. */
const NAMED_AT_MOST = 3;

/**
 * What an update does to a field, named by its label. The value of a free text is never told.
 *
 * @param before the declared fields of the task, with the gray switch that they imply
 * @param after the new ones, likewise
 */
export function fieldChange({ field, kind }: Change, before: Inputs, after: Inputs, words: Words): string {
  const what = field.label[words.language];
  const [old, wanted] = [before, after].map((inputs) => canonical(field, inputs[field.name] ?? field.default));
  if (kind === "leave") return words.left(what);
  if (field.freeText) return textChange(what, old, wanted, words);
  if (isUnknown(wanted)) return words.listed(what, [words.unknown]);
  if (field.name === "enable") return wanted === false ? words.off : words.on;
  if (field.type === "targets" || field.type === "ids") return itemsChange(what, old, wanted, words);
  return valueChange(field, what, old, wanted, words);
}

function textChange(what: string, old: unknown, wanted: unknown, words: Words): string {
  if (isEmpty(wanted)) return words.removed(what);
  return isEmpty(old) ? words.set(what) : words.changed(what);
}

function itemsChange(what: string, old: unknown, wanted: unknown, words: Words): string {
  const [before, after] = [itemsOf(old, words), itemsOf(wanted, words)];
  const added = after.filter((item) => !before.includes(item));
  const removed = before.filter((item) => !after.includes(item));
  return words.listed(what, [
    ...counted(words.itemsAdded, added, words),
    ...counted(words.itemsRemoved, removed, words),
  ]);
}

function counted(say: (count: number) => string, items: readonly string[], words: Words): string[] {
  if (items.length === 0) return [];
  const text = say(items.length);
  return [items.length > NAMED_AT_MOST ? text : words.remarked(text, [words.and(items)])];
}

const itemsOf = (value: unknown, words: Words): string[] =>
  Array.isArray(value) ? value.map((item) => itemText(item, words)) : [];

/** Of an id or a target; all desktops are one target whatever id the cloud gives it. */
function itemText(item: unknown, words: Words): string {
  if (typeof item !== "object" || item === null) return plain(String(item));
  const { objectType, objectId }: { objectType?: unknown; objectId?: unknown } = item;
  const type = words.names.get(String(objectType)) ?? plain(String(objectType));
  return objectType === "ALL_DESKTOPS" ? type : words.named(type, plain(String(objectId)));
}

function valueChange(field: Row, what: string, old: unknown, wanted: unknown, words: Words): string {
  const text = texts[field.type];
  if (text === undefined) return words.changed(what);
  // Of two possible values the old one needs no mention.
  const subject = isEmpty(old) || field.type === "boolean" ? what : words.named(what, text(old, words, field));
  if (isEmpty(wanted)) return words.removed(subject);
  const change = words.becomes(subject, text(wanted, words, field));
  return field.type === "dateTime" ? words.remarked(change, [words.expiryZone]) : change;
}

/** Values of these types in words; those of others are told by the schedule that they make. */
const texts: { readonly [T in ValueType]?: (value: unknown, words: Words, field: Row) => string } = {
  string: (value, words, { values }) =>
    (values?.includes(String(value)) ? words.names.get(String(value)) : undefined) ?? quoted(String(value)),
  timeZone: (value) => plain(String(value)),
  integer: String,
  boolean: (value, words) => (value === true ? words.yes : words.no),
  dateTime: (value, words) => momentText(String(value), words),
};
