import { isSecret, output } from "../pulumi";

/**
 * Paths of the inputs that are secret, wholly or in a part; undefined when there are none. The engine hands secrets to a
 * dynamic provider as plain values, and a message must not print them.
 */
export async function secretPaths(args: object): Promise<string[][] | undefined> {
  const found = await Promise.all(
    Object.entries(args)
      .filter(([, value]) => !isKnown(value))
      .map(async ([name, value]) => ((await isSecret(output(value))) ? [[name]] : [])),
  );
  return found.flat().length > 0 ? found.flat() : undefined;
}

/** The same for a map of tasks, with the paths below `tasks`. */
export async function secretPathsOfTasks(tasks: unknown): Promise<string[][] | undefined> {
  if (!isPlain(tasks)) return secretPaths({ tasks });
  const found = await Promise.all(
    Object.entries(tasks).map(async ([key, task]) => {
      const paths = isPlain(task) ? await secretPaths(task) : (await secretPaths({ task })) && [[]];
      return (paths ?? []).map((path) => ["tasks", key, ...path]);
    }),
  );
  return found.flat().length > 0 ? found.flat() : undefined;
}

/** Neither an output nor a promise; what such an object holds may be one. */
const isPlain = (value: unknown): value is object =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Whether no part of the value is still to come, without the promises that Pulumi makes to tell. */
const isKnown = (value: unknown): boolean =>
  Array.isArray(value) ? value.every(isKnown) : isPlain(value) ? Object.values(value).every(isKnown) : !isObject(value);

const isObject = (value: unknown): boolean =>
  (typeof value === "object" && value !== null) || typeof value === "function";
