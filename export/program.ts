/** What a program declares, whatever its language: tasks by name, in files, with what several of them share. */
import { type ApplyObject, type Inputs, objectTypes, rowNamed } from "../provider/scheduledTask/fields";
import { sortedJson } from "../provider/scheduledTask/wire";
import type { LiveTask } from "./liveTasks";
import { free, resourceNames, unmarked, wordsOf } from "./names";

/** A secret value of the stack's configuration, in place of a value. */
export class FromConfig {
  constructor(
    readonly key: string,
    /** What the program may call it. */
    readonly words: readonly string[],
  ) {}
}

/** Targets that stand in a constant, in place of them. */
export class SharedTargets {
  constructor(
    readonly words: readonly string[],
    readonly targets: readonly ApplyObject[],
  ) {}
}

export interface Task {
  readonly id: string;
  /** Of the resource. */
  readonly name: string;
  /** Values by field, in the order of the field table. */
  readonly inputs: { readonly [field: string]: unknown };
}

export interface Part {
  /** What its tasks' names begin with; undefined when it is the whole. */
  readonly word?: string;
  /** Of the one resource that could hold its tasks. */
  readonly fleet: string;
  readonly tasks: readonly Task[];
}

export interface Program {
  readonly parts: readonly Part[];
  readonly shared: readonly SharedTargets[];
  readonly secrets: readonly Secret[];
}

/** What the configuration is to hold. */
export interface Secret extends FromConfig {
  readonly value: string;
}

/** What there is beside the tasks of a program. Without it, there are no others. */
export interface Beside {
  /** Names of the resources of all tasks, by id, so that a part of them has the names that it has in the whole. */
  readonly names?: ReadonlyMap<string, string>;
  /** Names that a stack uses already. */
  readonly taken?: readonly string[];
  /** Keys of the stack's configuration. */
  readonly keys?: readonly string[];
}

/** Stands at the head of each program. */
export const takesOver = "`pulumi up` takes these tasks over as they are. Afterwards each adoptTaskId may be removed.";

/** More tasks than this give their common targets a name. */
const MOST_REPETITIONS = 3;

const collator = new Intl.Collator("en", { numeric: true });

const namedOf = ({ id, inputs: { taskName = "", taskType = "" } }: LiveTask) => ({ id, taskName, taskType });

/** @param isSplit whether there is a part for each first word of names */
export function programOf(live: readonly LiveTask[], isSplit: boolean, beside: Beside = {}): Program {
  const { taken = [], keys = [], names = resourceNames(live.map(namedOf), [...taken, ...keys]) } = beside;
  const nameOf = ({ id }: LiveTask): string => names.get(id) ?? id;
  const sorted = [...live].sort((a, b) => collator.compare(nameOf(a), nameOf(b)) || (nameOf(a) < nameOf(b) ? -1 : 1));
  const resources = [...names.values(), ...taken];
  const keyOfName = configKeys([...names.values()], new Set([...resources, ...keys]));
  // In YAML, one space of names is for all of these.
  const used = new Set([...resources, ...keys, ...keyOfName.values()].map(identity));
  const shared = sharedTargets(sorted, used);
  const secrets: Secret[] = [];
  const tasks = sorted.map((task): Task => {
    const name = nameOf(task);
    const values = Object.entries(task.inputs).flatMap(([field, value]): [string, unknown][] => {
      if (field === "taskName" && value === name) return [];
      if (field === "applyObjects") return [[field, shared.get(keyOf(task)) ?? value]];
      if (field !== "extraParams") return [[field, written(field, value)]];
      const plain = notification(String(value));
      if (plain !== undefined) return [[field, plain]];
      const secret = new FromConfig(
        keyOfName.get(name) ?? name,
        freeWords([...wordsOf(name), "extra", "params"], used),
      );
      secrets.push({ ...secret, value: String(value) });
      return [[field, secret]];
    });
    return { id: task.id, name, inputs: Object.fromEntries([...values, ["adoptTaskId", task.id]]) };
  });
  const fleetOf = (word: string): string => free(word, new Set(taken));
  const parts = isSplit
    ? partsOf(tasks).map((part) => ({ ...part, fleet: fleetOf(part.word) }))
    : [{ tasks, fleet: fleetOf("scheduled-tasks") }];
  return { parts, shared: [...new Set(shared.values())], secrets };
}

