/** What a preview means for each task: which fields the code changed, which the cloud; pure. */
import { diff, meant } from "../provider/scheduledTask/diff";
import { type Inputs, type Row, rows } from "../provider/scheduledTask/fields";
import type { State } from "../provider/scheduledTask/state";
import { canonical, equal, isUnknown } from "../provider/scheduledTask/wire";
import { type FleetInputs, type FleetState, membersOf } from "../provider/scheduledTaskFleet/fleet";
import { stepsOf } from "../provider/scheduledTaskFleet/steps";
import type { Preview, PreviewedResource } from "./preview";

/**
 * - `new`, `removed`: the code declares it, or does so no more
 * - `replaced`: deleted, then made anew, with a gap between
 * - `planned`: the code changed, `drift`: the cloud changed, `both`
 * - `gone`: deleted in the cloud; an `up` makes it again
 * - `same`: as the last run left it, in the cloud and in the code
 */
export type Verdict = "new" | "removed" | "replaced" | "planned" | "drift" | "both" | "gone" | "same";

/** One field as the last run left it, as the cloud has it, and as the code wants it; canonical values, undefined for none. */
export interface FieldReview {
  readonly field: Row;
  readonly cause: "planned" | "drift" | "both";
  readonly old: unknown;
  readonly live: unknown;
  readonly wanted: unknown;
}

export interface TaskReview {
  readonly stack: string;
  readonly verdict: Verdict;
  /** Its name in the cloud. */
  readonly name: string;
  /** Where the program declares it: `evening-stop`, or `fleet["stop-sales"]`. */
  readonly declaredAs: string;
  readonly urn: string;
  readonly id: string | undefined;
  readonly fields: readonly FieldReview[];
  readonly state: State | undefined;
  readonly live: State | undefined;
  readonly wanted: Inputs | undefined;
  /** Names of fields that differ by values which the engine hides, since they are secret. */
  readonly hidden: readonly string[];
}

/** A task in the three places where it may be. */
interface Versions {
  readonly declaredAs: string;
  readonly urn: string;
  readonly id: string | undefined;
  readonly state: State | undefined;
  readonly live: State | undefined;
  readonly wanted: Inputs | undefined;
  readonly isReplaced: boolean;
  readonly isChanged: boolean;
}

/** All tasks of a preview. */
export const reviewTasks = ({ stack, resources }: Preview): TaskReview[] =>
  resources.flatMap((resource) =>
    (resource.isFleet ? membersIn(resource) : [single(resource)]).map((versions) => reviewOf(stack, versions)),
  );

const single = ({ name, urn, id, state, live, wanted, isReplaced, isChanged }: PreviewedResource): Versions => ({
  declaredAs: name,
  urn,
  id,
  state: fieldsOf(state),
  live: fieldsOf(live),
  wanted: fieldsOf(wanted),
  isReplaced,
  isChanged,
});

/** The tasks of a fleet, each by the key that the program gives it now. */
function membersIn({ name, urn, state, live, wanted, isReplaced, isChanged }: PreviewedResource): Versions[] {
  const [old, inCloud] = [fleetOf(state), fleetOf(live)];
  const tasks = wanted?.tasks;
  // Of a fleet that is hidden or not yet known as a whole, only what the cloud did can be told.
  const isOpaque = isUnknown(tasks) || tasks === MASK;
  const alive = new Map(membersOf(inCloud).map((member) => [member.key, member.state]));
  return stepsOf(old, { tasks: isOpaque ? (old.tasks ?? {}) : tasksOf(wanted) }).map((step) => {
    const key = step.kind === "delete" ? step.member.key : step.key;
    const member = step.kind === "create" ? undefined : step.member;
    return {
      declaredAs: `${name}[${JSON.stringify(key)}]`,
      urn,
      id: member?.id,
      state: member?.state,
      live: member && alive.get(member.key),
      wanted: step.kind === "delete" ? undefined : step.inputs,
      isReplaced: (isReplaced && step.kind === "update") || step.kind === "replace",
      isChanged,
    };
  });
}

type Values = { readonly [name: string]: unknown };
const isObject = (value: unknown): value is Values => typeof value === "object" && value !== null;

/** The fields of a task in an event, without what else stands there. */
const fieldsOf = (values: Values | undefined): Inputs | undefined =>
  values && Object.fromEntries(rows.flatMap(({ name }) => (name in values ? [[name, values[name]]] : [])));

function tasksOf(values: Values | undefined): NonNullable<FleetInputs["tasks"]> {
  const tasks = values?.tasks;
  return isObject(tasks)
    ? Object.fromEntries(Object.entries(tasks).map(([key, task]) => [key, (isObject(task) && fieldsOf(task)) || {}]))
    : {};
}

const fleetOf = (values: Values | undefined): FleetState => ({
  tasks: tasksOf(values),
  taskIds: isObject(values?.taskIds) ? (values.taskIds as { [key: string]: string }) : {},
});

function reviewOf(stack: string, versions: Versions): TaskReview {
  const { declaredAs, urn, id, isReplaced, isChanged } = versions;
  const masked = rows.map(({ name }) => name).filter((name) => isMasked(name, versions));
  const [state, live, wanted] = [versions.state, versions.live, versions.wanted].map(
    (version) => version && without(version, masked),
  );
  const fields = state && wanted ? fieldReviews(state, live ?? state, wanted) : [];
  const hidden = isChanged && state && wanted && fields.length === 0 ? masked : [];
  const verdict = isReplaced ? "replaced" : verdictOf(state, live, wanted, fields, hidden);
  const name = String((wanted ?? live ?? state)?.taskName ?? declaredAs);
  return { stack, verdict, name, declaredAs, urn, id, fields, state, live, wanted, hidden };
}

/** What the engine writes for a secret value. */
const MASK = "[secret]";
const isMasked = (name: Row["name"], { state, live, wanted }: Versions): boolean =>
  [state, live, wanted].some((version) => holdsMask(version?.[name]));
const holdsMask = (value: unknown): boolean =>
  value === MASK || (typeof value === "object" && value !== null && Object.values(value).some(holdsMask));
const without = (inputs: Inputs, names: readonly string[]): Inputs =>
  Object.fromEntries(Object.entries(inputs).filter(([name]) => !names.includes(name)));

function verdictOf(
  state: State | undefined,
  live: State | undefined,
  wanted: Inputs | undefined,
  fields: readonly FieldReview[],
  hidden: readonly string[],
): Verdict {
  if (wanted === undefined) return "removed";
  if (state === undefined) return "new";
  if (live === undefined) return "gone";
  const causes = new Set(fields.map(({ cause }) => cause));
  if (causes.has("both") || causes.size > 1) return "both";
  return [...causes][0] ?? (hidden.length > 0 ? "planned" : "same");
}

/** The fields that differ between any two of the three, in the order of the table. */
function fieldReviews(state: State, live: State, wanted: Inputs): FieldReview[] {
  const { changes, replaces } = diff(state, wanted);
  const planned = new Set<string>([...changes.map(({ field }) => field.name), ...replaces]);
  const [old, now, next] = [meant(state), meant(live), meant(wanted)];
  return rows.flatMap((field): FieldReview[] => {
    const [a, b, c] = [old, now, next].map((inputs) => inputs[field.name] ?? field.default);
    const isPlanned = planned.has(field.name);
    const isDrift = !equal(field, a, b);
    if (!isPlanned && !isDrift) return [];
    const cause = isPlanned && isDrift ? "both" : isDrift ? "drift" : "planned";
    return [{ field, cause, old: canonical(field, a), live: canonical(field, b), wanted: canonical(field, c) }];
  });
}
