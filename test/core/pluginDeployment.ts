import type { ServiceError, UntypedServiceImplementation } from "@grpc/grpc-js";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Message } from "google-protobuf";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { service } from "../../provider/fronts/grpc";
import type { Inputs } from "../../provider/scheduledTask/fields";
import type { Queried } from "../../provider/scheduledTask/functions";
import { type Project, Unfinished } from "../../provider/scheduledTask/lifecycle";
import type { State } from "../../provider/scheduledTask/state";
import type { Cloud } from "../emulated";
import { freshProject } from "./deployment";

const URN = "urn:pulumi:test::test::huaweicloud-workspace:index:ScheduledTask::task";

export const structOf = (values: object): Struct =>
  Struct.fromJavaScript(values as { [name: string]: JavaScriptValue });
export const valuesOf = (struct: Struct | undefined): object => struct?.toJavaScript() ?? {};

/** A plugin process as the engine calls it, without the sockets. */
export function pluginOf(project: Project, messages: string[], queried?: Queried): UntypedServiceImplementation {
  return service({
    version: "0",
    schema: () => "{}",
    log: async (_urn, _severity, message) => void messages.push(message),
    projectOf: () => project,
    queriedOf: () => {
      if (queried === undefined) throw new Error("no function is called here");
      return queried;
    },
    hold: (id, name) => void project.held.set(id, name),
    release: (id) => void project.held.delete(id),
  });
}

/** Every request and answer goes through its bytes. */
export function call<A extends Message>(
  methods: UntypedServiceImplementation,
  method: string,
  request: Message,
  answers: { deserializeBinary(bytes: Uint8Array): A },
): Promise<A> {
  const requests = request.constructor as unknown as { deserializeBinary(bytes: Uint8Array): Message };
  const handle = methods[method] as unknown as (
    call: { request: Message },
    callback: (error: ServiceError | null, answer: A) => void,
  ) => void;
  return new Promise((resolve, reject) => {
    handle({ request: requests.deserializeBinary(request.serializeBinary()) }, (error, answer) =>
      error ? reject(failureOf(error)) : resolve(answers.deserializeBinary(answer.serializeBinary())),
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

/** `Deployment`, through the plugin front. */
export class PluginDeployment {
  id: string | undefined;
  state: State = {};
  private inputs: Inputs | undefined;
  readonly messages: string[] = [];

  constructor(private readonly cloud: Cloud) {}

  private fresh(): Project {
    return { ...freshProject(this.cloud, this.messages) };
  }

  async preview(declared: Inputs, project = this.fresh()): Promise<string[]> {
    const plugin = pluginOf(project, this.messages);
    const live = await this.refreshed(plugin);
    if (live === undefined) return ["create"];
    return this.diff(plugin, live, await this.checked(plugin, declared));
  }

  async up(declared: Inputs, project = this.fresh()): Promise<string[]> {
    const plugin = pluginOf(project, this.messages);
    const live = await this.refreshed(plugin);
    const inputs = await this.checked(plugin, declared);
    if (this.id === undefined || live === undefined) {
      await this.create(plugin, inputs);
      this.inputs = inputs;
      return ["create"];
    }
    this.state = live;
    const changed = await this.diff(plugin, live, inputs);
    if (changed.some((name) => name === "taskType")) {
      await this.remove(plugin);
      await this.create(plugin, inputs);
    } else if (changed.length > 0) {
      await this.update(plugin, inputs);
    }
    this.inputs = inputs;
    return changed;
  }

  async upUnrefreshed(declared: Inputs, project = this.fresh()): Promise<void> {
    const plugin = pluginOf(project, this.messages);
    const inputs = await this.checked(plugin, declared);
    await this.update(plugin, inputs);
    this.inputs = inputs;
  }

  async destroy(project = this.fresh()): Promise<void> {
    if (this.id !== undefined) await this.remove(pluginOf(project, this.messages));
  }

  private async checked(plugin: UntypedServiceImplementation, declared: Inputs): Promise<Inputs> {
    const request = new proto.CheckRequest();
    request.setUrn(URN);
    request.setOlds(structOf(this.inputs ?? {}));
    request.setNews(structOf(declared));
    const answer = await call(plugin, "check", request, proto.CheckResponse);
    const failures = answer.getFailuresList().map((failure) => failure.getReason());
    if (failures.length > 0) throw new Error(failures.join("\n"));
    return valuesOf(answer.getInputs());
  }

  /** Names of changed fields, in the order of the table. */
  private async diff(plugin: UntypedServiceImplementation, state: State, inputs: Inputs): Promise<string[]> {
    const request = new proto.DiffRequest();
    request.setUrn(URN);
    request.setId(this.id ?? "");
    request.setOlds(structOf(state));
    request.setNews(structOf(inputs));
    const answer = await call(plugin, "diff", request, proto.DiffResponse);
    return answer.getDiffsList();
  }

  private async create(plugin: UntypedServiceImplementation, inputs: Inputs): Promise<void> {
    const request = new proto.CreateRequest();
    request.setUrn(URN);
    request.setProperties(structOf(inputs));
    await this.keep(async () => {
      const answer = await call(plugin, "create", request, proto.CreateResponse);
      return { id: answer.getId(), state: valuesOf(answer.getProperties()) };
    });
  }

  private async update(plugin: UntypedServiceImplementation, inputs: Inputs): Promise<void> {
    const request = new proto.UpdateRequest();
    request.setUrn(URN);
    request.setId(this.id ?? "");
    request.setOlds(structOf(this.state));
    request.setNews(structOf(inputs));
    await this.keep(async () => {
      const answer = await call(plugin, "update", request, proto.UpdateResponse);
      return { id: this.id ?? "", state: valuesOf(answer.getProperties()) };
    });
  }

  private async remove(plugin: UntypedServiceImplementation): Promise<void> {
    const request = new proto.DeleteRequest();
    request.setUrn(URN);
    request.setId(this.id ?? "");
    request.setProperties(structOf(this.state));
    await call(plugin, "delete", request, { deserializeBinary: () => new proto.GetSchemaRequest() });
  }

  private async refreshed(plugin: UntypedServiceImplementation): Promise<State | undefined> {
    if (this.id === undefined) return undefined;
    const request = new proto.ReadRequest();
    request.setUrn(URN);
    request.setId(this.id);
    request.setProperties(structOf(this.state));
    request.setInputs(structOf(this.inputs ?? {}));
    const answer = await call(plugin, "read", request, proto.ReadResponse);
    return answer.getId() === "" ? undefined : valuesOf(answer.getProperties());
  }

  private async keep(write: () => Promise<{ id: string; state: State }>): Promise<void> {
    try {
      Object.assign(this, await write());
    } catch (error) {
      if (error instanceof Unfinished) Object.assign(this, { id: error.id, state: error.state });
      throw error;
    }
  }
}
