import type { Row } from "../provider/scheduledTask/fields";
import { parseJson } from "../provider/scheduledTask/wire";

/**
 * A canonical value as people write it: JSON is a text, and a report shows what it says, a number in it digit by digit; of a
 * target the kind comes first.
 */
export function readable(field: Row, value: unknown): unknown {
  if (field.type === "json" && typeof value === "string") return parseJson(value) ?? value;
  if (field.type === "targets" && Array.isArray(value)) return value.map(kindFirst);
  return value;
}

const kindFirst = ({ objectType, ...rest }: { readonly [name: string]: unknown }): object => ({ objectType, ...rest });
