import { Denied, NotFound, Refused } from "../cloud/errors";
import type { ScheduledTasksApi } from "../cloud/scheduledTasksApi";
import type { ListRow, TaskList } from "../cloud/taskList";
import type { Creations } from "./creations";
import { type Change, diff, type Mismatch, mismatches, unwitnessed, updateBody, wholeBody } from "./diff";
import type { FieldName, Inputs } from "./fields";
import { restate, type State, stateOf } from "./state";
import { equal, fromWire, shown, type WireTask } from "./wire";

/** A project of the cloud as this process knows it. */
export interface Project {
  readonly api: ScheduledTasksApi;
  readonly list: TaskList;
  /** What happens to what somebody else has changed: named and kept where it can be, a stop, or overwritten silently. */
  readonly onConflict: "warn" | "fail" | "overwrite";
  /** What happens when exactly the task that is to be created is there already. */
  readonly onExisting: "error" | "adopt";
  /** Tells the user something about a task. */
  say(taskName: string, message: string): void;
  /** Tasks as last read, so that an update knows what it did not ask for. */
  readonly seen: Map<string, WireTask>;
  /** Ids that a resource of this process manages, with its task's name. */
  readonly held: Map<string, string>;
  /** Ids that this process has deleted or found deleted. */
  readonly gone: Set<string>;
  readonly learned: Learned;
  readonly creations: Creations;
}

/** The project that a task lives in. */
export type Projects = (place: Inputs) => Project;

/** What the cloud's documents leave open and this process has found out. */
export interface Learned {
  /** Whether a new task is born enabled; asked of the first one. */
  bornEnabled?: Promise<boolean | undefined> | undefined;
  /** The first task that a process creates is read back in full. */
  readBack?: boolean;
  /** An older cloud does not know apply_object_update_type. */
  verbRefused?: boolean;
  /** A field left out of a PUT keeps its value, also where only the list shows it. */
  keepsOmitted?: Promise<boolean | undefined>;
  /** A task cannot be created without targets. */
  bareRefused?: boolean;
}

/** A write that was begun and not finished: what is live is known, and must be kept. */
export class Unfinished<S extends object = State> extends Error {
  constructor(
    readonly id: string,
    readonly state: S,
    what: string,
    options: { cause: unknown },
  ) {
    super(`${what}: ${options.cause instanceof Error ? options.cause.message : String(options.cause)}`, options);
    this.name = new.target.name;
  }
}

export const nameOf = (inputs: Inputs): string => inputs.taskName ?? "ScheduledTask";

/** After this long a list that lags shows a change. */
export const LIST_LAG_MS = 1_200;

/** The live task, with declared fields in the user's spelling; undefined when it is certain that it no longer exists. */
export async function read(project: Project, id: string, state: State): Promise<State | undefined> {
  const name = nameOf(state);
  project.list.begin(state.scheduledType);
  try {
    const live = restate(state, await liveTask(project, name, id));
    const foreign = diff(state, live).changes.map(({ field }) => field.name);
    // The engine marks no field of which a part is secret, so the names are told too.
    if (foreign.length > 0) project.say(name, `changed elsewhere since the last run: ${foreign.join(", ")}.`);
    return live;
  } catch (error) {
    if (!(await isGone(project, id, error))) throw error;
    project.gone.add(id);
    return undefined;
  }
}

export async function liveTask(project: Project, name: string, id: string): Promise<WireTask> {
  const detail = await project.api.show(name, id);
  const listed = await listRow(project, name, id, detail);
  const enable = listed?.enable;
  // A row without a priority says that the task has none; no row says nothing.
  const live = {
    ...detail,
    ...(enable !== undefined && { enable }),
    ...(listed && { priority: listed.priority ?? null }),
  };
  project.seen.set(id, live);
  return live;
}

async function listRow(
  { list, say }: Project,
  name: string,
  id: string,
  detail: WireTask,
): Promise<ListRow | undefined> {
  try {
    return await list.row(String(detail.task_name ?? name), id, detail.scheduled_type);
  } catch (error) {
    if (!(error instanceof Denied)) throw error;
    say(name, `changes of enable and priority made elsewhere cannot be seen: ${error.message}`);
    return undefined;
  }
}

/** A 400 says in no documented way that the task is missing, so it is believed only when the list agrees. */
async function isGone({ list }: Project, id: string, error: unknown): Promise<boolean> {
  if (error instanceof NotFound) return true;
  if (!(error instanceof Refused) || !error.isAboutOneTask || !error.code.startsWith("WKS.")) return false;
  try {
    return !(await list.shows(id));
  } catch (unlisted) {
    if (unlisted instanceof Denied || unlisted instanceof Refused) return false;
    throw unlisted;
  }
}

