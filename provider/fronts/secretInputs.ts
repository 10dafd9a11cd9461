import { keepSecret } from "../cloud/redaction";
import { rowNamed } from "../scheduledTask/fields";
import { canonical, isJson } from "../scheduledTask/wire";

/** Notes an input, or a part of it, as secret, in every spelling that a message or an answer of the cloud may use. */
export function keepSecretInput(name: string, value: unknown): void {
  const field = rowNamed(name);
  keepSecret(value);
  if (field === undefined) return;
  keepSecret(canonical(field, value));
  if (field.type === "json" && typeof value === "string" && isJson(value)) keepSecret(JSON.parse(value));
}

/**
 * Notes what the SDK says is secret, since the engine hands secrets to a dynamic provider as plain values; of what is secret
 * on a fleet also what its tasks have by themselves.
 *
 * @param paths each the steps to a secret input; a program of an older SDK names none
 */
export function keepSecretInputs(paths: unknown, values: object): void {
  if (!Array.isArray(paths)) return;
  for (const path of paths.filter(Array.isArray)) {
    const steps = path.map(String);
    keepSecretInput(fieldAt(steps), valueAt(values, steps));
  }
  const names = sharedSecrets(paths);
  const { tasks }: { readonly tasks?: unknown } = values;
  if (names.size === 0 || !isMap(tasks)) return;
  for (const task of Object.values(tasks).filter(isMap))
    for (const [name, value] of Object.entries(task)) if (names.has(name)) keepSecretInput(name, value);
}

const isMap = (value: unknown): value is object => typeof value === "object" && value !== null;

/** Names of the fields of a fleet that are secret, wholly or in a part, for all its tasks. */
export const sharedSecrets = (paths: unknown): ReadonlySet<string> =>
  new Set(
    (Array.isArray(paths) ? paths : [])
      .filter(Array.isArray)
      .flatMap(([name]) => (name === "tasks" ? [] : [String(name)])),
  );

/** Name of the field that a path leads to or into: one of a task, or of a task in a map. */
export const fieldAt = (path: readonly string[]): string => (path[0] === "tasks" ? path[2] : path[0]) ?? "";

export const valueAt = (values: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, name) =>
      typeof value === "object" && value !== null ? (value as { [name: string]: unknown })[name] : undefined,
    values,
  );
