import { CloudError, Denied, NotFound, PerhapsCreated, Refused } from "../cloud/errors";
import { isLost } from "../cloud/retry";
import { isTwin } from "./diff";
import type { Inputs } from "./fields";
import { LIST_LAG_MS, nameOf, type Project } from "./lifecycle";
import type { WireTask } from "./wire";

/** How often a POST whose answer was lost is sent again after no task was found. */
const MOST_POSTS = 5;

/**
 * A task that was there before and is exactly what would be created: left by a run that was killed, or somebody's. One
 * with the owner's mark is ours; another is taken only when told to, and else stops the creation.
 *
 * @returns its id, held for this resource; undefined when there is none
 */
export async function existingTwin(
  project: Project,
  inputs: Inputs,
  body: WireTask,
  known: readonly string[],
): Promise<string | undefined> {
  const name = nameOf(inputs);
  const twins: { id: string; isOurs: boolean }[] = [];
  const oursOtherwise: string[] = [];
  for (const id of known.filter((one) => !project.held.has(one) && !project.gone.has(one))) {
    const found = await lookAt(project, inputs, id);
    if (found && isTwin(body, found.task)) twins.push({ id, isOurs: found.isOurs });
    else if (found?.isOurs) oursOtherwise.push(id);
  }
  const free = twins.filter(({ id }) => !project.held.has(id));
  const chosen = free.find(({ isOurs }) => isOurs) ?? (project.onExisting === "adopt" ? free[0] : undefined);
  if (chosen === undefined && free.length > 0) {
    await project.creations.othersDone((ms) => project.api.pause(ms));
    throw new Error(
      existingMessage(
        name,
        free.map(({ id }) => id),
      ),
    );
  }
  if (chosen === undefined) {
    const unheld = oursOtherwise.filter((id) => !project.held.has(id));
    if (unheld.length > 0) project.say(name, oursOtherwiseMessage(unheld));
    return undefined;
  }
  project.held.set(chosen.id, name);
  project.say(
    name,
    `takes over the task ${chosen.id}, which is exactly as declared${chosen.isOurs ? " and carries the owner's mark" : ""}.`,
  );
  return chosen.id;
}

const existingMessage = (name: string, ids: readonly string[]): string =>
  `create ScheduledTask "${name}": not sent, for ${ids.length === 1 ? "a task" : `${ids.length} tasks`} with this name and exactly these fields ${
    ids.length === 1 ? "is" : "are"
  } there already: ${ids.join(", ")}. A run that was killed may have left it, or it belongs to somebody else. Ways out:
  - take it over: HUAWEICLOUD_WORKSPACE_ON_EXISTING=adopt pulumi up, or adoptTaskId: "${ids[0]}"
  - keep both: give this one another taskName
  - it is not needed: delete it in the console`;

/** It is not taken over: a resource that was renamed may still hold it, and deletes it in this run. */
const oursOtherwiseMessage = (ids: readonly string[]): string =>
  `another one is created beside ${ids.join(", ")}, with the same name, the owner's mark and other fields. If a run that was killed left it, delete it in the console, or both run.`;

/**
 * Sends the POST. When its answer is lost, looks for the task before anything is sent again: an exact twin that was not
 * there before is the one just created.
 *
 * @param known ids of the tasks of this name that were there before; undefined when they may not be listed
 */
export async function postOnce(
  project: Project,
  inputs: Inputs,
  body: WireTask,
  known: readonly string[] | undefined,
): Promise<string> {
  for (let posts = 1; ; posts++) {
    try {
      return await project.api.create(nameOf(inputs), body);
    } catch (error) {
      if (!isLost(error)) throw error;
      const id = known && (await createdUnseen(project, inputs, body, known, error).catch(noRefusal(inputs)));
      if (id !== undefined) return id;
      if (known === undefined || posts >= MOST_POSTS) throw error;
    }
  }
}

/** Of a look that failed: what the cloud said of it says nothing of the POST. */
const noRefusal =
  (inputs: Inputs) =>
  (error: unknown): never => {
    if (!(error instanceof CloudError)) throw error;
    throw new PerhapsCreated({ what: `create ScheduledTask "${nameOf(inputs)}"` }, error);
  };

async function createdUnseen(
  project: Project,
  inputs: Inputs,
  body: WireTask,
  known: readonly string[],
  cause: unknown,
): Promise<string | undefined> {
  const name = nameOf(inputs);
  const find = async (): Promise<string[]> =>
    (await project.list.namedNow(name, inputs.scheduledType)).filter(
      (id) => !known.includes(id) && !project.held.has(id),
    );
  let fresh = await find();
  if (fresh.length === 0) {
    await project.api.pause(LIST_LAG_MS);
    fresh = await find();
  }
  const others: string[] = [];
  for (const id of fresh) {
    const found = await lookAt(project, inputs, id);
    if (found === undefined || project.held.has(id)) continue;
    if (isTwin(body, found.task)) {
      project.held.set(id, name);
      return id;
    }
    others.push(id);
  }
  if (others.length === 0) return undefined;
  throw new Error(
    `create ScheduledTask "${name}": the answer was lost, and a task with this name but other fields has appeared since: ${others.join(", ")}. ` +
      `If it is this one, take it over with adoptTaskId: "${others[0]}"; if it is somebody else's, give this one another taskName, then run \`pulumi up\` again.`,
    { cause },
  );
}

/** A task of the list; undefined when it has gone since, for the list may be older than a deletion. */
async function lookAt({ api, list }: Project, inputs: Inputs, id: string) {
  const name = nameOf(inputs);
  try {
    return await api.showMarked(name, id);
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    if (!(error instanceof Refused)) throw error;
    // A 400 may mean that there is no such task, or anything else.
    if ((await list.namedNow(name, inputs.scheduledType)).includes(id)) throw error;
    return undefined;
  }
}

/** Ids of the tasks with this name; undefined, with a message, when they may not be listed. */
export async function knownNamesakes({ list, say }: Project, inputs: Inputs): Promise<string[] | undefined> {
  try {
    return await list.named(nameOf(inputs), inputs.scheduledType);
  } catch (error) {
    if (!(error instanceof Denied)) throw error;
    say(
      nameOf(inputs),
      `a lost answer cannot be made good, nor a task that is there already be seen: ${error.message}`,
    );
    return undefined;
  }
}
