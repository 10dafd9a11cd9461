import { Denied, NotFound, Refused } from "../cloud/errors";
import type { ScheduledTasksApi } from "../cloud/scheduledTasksApi";
import type { ListRow, TaskList } from "../cloud/taskList";
import {
  type Change,
  createBody,
  diff,
  type Mismatch,
  meant,
  mismatches,
  type State,
  updateBody,
  wholeBody,
} from "./diff";
import { type FieldName, type Inputs, row } from "./fields";
import { equal, fromWire, restate, shown, type WireTask } from "./wire";

/** A project of the cloud as this process knows it. */
export interface Project {
  readonly api: ScheduledTasksApi;
  readonly list: TaskList;
  /** Whether adoptTaskId changes a task that differs from its declaration. */
  readonly overwrites: boolean;
  /** Tells the user something about a task. */
  say(taskName: string, message: string): void;
  /** Tasks as last read, so that an update knows what it did not ask for. */
  readonly seen: Map<string, WireTask>;
  /** Ids that a resource of this process manages, with its task's name. */
  readonly held: Map<string, string>;
  readonly learned: Learned;
}

/** What the cloud's documents leave open and this process has found out. */
export interface Learned {
  /** Whether a new task is born enabled; asked of the first one. */
  bornEnabled?: Promise<boolean | undefined> | undefined;
  /** The first task that a process creates is read back in full. */
  readBack?: boolean;
  /** An older cloud does not know apply_object_update_type. */
  verbRefused?: boolean;
  /** A task cannot be created without targets. */
  bareRefused?: boolean;
}

export interface Created {
  readonly id: string;
  readonly state: State;
}

/** A write that was begun and not finished: what is live is known, and must be kept. */
export class Unfinished extends Error {
  constructor(
    readonly id: string,
    readonly state: State,
    what: string,
    options: { cause: unknown },
  ) {
    super(`${what}: ${options.cause instanceof Error ? options.cause.message : String(options.cause)}`, options);
    this.name = new.target.name;
  }
}

const nameOf = (inputs: Inputs): string => inputs.taskName ?? "unnamed";

/** Creates the task, or takes over the one that `adoptTaskId` names. */
export async function create(project: Project, inputs: Inputs): Promise<Created> {
  if (inputs.adoptTaskId !== undefined) return adopt(project, inputs, inputs.adoptTaskId);
  const name = nameOf(inputs);
  const { id, withheldTargets } = await post(project, inputs);
  project.held.set(id, name);
  const isFirst = !project.learned.readBack;
  project.learned.readBack = true;
  try {
    const changes = await changesAfterPost(project, id, inputs, withheldTargets);
    if (changes.length === 0 && !isFirst) return { id, state: stateOf(inputs) };
    return { id, state: await write(project, id, inputs, changes, undefined) };
  } catch (error) {
    const state = error instanceof Unfinished ? error.state : stateAfterPost(inputs, withheldTargets);
    throw new Unfinished(
      id,
      state,
      `ScheduledTask "${name}" was created (id ${id}), but is not yet as declared; the next \`pulumi up\` goes on from there`,
      { cause: error },
    );
  }
}

async function post(project: Project, inputs: Inputs): Promise<{ id: string; withheldTargets: boolean }> {
  const { api, learned, say } = project;
  const name = nameOf(inputs);
  const body = createBody(inputs);
  const { apply_objects: targets, ...bare } = body;
  // POST cannot disable a task, so a disabled one gets its targets only together with enable: false.
  const withholds = inputs.enable === false && targets !== undefined && !learned.bareRefused;
  if (!withholds) return { id: await api.create(name, body), withheldTargets: false };
  try {
    return { id: await api.create(name, bare), withheldTargets: true };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const id = await api.create(name, body);
    learned.bareRefused = true;
    say(
      name,
      "the cloud creates no task without targets, so this disabled task is enabled until the PUT that follows at once.",
    );
    return { id, withheldTargets: false };
  }
}

/** What POST could not set. */
async function changesAfterPost(
  project: Project,
  id: string,
  inputs: Inputs,
  withheldTargets: boolean,
): Promise<Change[]> {
  const wanted = meant(inputs);
  const needed: readonly (readonly [FieldName, boolean])[] = [
    ["enable", wanted.enable === false || (await bornEnabled(project, id, inputs)) === false],
    ["priority", wanted.priority !== undefined],
    ["isGray", wanted.isGray === true],
    ["applyObjects", withheldTargets],
  ];
  return needed.flatMap(([name, isNeeded]) => {
    const field = row(name);
    return field && isNeeded ? [{ field, kind: "set" as const }] : [];
  });
}

