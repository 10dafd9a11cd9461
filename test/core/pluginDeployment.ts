import type { ServiceError } from "@grpc/grpc-js";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Message } from "google-protobuf";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { newWork } from "../../provider/fronts/call";
import { service } from "../../provider/fronts/grpc";
import { type Handlers, type Method, providerMethods } from "../../provider/fronts/protocol";
import { fieldAt } from "../../provider/fronts/secretInputs";
import { type Inputs, rows } from "../../provider/scheduledTask/fields";
import type { Queried } from "../../provider/scheduledTask/functions";
import { type Project, Unfinished } from "../../provider/scheduledTask/lifecycle";
import type { State } from "../../provider/scheduledTask/state";
import { type FleetState, membersOf } from "../../provider/scheduledTaskFleet/fleet";
import type { Cloud } from "../emulated";
import { freshProject } from "./deployment";
import { fleetWith } from "./fleetDeployment";

const urnOf = (type: string): string => `urn:pulumi:test::test::huaweicloud-workspace:index:${type}::task`;

export const structOf = (values: object): Struct =>
  Struct.fromJavaScript(values as { [name: string]: JavaScriptValue });
export const valuesOf = (struct: Struct | undefined): object => struct?.toJavaScript() ?? {};

/** A plugin process as the engine calls it, without the sockets. */
export function pluginOf(project: Project, messages: string[], queried?: Queried): Handlers {
  const work = newWork(async (_urn, _severity, message) => void messages.push(message));
  return service(work, {
    version: "0",
    schema: () => "{}",
    fleetComes: () => undefined,
    projectOf: () => project,
    queriedOf: () => {
      if (queried === undefined) throw new Error("no function is called here");
      return queried;
    },
    hold: (id, name) => void project.held.set(id, name),
    release: (id) => void project.held.delete(id),
  });
}

/** Every request and answer goes through its bytes, which Pulumi's own classes write and read. */
export function call<A extends Message>(
  handlers: Handlers,
  name: Exclude<keyof Handlers, "list">,
  request: Message,
  answers: { deserializeBinary(bytes: Uint8Array): A },
): Promise<A> {
  const { requestDeserialize, responseSerialize }: Method<object, object> = providerMethods[name];
  const handle = handlers[name] as unknown as (
    call: { request: object },
    callback: (error: ServiceError | null, answer: object) => void,
  ) => void;
  return new Promise((resolve, reject) => {
    handle({ request: requestDeserialize(request.serializeBinary()) }, (error, answer) =>
      error ? reject(failureOf(error)) : resolve(answers.deserializeBinary(responseSerialize(answer))),
    );
  });
}

/** What the engine makes of a failure; of a partial one it keeps what is live. */
function failureOf({ details, metadata }: ServiceError): Error {
  const [bytes] = metadata?.get("grpc-status-details-bin") ?? [];
  if (bytes === undefined || typeof bytes === "string") return new Error(details);
  const packed = Status.deserializeBinary(bytes).getDetailsList()[0]?.getValue_asU8() ?? new Uint8Array();
  const partial = proto.ErrorResourceInitFailed.deserializeBinary(packed);
  const what = partial.getReasonsList().join();
  return new Unfinished(partial.getId(), valuesOf(partial.getProperties()), what, { cause: "see above" });
}

/** A resource as the engine drives the plugin: each command is a process of its own, unless one is given. */
class PluginResource<S extends object> {
  id: string | undefined;
  state: Partial<S> = {};
  private inputs: object | undefined;
  readonly messages: string[] = [];
  private readonly urn: string;

  /** @param replaces whether the engine replaces the resource when this changes */
  constructor(
    private readonly cloud: Cloud,
    type: string,
    private readonly replaces: (path: string) => boolean,
  ) {
    this.urn = urnOf(type);
  }

  private fresh(): Project {
    return { ...freshProject(this.cloud, this.messages) };
  }

  /** Paths that a preview with refresh shows; undefined when there is no resource. */
  async preview(declared: object, project = this.fresh()): Promise<string[] | undefined> {
    const plugin = pluginOf(project, this.messages);
    const live = await this.refreshed(plugin);
    return live && this.diff(plugin, live, await this.checked(plugin, declared));
  }

  /** An update with refresh. Returns the paths that it found changed. */
  async up(declared: object, project = this.fresh()): Promise<string[] | undefined> {
    const plugin = pluginOf(project, this.messages);
    const live = await this.refreshed(plugin);
    const inputs = await this.checked(plugin, declared);
    if (this.id === undefined || live === undefined) {
      await this.create(plugin, inputs);
      this.inputs = inputs;
      return undefined;
    }
    this.state = live;
    const changed = await this.diff(plugin, live, inputs);
    if (changed.some(this.replaces)) {
      await this.remove(plugin);
      await this.create(plugin, inputs);
    } else if (changed.length > 0) {
      await this.update(plugin, inputs);
    }
    this.inputs = inputs;
    return changed;
  }

  async upUnrefreshed(declared: object, project = this.fresh()): Promise<void> {
    const plugin = pluginOf(project, this.messages);
    const inputs = await this.checked(plugin, declared);
    await this.update(plugin, inputs);
    this.inputs = inputs;
  }

  async destroy(project = this.fresh()): Promise<void> {
    if (this.id !== undefined) await this.remove(pluginOf(project, this.messages));
  }

