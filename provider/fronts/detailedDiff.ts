import { type Diff, diff } from "../scheduledTask/diff";
import type { Field, FieldName, Inputs } from "../scheduledTask/fields";
import type { State } from "../scheduledTask/state";
import { canonical, equal } from "../scheduledTask/wire";

/** What happens to the value at a path. */
export type Kind = "add" | "delete" | "update" | `${"add" | "delete" | "update"}-replace`;
export type Paths = { readonly [path: string]: Kind };

/** A diff of the core, told per path as the engine shows it. */
export interface DetailedDiff extends Diff {
  readonly paths: Paths;
}

/** Compares a deployed task with new inputs, path by path. */
export function detailedDiff(state: State, inputs: Inputs): DetailedDiff {
  const found = diff(state, inputs);
  return { ...found, paths: pathsOf(found, state, inputs) };
}

/**
 * Where a diff is shown. Lists are sets: an index is that of the new list for what is added or changed, and of the old
 * one for what goes.
 */
export function pathsOf({ changes, replaces }: Diff, state: State, inputs: Inputs): Paths {
  const changed = changes.flatMap(({ field }) =>
    Object.entries(fieldPaths(field, state[field.name], inputs[field.name])),
  );
  const replaced = replaces.map((name) => [name, `${kindOf(state[name], inputs[name])}-replace`] as const);
  const paths = [...changed, ...replaced];
  // A switch that other fields imply changes with them; alone it is shown by its name.
  const implied = paths.length > 0 ? [] : changes.map(({ field }) => [field.name, "update"] as const);
  return Object.fromEntries([...paths, ...implied]);
}

/**
 * The inputs with what the program ignores as it is in the state.
 *
 * @param inputNames the inputs of this kind of resource
 * @param ignored names of inputs, or `*`; deeper paths are the engine's to keep
 */
export function ignoring<I extends object>(
  { inputNames }: { readonly inputNames: readonly string[] },
  state: object,
  inputs: I,
  ignored: readonly string[],
): I {
  const isIgnored = (name: string): boolean =>
    inputNames.includes(name) && (ignored.includes(name) || ignored.includes("*"));
  const entries = (values: object, kept: boolean) =>
    Object.entries(values).filter(([name]) => isIgnored(name) === kept);
  return Object.fromEntries([...entries(inputs, false), ...entries(state, true)]) as I;
}

export const kindOf = (old: unknown, wanted: unknown): "add" | "delete" | "update" =>
  old === undefined ? "add" : wanted === undefined ? "delete" : "update";

function fieldPaths(field: Field & { readonly name: FieldName }, old: unknown, wanted: unknown): Paths {
  if (old === undefined && wanted === undefined) return {};
  if (!Array.isArray(old) || !Array.isArray(wanted)) return { [field.name]: kindOf(old, wanted) };
  const paths = listPaths(field, old, wanted);
  // What the program wrote and the state says differ, yet no item does: a value that is not known yet, or a repetition.
  return Object.keys(paths).length > 0 ? paths : { [field.name]: "update" };
}

function listPaths(
  field: Field & { readonly name: FieldName },
  old: readonly unknown[],
  wanted: readonly unknown[],
): Paths {
  const [had, has] = [itemsOf(field, old), itemsOf(field, wanted)];
  const gone = new Map([...had].filter(([key]) => !has.has(key)).map(([, index]) => [index, old[index]]));
  const fresh = new Map([...has].filter(([key]) => !had.has(key)).map(([, index]) => [index, wanted[index]]));
  dropEqual(field, gone, fresh);
  const at = (index: number): string => `${field.name}[${index}]`;
  return Object.fromEntries([
    ...[...gone.keys()].filter((index) => !fresh.has(index)).map((index) => [at(index), "delete"] as const),
    ...[...fresh].map(([index, item]) =>
      gone.has(index)
        ? ([swapPath(at(index), gone.get(index), item), "update"] as const)
        : ([at(index), "add"] as const),
    ),
  ]);
}

/** First index of each item. */
function itemsOf(field: Field, list: readonly unknown[]): Map<string, number> {
  const items = new Map<string, number>();
  list.forEach((item, index) => {
    const key = keyOf(canonical(field, [item]));
    if (!items.has(key)) items.set(key, index);
  });
  return items;
}

const keyOf = (item: unknown): string =>
  JSON.stringify(item, (_, value) => (isObject(value) ? Object.fromEntries(Object.entries(value).sort()) : value));

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Items of different spelling and one meaning. */
function dropEqual(field: Field, gone: Map<number, unknown>, fresh: Map<number, unknown>): void {
  const distinct = canonical(field, [...gone.values(), ...fresh.values()]);
  if (Array.isArray(distinct) && distinct.length === gone.size + fresh.size) return;
  for (const [oldIndex, old] of gone) {
    const twin = [...fresh].find(([, item]) => equal(field, [old], [item]));
    if (twin === undefined) continue;
    gone.delete(oldIndex);
    fresh.delete(twin[0]);
  }
}

/** One differing part of an item is named itself. */
function swapPath(path: string, old: unknown, item: unknown): string {
  if (!isObject(old) || !isObject(item)) return path;
  const [before, after] = [new Map(Object.entries(old)), new Map(Object.entries(item))];
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const differing = names.filter((name) => JSON.stringify(before.get(name)) !== JSON.stringify(after.get(name)));
  const [only] = differing;
  return differing.length === 1 && only !== undefined && before.has(only) && after.has(only) ? `${path}.${only}` : path;
}