/** Brings the task from its state to the inputs by the smallest PUT; without a change that can be sent, by none. */
export async function update(project: Project, id: string, state: State, inputs: Inputs): Promise<State> {
  const name = nameOf(inputs);
  const { changes } = diff(state, inputs);
  for (const { field } of changes.filter(({ kind }) => kind === "leave"))
    project.say(
      name,
      `${field.name} ${shown(field, state[field.name])} stays in the cloud, no longer managed: the API has no value that clears it.`,
    );
  if (updateBody(changes, inputs) === undefined) return stateOf(inputs, state.unmanaged);
  const emptied = changes.some(({ field }) => field.name === "applyObjects") && !inputs.applyObjects?.length;
  if (emptied)
    project.say(
      name,
      `applyObjects is emptied (${state.applyObjects?.length ?? 0} removed): the task acts on no desktop.`,
    );
  const before = await guarded(project, id, state, inputs);
  return write(project, id, inputs, changes, before, state.unmanaged);
}

/** The live task before a write, compared with what was last known of it: somebody else's change is not overrun unseen. */
async function guarded(project: Project, id: string, state: State, inputs: Inputs): Promise<WireTask> {
  const name = nameOf(inputs);
  const { onConflict, seen } = project;
  const known = onConflict === "fail" ? undefined : seen.get(id);
  const live = known ?? (await project.api.show(name, id));
  const foreign = diff(state, restate(state, live)).changes;
  if (foreign.length === 0 || onConflict === "overwrite") return live;
  const found = foreign.map(
    ({ field }) =>
      `${field.name} is ${shown(field, fromWire(field, live))}, last known ${shown(field, state[field.name])}`,
  );
  const message = `changed elsewhere since the last run: ${found.join("; ")}.`;
  if (onConflict === "fail")
    throw new Error(
      `update ScheduledTask "${name}" (id ${id}): not sent. ${message} \`pulumi refresh\` takes the change over; \`pulumi up --refresh\` shows it first.`,
    );
  project.say(name, `${message} Only what the program changes is sent.`);
  return live;
}

/**
 * Sends the changes, reads the task back, and mends once what came out otherwise than meant. On a cloud that does what
 * it is told this is one PUT and one GET; a second PUT, of the whole task, follows only a difference.
 */
export async function write(
  project: Project,
  id: string,
  inputs: Inputs,
  changes: readonly Change[],
  before: WireTask | undefined,
  unmanaged: readonly FieldName[] = [],
): Promise<State> {
  const body = updateBody(changes, inputs);
  if (body !== undefined) await put(project, nameOf(inputs), id, body);
  const live = await showAfter(project, id, inputs, before, body);
  return mended(project, id, inputs, { changes, body, before, live, unmanaged });
}

/** A write that was sent, and what was read after it. */
interface Written {
  readonly changes: readonly Change[];
  readonly body?: WireTask | undefined;
  /** The live task before the write; undefined when it was only just created. */
  readonly before?: WireTask | undefined;
  readonly live: WireTask;
  readonly unmanaged?: readonly FieldName[];
}

/** The state after a write; what came out of it otherwise than meant is mended once. */
export async function mended(project: Project, id: string, inputs: Inputs, written: Written): Promise<State> {
  const name = nameOf(inputs);
  const { changes, body, before, unmanaged = [] } = written;
  let { live } = written;
  let wrong = mismatches(changes, inputs, before, live);
  if (wrong.some(isMendable(unmanaged))) {
    const whole = wholeBody(changes, inputs, before);
    await orUnfinished(id, restate(stateOf(inputs), live), name, () => put(project, name, id, whole));
    live = await showAfter(project, id, inputs, before, whole);
    wrong = mismatches(changes, inputs, before, live);
  } else if (body !== undefined && before !== undefined) {
    const hidden = unwitnessed(inputs, body, before, live);
    await orUnfinished(id, stateOf(inputs), name, () => restoreHidden(project, id, inputs, hidden, live));
  }
  const broken = wrong.filter(isMendable(unmanaged));
  if (broken.length > 0)
    throw new Unfinished(id, restate(stateOf(inputs), live), `update ScheduledTask "${name}" (id ${id})`, {
      cause: new Error(brokenMessage(broken)),
    });
  const ignored = wrong.filter(({ ignoredClear }) => ignoredClear);
  for (const { field, live: value } of ignored)
    project.say(
      name,
      `the cloud kept ${field.name} ${shown(field, value)} although it was cleared; it is no longer managed.`,
    );
  const left = [...unmanaged, ...ignored.filter(isLasting(inputs)).map(({ field }) => field.name)];
  return restate(stateOf(inputs, left), live);
}

