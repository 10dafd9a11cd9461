/** What a preview means for each task: which fields the code changed, which the cloud; pure. */
import { diff, meant } from "../provider/scheduledTask/diff";
import { type FieldName, type Inputs, type Row, rows, uses } from "../provider/scheduledTask/fields";
import type { State } from "../provider/scheduledTask/state";
import { canonical, equal, isUnknown } from "../provider/scheduledTask/wire";
import { membersIn } from "./members";
import type { Preview } from "./preview";
import { secretIn, single, type Versions, without } from "./versions";

/**
 * - `new`, `removed`: the code declares it, or does so no more
 * - `adopted`: the code takes over a live one; `released`: it gives one up, which stays in the cloud
 * - `replaced`: deleted, then made anew, with a gap between
 * - `planned`: the code changed, `drift`: the cloud changed, `both`; `unclear`: one of them, in what is secret
 * - `gone`: deleted in the cloud; an `up` makes it again
 * - `accepted`: the cloud changed, and the code says the same or ignores it: an `up` writes nothing
 * - `same`: as the last run left it, in the cloud and in the code
 */
export type Verdict =
  | "new"
  | "removed"
  | "adopted"
  | "released"
  | "replaced"
  | "planned"
  | "drift"
  | "both"
  | "unclear"
  | "gone"
  | "accepted"
  | "same";

/** Who changed a field; `differs` is said of a task that is to be taken over. */
export type Cause = "planned" | "drift" | "both" | "accepted" | "differs";

/** One field as the last run left it, as the cloud has it, and as the code wants it; canonical values, undefined for none. */
export interface FieldReview {
  readonly field: Row;
  readonly cause: Cause;
  /** False where nothing declared it until now: what the cloud has was not read. */
  readonly isRead: boolean;
  readonly old: unknown;
  readonly live: unknown;
  readonly wanted: unknown;
}

/**
 * A field whose value is secret. The engine hides it, and tells in the plugin alone that it differs: else it is
 * `unclear` who changed it, or only `possible` that somebody did.
 */
export interface HiddenField {
  readonly name: FieldName;
  readonly cause: Exclude<Cause, "both" | "differs"> | "unclear" | "possible";
}

export interface TaskReview {
  readonly verdict: Verdict;
  /** What an `up` answers: a change of the code, of the cloud, or of both. */
  readonly answers: readonly ("code" | "cloud")[];
  /** Its name in the cloud; where that is not known, where it is declared. */
  readonly name: string;
  /** Where the program declares it: `evening-stop`, or `fleet["stop-sales"]`. */
  readonly declaredAs: string;
  /** Name of the fleet that it is of. */
  readonly fleet: string | undefined;
  readonly urn: string;
  readonly id: string | undefined;
  readonly fields: readonly FieldReview[];
  readonly state: State | undefined;
  readonly live: State | undefined;
  readonly wanted: Inputs | undefined;
  /** Names of the fields that the code declares on the fleet, for this task too. */
  readonly inherited: ReadonlySet<string>;
  /** Whether the code's values are all known only after the deployment. */
  readonly isUnknown: boolean;
  readonly hidden: readonly HiddenField[];
  /** Fields whose values are secret, whether they differ or not. */
  readonly secret: readonly FieldName[];
}

/** All tasks of a preview. */
export const reviewTasks = ({ resources }: Preview): TaskReview[] =>
  resources.flatMap((resource) => {
    const all = resource.isFleet ? membersIn(resource) : [single(resource)];
    const compared = all.map((versions) => ({ versions, comparison: comparisonOf(versions) }));
    // An update that shows a difference need not be one of what is hidden.
    const isExplained = compared.some(({ versions, comparison }) => isExplanation(versions, comparison.fields));
    return compared.map(({ versions, comparison }) => {
      const task = reviewOf(versions, comparison, isExplained);
      return task.verdict === "adopted" && task.live ? adopting(task, task.live) : task;
    });
  });

/** An adopted task as it would be taken over from what is live. */
export function adopting(task: TaskReview, live: Inputs): TaskReview {
  const { wanted } = task;
  if (wanted === undefined) return task;
  const declared = Object.fromEntries(
    rows.filter(({ name, enforced }) => wanted[name] !== undefined || enforced).map(({ name }) => [name, live[name]]),
  );
  const { changes, replaces } = diff(without(declared, task.secret), wanted);
  const differing = new Set([...changes.map(({ field }) => field.name), ...replaces]);
  const fields = rows
    // A value that is not known yet may be the live one.
    .filter(({ name }) => differing.has(name) && !isUnknown(wanted[name]))
    .map((field): FieldReview => {
      const [now, next] = [live, meant(wanted)].map((inputs) => inputs[field.name] ?? field.default);
      return {
        field,
        cause: "differs",
        isRead: true,
        old: undefined,
        live: canonicalOf(field, now),
        wanted: canonicalOf(field, next),
      };
    });
  return { ...task, live, fields };
}

interface Comparison {
  readonly state: State | undefined;
  readonly live: State | undefined;
  readonly wanted: Inputs | undefined;
  readonly fields: readonly FieldReview[];
  readonly secret: readonly FieldName[];
}

function comparisonOf(versions: Versions): Comparison {
  const secret = secretIn(versions.state, versions.live, versions.wanted);
  const [state, live, wanted] = [versions.state, versions.live, versions.wanted].map(
    (version) => version && without(version, secret),
  );
  return {
    state,
    live,
    wanted,
    secret,
    fields: versions.isUnknown ? [] : fieldsIn(versions.fate, state, live, wanted),
  };
}

