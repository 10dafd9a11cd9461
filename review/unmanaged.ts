/** Tasks of the project that none of the reviewed stacks holds. */
import type { Inputs } from "../provider/scheduledTask/fields";
import { type FunctionName, functions, type Queried } from "../provider/scheduledTask/functions";

export interface UnmanagedTask {
  readonly id: string;
  readonly inputs: Inputs;
}

export interface Known {
  /** Ids of the tasks that the stacks hold. */
  readonly held: ReadonlySet<string>;
  /** Names of tasks that are left to others; `*` stands for anything. */
  readonly ignored: readonly string[];
}

/** At the end of a description, what the setting `owner` leaves there. That of our own is taken off by then. */
const mark = / ?\[[\w.-]+(\/[\w.-]+)+\]$/;

/**
 * Asks the cloud for them: one paged list, and the detail of each one that is found.
 *
 * @throws CloudError when the list is denied or fails
 */
export async function unmanagedTasks(cloud: Queried, { held, ignored }: Known): Promise<UnmanagedTask[]> {
  const { scheduledTasks } = await ask("getScheduledTasks", cloud, {});
  const patterns = ignored.map(patternOf);
  const found = (scheduledTasks as Inputs[]).filter(
    ({ id, taskName, description }: Inputs & { id?: string }) =>
      !held.has(String(id)) &&
      !patterns.some((pattern) => pattern.test(String(taskName))) &&
      !mark.test(String(description ?? "")),
  );
  return Promise.all(
    found.map(async (listed: Inputs & { id?: string }) => {
      const { id, lastStatus: _, nextExecutionTime: __, ...inputs } = await ask("getScheduledTask", cloud, {
        id: listed.id,
        taskName: listed.taskName,
      });
      return { id: String(id), inputs };
    }),
  );
}

function ask(name: FunctionName, cloud: Queried, args: object): Promise<{ readonly [name: string]: unknown }> {
  const row = functions.find((one) => one.name === name);
  if (row === undefined) throw new Error(`there is no function ${name}`);
  return row.run(cloud, { ...args });
}

const patternOf = (text: string): RegExp =>
  new RegExp(`^${text.split("*").map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&")).join(".*")}$`, "s");
