/**
 * Properties between the engine and the core: `Struct` on the wire, plain values inside. This is the only file of the
 * fronts with casts: what a Struct holds is whatever a program wrote, and check is what judges it.
 */
import { holdsSecret } from "../cloud/redaction";
import { SECRET_INPUTS, UNKNOWN } from "../scheduledTask/fields";
import type { Values } from "./protobuf";
import { fieldAt, keepSecretInput, sharedSecrets, valueAt } from "./secretInputs";

type Path = readonly string[];

/** What arrived as secret: paths in the values that they were found in. */
export interface Secrets {
  readonly values: Values;
  readonly paths: readonly Path[];
}

/** Properties as the core takes them, and what of them is secret. */
export interface Properties<T> {
  readonly values: T;
  readonly secrets: Secrets;
}

/** Key and values of the engine's special objects (`sdk/go/common/resource/plugin` of Pulumi). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** The engine names an unknown by the type that it will have; the core knows one. */
const unknowns: ReadonlySet<unknown> = new Set([
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/**
 * What the engine sent. The literal of the dynamic front and its marks, which a task that moved from there still has in its
 * state, are no properties; null, which other languages write for "nothing", is nothing.
 */
export function unwrap<T extends object = Values>({
  __provider: _,
  [SECRET_INPUTS]: __,
  ...sent
}: Values = {}): Properties<T> {
  const paths: Path[] = [];
  const values = Object.fromEntries(
    Object.entries(sent)
      .map(([name, value]) => [name, unwrapped(value, { step: name }, paths)] as const)
      .filter(([, value]) => value !== null),
  );
  return { values: values as T, secrets: { values, paths } };
}

/** The way to a value, from its end: of the thousands of values of a fleet hardly one is secret and needs a path. */
interface Trail {
  readonly step: string;
  readonly up?: Trail;
}

const pathOf = ({ step, up }: Trail): Path => (up === undefined ? [step] : [...pathOf(up), step]);

function unwrapped(value: unknown, trail: Trail, secrets: Path[]): unknown {
  if (unknowns.has(value)) return UNKNOWN;
  if (Array.isArray(value))
    return value.map((item, index) => unwrapped(item, { step: String(index), up: trail }, secrets));
  if (!isObject(value)) return value;
  if (value[SIGNATURE] === SECRET) {
    const path = pathOf(trail);
    secrets.push(path);
    const inner = unwrapped(value.value, trail, secrets);
    keepSecretInput(fieldAt(path), inner);
    return inner;
  }
  return mapped(value, (item, name) => unwrapped(item, { step: name, up: trail }, secrets));
}

/**
 * What the engine gets: what was secret on the way in is secret again. A field that holds another value than the one that
 * the paths were found in is secret as a whole, since a path may mean something else there.
 */
export function wrap(values: object, secrets: readonly Secrets[] = []): Values {
  const names = sharedSecrets(secrets.flatMap(({ paths }) => paths));
  return withSharedSecrets(wrappedMap(given(values as Values), [], secrets), names);
}

/**
 * A value that a task has by itself of a field that is secret on its fleet is secret too: it is what somebody wrote
 * elsewhere, or what a failed update left.
 */
export function withSharedSecrets(values: Values, names: ReadonlySet<string>): Values {
  const { tasks } = values;
  if (names.size === 0 || !isObject(tasks) || isSecret(tasks)) return values;
  const hidden = (task: unknown): unknown =>
    isObject(task) && !isSecret(task)
      ? mapped(task, (value, name) => (names.has(name) && !isSecret(value) ? secret(value) : value))
      : task;
  return { ...values, tasks: mapped(tasks, hidden) };
}

/** How many steps from the top a field stands: one, or three in a map of tasks. */
const fieldDepth = ([top]: Path): number => (top === "tasks" ? 3 : 1);

function wrappedMap(map: Values, path: Path, secrets: readonly Secrets[]): Values {
  return mapped(map, (value, name) => {
    const at = [...path, name];
    const found = secrets
      .map((source) => ({ ...source, paths: source.paths.filter((one) => at.every((step, i) => one[i] === step)) }))
      .filter(({ paths }) => paths.length > 0);
    if (found.length === 0) return value;
    const isWhole = found.some(({ paths }) => paths.some(({ length }) => length === at.length));
    return at.length < fieldDepth(at) && isObject(value) && !isWhole
      ? wrappedMap(value, at, found)
      : wrappedField(at, value, found);
  });
}

function wrappedField(path: Path, value: unknown, secrets: readonly Secrets[]): unknown {
  const source = secrets.find(({ values }) => JSON.stringify(valueAt(values, path)) === JSON.stringify(value));
  return source === undefined ? secret(value) : wrapped(value, path, source.paths);
}

function wrapped(value: unknown, path: Path, secrets: readonly Path[]): unknown {
  const isSecret = secrets.some((one) => one.length === path.length);
  const step = (item: unknown, name: string): unknown => {
    const below = secrets.filter((one) => one[path.length] === name);
    return below.length > 0 ? wrapped(item, [...path, name], below) : item;
  };
  const inner = Array.isArray(value)
    ? value.map((item, index) => step(item, String(index)))
    : isObject(value)
      ? mapped(value, step)
      : value;
  return isSecret ? secret(inner) : inner;
}

const isSecret = (value: unknown): boolean => isObject(value) && value[SIGNATURE] === SECRET;

const secret = (value: unknown): unknown => ({ [SIGNATURE]: SECRET, value });

/**
 * What a failed write left, with each field secret that holds a secret known by now: some of them are as they were before,
 * and stand where the new inputs have nothing secret.
 *
 * @param mayBeSecret fields of which the caller cannot know whether they were secret before
 */
export const withKnownSecrets = (
  values: object,
  mayBeSecret: (field: string) => boolean = () => false,
  path: Path = [],
): Values =>
  mapped(values as Values, (value, name) => {
    const at = [...path, name];
    if (isSecret(value)) return value;
    if (isObject(value) && at.length < fieldDepth(at)) return withKnownSecrets(value, mayBeSecret, at);
    return holdsSecret(value) || (at.length === fieldDepth(at) && mayBeSecret(name)) ? secret(value) : value;
  });

const isObject = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const given = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const mapped = (values: Values, change: (value: unknown, name: string) => unknown): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value, name)]));