/** A list row that a task created just now does not have yet is asked for once more after this. */
const LIST_LAG_MS = 1_200;

/** Whether new tasks are born enabled: the first task created by this process tells. */
async function bornEnabled(project: Project, id: string, inputs: Inputs): Promise<boolean | undefined> {
  const { learned } = project;
  learned.bornEnabled ??= lookUpEnable(project, id, inputs);
  const answer = await learned.bornEnabled;
  if (answer === undefined) learned.bornEnabled = undefined;
  return answer;
}

async function lookUpEnable({ api, list, say }: Project, id: string, inputs: Inputs): Promise<boolean | undefined> {
  const kind = inputs.scheduledType === "LIFE_CYCLE" ? inputs.scheduledType : undefined;
  try {
    let found = await list.find(nameOf(inputs), id, kind);
    if (found === undefined) {
      await api.pause(LIST_LAG_MS);
      found = await list.find(nameOf(inputs), id, kind);
    }
    return found && found.enable !== false;
  } catch (error) {
    if (!(error instanceof Denied)) throw error;
    say(nameOf(inputs), `whether the new task is enabled cannot be seen: ${error.message}`);
    return undefined;
  }
}

/** What is live when nothing but the POST was done. */
function stateAfterPost(inputs: Inputs, withheldTargets: boolean): State {
  const { priority: _, ...posted } = stateOf(inputs);
  return {
    ...posted,
    enable: true,
    ...(meant(inputs).isGray === true && { isGray: false }),
    ...(withheldTargets && { applyObjects: [] }),
  };
}

async function adopt(project: Project, inputs: Inputs, id: string): Promise<Created> {
  const name = nameOf(inputs);
  const holder = project.held.get(id);
  if (holder !== undefined)
    throw new Error(
      `adopt ScheduledTask "${name}": the task ${id} is already managed as "${holder}". Remove one of the two declarations.`,
    );
  project.held.set(id, name);
  const live = await liveTask(project, name, id);
  const state = restate(stateOf(inputs), live);
  const { changes, replaces } = diff(state, inputs);
  if (changes.length === 0 && replaces.length === 0) return { id, state: stateOf(inputs) };
  if (!project.overwrites || replaces.length > 0)
    throw new Error(conflict(name, id, state, inputs, [...changes.map(({ field }) => field.name), ...replaces]));
  return { id, state: await write(project, id, inputs, changes, live) };
}

function conflict(name: string, id: string, state: State, inputs: Inputs, names: readonly FieldName[]): string {
  const lines = [...new Set(names)].flatMap((fieldName) => {
    const field = row(fieldName);
    return field
      ? [`  - ${fieldName}: live ${shown(field, state[fieldName])}, declared ${shown(field, inputs[fieldName])}`]
      : [];
  });
  return `adopt ScheduledTask "${name}": the task ${id} differs from its declaration:
${lines.join("\n")}
Declare what is live, or let the declaration win: pulumi config set huaweicloud-workspace:onConflict overwrite.`;
}

/** The live task, with declared fields in the user's spelling; undefined when it is certain that it no longer exists. */
export async function read(project: Project, id: string, state: State): Promise<State | undefined> {
  const name = nameOf(state);
  try {
    const live = await liveTask(project, name, id);
    const ignored = remainingIgnored(state, live);
    return stateOf(restate(state, live, ignored), ignored);
  } catch (error) {
    if (await isGone(project, id, error)) return undefined;
    throw error;
  }
}

