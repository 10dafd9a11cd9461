import { type Field, type FieldName, type Inputs, inGroup, rows, uses } from "./fields";
import type { State } from "./state";
import { equal, fromWire, isEmpty, isLive, isUnknown, meaning, toWire, type WireTask } from "./wire";

/** One field that an update changes. */
export interface Change {
  readonly field: Field & { readonly name: FieldName };
  /** `set` sends the new value, `clear` sends what means "none" if there is such a value, `leave` sends nothing. */
  readonly kind: "set" | "clear" | "leave";
}

/** What differs between the state and new inputs. */
export interface Diff {
  readonly changes: readonly Change[];
  /** The fields for which the task must be replaced: the old one is deleted first, for two would both run. */
  readonly replaces: readonly FieldName[];
}

/** Compares a deployed task with new inputs; a value that is unknown in this preview counts as changed. */
export function diff(state: State, inputs: Inputs): Diff {
  const [before, after] = [meant(state), meant(inputs)];
  return {
    changes: rows.flatMap((field) => changeOf(field, before, after) ?? []),
    replaces: rows.filter((field) => field.replaces && movesTo(field, state, inputs)).map((field) => field.name),
  };
}

/** Inputs with the gray switch that they imply: on when a gray field is declared, unless declared itself. */
export function meant(inputs: Inputs): Inputs {
  if (inputs.isGray !== undefined || !hasGrayFields(inputs)) return inputs;
  return { ...inputs, isGray: true };
}

const grayRows = rows.filter((field) => field.taskType !== undefined && field.name !== "isGray");

/** Whether a gray field but the switch itself is declared. */
export const hasGrayFields = (inputs: Inputs): boolean => grayRows.some((field) => inputs[field.name] !== undefined);

function changeOf(field: Change["field"], before: Inputs, after: Inputs): Change | undefined {
  if (field.wireName === undefined || !uses(after.scheduledType, field)) return undefined;
  const old = before[field.name] ?? field.default;
  const wanted = after[field.name] ?? field.default;
  if (wanted === undefined) return isNone(field, old) ? undefined : { field, kind: removal(field, before, after) };
  // A field that was never declared was not watched either, so its live value is anybody's guess.
  const watched = old !== undefined || field.enforced;
  return watched && !isUnknown(wanted) && equal(field, old, wanted) ? undefined : { field, kind: "set" };
}

/** Whether a value is already what clearing the field would leave. */
const isNone = (field: Field, value: unknown): boolean =>
  equal(field, value, undefined) || (typeof field.clear === "object" && equal(field, value, field.clear.send));

/** An update that switches the gray mode off clears by that the gray fields which have no value for "none". */
function removal(field: Field, before: Inputs, after: Inputs): Change["kind"] {
  const isSwitchedOff = field.taskType !== undefined && before.isGray === true && after.isGray !== true;
  return field.clear === "leave" && !isSwitchedOff ? "leave" : "clear";
}

/** A text that two tasks share if an update of one to the other changes nothing but the name. */
export function likeness(task: Inputs): string {
  const wanted = meant(task);
  const meanings = rows
    .filter((field) => field.wireName !== undefined && field.name !== "taskName" && uses(task.scheduledType, field))
    .map((field) => {
      const value = wanted[field.name] ?? field.default;
      return isNone(field, value) ? "" : meaning(field, value);
    });
  return meanings.join("\n");
}

function movesTo(field: Change["field"], state: State, inputs: Inputs): boolean {
  const [old, wanted] = [state[field.name], inputs[field.name]];
  return old !== undefined && wanted !== undefined && !equal(field, old, wanted);
}

/**
 * The smallest body of a PUT that makes these changes; undefined when there is nothing to send.
 *
 * A new schedule type sends its whole group along, targets are sent whole, and a task with gray fields carries is_gray.
 */
export function updateBody(changes: readonly Change[], inputs: Inputs): WireTask | undefined {
  const sent = changes.filter((change) => change.kind !== "leave" && change.field.writtenBy !== "create");
  if (sent.length === 0) return undefined;
  const wanted = meant(inputs);
  const regrouped = sent.some(({ field }) => field.name === "scheduledType");
  const along = regrouped
    ? rows.filter((field) => inGroup(wanted.scheduledType, field) && wanted[field.name] !== undefined)
    : [];
  return Object.assign(
    {},
    ...along.map((field) => set(field, wanted)),
    ...sent.map(({ field }) => set(field, wanted)),
    wanted.isGray === true && { is_gray: true },
  );
}

/** What makes a field as it is declared; without a value, what clears it. */
function set(field: Change["field"], inputs: Inputs): WireTask {
  const value = inputs[field.name] ?? field.default;
  return isEmpty(value) ? cleared(field) : valued(field, value);
}

const valued = (field: Field, value: unknown): WireTask => ({
  [String(field.wireName)]: toWire(field, value),
  ...(field.type === "targets" && { apply_object_update_type: "FULL_COVERAGE" }),
});

function cleared(field: Field): WireTask {
  if (field.clear === "CLEAR_ALL") return { apply_object_update_type: "CLEAR_ALL" };
  return typeof field.clear === "object" ? { [String(field.wireName)]: field.clear.send } : {};
}

/** Rows that a POST accepts. */
const posted = rows.filter((field) => field.wireName !== undefined && field.writtenBy !== "update");

