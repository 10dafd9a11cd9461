/**
 * The dynamic front: what the literal `__provider` of the TypeScript SDK resolves to. Pulumi's dynamic provider host
 * calls these functions; each decodes, calls the core and encodes.
 */
import { readSettings, type Settings } from "../cloud/configuration";
import { CloudError } from "../cloud/errors";
import { guard, redacted } from "../cloud/redaction";
import { create as createTask } from "../scheduledTask/create";
import { diff as compare } from "../scheduledTask/diff";
import { type Inputs, SECRET_INPUTS } from "../scheduledTask/fields";
import { read as readTask, remove, Unfinished, update as updateTask } from "../scheduledTask/lifecycle";
import type { State } from "../scheduledTask/state";
import { diffNotes } from "./diffNotes";
import { hold } from "./held";
import { lineOf, Plan } from "./plan";
import { projectOf } from "./projects";
import { say } from "./say";
import { keepSecretInput } from "./secretInputs";

/** Properties as the host passes them: inputs or state, with the literal of the SDK. */
type Properties = { readonly __provider?: string; readonly [name: string]: unknown };

let settings: Settings = {};

const plan = new Plan();

/** The host may call the other functions before this one's promise settles, so nothing here is awaited. */
export function configure(request: { readonly config: { get(key: string): string | undefined } }): void {
  guard(process.stderr);
  settings = readSettings((key) => request.config.get(key), process.env);
}

export function check(olds: Properties, news: Properties): { inputs: object; failures: object[] } {
  const { [SECRET_INPUTS]: secrets, ...declared } = decode(news).inputs;
  for (const name of asNames(secrets)) keepSecretInput(name, declared[name]);
  const checked = plan.check(settings, decode<Inputs>(olds).inputs, declared);
  for (const warning of checked.warnings) say(checked.inputs.taskName, `warning: ${lineOf(warning)}`);
  // With a property the engine would print its value, which may be a secret.
  return {
    inputs: checked.inputs,
    failures: checked.failures.map((failure) => ({ property: "", reason: lineOf(failure) })),
  };
}

export function diff(id: string, olds: Properties, news: Properties) {
  const { inputs: state } = decode<State>(olds);
  const { inputs } = decode<Inputs>(news);
  const { changes, replaces } = compare(state, inputs);
  if (replaces.length === 0 && plan.holds(inputs)) hold(id, inputs.taskName ?? id);
  for (const note of diffNotes(id, inputs, replaces)) say(inputs.taskName, note);
  // A task that the plugin made has no literal in its state yet, without which the host cannot read or delete it.
  const moved = olds.__provider !== news.__provider;
  return { changes: changes.length + replaces.length > 0 || moved, replaces: [...replaces], deleteBeforeReplace: true };
}

export const create = (props: Properties) =>
  reported(props, async () => {
    const { inputs } = decode<Inputs>(props);
    const { id, state } = await createTask(projectOf(settings, inputs), inputs);
    return { id, outs: state };
  });

export const read = (id: string, props: Properties) =>
  reported(props, async () => {
    const { inputs: old } = decode<State>(props);
    const state = await readTask(projectOf(settings, old), id, old);
    if (state === undefined) return {};
    const { unmanaged: _, ...inputs } = state;
    return { id, props: state, inputs };
  });

export const update = (id: string, olds: Properties, news: Properties) =>
  reported(news, async () => {
    const { inputs: state } = decode<State>(olds);
    const { inputs } = decode<Inputs>(news);
    return { outs: await updateTask(projectOf(settings, state), id, state, inputs) };
  });

const deleteTask = (id: string, props: Properties) =>
  reported(props, async () => {
    const { inputs: state } = decode<State>(props);
    await remove(projectOf(settings, state), id, state);
  });

export { deleteTask as delete };

/** A program of an older SDK names none. */
const asNames = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Properties without the literal; null, which other languages write for "nothing", is nothing. */
function decode<T extends object = { [name: string]: unknown }>({ __provider: _, ...rest }: Properties): { inputs: T } {
  return { inputs: Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null)) as T };
}

/** Of a partial failure the host shows only `reasons`, and keeps `properties`, which must hold the literal. */
async function reported<T>(props: Properties, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const message = redacted(error instanceof Error ? error.message : String(error));
    if (error instanceof Unfinished) {
      const { id, state } = error;
      throw Object.assign(new Error(message), {
        id,
        properties: { ...state, __provider: props.__provider },
        reasons: [message],
      });
    }
    if (error instanceof CloudError) throw quiet(message, decode<Inputs>(props).inputs.taskName);
    throw error instanceof Error ? Object.assign(error, { message }) : error;
  }
}

/** The engine shows the message; the host also prints `${error}: ${error.stack}`, which need not say it all again. */
const quiet = (message: string, taskName = "ScheduledTask"): Error =>
  Object.assign(new Error(message), { stack: "failed, see its error", toString: () => taskName });
