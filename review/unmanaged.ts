/** Tasks of the projects in which the reviewed stacks have theirs, and which none of the stacks holds. */
import type { Settings } from "../provider/cloud/configuration";
import { CloudError, NotFound } from "../provider/cloud/errors";
import { isMarked, ownerIn, unmarked } from "../provider/cloud/ownerMark";
import type { Surroundings } from "../provider/cloud/scheduledTasksApi";
import type { Wire } from "../provider/cloud/transport";
import type { Inputs } from "../provider/scheduledTask/fields";
import { type FunctionName, functions, type Queried } from "../provider/scheduledTask/functions";
import { namePattern } from "../provider/scheduledTask/namePattern";
import { queried } from "../provider/scheduledTask/queried";
import { isUnknown } from "../provider/scheduledTask/wire";
import type { TaskReview } from "./tasks";

export interface UnmanagedTask {
  readonly id: string;
  /** One that works in its project. */
  readonly stack: string;
  /** With region and project where these are not the stack's own. */
  readonly inputs: Inputs;
}

export interface Unmanaged {
  readonly tasks: readonly UnmanagedTask[];
  /** Marks of other owners, without brackets, and how many tasks end in each. */
  readonly leftToOwners: { readonly [owner: string]: number };
  /** @default none */
  readonly unsearched?: readonly Unsearched[];
}

/** A place to which the settings of the stack do not lead, and where a task of it is. */
export interface Unsearched {
  readonly stack: string;
  readonly place: string;
  readonly reason: string;
}

export interface SearchedStack {
  readonly name: string;
  /** Its `owner` is whose mark its tasks carry. */
  readonly settings: Settings;
  readonly tasks: readonly Pick<TaskReview, "state" | "live" | "wanted">[];
}

export interface Known {
  /** Ids of the tasks that the stacks hold. */
  readonly held: ReadonlySet<string>;
  /** Names of tasks that are left to others; `*` stands for anything. */
  readonly ignored: readonly string[];
}

/** A project, and the first stack that has tasks there. */
interface Place {
  readonly stack: string;
  readonly settings: Settings;
  readonly region: string | undefined;
  readonly projectId: string | undefined;
  /** Whether it is the one that the settings name. */
  readonly isOwn: boolean;
}

interface Found {
  readonly tasks: readonly UnmanagedTask[];
  /** Owner by id, of what is left to others. */
  readonly marked: readonly (readonly [id: string, owner: string])[];
}

type Listed = Inputs & { readonly id?: string };

/**
 * Asks the cloud for them: for each project one paged list, and the detail of each one that is found.
 *
 * @throws CloudError when the list of a stack's own project is denied or fails
 */
export async function unmanagedOf(
  stacks: readonly SearchedStack[],
  known: Known,
  surroundings: Surroundings,
): Promise<Unmanaged> {
  const owners = stacks.flatMap(({ settings }) => settings.owner ?? []);
  const found: Found[] = [];
  const unsearched: Unsearched[] = [];
  for (const place of placesOf(stacks)) {
    try {
      found.push(await foundIn(place, owners, known, surroundings));
    } catch (error) {
      if (place.isOwn || !(error instanceof CloudError)) throw error;
      const where = [place.region, place.projectId].filter((part) => part !== undefined).join("/");
      unsearched.push({ stack: place.stack, place: where, reason: error.message });
      // A report of tasks that are all as they were has no place for it.
      surroundings.tell(`not searched for tasks that no stack holds: ${where}: ${error.message}`);
    }
  }
  // Two places may name one project differently: by its id, and by its region.
  const tasks = Map.groupBy(
    found.flatMap((one) => one.tasks),
    ({ id }) => id,
  );
  const marked = Map.groupBy(new Map(found.flatMap((one) => one.marked)).values(), (owner) => owner);
  return {
    tasks: [...tasks.values()].flatMap(([first]) => first ?? []),
    leftToOwners: Object.fromEntries([...marked].map(([owner, all]) => [owner, all.length])),
    unsearched,
  };
}

/** Where the stacks have tasks, their own places first. */
function placesOf(stacks: readonly SearchedStack[]): Place[] {
  const ofTasks = stacks.flatMap((stack) => stack.tasks.flatMap((task) => placesOfTask(stack, task)));
  const own = stacks
    // Where each task names its region, the settings need not.
    .filter(
      ({ name, settings }) =>
        settings.region !== undefined || ofTasks.every(({ stack, region }) => stack !== name || region === undefined),
    )
    .map(({ name, settings }): Place => {
      const { region, projectId } = settings;
      return { stack: name, settings, region, projectId, isOwn: true };
    });
  const byPlace = Map.groupBy([...own, ...ofTasks], ({ region, projectId, settings }) =>
    JSON.stringify([region, projectId, settings.endpoint]),
  );
  return [...byPlace.values()].flatMap(([first]) => first ?? []);
}

/** As the cloud has it and as the code wants it: it may move. */
const placesOfTask = ({ name, settings }: SearchedStack, { state, live, wanted }: SearchedStack["tasks"][number]) =>
  [live ?? state, wanted].flatMap((inputs): Place[] => {
    const { region = settings.region, projectId = settings.projectId } = inputs ?? {};
    if (inputs === undefined || isUnknown(region) || isUnknown(projectId)) return [];
    return [{ stack: name, settings, region, projectId, isOwn: false }];
  });

async function foundIn(
  { stack, settings, region, projectId, isOwn }: Place,
  owners: readonly string[],
  { held, ignored }: Known,
  surroundings: Surroundings,
): Promise<Found> {
  // Without an owner, so that all marks are seen.
  const { owner: _, ...access } = settings;
  const place = { ...(region !== undefined && { region }), ...(projectId !== undefined && { projectId }) };
  const cloud = queried(access, place, surroundings);
  const { scheduledTasks } = await ask("getScheduledTasks", cloud, {});
  const patterns = ignored.map(namePattern);
  const free = (scheduledTasks as Listed[]).filter(
    ({ id, taskName }) => !held.has(String(id)) && !patterns.some((pattern) => pattern.test(String(taskName))),
  );
  const byOwner = free.map((task) => ({ task, owner: otherOwner(task, owners) }));
  const details = await Promise.all(
    byOwner.filter(({ owner }) => owner === undefined).map(({ task }) => detailOf(cloud, task, owners)),
  );
  return {
    tasks: details.flatMap((one) =>
      one === undefined ? [] : [{ id: one.id, stack, inputs: { ...one.inputs, ...(!isOwn && place) } }],
    ),
    marked: byOwner.flatMap(({ task, owner }) => (owner === undefined ? [] : [[String(task.id), owner] as const])),
  };
}

/** Undefined for one that carries no mark, or that of one of the stacks. */
const otherOwner = (task: Inputs, owners: readonly string[]): string | undefined =>
  owners.some((owner) => isMarked(task, owner)) ? undefined : ownerIn(task.description);

/** Undefined for one that somebody has deleted since the list was read. */
async function detailOf(
  cloud: Queried,
  { id, taskName }: Listed,
  owners: readonly string[],
): Promise<Pick<UnmanagedTask, "id" | "inputs"> | undefined> {
  try {
    const detail = await ask("getScheduledTask", cloud, { id, taskName });
    const { id: own, lastStatus: _, nextExecutionTime: __, ...inputs } = detail;
    return { id: String(own), inputs: owners.reduce<Wire>((task, owner) => unmarked(task, owner), inputs) };
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
