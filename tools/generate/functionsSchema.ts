import { type FunctionRow, functions, type Property } from "../../provider/scheduledTask/functions";
import { type Json, property, TOKEN, typeRef } from "./schemaTypes";

/** A result is in canonical form: extraParams is JSON text, days are names. */
const resultTypes: { readonly [type: string]: Json } = {
  json: { type: "string" },
  weekdays: { type: "array", items: { type: "string" } },
};

const plain = ({ doc, integer }: Property): Json => ({ type: integer ? "integer" : "string", description: doc });

const argument = (arg: Property): Json => {
  if (arg.field === undefined) return plain(arg);
  const { willReplaceOnChanges: _, ...schema } = property(arg.field);
  return schema;
};

const resultProperty = (result: Property): Json =>
  result.field && result.field.type in resultTypes
    ? { ...resultTypes[result.field.type], description: result.doc }
    : result.field?.values
      ? plain(result)
      : argument(result);

const named = (properties: readonly Property[], schemaOf: (property: Property) => Json): Json =>
  Object.fromEntries(properties.map((one) => [one.name, schemaOf(one)]));

const itemType = ({ list }: FunctionRow): Json => (list?.item === undefined ? { type: "string" } : typeRef(list.item));

function outputs(row: FunctionRow): Json {
  const { list, result } = row;
  if (list === undefined) return { properties: named(result, resultProperty), required: ["id"] };
  const counted = row.counts && { totalCount: { type: "integer", description: "How many there are in all." } };
  return {
    properties: {
      [list.name]: {
        type: "array",
        items: itemType(row),
        description: list.item === undefined ? result[0]?.doc : row.doc,
      },
      ...counted,
    },
    required: [list.name, ...Object.keys(counted || {})],
  };
}

function needed({ args }: FunctionRow): Json {
  const names = args.filter(({ required }) => required).map(({ name }) => name);
  return names.length > 0 ? { required: names } : {};
}

/** The functions of the package schema. */
export const functionsSchema = (): Json =>
  Object.fromEntries(
    functions.map((row) => [
      `${TOKEN}:${row.name}`,
      {
        description: row.doc,
        inputs: { properties: named(row.args, argument), ...needed(row) },
        outputs: outputs(row),
      },
    ]),
  );

/** The types of the items of their results. */
export const functionTypes = (): Json =>
  Object.fromEntries(
    functions.flatMap(({ list, result, doc }) =>
      list?.item === undefined
        ? []
        : [
            [
              `${TOKEN}:${list.item}`,
              { type: "object", description: doc, properties: named(result, resultProperty), required: ["id"] },
            ],
          ],
    ),
  );
