/**
 * What the vendor's documents leave open, each as a switch; the default comes first. What every value means is said in
 * docs and in the code that asks for it.
 */
export const dialects = {
  /** A PUT with `""` or `[]` clears the field, or is ignored. */
  clear: ["clears", "ignored"],
  /** A field left out of a PUT keeps its value, or goes back to its default. */
  omitted: ["keeps", "resets"],
  /** `apply_objects` without `apply_object_update_type` replaces the set, or adds to it. */
  targets: ["replace", "add"],
  /** `apply_object_update_type` is known, or is an unknown field. */
  verb: ["accepted", "refused"],
  /** Lists come back as sent, or sorted. */
  order: ["as-sent", "sorted"],
  /** Two tasks may share a name, or not. */
  names: ["any", "unique"],
  /** Status of an unknown id. */
  missing: ["404", "400"],
  /** The list shows a change at once, or one real second later. */
  lag: ["none", "one-second"],
  /** Times come back as sent, without `:00` seconds, or with a zone suffix. */
  times: ["as-sent", "short", "zoned"],
  /** A new task is enabled, or disabled. */
  born: ["enabled", "disabled"],
  /** A POST without targets is accepted, or refused. */
  bare: ["accepted", "refused"],
  /** Fields of another schedule type are ignored, refused, or stored. */
  foreign: ["ignored", "refused", "stored"],
  /** `L` beside numbers in `date_list` is accepted, or refused. */
  last: ["accepted", "refused"],
} as const;

export type Dialects = { -readonly [Name in keyof typeof dialects]: (typeof dialects)[Name][number] };

export const defaultDialects: Dialects = {
  clear: "clears",
  omitted: "keeps",
  targets: "replace",
  verb: "accepted",
  order: "as-sent",
  names: "any",
  missing: "404",
  lag: "none",
  times: "as-sent",
  born: "enabled",
  bare: "accepted",
  foreign: "ignored",
  last: "accepted",
};

/** Reads `k=v,k=v` as given to `--dialect`. Throws with the allowed names or values. */
export function parseDialects(text: string): Partial<Dialects> {
  const pairs = text.split(",").map((pair): [string, string] => {
    const [name = "", value = "", ...rest] = pair.split("=");
    if (value === "" || rest.length > 0) throw new Error(`dialect "${pair}": write name=value`);
    return [name.trim(), value.trim()];
  });
  return readDialects(Object.fromEntries(pairs));
}

/** Accepts an object of dialect names and values. Throws with the allowed names or values. */
export function readDialects(values: object): Partial<Dialects> {
  assertDialects(values);
  return values;
}

function assertDialects(values: object): asserts values is Partial<Dialects> {
  const known = new Map<string, readonly unknown[]>(Object.entries(dialects));
  for (const [name, value] of Object.entries(values)) {
    const allowed = known.get(name);
    if (!allowed) throw new Error(`dialect "${name}" is unknown; known are ${[...known.keys()].join(", ")}`);
    if (!allowed.includes(value)) {
      throw new Error(`dialect "${name}" cannot be ${JSON.stringify(value)}; allowed are ${allowed.join(", ")}`);
    }
  }
}
