/** A task in the three places where it may be; pure. */
import { type FieldName, type Inputs, rows } from "../provider/scheduledTask/fields";
import type { State } from "../provider/scheduledTask/state";
import { type Fate, MASK, type PreviewedResource, type Values } from "./preview";

export interface Versions {
  readonly declaredAs: string;
  /** Name of the fleet that it is of. */
  readonly fleet: string | undefined;
  readonly urn: string;
  readonly id: string | undefined;
  readonly state: State | undefined;
  readonly live: State | undefined;
  readonly wanted: Inputs | undefined;
  /** Names of the fields that the code declares on the fleet, for this task too. */
  readonly inherited: ReadonlySet<string>;
  /** Whether nothing of what the code wants is known yet. */
  readonly isUnknown: boolean;
  readonly fate: Fate;
  /** Names of the fields that differ between state and cloud, and of those that an `up` changes, where the engine tells. */
  readonly drifted: ReadonlySet<string> | undefined;
  readonly changed: ReadonlySet<string> | undefined;
}

/** Of a resource that is one task. */
export const single = (resource: PreviewedResource): Versions => ({
  declaredAs: resource.name,
  fleet: undefined,
  urn: resource.urn,
  id: resource.id,
  state: fieldsOf(resource.state),
  live: fieldsOf(resource.live),
  wanted: fieldsOf(resource.wanted),
  inherited: new Set(),
  isUnknown: false,
  fate: resource.fate,
  drifted: namesIn(resource.drifted, ""),
  changed: namesIn(resource.changed, ""),
});

/** The fields of a task in an event, without what else stands there. */
export const fieldsOf = (values: Values | undefined): Inputs | undefined =>
  values && Object.fromEntries(rows.flatMap(({ name }) => (name in values ? [[name, values[name]]] : [])));

/** The fields that are named by the paths under a prefix. */
export const namesIn = (paths: readonly string[] | undefined, prefix: string): ReadonlySet<string> | undefined =>
  paths &&
  new Set(
    paths
      .filter((path) => path.startsWith(prefix))
      .flatMap((path) => /^\w+/.exec(path.slice(prefix.length))?.[0] ?? []),
  );

/** Names of the fields whose value is secret in any of these, wholly or in a part. */
export const secretIn = (...versions: readonly (Inputs | undefined)[]): FieldName[] =>
  rows.map(({ name }) => name).filter((name) => versions.some((version) => holdsMask(version?.[name])));

const holdsMask = (value: unknown): boolean =>
  value === MASK || (typeof value === "object" && value !== null && Object.values(value).some(holdsMask));

export const without = (inputs: Inputs, names: readonly string[]): Inputs =>
  Object.fromEntries(Object.entries(inputs).filter(([name]) => !names.includes(name)));
