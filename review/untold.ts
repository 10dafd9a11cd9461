/** What of a task is not known before the deployment, and why; pure. */
import { type FieldName, type Inputs, rows } from "../provider/scheduledTask/fields";
import { isScheduleField } from "../provider/scheduledTask/schedule";
import { isUnknown } from "../provider/scheduledTask/wire";

/** It is marked secret, or a value that only the deployment brings. */
export type Untold = "secret" | "unknown";

/**
 * Why it cannot be said when a task runs; null when it can. One that is switched off runs at no time, and one that an
 * event triggers at no time that is known by anybody.
 *
 * @param secret fields that the inputs lack, since their values are secret
 */
export function untoldRuns(inputs: Inputs, secret: readonly FieldName[]): Untold | null {
  if (inputs.enable === false || inputs.scheduledType === "LIFE_CYCLE") return null;
  const deciding = rows.filter(
    (field) => field.name === "enable" || field.name === "expireTime" || isScheduleField(inputs, field),
  );
  return untoldOf(
    deciding.map(({ name }) => name),
    inputs,
    secret,
  );
}

/** Why not all targets are known; null when they are. */
export const untoldTargets = (inputs: Inputs, secret: readonly FieldName[]): Untold | null =>
  untoldOf(["applyObjects"], inputs, secret);

function untoldOf(names: readonly FieldName[], inputs: Inputs, secret: readonly FieldName[]): Untold | null {
  if (names.some((name) => secret.includes(name))) return "secret";
  return names.some((name) => isUnknown(inputs[name])) ? "unknown" : null;
}
