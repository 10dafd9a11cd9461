/**
 * The plugin front: the ResourceProvider service that the engine calls, for every language. Each method decodes, calls
 * the core and encodes.
 */
import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { readSettings, type Settings } from "../cloud/configuration";
import { Stop } from "../cloud/stop";
import type { Inputs } from "../scheduledTask/fields";
import { badArgs, functions, type Queried } from "../scheduledTask/functions";
import type { Project } from "../scheduledTask/lifecycle";
import type { Finding } from "../scheduledTask/shapeFailures";
import { answering, cancel, type Log, streaming, type Work } from "./call";
import { ignoring, type Paths } from "./detailedDiff";
import { type Holder, Keepers, nameIn } from "./keepers";
import { kindOf } from "./kinds";
import type { Values } from "./marshal";
import { lineOf, Plan } from "./plan";
import { checkConfig, diffConfig, secretSettings } from "./providerConfig";
import { say } from "./say";

/** What the executable is, and what its process holds. */
export interface Host extends Holder {
  readonly version: string;
  schema(): string;
  /** Where messages about a resource go. */
  readonly log: Log;
  projectOf(settings: Settings, place: Inputs): Project;
  queriedOf(settings: Settings, place: Inputs): Queried;
}

/** The methods of the service; those that are not here the engine does without. */
export function service(host: Host): UntypedServiceImplementation {
  let settings: Settings = {};
  const plan = new Plan();
  const keepers = new Keepers(host);
  const work: Work = { log: host.log, running: new Set(), all: new Stop() };
  const projectOf = (place: Inputs): Project => host.projectOf(settings, place);

  return {
    handshake: answering(work, () => {
      const response = new proto.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      return response;
    }),

    getPluginInfo: answering(work, () => {
      const response = new PluginInfo();
      response.setVersion(host.version);
      return response;
    }),

    getSchema: answering(work, () => {
      const response = new proto.GetSchemaResponse();
      response.setSchema(host.schema());
      return response;
    }),

    checkConfig: answering(work, (request: proto.CheckRequest, call) => {
      const config = call.take<Values>(request.getNews());
      const response = new proto.CheckResponse();
      response.setInputs(call.give(config, secretSettings));
      response.setFailuresList(failuresOf(checkConfig(config)));
      return response;
    }),

    diffConfig: answering(work, (request: proto.DiffRequest, call) =>
      diffResponse(diffConfig(call.look(request.getOlds()), call.look(request.getNews()))),
    ),

    configure: answering(work, (request: proto.ConfigureRequest, call) => {
      const config = call.look<{ [name: string]: string }>(request.getArgs());
      settings = readSettings((key) => config[key.slice(key.indexOf(":") + 1)], process.env);
      const response = new proto.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      return response;
    }),

    check: answering(work, (request: proto.CheckRequest, call) => {
      const kind = kindOf(call.urn);
      const previous = call.look<Inputs>(request.getOlds());
      const declared = { ...kind.named(nameIn(call.urn)), ...call.take<Values>(request.getNews()) };
      const { inputs, failures, warnings } = plan.check(kind, settings, previous, declared);
      for (const warning of warnings) call.log("warning", lineOf(warning));
      const response = new proto.CheckResponse();
      response.setInputs(call.give(inputs));
      response.setFailuresList(failuresOf(failures));
      return response;
    }),

    diff: answering(work, (request: proto.DiffRequest, call) => {
      const kind = kindOf(call.urn);
      const state = call.look<object>(request.getOlds());
      const inputs = ignoring(kind, state, call.look(request.getNews()), request.getIgnorechangesList());
      const { paths, keeps, notes } = kind.compare(request.getId(), state, inputs);
      if (plan.holds(inputs)) for (const kept of keeps) keepers.keep(call.urn, kept);
      for (const note of notes) say(kind.nameOf(inputs), note);
      return diffResponse(paths);
    }),

    create: answering(work, async (request: proto.CreateRequest, call) => {
      const kind = kindOf(call.urn);
      const inputs = call.take<object>(request.getProperties());
      const { id, state } = request.getPreview()
        ? { id: "", state: kind.planned({}, inputs) }
        : await keepers.written(call.urn, kind, () => kind.create(projectOf, inputs));
      const response = new proto.CreateResponse();
      response.setId(id);
      response.setProperties(call.give(state));
      return response;
    }),

    read: answering(work, async (request: proto.ReadRequest, call) => {
      const kind = kindOf(call.urn);
      const state = call.take<object>(request.getProperties());
      const declared = call.take<object>(request.getInputs());
      const response = new proto.ReadResponse();
      const isKnown = Object.keys(state).length > 0;
      const found = isKnown
        ? { id: request.getId(), state: await kind.read(projectOf, request.getId(), state) }
        : await kind.find(projectOf, request.getId(), declared);
      if (found?.state === undefined) return response;
      response.setId(found.id);
      response.setProperties(call.give(found.state));
      response.setInputs(call.give(kind.inputsOf(found.state)));
      return response;
    }),

    update: answering(work, async (request: proto.UpdateRequest, call) => {
      const kind = kindOf(call.urn);
      const state = call.look<object>(request.getOlds());
      const inputs = ignoring(kind, state, call.take(request.getNews()), request.getIgnorechangesList());
      const id = request.getId();
      const updated = request.getPreview()
        ? { id, state: kind.planned(state, inputs) }
        : await keepers.written(call.urn, kind, async () => ({
            id,
            state: await kind.update(projectOf, id, state, inputs),
          }));
      const response = new proto.UpdateResponse();
      response.setProperties(call.give(updated.state));
      return response;
    }),

    delete: answering(work, async (request: proto.DeleteRequest, call) => {
      const kind = kindOf(call.urn);
      const state = call.look<object>(request.getProperties());
      keepers.leave(call.urn, kind.taskIds(request.getId(), state));
      await kind.remove(projectOf, request.getId(), state);
      return new Empty();
    }),

    invoke: answering(work, async (request: proto.InvokeRequest, call) => {
      const args = call.take<Values>(request.getArgs());
      const called = functions.find(({ name }) => request.getTok().endsWith(`:${name}`));
      if (called === undefined) throw new Error(`${request.getTok()} is no function of this provider.`);
      const response = new proto.InvokeResponse();
      const failures = badArgs(called, args);
      response.setFailuresList(failuresOf(failures));
      if (failures.length === 0) response.setReturn(call.give(await called.run(host.queriedOf(settings, args), args)));
      return response;
    }),

    list: streaming(async (request: proto.ListRequest) => {
      const { queries } = host.queriedOf(settings, {});
      const tasks = await queries.tasks({});
      return tasks.slice(0, request.getLimit() || tasks.length).map((task) => {
        const result = new proto.ListResponse.Result();
        result.setId(String(task.id));
        result.setName(String(task.task_name));
        const response = new proto.ListResponse();
        response.setResult(result);
        return response;
      });
    }),

    cancel: answering(work, () => {
      cancel(work);
      return new Empty();
    }),
  } satisfies Partial<IResourceProviderServer>;
}

