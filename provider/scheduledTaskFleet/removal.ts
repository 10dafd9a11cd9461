import { CloudError, Denied } from "../cloud/errors";
import { isLeftToHolder, type Project, type Projects, remove, wasRemoved } from "../scheduledTask/lifecycle";
import type { Member } from "./fleet";

/** Most ids that one batch-delete takes. */
const BATCH = 5_000;

/** Deletes tasks, many with one request. Returns, by key, why those that are still there could not be deleted. */
export async function removeAll(
  projectOf: Projects,
  members: readonly Member[],
): Promise<ReadonlyMap<string, unknown>> {
  const byProject = Map.groupBy(members, ({ state }) => projectOf(state));
  const errors = await Promise.all([...byProject].map(([project, own]) => removeFrom(project, own)));
  return new Map(errors.flatMap((some) => [...some]));
}

async function removeFrom(project: Project, members: readonly Member[]): Promise<Map<string, unknown>> {
  const free = members.filter(({ id, state }) => !isLeftToHolder(project, id, state));
  const left = (await isBatchCheaper(project, free)) ? await removeBatches(project, free) : free;
  const errors = new Map<string, unknown>();
  await Promise.all(
    left.map(({ key, id, state }) =>
      remove(project, id, state).catch((error: unknown) => {
        errors.set(key, error);
      }),
    ),
  );
  return errors;
}

/** What a batch has done only a list tells, which in a project of many tasks takes more requests than a few deletions. */
const isBatchCheaper = async ({ list }: Project, members: readonly Member[]): Promise<boolean> =>
  members.length > (await list.pages(members.map(({ state }) => state.scheduledType)));

/**
 * Deletes by batches, and returns what is left to be deleted singly. A batch with the id of a task that is gone may be
 * refused as a whole, so it is sent once more with those that the list still shows.
 */
async function removeBatches(project: Project, members: readonly Member[], isLast = false): Promise<readonly Member[]> {
  if (members.length < 2) return members;
  const error = await failureOf(() => deleteMany(project, members));
  const listed = await idsListed(project, members);
  if (listed === "unknown") return members;
  if (error === undefined) {
    // Without the permission to list, an accepted batch is believed.
    const left = listed === "denied" ? [] : members.filter(({ id }) => listed.has(id));
    for (const { id } of members.filter((member) => !left.includes(member))) wasRemoved(project, id);
    return left;
  }
  if (isLast || listed === "denied") return members;
  const unlisted = members.filter(({ id }) => !listed.has(id));
  const again = members.filter(({ id }) => listed.has(id));
  return [...unlisted, ...(await removeBatches(project, again, true))];
}

async function deleteMany({ api }: Project, members: readonly Member[]): Promise<void> {
  for (let from = 0; from < members.length; from += BATCH)
    await api.deleteMany(members.slice(from, from + BATCH).map(({ id }) => id));
}

async function failureOf(call: () => Promise<void>): Promise<CloudError | undefined> {
  try {
    await call();
    return undefined;
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return error;
  }
}

/** Ids that a list read just now shows, if it can be read. */
async function idsListed({ list }: Project, members: readonly Member[]): Promise<Set<string> | "denied" | "unknown"> {
  try {
    return await list.idsNow(members.map(({ state }) => state.scheduledType));
  } catch (error) {
    if (error instanceof Denied) return "denied";
    if (error instanceof CloudError) return "unknown";
    throw error;
  }
}
