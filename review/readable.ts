import type { Row } from "../provider/scheduledTask/fields";
import { parseJson } from "../provider/scheduledTask/wire";

/** Canonical JSON is a text; a report shows what it says, and a number in it digit by digit. */
export const readable = (field: Row, value: unknown): unknown =>
  field.type === "json" && typeof value === "string" ? (parseJson(value) ?? value) : value;
