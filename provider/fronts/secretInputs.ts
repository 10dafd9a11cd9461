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