/** Puts back what a cloud that resets omitted fields has changed where only the list shows it. */
async function restoreHidden(
  project: Project,
  id: string,
  inputs: Inputs,
  hidden: readonly Change[],
  live: WireTask,
): Promise<void> {
  const { learned } = project;
  if (hidden.length === 0) return;
  if (learned.keepsOmitted !== undefined) {
    // The first look may fail for a reason of its own.
    if ((await learned.keepsOmitted.catch(() => undefined)) === true) return;
    await lookForLost(project, id, inputs, hidden, live);
  } else {
    learned.keepsOmitted = lookForLost(project, id, inputs, hidden, live);
    await learned.keepsOmitted;
  }
}

/** Whether the hidden fields were kept; undefined when the list does not tell. Those that were lost are sent. */
async function lookForLost(
  project: Project,
  id: string,
  inputs: Inputs,
  hidden: readonly Change[],
  live: WireTask,
): Promise<boolean | undefined> {
  const name = nameOf(inputs);
  await project.api.pause(LIST_LAG_MS);
  const found = await project.list.find(name, id, inputs.scheduledType);
  if (found === undefined) return undefined;
  const lost = hidden.filter(({ field }) => !equal(field, inputs[field.name], fromWire(field, found)));
  if (lost.length === 0) return true;
  const now = {
    ...stateOf(inputs),
    ...Object.fromEntries(lost.map(({ field }) => [field.name, fromWire(field, found)])),
  };
  await orUnfinished(id, now, name, () => put(project, name, id, wholeBody(lost, inputs, live)));
  return false;
}

const isMendable =
  (unmanaged: readonly FieldName[]) =>
  ({ field, ignoredClear }: Mismatch): boolean =>
    !ignoredClear && !unmanaged.includes(field.name);

/** Whether later runs must know of an ignored clear; of a field that the program no longer names there is nothing to know. */
const isLasting =
  (inputs: Inputs) =>
  ({ field }: Mismatch): boolean =>
    field.enforced === true || inputs[field.name] !== undefined;

const brokenMessage = (broken: readonly Mismatch[]): string =>
  `the cloud accepted the PUT, and a second one that mends, but did not do what they say: ${broken
    .map(({ field, wanted, live }) => `${field.name} is ${shown(field, live)} instead of ${shown(field, wanted)}`)
    .join("; ")}. Compare with the console, and report it with this message.`;

/** The live task right after a write. */
export async function showAfter(
  project: Project,
  id: string,
  inputs: Inputs,
  before?: WireTask,
  body: WireTask = {},
): Promise<WireTask> {
  project.list.wrote(id, body);
  return orUnfinished(id, stateOf(inputs), nameOf(inputs), async () => {
    const detail = await project.api.show(nameOf(inputs), id);
    const { enable, priority } = { ...before, ...body };
    project.seen.set(id, { ...detail, enable, priority });
    return detail;
  });
}

/** Keeps what is known to be live when a step after a successful write fails. */
async function orUnfinished<T>(id: string, state: State, name: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    // A step within this one knew more.
    if (error instanceof Unfinished) throw error;
    throw new Unfinished(
      id,
      state,
      `ScheduledTask "${name}" (id ${id}) was written, but what came of it could not be made sure`,
      { cause: error },
    );
  }
}

/** An older cloud refuses the verb; then plain targets are sent, which it documents. */
async function put({ api, learned, say }: Project, name: string, id: string, body: WireTask): Promise<void> {
  const { apply_object_update_type: verb, ...rest } = body;
  const plain = verb === "CLEAR_ALL" ? { ...rest, apply_objects: [] } : rest;
  if (verb === undefined || learned.verbRefused) return api.update(name, id, plain);
  try {
    await api.update(name, id, body);
  } catch (error) {
    // A 409 is about something else; a second refusal is the one that does not speak of the verb.
    if (!(error instanceof Refused) || error.status !== 400) throw error;
    await api.update(name, id, plain);
    learned.verbRefused = true;
    say(name, `this cloud refuses apply_object_update_type (${error.code}); targets are sent without it.`);
  }
}

/** Deletes the task; one that no longer exists is deleted. */
export async function remove(project: Project, id: string, state: State): Promise<void> {
  if (isLeftToHolder(project, id, state)) return;
  try {
    await project.api.delete(nameOf(state), id);
  } catch (error) {
    if (!(await isGone(project, id, error))) throw error;
  }
  wasRemoved(project, id);
}

/** Whether another resource manages the task, which then is not deleted, as a message says. */
export function isLeftToHolder({ held, say }: Project, id: string, state: State): boolean {
  const holder = held.get(id);
  if (holder !== undefined) say(nameOf(state), `the task ${id} is not deleted: it is managed as "${holder}".`);
  return holder !== undefined;
}

/** Notes that a task is gone, so that nobody takes it for one that is there. */
export function wasRemoved({ seen, gone }: Project, id: string): void {
  seen.delete(id);
  gone.add(id);
}
