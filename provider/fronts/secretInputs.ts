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
 * Notes what the SDK says is secret, since the engine hands secrets to a dynamic provider as plain values.
 *
 * @param paths each the steps to a secret input; a program of an older SDK names none
 */
export function keepSecretInputs(paths: unknown, declared: object): void {
  if (!Array.isArray(paths)) return;
  for (const path of paths.filter(Array.isArray)) {
    const steps = path.map(String);
    keepSecretInput(fieldAt(steps), valueAt(declared, steps));
  }
}

/** Name of the field that a path leads to or into: one of a task, or of a task in a map. */
export const fieldAt = (path: readonly string[]): string => (path[0] === "tasks" ? path[2] : path[0]) ?? "";

export const valueAt = (values: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, name) =>
      typeof value === "object" && value !== null ? (value as { [name: string]: unknown })[name] : undefined,
    values,
  );
