/** The tasks of a project as a program would declare them. */
import { NotFound } from "../provider/cloud/errors";
import { markOf, ownerIn } from "../provider/cloud/ownerMark";
import type { Wire } from "../provider/cloud/transport";
import { check } from "../provider/scheduledTask/check";
import { type Inputs, type Row, row, rowNamed } from "../provider/scheduledTask/fields";
import type { Queried } from "../provider/scheduledTask/functions";
import { declaration } from "../provider/scheduledTask/imported";
import { namePattern } from "../provider/scheduledTask/namePattern";
import { isJson } from "../provider/scheduledTask/wire";
import { type Named, resourceNames } from "./names";
import { hasHalfCharacter, quotedText, visibleText } from "./text";

export interface LiveTask {
  readonly id: string;
  /** In the order of the field table. */
  readonly inputs: Inputs;
}

export interface Wanted {
  /** Names of tasks, with `*` for anything; all if there are none. */
  readonly names: readonly string[];
  /** Task types; all if there are none. */
  readonly types: readonly string[];
  /** Ids of the tasks that a program declares already. */
  readonly held: ReadonlySet<string>;
  /** Names that resources must not have. */
  readonly taken: readonly string[];
  /** Also those with the mark of another owner, or what looks like one. */
  readonly marked: boolean;
}

export interface Listed {
  readonly tasks: readonly LiveTask[];
  /** Names of the resources of all tasks that no program holds, by id, whichever of them are wanted. */
  readonly names: ReadonlyMap<string, string>;
  /** What is not exported, or not wholly, and why: for people. */
  readonly notes: readonly string[];
}

/**
 * Asks the cloud: a paged list, and the detail of each wanted task.
 *
 * @param owner whose mark the descriptions will have
 * @throws CloudError when the list or a detail is denied or fails; Error when a type is neither documented nor of a task
 */
export async function liveTasks(
  { api, queries }: Queried,
  { names, types, held, taken, marked }: Wanted,
  owner?: string,
): Promise<Listed> {
  const patterns = names.map(namePattern);
  // Triggered tasks are asked for apart; a cloud that lists them with the others too gives them twice.
  const rows = new Map((await queries.tasks({})).map((task) => [String(task.id), task]));
  const all = [...rows.values()];
  const known = new Set([...(row("taskType").values ?? []), ...all.map(({ task_type }) => String(task_type))]);
  const unknown = types.find((type) => !known.has(type));
  if (unknown !== undefined)
    throw new Error(`no task does ${quotedText(unknown)}: --type is one of ${[...known].sort().join(", ")}`);
  const chosen = all.filter(
    ({ task_name, task_type }) =>
      (patterns.length === 0 || patterns.some((pattern) => pattern.test(String(task_name)))) &&
      (types.length === 0 || types.includes(String(task_type))),
  );
  const unheld = chosen.filter(({ id }) => !held.has(String(id)));
  const owned = marked ? [] : unheld.filter(isOwned);
  const found = await Promise.all(
    unheld
      .filter((task) => !owned.includes(task))
      .map(async (listed) => {
        const live = await detail(api, listed);
        return live && declarable({ id: String(listed.id), inputs: declaration(live) }, owner);
      }),
  );
  const declared = found.filter((one) => one !== undefined);
  return {
    tasks: declared.flatMap(({ task }) => task ?? []),
    names: namesOf(
      all.filter(({ id }) => !held.has(String(id))),
      taken,
    ),
    notes: [
      ...count(
        chosen.length - unheld.length,
        "left out: a stack holds it already",
        "left out: stacks hold them already",
      ),
      ...ownersOf(owned),
      ...declared.flatMap(({ notes }) => notes),
    ].map(visibleText),
  };
}

const isOwned = ({ description }: Wire): boolean => ownerIn(description) !== undefined;

/** Tasks of others come last: what they are called shall not change a name. */
function namesOf(tasks: readonly Wire[], taken: readonly string[]): Map<string, string> {
  const named = ({ id, task_name, task_type }: Wire): Named => ({
    id: String(id),
    taskName: String(task_name),
    taskType: String(task_type),
  });
  const ours = resourceNames(tasks.filter((task) => !isOwned(task)).map(named), taken);
  return new Map([...ours, ...resourceNames(tasks.filter(isOwned).map(named), [...taken, ...ours.values()])]);
}

/** Detail and list row, merged; undefined when the task has gone since it was listed. */
async function detail(api: Queried["api"], { id, task_name, enable, priority }: Wire): Promise<Wire | undefined> {
  try {
    return { enable, priority, ...(await api.show(String(task_name), String(id))) };
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

interface Declarable {
  /** Undefined when no program can declare the task as it is. */
  readonly task?: LiveTask;
  readonly notes: readonly string[];
}

/** The task without what the checks of a program refuse, where that can be left undeclared without a change of the task. */
function declarable(task: LiveTask, owner: string | undefined): Declarable {
  const refused = failuresOf(task.inputs, owner);
  const fields = new Set(refused.map(({ field }) => field));
  const label = `${quotedText(String(task.inputs.taskName))} (id ${task.id})`;
  const why = refused.map(({ path, reason }) => `${path}: ${reason}`).join("; ");
  if ([...fields].some((field) => field === undefined || !mayBeUndeclared(field)))
    return { notes: [`${label} is left out, for no program can declare it: ${why}.`] };
  const kept = Object.entries(task.inputs).filter(([name]) => !fields.has(rowNamed(name)));
  const rest = { ...task, inputs: Object.fromEntries(kept) };
  const notes = refused.length > 0 ? [`${label} is exported without what no program can declare: ${why}.`] : [];
  return failuresOf(rest.inputs, owner).length === 0
    ? { task: rest, notes }
    : { notes: [`${label} is left out: ${why}.`] };
}

function failuresOf(inputs: Inputs, owner?: string) {
  // What is live already is judged as what was deployed before: a date may be past.
  const markLength = owner === undefined ? 0 : markOf(owner).length;
  const { failures } = check({ ...inputs }, { now: new Date(), previous: inputs, defaults: {}, markLength });
  return [...failures, ...halfCharacters(inputs)].map((failure) => ({
    ...failure,
    field: rowNamed(failure.path.split(/[.[]/)[0] ?? ""),
  }));
}

const halfCharacters = (inputs: Inputs) =>
  Object.entries(inputs).flatMap(([path, value]) =>
    textsIn(value).some(hasHalfCharacter)
      ? [{ path, reason: "it holds half of a character, as a text that was cut in an emoji" }]
      : [],
  );

/** The texts within a value, and within a text that is JSON. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value, ...(isJson(value) ? textsIn(JSON.parse(value)) : [])];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [key, ...textsIn(one)]);
}

const mayBeUndeclared = ({ requiredBy, enforced, name }: Row): boolean =>
  requiredBy === undefined && enforced !== true && name !== row("taskName").name;

const count = (many: number, one: string, several: string): string[] =>
  many === 0 ? [] : [many === 1 ? `1 task ${one}.` : `${many} tasks ${several}.`];

function ownersOf(tasks: readonly Wire[]): string[] {
  const owners = Map.groupBy(tasks, ({ description }) => ownerIn(description));
  return [...owners].flatMap(([owner, theirs]) =>
    count(
      theirs.length,
      `left out: its description ends in [${owner}], the mark of an owner; --marked exports it`,
      `left out: their descriptions end in [${owner}], the mark of an owner; --marked exports them`,
    ),
  );
}
