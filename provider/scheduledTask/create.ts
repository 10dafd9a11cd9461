import { Denied, NotFound, Refused } from "../cloud/errors";
import { shared, unlessStopped } from "../cloud/stop";
import { type Change, createBody, diff, meant } from "./diff";
import { type FieldName, type Inputs, row } from "./fields";
import { LIST_LAG_MS, liveTask, mended, nameOf, type Project, showAfter, Unfinished, write } from "./lifecycle";
import { restate, type State, stateOf } from "./state";
import { existingTwin, knownNamesakes, postOnce } from "./twins";
import { shown, type WireTask } from "./wire";

interface Created {
  readonly id: string;
  readonly state: State;
}

/** Creates the task, or takes over the one that `adoptTaskId` names. */
export const create = (project: Project, inputs: Inputs): Promise<Created> =>
  project.creations.run(() => createOne(project, inputs));

async function createOne(project: Project, inputs: Inputs): Promise<Created> {
  // An adopted task that was replaced or deleted since is created like any other.
  if (inputs.adoptTaskId !== undefined && !project.gone.has(inputs.adoptTaskId))
    return adopt(project, inputs, inputs.adoptTaskId);
  const name = nameOf(inputs);
  if (inputs.adoptTaskId !== undefined)
    project.say(
      name,
      `the task ${inputs.adoptTaskId} that adoptTaskId names was deleted in this run: a new one is created.`,
    );
  const known = await knownNamesakes(project, inputs);
  const body = createBody(inputs);
  const twin = known && (await existingTwin(project, inputs, body, known));
  if (twin !== undefined) return settle(project, inputs, twin);
  const { id, withheldTargets } = await post(project, inputs, body, known);
  project.held.set(id, name);
  try {
    return { id, state: await finish(project, id, inputs, withheldTargets) };
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

async function post(
  project: Project,
  inputs: Inputs,
  body: WireTask,
  known: readonly string[] | undefined,
): Promise<{ id: string; withheldTargets: boolean }> {
  const { learned, say } = project;
  const name = nameOf(inputs);
  const { apply_objects: targets, ...bare } = body;
  // POST cannot disable a task, so a disabled one gets its targets only together with enable: false.
  const withholds = inputs.enable === false && targets !== undefined && !learned.bareRefused;
  if (!withholds) return { id: await postOnce(project, inputs, body, known), withheldTargets: false };
  try {
    return { id: await postOnce(project, inputs, bare, known), withheldTargets: true };
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 400) throw error;
    const id = await postOnce(project, inputs, body, known);
    learned.bareRefused = true;
    say(
      name,
      "the cloud creates no task without targets, so this disabled task is enabled until the PUT that follows at once.",
    );
    return { id, withheldTargets: false };
  }
}

/** Does what POST could not. The first task that a process creates is read back in full. */
async function finish(project: Project, id: string, inputs: Inputs, withheldTargets: boolean): Promise<State> {
  const { learned } = project;
  const needed = neededAfterPost(inputs, withheldTargets);
  const readBack = !learned.readBack && needed.length === 0 ? showAfter(project, id, inputs) : undefined;
  learned.readBack = true;
  if (!needed.includes("enable")) {
    // The others wait for this look, and the first task reads back meanwhile; a PUT waits until both are answered.
    const [enabled] = await Promise.all([bornEnabled(project, id, inputs), readBack?.catch(() => undefined)]);
    if (enabled === false) needed.push("enable");
  }
  const changes = needed.map((name): Change => ({ field: row(name), kind: "set" }));
  if (changes.length > 0) return write(project, id, inputs, changes, undefined);
  return readBack === undefined ? stateOf(inputs) : mended(project, id, inputs, { changes, live: await readBack });
}

/** Fields that a POST cannot set. */
function neededAfterPost(inputs: Inputs, withheldTargets: boolean): FieldName[] {
  const wanted = meant(inputs);
  const needed: readonly (readonly [FieldName, boolean])[] = [
    ["enable", wanted.enable === false],
    ["priority", wanted.priority !== undefined],
    ["isGray", wanted.isGray === true],
    ["applyObjects", withheldTargets],
  ];
  return needed.flatMap(([name, isNeeded]) => (isNeeded ? [name] : []));
}

/** Whether new tasks are born enabled: the first task created by this process tells. */
async function bornEnabled(project: Project, id: string, inputs: Inputs): Promise<boolean | undefined> {
  const { learned } = project;
  learned.bornEnabled ??= shared(() => lookUpEnable(project, id, inputs));
  const answer = await unlessStopped(learned.bornEnabled);
  if (answer === undefined) learned.bornEnabled = undefined;
  return answer;
}

async function lookUpEnable({ api, list, say }: Project, id: string, inputs: Inputs): Promise<boolean | undefined> {
  try {
    let found = await list.find(nameOf(inputs), id, inputs.scheduledType);
    if (found === undefined) {
      await api.pause(LIST_LAG_MS);
      found = await list.find(nameOf(inputs), id, inputs.scheduledType);
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

/** Brings a task that a former run created to what is declared. */
async function settle(project: Project, inputs: Inputs, id: string): Promise<Created> {
  const live = await liveTask(project, nameOf(inputs), id);
  const wanted = meant(inputs);
  // Whether a gray task was switched to gray mode cannot be read.
  const state = { ...restate(stateOf(inputs), live), ...(wanted.isGray && { isGray: false }) };
  const { changes } = diff(state, inputs);
  if (changes.length === 0) return { id, state: stateOf(inputs) };
  return { id, state: await write(project, id, inputs, changes, live) };
}

async function adopt(project: Project, inputs: Inputs, id: string): Promise<Created> {
  const name = nameOf(inputs);
  const holder = project.held.get(id);
  if (holder !== undefined)
    throw new Error(
      `adopt ScheduledTask "${name}": the task ${id} is already managed as "${holder}". Remove one of the two declarations.`,
    );
  project.held.set(id, name);
  try {
    return await takeOver(project, inputs, id);
  } catch (error) {
    if (!(error instanceof Unfinished)) project.held.delete(id);
    if (error instanceof NotFound)
      throw new Error(
        `adopt ScheduledTask "${name}": there is no task ${id}. Correct adoptTaskId, or remove it to create a new task.`,
        { cause: error },
      );
    throw error;
  }
}

async function takeOver(project: Project, inputs: Inputs, id: string): Promise<Created> {
  const name = nameOf(inputs);
  const live = await liveTask(project, name, id);
  const state = restate(stateOf(inputs), live);
  const { changes, replaces } = diff(state, inputs);
  if (meant(inputs).isGray) project.say(name, "whether gray mode is on cannot be read; it is taken to be as declared.");
  if (changes.length === 0) return { id, state: stateOf(inputs) };
  if (project.onConflict !== "overwrite" || replaces.length > 0)
    throw new Error(conflict(name, id, state, inputs, changes, replaces));
  return { id, state: await write(project, id, inputs, changes, live) };
}

function conflict(
  name: string,
  id: string,
  state: State,
  inputs: Inputs,
  changes: readonly Change[],
  replaces: readonly FieldName[],
): string {
  const lines = changes.map(
    ({ field }) =>
      `  - ${field.name}: live ${shown(field, state[field.name])}, declared ${shown(field, inputs[field.name])}`,
  );
  return `adopt ScheduledTask "${name}": the task ${id} differs from its declaration:
${lines.join("\n")}
${
  replaces.length > 0
    ? `No update can change ${replaces.join(", ")}: declare what is live.`
    : "Declare what is live, or let the declaration win: pulumi config set huaweicloud-workspace:onConflict overwrite."
}`;
}
