import { SECRET_INPUTS } from "../../provider/scheduledTask/fields";
import { isSecret, output } from "../pulumi";

type Paths = Promise<string[][] | undefined>;
/** The property that tells a dynamic provider which inputs are secret, where some may be. */
type SecretInputs = { [SECRET_INPUTS]?: Paths };

/**
 * Names the inputs that are secret, wholly or in a part. The engine hands secrets to a dynamic provider as plain values, and
 * a message must not print them.
 */
export const secretInputs = (args: object): SecretInputs =>
  isKnown(args) ? {} : { [SECRET_INPUTS]: secretPaths(args) };

/** The same for a fleet, where the paths of its tasks begin with `tasks`. */
export const secretInputsOfFleet = (args: { readonly tasks: unknown }): SecretInputs =>
  isKnown(args) ? {} : { [SECRET_INPUTS]: secretPathsOfFleet(args) };

async function secretPaths(args: object): Paths {
  const found = await Promise.all(
    Object.entries(args)
      .filter(([, value]) => !isKnown(value))
      .map(async ([name, value]) => ((await isSecret(output(value))) ? [[name]] : [])),
  );
  return found.flat().length > 0 ? found.flat() : undefined;
}

async function secretPathsOfFleet({ tasks, ...shared }: { readonly tasks: unknown }): Paths {
  if (!isPlain(tasks)) return secretPaths({ tasks, ...shared });
  const found = await Promise.all(
    Object.entries(tasks).map(async ([key, task]) => {
      const paths = isPlain(task) ? await secretPaths(task) : (await secretPaths({ task })) && [[]];
      return (paths ?? []).map((path) => ["tasks", key, ...path]);
    }),
  );
  const paths = [...found.flat(), ...((await secretPaths(shared)) ?? [])];
  return paths.length > 0 ? paths : undefined;
}

/** Neither an output nor a promise; what such an object holds may be one. */
const isPlain = (value: unknown): value is object =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Whether no part of the value is still to come, without the promises that Pulumi makes to tell. */
const isKnown = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every(isKnown)
    : isPlain(value)
      ? Object.values(value).every(isKnown)
      : value === null || (typeof value !== "object" && typeof value !== "function");