async function liveTask(project: Project, name: string, id: string): Promise<WireTask> {
  const detail = await project.api.show(name, id);
  const { enable, priority } = (await listRow(project, name, id, detail)) ?? {};
  const live = { ...detail, ...(enable !== undefined && { enable }), ...(priority !== undefined && { priority }) };
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

/** A 400 whose code and text do not say what is missing is believed only when the list agrees. */
async function isGone({ list }: Project, id: string, error: unknown): Promise<boolean> {
  if (error instanceof NotFound) return true;
  return error instanceof Refused && error.code.startsWith("WKS.") && !(await list.shows(id));
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
  if (updateBody(changes, inputs) === undefined) return stateOf(inputs, undeclared(state.ignoredClears, inputs));
  const emptied = changes.some(({ field }) => field.name === "applyObjects") && !inputs.applyObjects?.length;
  if (emptied)
    project.say(
      name,
      `applyObjects is emptied: ${state.applyObjects?.length ?? 0} targets are removed, and the task acts on no desktop.`,
    );
  const before = project.seen.get(id) ?? (await project.api.show(name, id));
  return write(project, id, inputs, changes, before, state.ignoredClears);
}

/** Sends the changes, reads the task back, and mends once what came out otherwise than meant. */
async function write(
  project: Project,
  id: string,
  inputs: Inputs,
  changes: readonly Change[],
  before: WireTask | undefined,
  ignoredBefore: Inputs = {},
): Promise<State> {
  const name = nameOf(inputs);
  const body = updateBody(changes, inputs);
  if (body !== undefined) await put(project, name, id, body);
  let live = await showAfter(project, id, inputs, before, body);
  let wrong = mismatches(changes, inputs, before, live);
  if (wrong.some(isMendable(ignoredBefore))) {
    const whole = wholeBody(changes, inputs, before ?? live);
    await orUnfinished(id, restate(stateOf(inputs), live), name, () => put(project, name, id, whole));
    live = await showAfter(project, id, inputs, before, whole);
    wrong = mismatches(changes, inputs, before, live);
  }
  const broken = wrong.filter(isMendable(ignoredBefore));
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
  const ignoredClears = {
    ...remainingIgnored({ ...inputs, ignoredClears: ignoredBefore }, live),
    ...enforcedOf(ignored),
  };
  return stateOf(restate(inputs, live, ignoredClears), ignoredClears);
}

const isMendable =
  (ignoredBefore: Inputs) =>
  ({ field, live, ignoredClear }: Mismatch): boolean =>
    !ignoredClear && !(ignoredBefore[field.name] !== undefined && equal(field, ignoredBefore[field.name], live));

const brokenMessage = (broken: readonly Mismatch[]): string =>
  `the cloud accepted the PUT, and a second one that mends, but did not do what they say: ${broken
    .map(({ field, wanted, live }) => `${field.name} is ${shown(field, live)} instead of ${shown(field, wanted)}`)
    .join("; ")}. Compare with the console, and report it with this message.`;

async function showAfter(
  project: Project,
  id: string,
  inputs: Inputs,
  before: WireTask | undefined,
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
    if (!(error instanceof Refused)) throw error;
    await api.update(name, id, plain).catch(() => {
      throw error;
    });
    learned.verbRefused = true;
    say(name, `this cloud refuses apply_object_update_type (${error.code}); targets are sent without it.`);
  }
}

/** Deletes the task; one that no longer exists is deleted. */
export async function remove(project: Project, id: string, state: State): Promise<void> {
  try {
    await project.api.delete(nameOf(state), id);
  } catch (error) {
    if (!(await isGone(project, id, error))) throw error;
  }
  project.seen.delete(id);
  project.held.delete(id);
}

/** State never holds adoptTaskId, which is read by create alone. */
function stateOf(inputs: Inputs, ignoredClears: Inputs = {}): State {
  const { adoptTaskId: _, ignoredClears: __, ...declared }: State = inputs;
  return Object.keys(ignoredClears).length > 0 ? { ...declared, ignoredClears } : declared;
}

const enforcedOf = (ignored: readonly Mismatch[]): Inputs =>
  Object.fromEntries(ignored.filter(({ field }) => field.enforced).map(({ field, live }) => [field.name, live]));

const undeclared = (ignored: Inputs = {}, inputs: Inputs): Inputs =>
  Object.fromEntries(Object.entries(ignored).filter(([name]) => inputs[name as FieldName] === undefined));

/** The ignored clears that still stand: the program declares nothing, and the same value is live. */
const remainingIgnored = (state: State, live: WireTask): Inputs =>
  Object.fromEntries(
    Object.entries(state.ignoredClears ?? {}).filter(([name, value]) => {
      const field = row(name);
      return field !== undefined && state[field.name] === undefined && equal(field, value, fromWire(field, live));
    }),
  );