  private async checked(plugin: Handlers, declared: object): Promise<object> {
    const request = new proto.CheckRequest();
    request.setUrn(this.urn);
    request.setOlds(structOf(this.inputs ?? {}));
    request.setNews(structOf(declared));
    const answer = await call(plugin, "check", request, proto.CheckResponse);
    const failures = answer.getFailuresList().map((failure) => failure.getReason());
    if (failures.length > 0) throw new Error(failures.join("\n"));
    return valuesOf(answer.getInputs());
  }

  private async diff(plugin: Handlers, state: object, inputs: object): Promise<string[]> {
    const request = new proto.DiffRequest();
    request.setUrn(this.urn);
    request.setId(this.id ?? "");
    request.setOlds(structOf(state));
    request.setNews(structOf(inputs));
    const answer = await call(plugin, "diff", request, proto.DiffResponse);
    return [...answer.getDetaileddiffMap().keys()];
  }

  private async create(plugin: Handlers, inputs: object): Promise<void> {
    const request = new proto.CreateRequest();
    request.setUrn(this.urn);
    request.setProperties(structOf(inputs));
    await this.keep(async () => {
      const answer = await call(plugin, "create", request, proto.CreateResponse);
      return { id: answer.getId(), state: valuesOf(answer.getProperties()) };
    });
  }

  private async update(plugin: Handlers, inputs: object): Promise<void> {
    const request = new proto.UpdateRequest();
    request.setUrn(this.urn);
    request.setId(this.id ?? "");
    request.setOlds(structOf(this.state));
    request.setNews(structOf(inputs));
    await this.keep(async () => {
      const answer = await call(plugin, "update", request, proto.UpdateResponse);
      return { id: this.id ?? "", state: valuesOf(answer.getProperties()) };
    });
  }

  private async remove(plugin: Handlers): Promise<void> {
    const request = new proto.DeleteRequest();
    request.setUrn(this.urn);
    request.setId(this.id ?? "");
    request.setProperties(structOf(this.state));
    await call(plugin, "delete", request, { deserializeBinary: () => new proto.GetSchemaRequest() });
  }

  private async refreshed(plugin: Handlers): Promise<object | undefined> {
    if (this.id === undefined) return undefined;
    const request = new proto.ReadRequest();
    request.setUrn(this.urn);
    request.setId(this.id);
    request.setProperties(structOf(this.state));
    request.setInputs(structOf(this.inputs ?? {}));
    const answer = await call(plugin, "read", request, proto.ReadResponse);
    return answer.getId() === "" ? undefined : valuesOf(answer.getProperties());
  }

  private async keep(write: () => Promise<{ id: string; state: object }>): Promise<void> {
    try {
      Object.assign(this, await write());
    } catch (error) {
      if (error instanceof Unfinished) Object.assign(this, { id: error.id, state: error.state });
      throw error;
    }
  }
}

/** Names of fields in the order of the table, of the task or what it shares; "create" when there is no task. */
const fieldsOf = (paths: readonly string[] | undefined): string[] => {
  const names = new Set(paths?.map((path) => fieldAt(path.split(/[.[]/)) || "create") ?? ["create"]);
  return [...rows.map(({ name }) => name as string), "create"].filter((name) => names.has(name));
};

/** `Deployment`, through the plugin front. */
export class PluginDeployment {
  private readonly resource: PluginResource<State>;

  constructor(cloud: Cloud) {
    this.resource = new PluginResource(cloud, "ScheduledTask", (path) => path === "taskType");
  }

  get messages(): string[] {
    return this.resource.messages;
  }

  get id(): string | undefined {
    return this.resource.id;
  }

  get state(): State {
    return this.resource.state;
  }

  async preview(declared: Inputs, project?: Project): Promise<string[]> {
    return fieldsOf(await this.resource.preview(declared, project));
  }

  async up(declared: Inputs, project?: Project): Promise<string[]> {
    return fieldsOf(await this.resource.up(declared, project));
  }

  upUnrefreshed(declared: Inputs, project?: Project): Promise<void> {
    return this.resource.upUnrefreshed(declared, project);
  }

  destroy(project?: Project): Promise<void> {
    return this.resource.destroy(project);
  }
}

/** The same for a task in a fleet of its own. */
export class PluginFleetDeployment {
  private readonly resource: PluginResource<FleetState>;

  constructor(cloud: Cloud) {
    this.resource = new PluginResource(cloud, "ScheduledTaskFleet", () => false);
  }

  get messages(): string[] {
    return this.resource.messages;
  }

  get id(): string | undefined {
    return membersOf(this.resource.state)[0]?.id;
  }

  get state(): State {
    return membersOf(this.resource.state)[0]?.state ?? {};
  }

  async preview(declared: Inputs, project?: Project): Promise<string[]> {
    return fieldsOf(await this.resource.preview(fleetWith(declared), project));
  }

  async up(declared: Inputs, project?: Project): Promise<string[]> {
    return fieldsOf(await this.resource.up(fleetWith(declared), project));
  }

  upUnrefreshed(declared: Inputs, project?: Project): Promise<void> {
    return this.resource.upUnrefreshed(fleetWith(declared), project);
  }

  destroy(project?: Project): Promise<void> {
    return this.resource.destroy(project);
  }
}
