/** A value of a field as a report shows it, on one line. */
export function valueText(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(itemText).join(", ");
  return JSON.stringify(value) ?? "";
}

/** A target is named by its kind and id. */
const itemText = (item: unknown): string =>
  typeof item === "object" && item !== null && "objectType" in item
    ? Object.values(item).reverse().join(" ")
    : valueText(item);
