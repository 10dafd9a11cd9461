import { type Field, objectTypes, type ValueType, weekdays } from "./fields";

/** A JSON Schema of draft-07, as ajv compiles it. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** What a program may write for one type of field: as a schema, and in words for the message when it does not fit. */
interface Shape {
  schema(field: Field): JsonSchema;
  expected(field: Field): string;
  /** The same for one item of a list. */
  readonly item?: string;
}

const range = ({ min, max }: Field): JsonSchema => ({ minimum: min, maximum: max });
const length = ({ min, max }: Field): JsonSchema => ({ minLength: min, maxLength: max });
const listOf = (items: JsonSchema, { min, max }: Field): JsonSchema => ({
  type: "array",
  items,
  minItems: min,
  maxItems: max,
});
const pattern = (source: string): JsonSchema => ({ type: "string", pattern: source });
const id: JsonSchema = { type: "string", minLength: 1, maxLength: 255 };
const time = "([01]?\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?";

const weekday = `${weekdays.join(", ")} (or 1 to 7, where 1 is Sunday)`;
const day = '"1" to "31", or "L" for the last day of the month';

export const shapes: { readonly [T in ValueType]: Shape } = {
  string: {
    schema: (field) => ({ type: "string", ...length(field), ...(field.closed && { enum: field.values }) }),
    expected: (field) =>
      field.closed ? `one of ${field.values?.join(", ")}` : `a text of ${field.min ?? 0} to ${field.max} characters`,
  },
  boolean: { schema: () => ({ type: "boolean" }), expected: () => "true or false" },
  integer: {
    schema: (field) => ({ type: "integer", ...range(field) }),
    expected: ({ min, max }) => `a whole number from ${min} to ${max}`,
  },
  date: { schema: () => pattern("^\\d{4}-\\d{2}-\\d{2}$"), expected: () => 'a date yyyy-MM-dd, e.g. "2030-12-23"' },
  time: { schema: () => pattern(`^${time}$`), expected: () => 'a time of day HH:mm:ss, e.g. "19:30:00"' },
  dateTime: {
    schema: () => pattern(`^\\d{4}-\\d{2}-\\d{2}[ T]${time}$`),
    expected: () => 'a date and time yyyy-MM-dd HH:mm:ss, e.g. "2030-12-31 09:00:00"',
  },
  timeZone: {
    schema: () => ({ type: "string", minLength: 1, maxLength: 2000 }),
    expected: () => 'a name of the tz database, e.g. "Asia/Shanghai" or "Europe/Paris"',
  },
  weekdays: {
    schema: (field) => listOf({ enum: [...weekdays, ...[1, 2, 3, 4, 5, 6, 7], ..."1234567"] }, field),
    expected: () => `a list of at least one of ${weekday}`,
    item: `one of ${weekday}`,
  },
  months: {
    schema: (field) => listOf({ type: "integer", minimum: 1, maximum: 12 }, field),
    expected: () => "a list of at least one number from 1 to 12",
    item: "a number from 1 to 12",
  },
  dates: {
    schema: (field) =>
      listOf(
        {
          anyOf: [
            { type: "integer", minimum: 1, maximum: 31 },
            { type: "string", pattern: "^([1-9]|[12]\\d|3[01]|L)$" },
          ],
        },
        field,
      ),
    expected: () => `a list of at least one of ${day}`,
    item: `one of ${day}`,
  },
  ids: {
    schema: (field) => listOf(id, field),
    expected: ({ max }) => `a list of at most ${max} ids of 1 to 255 characters`,
  },
  targets: {
    schema: (field) =>
      listOf(
        {
          type: "object",
          properties: { objectType: id, objectId: id },
          required: ["objectType"],
          additionalProperties: false,
        },
        field,
      ),
    expected: ({ max }) =>
      `a list of at most ${max} targets {objectType, objectId}, where objectType is ${objectTypes.join(", ")} and an id has 1 to 255 characters`,
    item: `{objectType, objectId}: objectType is ${objectTypes.join(", ")}, and both are texts of 1 to 255 characters`,
  },
  json: {
    schema: () => ({ type: ["object", "string"] }),
    expected: ({ max }) => `an object or JSON text of at most ${max} characters`,
  },
};

/** The shape of all inputs: types, ranges and no unknown property. What a value means is judged by check. */
export const inputsSchema = (fields: readonly Field[]): JsonSchema => ({
  type: "object",
  properties: Object.fromEntries(fields.map((field) => [field.name, shapes[field.type].schema(field)])),
  additionalProperties: false,
});
