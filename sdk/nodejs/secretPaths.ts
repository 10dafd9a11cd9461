import { isSecret, Output, output } from "../pulumi";

/**
 * Paths of the inputs that are secret, wholly or in a part; undefined when there are none. The engine hands secrets to a
 * dynamic provider as plain values, and a message must not print them.
 */
export async function secretPaths(args: object): Promise<string[][] | undefined> {
  const found = await Promise.all(
    Object.entries(args).map(async ([name, value]) => ((await isSecret(output(value))) ? [[name]] : [])),
  );
  return found.flat().length > 0 ? found.flat() : undefined;
}

/** The same for a map of tasks, with the paths below `tasks`. */
export async function secretPathsOfTasks(tasks: unknown): Promise<string[][] | undefined> {
  if (Output.isInstance(tasks) || typeof tasks !== "object" || tasks === null) return secretPaths({ tasks });
  const found = await Promise.all(
    Object.entries(tasks).map(async ([key, task]) => {
      const isPlain = typeof task === "object" && task !== null && !Output.isInstance(task);
      const paths = isPlain ? await secretPaths(task) : (await secretPaths({ task })) && [[]];
      return (paths ?? []).map((path) => ["tasks", key, ...path]);
    }),
  );
  return found.flat().length > 0 ? found.flat() : undefined;
}
