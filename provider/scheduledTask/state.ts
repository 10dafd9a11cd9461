import { type Field, type FieldName, type Inputs, inGroup, rows, uses } from "./fields";
import { fromWire, isEmpty, isLive, type WireTask, writtenAs } from "./wire";

/** What is known of a deployed task: its declared fields, with their live values. */
export type State = Inputs & {
  /**
   * Fields that the cloud did not clear when it was told to. They are left alone until the program gives them a value
   * or the cloud lets go of theirs, or every run would try again.
   */
  readonly unmanaged?: readonly FieldName[];
};

/** The state of a task that is as declared. It never holds adoptTaskId, which is read by create alone. */
export function stateOf(inputs: Inputs, unmanaged: readonly FieldName[] = []): State {
  const { adoptTaskId: _, unmanaged: __, ...declared }: State = inputs;
  const left = unmanaged.filter((name) => isEmpty(inputs[name]));
  return left.length > 0 ? { ...declared, unmanaged: left } : declared;
}

/**
 * The state as the live task has it: a field equal in meaning keeps the user's spelling, another gets the live value. A
 * field that was never declared stays away, but for enforced ones that are not at their default, and for those of a
 * schedule type that somebody else has set: without them nobody could say when the task runs.
 *
 * @param live detail and list row of the task, merged; a field that neither held keeps its last known value
 */
export function restate(state: State, live: WireTask): State {
  const scheduledType = String(live.scheduled_type ?? state.scheduledType);
  const left = (state.unmanaged ?? []).filter((name) =>
    rows.some((field) => field.name === name && !isEmpty(fromWire(field, live))),
  );
  const restated = rows.flatMap((field) => {
    const declared = state[field.name];
    const value =
      left.includes(field.name) && isEmpty(declared)
        ? declared
        : liveValue(field, declared, live, scheduledType, state.scheduledType);
    return value === undefined ? [] : [[field.name, value]];
  });
  return stateOf(Object.fromEntries(restated), left);
}

function liveValue(
  field: Field,
  declared: unknown,
  live: WireTask,
  scheduledType: string,
  declaredType: string | undefined,
): unknown {
  if (field.wireName === undefined || field.readFrom === "nothing") return declared;
  if (field.readFrom === "list" && live[field.wireName] === undefined) return declared;
  if (!uses(scheduledType, field)) return undefined;
  const value = fromWire(field, live);
  if (declared === undefined) {
    const isOfNewType = declaredType !== undefined && scheduledType !== declaredType && inGroup(scheduledType, field);
    return isOfNewType || (field.enforced && value !== field.default) ? value : undefined;
  }
  return isLive(field, declared, live) ? declared : writtenAs(field, declared, value);
}
