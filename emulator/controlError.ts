/** A wrong call of the control interface. Its codes are not the API's. */
export class ControlError extends Error {
  constructor(
    message: string,
    readonly status: 400 | 404 = 400,
  ) {
    super(message);
  }
}

export function objectOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new ControlError(`${what} must be an object`);
  return Object.fromEntries(Object.entries(value));
}

/** Throws with the allowed names when the object has another. */
export function onlyKeys(value: Record<string, unknown>, allowed: readonly string[], what: string): void {
  const unknown = Object.keys(value).find((key) => !allowed.includes(key));
  if (unknown !== undefined)
    throw new ControlError(`${what}: "${unknown}" is unknown; allowed are ${allowed.join(", ")}`);
}

export function numberOf(value: unknown, what: string, min: number): number {
  if (typeof value !== "number" || !(value >= min))
    throw new ControlError(`${what} must be a number of at least ${min}`);
  return value;
}

export function textOf(value: unknown, what: string): string {
  if (typeof value !== "string") throw new ControlError(`${what} must be a string`);
  return value;
}
