/**
 * The dynamic front: what the literal `__provider` of the TypeScript SDK resolves to. Pulumi's dynamic provider host
 * calls these functions; each decodes, calls the core and encodes.
 */
import { readSettings, type Settings } from "../cloud/configuration";
import { CloudError } from "../cloud/errors";
import { guard, redacted } from "../cloud/redaction";
import { rowNamed, SECRET_INPUTS } from "../scheduledTask/fields";
import { Unfinished } from "../scheduledTask/lifecycle";
import { keep } from "./held";
import { inputsRead, type Kept, type Kind, scheduledTask, scheduledTaskFleet } from "./kinds";
import { withKnownSecrets, withSharedSecrets } from "./marshal";
import { lineOf, Plan } from "./plan";
import { projectOf as projectOfSettings } from "./projects";
import { say } from "./say";
import { keepSecretInputs, sharedSecrets } from "./secretInputs";
import { tellStory } from "./story";

/** Properties as the host passes them: inputs or state, with the literal of the SDK, and what in them is secret. */
type Properties = {
  readonly __provider?: string;
  readonly [SECRET_INPUTS]?: unknown;
  readonly [name: string]: unknown;
};

type Marks = Pick<Properties, typeof SECRET_INPUTS>;

let settings: Settings = {};

const plan = new Plan();
const projectOf = (place: Parameters<typeof projectOfSettings>[1]) => projectOfSettings(settings, place);

/** What the host calls for a resource of a kind. */
function handlerOf<I extends object, S extends object>(kind: Kind<I, S>) {
  const stateIn = (props: Properties): S => {
    const state = kind.unpack(decode(props));
    keepSecretInputs(props[SECRET_INPUTS], state);
    return state;
  };
  /** Inputs or a state as the engine keeps them. */
  const hidden = (values: object, marks: Marks): object => ({
    ...withSharedSecrets({ ...values }, sharedSecrets(marks[SECRET_INPUTS])),
    ...marks,
  });
  const keptOf = (state: S, marks: Marks, arrived?: Properties): object => {
    keepSecretInputs(marks[SECRET_INPUTS], state);
    return hidden(kind.pack(state, arrived), marks);
  };

  return {
    /** The host may call the other functions before this one's promise settles, so nothing here is awaited. */
    configure(request: { readonly config: { get(key: string): string | undefined } }): void {
      guard(process.stderr);
      settings = readSettings((key) => request.config.get(key), process.env);
    },

    check(olds: Properties, news: Properties): { inputs: object; failures: object[] } {
      const declared = decode<{ [name: string]: unknown }>(news);
      const previous = decode<I>(olds);
      for (const inputs of [declared, previous]) keepSecretInputs(news[SECRET_INPUTS], inputs);
      keepSecretInputs(olds[SECRET_INPUTS], previous);
      const checked = plan.check(kind, settings, previous, declared);
      const name = kind.nameOf(checked.inputs);
      for (const warning of checked.warnings) say(name, `warning: ${lineOf(warning)}`);
      // With a property the engine would print its value, which may be a secret.
      return {
        inputs: { ...checked.inputs, ...marksOf(news) },
        failures: checked.failures.map((failure) => ({ property: "", reason: lineOf(failure) })),
      };
    },

    diff(id: string, olds: Properties, news: Properties) {
      const [state, inputs] = [stateIn(olds), decode<I>(news)];
      const { paths, replaces, keeps, notes } = kind.compare(id, state, inputs);
      const name = kind.nameOf(inputs);
      const isPlanned = plan.holds(inputs);
      if (isPlanned) keepAll(keeps, name);
      for (const note of notes) say(name, note);
      if (isPlanned && Object.keys(paths).length > 0) tellStory(kind.changed(state, inputs));
      // A task that the plugin made has no literal in its state yet, without which the host cannot read or delete it.
      const moved = olds.__provider !== news.__provider;
      return { changes: Object.keys(paths).length > 0 || moved, replaces: [...replaces], deleteBeforeReplace: true };
    },

    create: (props: Properties) =>
      reported(kind, props, async () => {
        const { id, state } = await kind.create(projectOf, decode<I>(props));
        return { id, outs: keptOf(state, marksOf(props)) };
      }),

    read: (id: string, props: Properties) =>
      reported(kind, props, async () => {
        const before = stateIn(props);
        const live = await kind.read(projectOf, id, before);
        if (live === undefined) return {};
        // The host does not pass on the inputs, which are those of the state unless an update failed.
        const inputs = inputsRead(kind, kind.inputsOf(before), { id, state: live });
        const marks = marksOf(props);
        return { id, props: keptOf(live, marks, props), inputs: inputs && hidden(inputs, marks) };
      }),

    update: (id: string, olds: Properties, news: Properties) =>
      reported(
        kind,
        news,
        async () => {
          const state = await kind.update(projectOf, id, stateIn(olds), decode<I>(news));
          return { outs: keptOf(state, marksOf(news)) };
        },
        olds,
      ),

    delete: (id: string, props: Properties) =>
      reported(kind, props, async () => {
        await kind.remove(projectOf, id, stateIn(props));
      }),
  };
}

/** Properties without what only the host needs; null, which other languages write for "nothing", is nothing. */
function decode<T extends object>({ __provider: _, [SECRET_INPUTS]: __, ...rest }: Properties): T {
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null)) as T;
}

/**
 * The paths of what is secret, kept beside inputs and state: the engine hands over neither with its secrets marked, and
 * the next program may no longer say what was one.
 */
function marksOf(...sources: readonly Properties[]): Marks {
  const paths = sources.flatMap(({ [SECRET_INPUTS]: some }) => (Array.isArray(some) ? some : []));
  const different = new Map(paths.map((path) => [JSON.stringify(path), path]));
  return different.size > 0 ? { [SECRET_INPUTS]: [...different.values()] } : {};
}

function keepAll(keeps: readonly Kept[], name: string): void {
  try {
    for (const { id, taskName } of keeps) keep(id, taskName);
  } catch (error) {
    throw quiet(error instanceof Error ? error.message : String(error), name);
  }
}

/** Of a partial failure the host shows only `reasons`, and keeps `properties`, which must hold the literal. */
async function reported<T, I extends object, S extends object>(
  kind: Kind<I, S>,
  props: Properties,
  call: () => Promise<T>,
  before?: Properties,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const message = redacted(error instanceof Error ? error.message : String(error));
    if (error instanceof Unfinished) {
      const { id, state } = error;
      const left = withKnownSecrets(kind.pack(state as S, before), before && isFreeText);
      throw Object.assign(new Error(message), {
        id,
        properties: { ...left, ...marksOf(before ?? {}, props), __provider: props.__provider },
        reasons: [message],
      });
    }
    if (error instanceof CloudError) throw quiet(message, kind.nameOf(decode<I>(props)));
    throw error instanceof Error ? Object.assign(error, { message }) : error;
  }
}

/** The engine hands over a state without what in it is secret: of the user's own texts any may be. */
const isFreeText = (name: string): boolean => rowNamed(name)?.freeText === true;

/** The engine shows the message; the host also prints `${error}: ${error.stack}`, which need not say it all again. */
const quiet = (message: string, name: string): Error =>
  Object.assign(new Error(message), { stack: "failed, see its error", toString: () => name });

export const { configure, check, diff, create, read, update, delete: remove } = handlerOf(scheduledTask);
export { remove as delete };

/** The same for a ScheduledTaskFleet. */
export const fleet = handlerOf(scheduledTaskFleet);
