import { type Field, rows } from "../../provider/scheduledTask/fields";

/** Whether programs give it, get it, or both. */
type Direction = "in" | "out" | "both";

/** What a program may rely on at one place of the package. */
export interface Facts {
  readonly direction?: Direction;
  /** As in schema.json, without words. */
  readonly type?: unknown;
  readonly required?: boolean;
  readonly replaces?: boolean;
  readonly min?: number;
  readonly max?: number;
  /** The only values; absent: any. */
  readonly values?: readonly string[];
  /** The schedule types that use it, and those that need it; absent: all, and none. */
  readonly usedBy?: readonly string[];
  readonly requiredBy?: readonly string[];
  readonly default?: boolean;
  readonly enforced?: boolean;
}

/** By place, such as "ScheduledTask input dayInterval". */
export type Contract = { readonly [place: string]: Facts };

type Json = { readonly [key: string]: unknown };
type Properties = { readonly [name: string]: Json };
type Shape = Json & { readonly properties?: Properties; readonly required?: readonly string[] };

/** The part of schema.json that is read here. */
export interface PackageSchema {
  readonly config: { readonly variables: Properties };
  readonly provider: { readonly inputProperties?: Properties };
  readonly types: { readonly [token: string]: Shape & { readonly enum?: readonly { readonly value: unknown }[] } };
  readonly resources: {
    readonly [token: string]: Shape & {
      readonly inputProperties: Properties;
      readonly requiredInputs: readonly string[];
      readonly aliases?: readonly { readonly type: string }[];
    };
  };
  readonly functions: { readonly [token: string]: { readonly inputs?: Shape; readonly outputs?: Shape } };
}

const nameIn = (token: string): string => token.split(":").at(-1) ?? token;

const placesOf = (where: string, direction: Direction, { properties = {}, required = [] }: Shape): [string, Facts][] =>
  Object.entries(properties).map(([name, { description: _, willReplaceOnChanges, defaultInfo: __, ...type }]) => [
    `${where} ${name}`,
    { direction, type, required: required.includes(name), ...(willReplaceOnChanges === true && { replaces: true }) },
  ]);

/** What the table says of an input beside its type. */
const limits = ({ min, max, values, closed, usedBy, requiredBy, enforced, ...field }: Field): Facts => ({
  ...(min !== undefined && { min }),
  ...(max !== undefined && { max }),
  ...(closed && values && { values }),
  ...(usedBy && { usedBy }),
  ...(requiredBy && { requiredBy }),
  ...(field.default !== undefined && { default: field.default }),
  ...(enforced && { enforced }),
});

const withLimits = (place: string, facts: Facts): Facts => {
  const field = rows.find(({ name }) => place === `ScheduledTask input ${name}`);
  return field ? { ...facts, ...limits(field) } : facts;
};

/** All that a program may rely on. */
export function contractOf({ config, provider, types, resources, functions }: PackageSchema): Contract {
  const places: [string, Facts][] = [
    ...placesOf("configuration", "in", { properties: config.variables }),
    ...placesOf("provider input", "in", { properties: provider.inputProperties ?? {} }),
    ...Object.entries(resources).flatMap(([token, one]): [string, Facts][] => [
      [`resource ${nameIn(token)}`, {}],
      ...placesOf(`${nameIn(token)} input`, "in", { properties: one.inputProperties, required: one.requiredInputs }),
      ...placesOf(`${nameIn(token)} output`, "out", one),
      ...(one.aliases ?? []).map(({ type }): [string, Facts] => [`${nameIn(token)} alias ${type}`, {}]),
    ]),
    ...Object.entries(functions).flatMap(([token, { inputs = {}, outputs = {} }]): [string, Facts][] => [
      [`function ${nameIn(token)}`, {}],
      ...placesOf(`${nameIn(token)} argument`, "in", inputs),
      ...placesOf(`${nameIn(token)} result`, "out", outputs),
    ]),
    ...Object.entries(types).flatMap(([token, one]): [string, Facts][] => [
      [`type ${nameIn(token)}`, {}],
      ...placesOf(`${nameIn(token)} property`, directionOf(token, resources, functions), one),
      ...(one.enum ?? []).map(({ value }): [string, Facts] => [`${nameIn(token)} value ${value}`, {}]),
    ]),
  ];
  return Object.fromEntries(places.map(([place, facts]) => [place, withLimits(place, facts)]));
}

/** Whether a type stands in what programs give or get; both, where it stands only in other types. */
function directionOf(
  token: string,
  resources: PackageSchema["resources"],
  functions: PackageSchema["functions"],
): Direction {
  const given = [
    Object.values(resources).map(({ inputProperties }) => inputProperties),
    Object.values(functions).map(({ inputs }) => inputs),
  ];
  const got = Object.values(functions).map(({ outputs }) => outputs);
  const isGiven = JSON.stringify(given).includes(`/${token}"`);
  const isGot = JSON.stringify(got).includes(`/${token}"`);
  return isGiven === isGot ? "both" : isGot ? "out" : "in";
}