/** With a property the engine would print its value, which may be a secret. */
const failuresOf = (findings: readonly Finding[]): proto.CheckFailure[] =>
  findings.map((finding) => {
    const failure = new proto.CheckFailure();
    failure.setReason(lineOf(finding));
    return failure;
  });

const kinds = {
  add: proto.PropertyDiff.Kind.ADD,
  delete: proto.PropertyDiff.Kind.DELETE,
  update: proto.PropertyDiff.Kind.UPDATE,
  "add-replace": proto.PropertyDiff.Kind.ADD_REPLACE,
  "delete-replace": proto.PropertyDiff.Kind.DELETE_REPLACE,
  "update-replace": proto.PropertyDiff.Kind.UPDATE_REPLACE,
} as const;

function diffResponse(paths: Paths): proto.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
  const rootsOf = (of: [string, string][]) => [...new Set(of.map(([path]) => path.split(/[.[]/)[0] ?? path))];
  const all = Object.entries(paths);
  const response = new proto.DiffResponse();
  response.setChanges(all.length > 0 ? DIFF_SOME : DIFF_NONE);
  response.setDiffsList(rootsOf(all));
  response.setReplacesList(rootsOf(all.filter(([, kind]) => kind.endsWith("-replace"))));
  response.setDeletebeforereplace(true);
  response.setHasdetaileddiff(true);
  for (const [path, kind] of all) {
    const difference = new proto.PropertyDiff();
    difference.setKind(kinds[kind]);
    response.getDetaileddiffMap().set(path, difference);
  }
  return response;
}
