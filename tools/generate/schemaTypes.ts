import type { Field, ValueType } from "../../provider/scheduledTask/fields";

export type Json = { readonly [key: string]: unknown };

export const TOKEN = "huaweicloud-workspace:index";
export const typeRef = (name: string): Json => ({ $ref: `#/types/${TOKEN}:${name}` });
export const capital = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}`;
const list = (items: Json): Json => ({ type: "array", items });

/** Pulumi type of a property, by the type of its field. An enum beside string stays open. */
const pulumiTypes: { readonly [T in ValueType]: (field: Field) => Json } = {
  string: (field) =>
    field.values ? { type: "string", oneOf: [{ type: "string" }, typeRef(capital(field.name))] } : { type: "string" },
  boolean: () => ({ type: "boolean" }),
  integer: () => ({ type: "integer" }),
  date: () => ({ type: "string" }),
  time: () => ({ type: "string" }),
  dateTime: () => ({ type: "string" }),
  timeZone: () => ({ type: "string" }),
  weekdays: () => list({ oneOf: [{ type: "string" }, typeRef("Weekday")] }),
  months: () => list({ type: "integer" }),
  dates: () => list({ type: "string" }),
  ids: () => list({ type: "string" }),
  targets: () => list(typeRef("ApplyObject")),
  json: () => ({ oneOf: [{ type: "object", additionalProperties: { $ref: "pulumi.json#/Any" } }, { type: "string" }] }),
};

export const property = (field: Field): Json => ({
  ...pulumiTypes[field.type](field),
  description: field.doc,
  ...(field.replaces && { willReplaceOnChanges: true }),
});
