import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type ChannelCredentials, credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

const executable = resolve(__dirname, "../dist/plugin/pulumi-resource-huaweicloud-workspace");

export interface PluginProcess {
  readonly client: ResourceProviderClient;
  /** From the start of the process to the port on stdout. */
  readonly startMs: number;
  /** Resident memory now, in MB. */
  rss(): number;
  /** The most that it was, in MB. */
  peakRss(): number;
  /** CPU time so far, in seconds. */
  cpu(): number;
  stop(): Promise<void>;
}

/** The built plugin, as an engine starts it. */
export async function startPlugin(): Promise<PluginProcess> {
  const started = performance.now();
  const child = spawn(executable, [], { stdio: ["ignore", "pipe", "inherit"] });
  const [port] = await once(child.stdout, "data");
  const startMs = performance.now() - started;
  const insecure: ChannelCredentials = credentials.createInsecure();
  const unlimited = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
  const client = new ResourceProviderClient(`127.0.0.1:${String(port).trim()}`, insecure, unlimited);
  return {
    client,
    startMs,
    rss: () => memoryMb(child, "VmRSS"),
    peakRss: () => memoryMb(child, "VmHWM"),
    cpu: () => cpuSeconds(child),
    async stop() {
      client.close();
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

const memoryMb = ({ pid }: ChildProcess, what: "VmRSS" | "VmHWM"): number =>
  Number(new RegExp(`^${what}:\\s+(\\d+) kB$`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

/** User and system time stand in hundredths of a second behind the name of the command, which may hold spaces. */
function cpuSeconds({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const structOf = (values: object): Struct => Struct.fromJavaScript(values as { [name: string]: JavaScriptValue });

export async function configure({ client }: PluginProcess, settings: object): Promise<void> {
  const request = new proto.ConfigureRequest();
  request.setArgs(structOf(settings));
  request.setAcceptsecrets(true);
  await new Promise<void>((done, fail) => client.configure(request, (error) => (error ? fail(error) : done())));
}

/** What an engine asks for a new task: check, then create. Returns its id and state. */
export async function make({ client }: PluginProcess, name: string, declared: object): Promise<[string, object]> {
  const urn = `urn:pulumi:s::p::huaweicloud-workspace:index:ScheduledTask::${name}`;
  const check = new proto.CheckRequest();
  check.setUrn(urn);
  check.setNews(structOf(declared));
  const inputs = await new Promise<Struct | undefined>((done, fail) =>
    client.check(check, (error, answer) => (error ? fail(error) : done(answer.getInputs()))),
  );
  const create = new proto.CreateRequest();
  create.setUrn(urn);
  create.setProperties(inputs);
  return new Promise((done, fail) =>
    client.create(create, (error, answer) =>
      error ? fail(error) : done([answer.getId(), answer.getProperties()?.toJavaScript() ?? {}]),
    ),
  );
}