/** Of a task that the code drops, what somebody changed since; one that is released stays as it is. */
function fieldsIn(
  fate: Versions["fate"],
  state: State | undefined,
  live: State | undefined,
  wanted: Inputs | undefined,
): readonly FieldReview[] {
  if (state === undefined) return [];
  if (wanted !== undefined) return fieldReviews(state, live, wanted);
  const cause = fate === "released" ? "accepted" : "drift";
  return live ? fieldReviews(state, live, state).map((one) => ({ ...one, cause, wanted: undefined })) : [];
}

const isExplanation = (versions: Versions, fields: readonly FieldReview[]): boolean =>
  versions.fate === "replaced" ||
  versions.isUnknown ||
  [versions.state, versions.live, versions.wanted].includes(undefined) ||
  fields.some(({ cause }) => cause !== "accepted");

function reviewOf(versions: Versions, comparison: Comparison, isExplained: boolean): TaskReview {
  const { declaredAs, fleet, urn, id, inherited, isUnknown: isAllUnknown } = versions;
  const { state, live, wanted, fields, secret } = comparison;
  const hidden = state && live && wanted ? hiddenIn(versions, secret, isExplained) : [];
  const causes = new Set([...fields, ...hidden].map(({ cause }) => cause));
  if (isAllUnknown && state) causes.add("planned");
  const verdict = verdictOf(versions.fate, comparison, causes);
  const named = [wanted, live, state].map((inputs) => inputs?.taskName).find((name) => name && !isUnknown(name));
  return {
    verdict,
    answers: answersTo(verdict, versions, causes),
    name: String(named ?? declaredAs),
    declaredAs,
    fleet,
    urn,
    id,
    fields,
    state,
    live,
    wanted,
    inherited,
    isUnknown: isAllUnknown,
    hidden,
    secret,
  };
}

function hiddenIn(
  { fate, drifted, changed }: Versions,
  secret: readonly FieldName[],
  isExplained: boolean,
): HiddenField[] {
  const causeOf = (name: FieldName): HiddenField["cause"] | undefined => {
    if (changed === undefined) return fate === "same" ? undefined : isExplained ? "possible" : "unclear";
    const isDrift = drifted?.has(name);
    if (changed.has(name)) return isDrift === undefined ? "unclear" : isDrift ? "drift" : "planned";
    return isDrift ? "accepted" : undefined;
  };
  return secret.flatMap((name) => {
    const cause = causeOf(name);
    return cause === undefined ? [] : [{ name, cause }];
  });
}

type Causes = ReadonlySet<Cause | HiddenField["cause"]>;

function verdictOf(fate: Versions["fate"], { state, live, wanted }: Comparison, causes: Causes): Verdict {
  if (wanted === undefined) return fate === "released" ? "released" : "removed";
  if (fate === "imported") return "adopted";
  if (state === undefined) return wanted.adoptTaskId === undefined ? "new" : "adopted";
  if (live === undefined) return "gone";
  if (fate === "replaced") return "replaced";
  if (causes.has("both") || (causes.has("planned") && causes.has("drift"))) return "both";
  return (["planned", "drift", "unclear", "accepted"] as const).find((cause) => causes.has(cause)) ?? "same";
}

const ofTheCode: readonly Verdict[] = ["new", "removed", "adopted", "released", "replaced"];

function answersTo(verdict: Verdict, { state, live }: Versions, causes: Causes): TaskReview["answers"] {
  const has = (...some: readonly (Cause | HiddenField["cause"])[]): boolean => some.some((cause) => causes.has(cause));
  const isGone = state !== undefined && live === undefined;
  return [
    ...(ofTheCode.includes(verdict) || has("planned", "both", "unclear") ? (["code"] as const) : []),
    ...(isGone || has("drift", "both", "unclear") ? (["cloud"] as const) : []),
  ];
}

/** The fields that differ between any two of the three, in the order of the table; of a task that is gone, what the code changed. */
function fieldReviews(state: State, live: State | undefined, wanted: Inputs): FieldReview[] {
  const planned = namesIn(state, wanted);
  const coming = live ? namesIn(live, wanted) : planned;
  const [old, now, next] = [state, live, wanted].map((inputs) => inputs && meant(inputs));
  return rows.flatMap((field): FieldReview[] => {
    const [a, b, c] = [old, now, next].map((inputs) => inputs && (inputs[field.name] ?? field.default));
    const isDrift = live !== undefined && !equal(field, a, b);
    if (!planned.has(field.name) && !isDrift) return [];
    const isSettled = isDrift && !coming.has(field.name) && equal(field, b, c);
    const cause = isSettled ? "accepted" : !isDrift ? "planned" : planned.has(field.name) ? "both" : "drift";
    const [was, is, will] = [a, b, c].map((value) => canonicalOf(field, value));
    return [{ field, cause, isRead: isRead(field, state, live), old: was, live: is, wanted: will }];
  });
}

/** Of one that the schedule does not use there is nothing to read. */
const isRead = (field: Row, state: State, live: State | undefined): boolean =>
  field.enforced === true ||
  !uses(live?.scheduledType, field) ||
  [state, live].some((version) => version?.[field.name] !== undefined);

/** Names of the fields that an update changes. */
function namesIn(before: State, after: Inputs): ReadonlySet<string> {
  const { changes, replaces } = diff(before, after);
  return new Set([...changes.map(({ field }) => field.name), ...replaces]);
}

/** A value that is not known has no canonical form. */
const canonicalOf = (field: Row, value: unknown): unknown => (isUnknown(value) ? value : canonical(field, value));
