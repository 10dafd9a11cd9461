/** Names of resources, from names of tasks that may hold anything. */

/** Letters and digits of any script; `-`, `_` and `.` between them. */
const legal = /^[\p{L}\p{Nd}](?:[\p{L}\p{M}\p{Nd}._-]*[\p{L}\p{M}\p{Nd}])?$/u;
const illegalRun = /[^\p{L}\p{M}\p{Nd}._-]+/gu;
const edges = /^[^\p{L}\p{Nd}]+|[^\p{L}\p{M}\p{Nd}]+$/gu;

/** The first is a variable of the engine in YAML, the second stops the code that `pulumi import` writes. */
const reserved: readonly string[] = ["pulumi", "null"];
/** A fleet has its tasks by name: one that every object has is none. */
const isLegal = (name: string): boolean => legal.test(name) && !reserved.includes(name) && !(name in Object.prototype);

export interface Named {
  readonly id: string;
  readonly taskName: string;
  readonly taskType: string;
}

/**
 * The name of each task's resource, by id: the task's name where that is legal, else what is legal of it. A name that is
 * taken gets a number, in the order of ids, so that a later export gives the same names.
 *
 * @param others names that are taken by other resources
 */
export function resourceNames(tasks: readonly Named[], others: readonly string[] = []): Map<string, string> {
  const byId = [...tasks].sort((a, b) => (a.id < b.id ? -1 : 1));
  const names = new Map<string, string>();
  const taken = new Set(others);
  const give = (id: string, name: string) => {
    names.set(id, name);
    taken.add(name);
  };
  // Who has a legal name keeps it, whatever others become.
  for (const { id, taskName } of byId) if (isLegal(taskName) && !taken.has(taskName)) give(id, taskName);
  for (const { id, taskName, taskType } of byId)
    if (!names.has(id)) give(id, free(slug(taskName) ?? slug(taskType) ?? "task", taken));
  return names;
}

/** What is legal of a text, in the way of a name; undefined if nothing is. */
function slug(text: string): string | undefined {
  const rest = text
    .toLowerCase()
    .replace(/['\u2019]/g, "")
    .replace(illegalRun, "-")
    .replace(/[-_]+/g, "-")
    .replace(edges, "");
  if (rest === "") return undefined;
  return isLegal(rest) ? rest : `${rest}-task`;
}

/** The name, with a number behind it if it is taken. */
export function free(name: string, taken: ReadonlySet<string>, separator = "-"): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}${separator}${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** Words of a name, for identifiers and file names: letters with their marks, and digits, in one spelling, lower case. */
export const wordsOf = (name: string): string[] =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .match(/[\p{L}\p{Nd}][\p{L}\p{Mn}\p{Mc}\p{Nd}]*/gu) ?? [];

/** The text without marks on letters, which identifiers of Go cannot have. */
export const unmarked = (text: string): string => text.replace(/\p{M}+/gu, "");

const capital = (word: string): string => word.replace(/^./u, (letter) => letter.toUpperCase());

export const camelCase = ([first = "", ...rest]: readonly string[]): string => first + rest.map(capital).join("");
export const upperCase = (words: readonly string[]): string => words.join("_").toUpperCase();
export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
export const pascalCase = (name: string): string => capital(name);