/** The body of the POST that creates a task: every declared field that it accepts. */
export const createBody = (inputs: Inputs): WireTask =>
  Object.fromEntries(
    posted
      .filter((field) => inputs[field.name] !== undefined && uses(inputs.scheduledType, field))
      .map((field) => [String(field.wireName), toWire(field, inputs[field.name])]),
  );

/**
 * Whether a live task is what this body of a POST has created: equal in every field that a POST can set. Targets may be
 * missing, since a disabled task gets them in a second step.
 */
export const isTwin = (body: WireTask, live: WireTask): boolean =>
  posted.every(
    (field) =>
      !uses(String(body.scheduled_type), field) ||
      equal(field, fromWire(field, body), fromWire(field, live)) ||
      (field.type === "targets" && fromWire(field, live) === undefined),
  );

/** Whether a write decides the value of a declared field: it was sent, or the live value before is not known. */
const isDecided = (field: Change["field"], changes: readonly Change[], before: WireTask | undefined): boolean =>
  before === undefined ||
  changes.some(({ field: { name }, kind }) => name === field.name && kind !== "leave") ||
  field.readFrom === "nothing" ||
  (field.readFrom === "list" && before[String(field.wireName)] === undefined);

/**
 * The whole task as it should be after an update, as a PUT body: what was to change as declared or cleared, all else as
 * it was.
 *
 * @param before the live task before the write; undefined when it was only just created
 */
export function wholeBody(changes: readonly Change[], inputs: Inputs, before: WireTask | undefined): WireTask {
  const wanted = meant(inputs);
  const isCleared = new Set(changes.filter(({ kind }) => kind === "clear").map(({ field }) => field.name));
  const part = (field: Change["field"]): WireTask => {
    if (isCleared.has(field.name)) return cleared(field);
    if (isDecided(field, changes, before))
      return (wanted[field.name] ?? field.default) === undefined ? {} : set(field, wanted);
    return kept(field, before ?? {});
  };
  return Object.assign(
    {},
    ...rows
      .filter(({ wireName, writtenBy }) => wireName !== undefined && writtenBy !== "create")
      .filter((field) => uses(wanted.scheduledType, field))
      .map(part),
  );
}

/** The live value of a field, to be sent again as it is. */
function kept(field: Field, before: WireTask): WireTask {
  const live = field.enforced || before[String(field.wireName)] !== undefined ? fromWire(field, before) : undefined;
  if (live === undefined) return field.clear === "CLEAR_ALL" ? cleared(field) : {};
  return valued(field, live);
}

/** A field that is live otherwise than it should be. */
export interface Mismatch {
  readonly field: Change["field"];
  readonly wanted: unknown;
  readonly live: unknown;
  /** Whether it was to be cleared, and the cloud kept the value. */
  readonly ignoredClear: boolean;
}

/**
 * What came out of a write otherwise than meant, as far as the detail shows: a declared field with another value, a
 * cleared one that is still there, an undeclared one that changed by itself.
 *
 * @param before the live task before the write; undefined when it was only just created
 */
export function mismatches(
  changes: readonly Change[],
  inputs: Inputs,
  before: WireTask | undefined,
  live: WireTask,
): Mismatch[] {
  const sent = new Set(changes.filter(({ kind }) => kind !== "leave").map(({ field }) => field.name));
  return rows.flatMap((field): Mismatch[] => {
    if (field.wireName === undefined || field.readFrom === "nothing" || !uses(inputs.scheduledType, field)) return [];
    if (field.readFrom === "list" && live[field.wireName] === undefined) return [];
    const declared = inputs[field.name] ?? field.default;
    const isManaged = declared !== undefined || field.enforced || sent.has(field.name);
    if (!isManaged && !wasLive(field, before)) return [];
    const wanted = isManaged && isDecided(field, changes, before) ? declared : fromWire(field, before ?? {});
    const value = fromWire(field, live);
    if (isLive(field, wanted, live) || (wanted === undefined && isNone(field, value))) return [];
    return [{ field, wanted, live: value, ignoredClear: isEmpty(declared) && sent.has(field.name) }];
  });
}

/** Whether the task had the field in use before the write, so that a change of it is one that nobody asked for. */
const wasLive = (field: Field, before: WireTask | undefined): boolean =>
  before !== undefined && uses(String(before.scheduled_type), field);

/**
 * Fields that only the list shows, at a value that the body of a PUT did not hold and that a cloud which resets omitted
 * fields would have changed unseen; none when a visible field that was left out too has kept its value.
 */
export function unwitnessed(inputs: Inputs, body: WireTask, before: WireTask, live: WireTask): Change[] {
  const hidden = rows.filter(
    (field) =>
      field.readFrom === "list" &&
      uses(inputs.scheduledType, field) &&
      body[String(field.wireName)] === undefined &&
      inputs[field.name] !== undefined &&
      inputs[field.name] !== field.default,
  );
  const isWitness = (field: Field): boolean =>
    // What a task cannot be without is kept in any case, which says nothing about the others.
    field.clear !== "never" &&
    !field.requiredBy?.some((type) => type === inputs.scheduledType) &&
    body[String(field.wireName)] === undefined &&
    wasLive(field, before) &&
    !isNone(field, fromWire(field, before)) &&
    equal(field, fromWire(field, before), fromWire(field, live));
  return rows.some(isWitness) ? [] : hidden.map((field) => ({ field, kind: "set" as const }));
}
