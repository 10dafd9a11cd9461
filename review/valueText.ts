/** A value of a field as a report shows it, on one line. */
export function valueText(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(itemText).join(", ");
  return JSON.stringify(value) ?? "";
}

/** A target is named by its kind and id. */
function itemText(item: unknown): string {
  if (typeof item !== "object" || item === null || !("objectType" in item)) return valueText(item);
  return "objectId" in item ? `${item.objectType} ${item.objectId}` : String(item.objectType);
}
