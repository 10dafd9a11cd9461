import { distance } from "fastest-levenshtein";
import { type Field, rowNamed, rows } from "./fields";
import { type ShapeError, validate } from "./generated/validate";
import { shapes } from "./shapes";
import { isUnknown } from "./wire";

/** Something wrong with an input, or doubtful: where, and what is allowed there. */
export interface Finding {
  readonly path: string;
  readonly reason: string;
}

/** Inputs before they are known to be any. */
export type Declared = { readonly [name: string]: unknown };

const fieldNames: readonly string[] = rows.map(({ name }) => name);

/** What does not have the shape of a field's value, each with its path; an unknown value fits everywhere. */
export function shapeFailures(inputs: Declared): Finding[] {
  if (validate(inputs)) return [];
  const failures = (validate.errors ?? []).flatMap((error) => shapeFailure(inputs, error));
  // ajv reports each branch of an alternative; a reader needs one line for a path.
  return [...new Map(failures.map((failure) => [failure.path, failure])).values()];
}

function shapeFailure(inputs: Declared, error: ShapeError): Finding[] {
  // A step is the name of a field or of a part of one, or an index: none has to be unescaped.
  const steps = error.instancePath.split("/").slice(1);
  const { value, unknown } = follow(inputs, steps);
  if (unknown) return [];
  const extra = error.params.additionalProperty;
  if (typeof extra === "string")
    return [unknownProperty([...steps, extra], steps.length === 0 ? fieldNames : ["objectType", "objectId"])];
  const field = rowNamed(steps[0] ?? "");
  if (field === undefined) return [];
  const { expected, item } = shapes[field.type];
  const isItem = steps.length > 1 && item !== undefined;
  return [{ path: pathOf(steps), reason: `${given(field, value)}; expected ${isItem ? item : expected(field)}` }];
}

function follow(inputs: Declared, steps: readonly string[]): { value: unknown; unknown: boolean } {
  let value: unknown = inputs;
  for (const step of steps) {
    value = (value as Declared)[step];
    if (typeof value === "string" && isUnknown(value)) return { value, unknown: true };
  }
  return { value, unknown: false };
}

const pathOf = (steps: readonly string[]): string =>
  steps.reduce((path, step) => (/^\d+$/.test(step) ? `${path}[${step}]` : path ? `${path}.${step}` : step), "");

/** How a value that is wrong reads in a failure: texts that may hold a secret by their length only. */
export function given(field: Field, value: unknown): string {
  if (typeof value === "string" && field.freeText) return `a text of ${[...value].length} characters`;
  if (value === null) return "null";
  if (Array.isArray(value)) return `${value.length} items`;
  if (typeof value === "string" && value.length > 80) return `a text of ${[...value].length} characters`;
  return typeof value === "object" || field.freeText ? `a value of type ${typeof value}` : JSON.stringify(value);
}

/** @param names those that are known there */
export function unknownProperty(steps: readonly string[], names: readonly string[]): Finding {
  const name = steps.at(-1) ?? "";
  const nearest = names.reduce((best, other) => (distance(name, other) < distance(name, best) ? other : best));
  const hint = distance(name, nearest) <= Math.max(3, name.length / 3) ? `; did you mean ${nearest}?` : "";
  return { path: pathOf(steps), reason: `unknown property${hint || `; known are ${names.join(", ")}`}` };
}
