/**
 * The plugin front: the ResourceProvider service that the engine calls, for every language. Each method decodes, calls
 * the core and encodes.
 */
import { readSettings, type Settings } from "../cloud/configuration";
import type { Inputs } from "../scheduledTask/fields";
import { badArgs, functions, type Queried } from "../scheduledTask/functions";
import type { Project } from "../scheduledTask/lifecycle";
import type { Finding } from "../scheduledTask/shapeFailures";
import { answering, cancel, streaming, type Work } from "./call";
import { ignoring, type Paths } from "./detailedDiff";
import { type Holder, Keepers, nameIn } from "./keepers";
import { type AnyKind, inputsRead, kindOf as kindNamed, scheduledTaskFleet } from "./kinds";
import { lineOf, Plan } from "./plan";
import type { Values } from "./protobuf";
import { changes, diffKinds, type Handlers } from "./protocol";
import { checkConfig, diffConfig, secretSettings } from "./providerConfig";
import { say } from "./say";
import { tellStory } from "./story";

/** What the executable is, and what its process holds. */
export interface Host extends Holder {
  readonly version: string;
  schema(): string;
  /** Called when the first request about a fleet has come. */
  fleetComes(): void;
  projectOf(settings: Settings, place: Inputs): Project;
  queriedOf(settings: Settings, place: Inputs): Queried;
}

/** The methods of the service; those that are not here the engine does without. */
export function service(work: Work, host: Host): Handlers {
  let settings: Settings = {};
  const plan = new Plan();
  const keepers = new Keepers(host);
  let hasFleet = false;
  const kindOf = (urn: string): AnyKind => {
    const kind = kindNamed(urn);
    if (kind === scheduledTaskFleet && !hasFleet) {
      hasFleet = true;
      host.fleetComes();
    }
    return kind;
  };
  const projectOf = (place: Inputs): Project => host.projectOf(settings, place);

  return {
    handshake: answering(work, () => ({ acceptSecrets: true })),

    getPluginInfo: answering(work, () => ({ version: host.version })),

    getSchema: answering(work, () => ({ schema: host.schema() })),

    checkConfig: answering(work, ({ news }, call) => {
      const config = call.take<Values>(news);
      return { inputs: call.give(config, secretSettings), failures: failuresOf(checkConfig(config)) };
    }),

    diffConfig: answering(work, ({ olds, news }, call) => diffResponse(diffConfig(call.look(olds), call.look(news)))),

    configure: answering(work, ({ args }, call) => {
      const config = call.look<{ [name: string]: string }>(args);
      settings = readSettings((key) => config[key.slice(key.indexOf(":") + 1)], process.env);
      return { acceptSecrets: true, supportsPreview: true };
    }),

    check: answering(work, ({ urn, olds, news }, call) => {
      const kind = kindOf(urn);
      const previous = call.look<Inputs>(olds);
      const declared = { ...kind.named(nameIn(urn)), ...call.take<Values>(news) };
      const { inputs, failures, warnings } = plan.check(kind, settings, previous, declared);
      for (const warning of warnings) call.log("warning", lineOf(warning));
      return { inputs: call.give(inputs), failures: failuresOf(failures) };
    }),

    diff: answering(work, ({ urn, id, olds, news, ignoreChanges }, call) => {
      const kind = kindOf(urn);
      const kept = call.look<object>(olds);
      const state = kind.unpack(kept);
      const inputs = ignoring(kind, state, call.look(news), ignoreChanges);
      const { paths, keeps, notes } = kind.compare(id, state, inputs);
      const isPlanned = plan.holds(inputs);
      if (isPlanned) for (const one of keeps) keepers.keep(urn, id, one);
      for (const note of notes) say(kind.nameOf(inputs), note);
      if (isPlanned && Object.keys(paths).length > 0) tellStory(kind.changed(state, inputs));
      // A fleet that the dynamic front made gives its program texts in place of tasks until it is written once.
      return { ...diffResponse(paths), ...(state !== kept && { changes: changes.some }) };
    }),

    create: answering(work, async ({ urn, properties, preview }, call) => {
      const kind = kindOf(urn);
      const inputs = call.take<object>(properties);
      const { id, state } = preview
        ? { id: "", state: kind.planned({}, inputs) }
        : await keepers.written(urn, kind, () => kind.create(projectOf, inputs));
      return { id, properties: call.give(state) };
    }),

    read: answering(work, async ({ urn, id, properties, inputs }, call) => {
      const kind = kindOf(urn);
      const state = kind.unpack(call.take(properties));
      const declared = call.take<object>(inputs);
      const isImport = Object.keys(state).length === 0;
      const found = isImport
        ? await kind.find(projectOf, id, declared)
        : await kind.read(projectOf, id, state).then((live) => live && { id, state: live });
      if (found === undefined) return {};
      // A resource that a program only looks at, by `.get`, has a state and no inputs.
      const isOwn = Object.keys(declared).length > 0;
      const live = isImport ? kind.inputsOf(found.state) : isOwn ? inputsRead(kind, declared, found) : undefined;
      return { id: found.id, properties: call.give(found.state), ...(live && { inputs: call.give(live) }) };
    }),

    update: answering(work, async ({ urn, id, olds, news, ignoreChanges, preview }, call) => {
      const kind = kindOf(urn);
      const state = kind.unpack(call.look(olds));
      const inputs = ignoring(kind, state, call.take(news), ignoreChanges);
      const updated = preview
        ? { id, state: kind.planned(state, inputs) }
        : await keepers.written(urn, kind, async () => ({
            id,
            state: await kind.update(projectOf, id, state, inputs),
          }));
      return { properties: call.give(updated.state) };
    }),

    delete: answering(work, async ({ urn, id, properties }, call) => {
      const kind = kindOf(urn);
      const state = kind.unpack(call.look(properties));
      keepers.leave(urn, id, kind.taskIds(id, state));
      await kind.remove(projectOf, id, state);
      return {};
    }),

    invoke: answering(work, async ({ token, args }, call) => {
      const given = call.take<Values>(args);
      const called = functions.find(({ name }) => token.endsWith(`:${name}`));
      if (called === undefined) throw new Error(`${token} is no function of this provider.`);
      const failures = badArgs(called, given);
      if (failures.length > 0) return { failures: failuresOf(failures) };
      return { return: call.give(await called.run(host.queriedOf(settings, given), given)) };
    }),

    list: streaming(work, async ({ limit }) => {
      const { queries } = host.queriedOf(settings, {});
      const tasks = await queries.tasks({});
      return tasks
        .slice(0, limit || tasks.length)
        .map((task) => ({ result: { id: String(task.id), name: String(task.task_name) } }));
    }),

    cancel: answering(work, () => {
      cancel(work);
      return {};
    }),
  };
}

/** With a property the engine would print its value, which may be a secret. */
const failuresOf = (findings: readonly Finding[]) => findings.map((finding) => ({ reason: lineOf(finding) }));

function diffResponse(paths: Paths) {
  const rootsOf = (of: [string, string][]) => [...new Set(of.map(([path]) => path.split(/[.[]/)[0] ?? path))];
  const all = Object.entries(paths);
  return {
    changes: all.length > 0 ? changes.some : changes.none,
    diffs: rootsOf(all),
    replaces: rootsOf(all.filter(([, kind]) => kind.endsWith("-replace"))),
    deleteBeforeReplace: true,
    hasDetailedDiff: true,
    detailedDiff: all.map(([path, kind]) => ({ path, difference: { kind: diffKinds[kind] } })),
  };
}