/**
 * A key of the configuration for each name, the same whichever of the tasks have a secret.
 *
 * @param taken keys, and names of resources: Pulumi drops a resource in YAML that has the name of a key
 */
function configKeys(names: readonly string[], taken: Set<string>): Map<string, string> {
  const hasDot = (name: string): number => Number(name.includes("."));
  const sorted = [...names].sort((a, b) => hasDot(a) - hasDot(b) || (a < b ? -1 : 1));
  return new Map(
    sorted.map((name) => {
      // A dot would be read as a step into the value.
      const key = free(`${name.replaceAll(".", "-")}-extraParams`, taken);
      taken.add(key);
      return [name, key];
    }),
  );
}

/** A time of day without seconds that are none. */
const written = (field: string, value: unknown): unknown =>
  rowNamed(field)?.type === "time" && typeof value === "string" ? value.replace(/:00$/, "") : value;

/** The only documented parameter is a message that users see; others may hold a secret, such as the text of a script. */
function notification(json: string): object | undefined {
  const value: unknown = JSON.parse(json);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.entries(value).every(([key, one]) => key === "notify_message" && typeof one === "string")
    ? value
    : undefined;
}

const REST = "others";

/** A part for each first word that the names of several tasks share; the others in one. */
function partsOf(tasks: readonly Task[]): { word: string; tasks: readonly Task[] }[] {
  const firstWord = ({ name }: Task): string => wordsOf(name)[0] ?? REST;
  const byWord = Map.groupBy(tasks, firstWord);
  const wordOf = (task: Task): string => ((byWord.get(firstWord(task)) ?? []).length > 1 ? firstWord(task) : REST);
  return [...Map.groupBy(tasks, wordOf)]
    .map(([word, own]) => ({ word, tasks: own }))
    .sort((a, b) => collator.compare(a.word, b.word));
}

const targetsOf = ({ inputs }: { inputs: Inputs }): readonly ApplyObject[] => inputs.applyObjects ?? [];
const keyOf = (task: { inputs: Inputs }): string => sortedJson(targetsOf(task));

/** The constants, by the key of their targets. */
function sharedTargets(tasks: readonly LiveTask[], taken: Set<string>): Map<string, SharedTargets> {
  const users = [...Map.groupBy(tasks, keyOf)].filter(
    ([, own]) => own.length > MOST_REPETITIONS && own.some((task) => targetsOf(task).length > 0),
  );
  return new Map(
    users.map(([key, own]) => [
      key,
      new SharedTargets(freeWords(wordsFor(own), taken), targetsOf(own[0] ?? { inputs: {} })),
    ]),
  );
}

/** A target is named by its kind and id, several by the words that the names of their tasks share, each in its place. */
function wordsFor(tasks: readonly LiveTask[]): string[] {
  const [target, ...others] = targetsOf(tasks[0] ?? { inputs: {} });
  if (target === undefined || others.length > 0) {
    const names = tasks.map(({ inputs }) => wordsOf(inputs.taskName ?? ""));
    const common = (names[0] ?? []).filter((word, at) => names.every((name) => name[at] === word));
    return common.length > 0 ? ["targets", "of", ...common] : ["shared", "targets"];
  }
  const { objectType, objectId = "" } = target;
  const known = objectTypes.includes(objectType) ? wordsOf(objectType) : ["target"];
  const kind = known.length > 1 ? known.filter((word) => word !== "desktop") : known;
  const id = isMachineMade(objectId) ? [objectId.slice(0, 8)] : wordsOf(objectId);
  return [...kind, ...id.slice(id[0] === kind.at(-1) ? 1 : 0)];
}

const isMachineMade = (id: string): boolean => /^[0-9a-f-]{20,}$/i.test(id);

/** Equal for two names that one of the languages does not tell apart. */
const identity = (name: string): string => unmarked(name).toLowerCase();

function freeWords(words: readonly string[], taken: Set<string>): readonly string[] {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? words : [...words, String(number)];
    const key = identity(candidate.join(""));
    if (taken.has(key)) continue;
    taken.add(key);
    return candidate;
  }
}
