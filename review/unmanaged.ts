/** Tasks of the project that none of the reviewed stacks holds. */
import { NotFound } from "../provider/cloud/errors";
import { isMarked, ownerIn, unmarked } from "../provider/cloud/ownerMark";
import type { Wire } from "../provider/cloud/transport";
import type { Inputs } from "../provider/scheduledTask/fields";
import { type FunctionName, functions, type Queried } from "../provider/scheduledTask/functions";
import { namePattern } from "../provider/scheduledTask/namePattern";

export interface UnmanagedTask {
  readonly id: string;
  /** One that works in its project. */
  readonly stack: string;
  readonly inputs: Inputs;
}

export interface Unmanaged {
  readonly tasks: readonly UnmanagedTask[];
  /** Marks of other owners, without brackets, and how many tasks end in each. */
  readonly leftToOwners: { readonly [owner: string]: number };
}

export interface Known {
  readonly stack: string;
  /** Settings `owner` of the stacks: what carries one of their marks is theirs. */
  readonly owners: readonly string[];
  /** Ids of the tasks that the stacks hold. */
  readonly held: ReadonlySet<string>;
  /** Names of tasks that are left to others; `*` stands for anything. */
  readonly ignored: readonly string[];
}

type Listed = Inputs & { readonly id?: string };

/**
 * Asks the cloud for them: one paged list, and the detail of each one that is found.
 *
 * @param cloud without an owner, so that all marks are seen
 * @throws CloudError when the list is denied or fails
 */
export async function unmanagedTasks(cloud: Queried, known: Known): Promise<Unmanaged> {
  const { scheduledTasks } = await ask("getScheduledTasks", cloud, {});
  const patterns = known.ignored.map(namePattern);
  const free = (scheduledTasks as Listed[]).filter(
    ({ id, taskName }) => !known.held.has(String(id)) && !patterns.some((pattern) => pattern.test(String(taskName))),
  );
  const owners = Map.groupBy(free, (task) => otherOwner(task, known.owners));
  const found = await Promise.all((owners.get(undefined) ?? []).map((task) => detailOf(cloud, task, known)));
  owners.delete(undefined);
  return {
    tasks: found.filter((task) => task !== undefined),
    leftToOwners: Object.fromEntries([...owners].map(([owner, tasks]) => [owner, tasks.length])),
  };
}

const otherOwner = (task: Inputs, owners: readonly string[]): string | undefined =>
  owners.some((owner) => isMarked(task, owner)) ? undefined : ownerIn(task.description);

/** Undefined for one that somebody has deleted since the list was read. */
async function detailOf(
  cloud: Queried,
  { id, taskName }: Listed,
  { stack, owners }: Known,
): Promise<UnmanagedTask | undefined> {
  try {
    const detail = await ask("getScheduledTask", cloud, { id, taskName });
    const { id: own, lastStatus: _, nextExecutionTime: __, ...inputs } = detail;
    return { id: String(own), stack, inputs: owners.reduce<Wire>((task, owner) => unmarked(task, owner), inputs) };
  } catch (error) {
    if (error instanceof Error && error.cause instanceof NotFound) return undefined;
    throw error;
  }
}

function ask(name: FunctionName, cloud: Queried, args: object): Promise<{ readonly [name: string]: unknown }> {
  const row = functions.find((one) => one.name === name);
  if (row === undefined) throw new Error(`there is no function ${name}`);
  return row.run(cloud, { ...args });
}
