import { setTimeout as sleep } from "node:timers/promises";
import { Server, ServerCredentials, type sendUnaryData } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** A plugin that only waits: what the engine takes for resources of this size. */

const wait = () => sleep(Number(process.env.FLOOR_LATENCY_MS));
const textOf = (struct: Struct | undefined, name: string): string =>
  struct?.getFieldsMap().get(name)?.getStringValue() ?? "";

/** An answer of its own for each call, given after the wait. */
const answering =
  <Request, Answer>(isSlow: boolean, answer: (request: Request) => Answer) =>
  async ({ request }: { request: Request }, done: sendUnaryData<Answer>): Promise<void> => {
    if (isSlow) await wait();
    done(null, answer(request));
  };

function made<Answer>(answer: Answer, fill: (answer: Answer) => void): Answer {
  fill(answer);
  return answer;
}

const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
server.addService(ResourceProviderService, {
  handshake: answering(false, () => new proto.ProviderHandshakeResponse()),
  getPluginInfo: answering(false, () => made(new PluginInfo(), (answer) => answer.setVersion("0.0.1"))),
  checkConfig: answering(false, (request: proto.CheckRequest) =>
    made(new proto.CheckResponse(), (answer) => answer.setInputs(request.getNews())),
  ),
  diffConfig: answering(false, () => new proto.DiffResponse()),
  configure: answering(false, () => new proto.ConfigureResponse()),
  check: answering(false, (request: proto.CheckRequest) =>
    made(new proto.CheckResponse(), (answer) => answer.setInputs(request.getNews())),
  ),
  diff: answering(false, (request: proto.DiffRequest) =>
    made(new proto.DiffResponse(), (answer) => {
      const isChanged = textOf(request.getOlds(), "scheduledTime") !== textOf(request.getNews(), "scheduledTime");
      const { DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;
      answer.setChanges(isChanged ? DIFF_SOME : DIFF_NONE);
    }),
  ),
  create: answering(true, (request: proto.CreateRequest) =>
    made(new proto.CreateResponse(), (answer) => {
      answer.setId(textOf(request.getProperties(), "taskName").padEnd(32, "0"));
      answer.setProperties(request.getProperties());
    }),
  ),
  read: answering(true, (request: proto.ReadRequest) =>
    made(new proto.ReadResponse(), (answer) => {
      answer.setId(request.getId());
      answer.setProperties(request.getProperties());
      answer.setInputs(request.getInputs());
    }),
  ),
  update: answering(true, (request: proto.UpdateRequest) =>
    made(new proto.UpdateResponse(), (answer) => answer.setProperties(request.getNews())),
  ),
  delete: answering(true, () => new Empty()),
  cancel: answering(false, () => new Empty()),
} as never);
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(port);
});
process.on("SIGINT", () => process.exit(0));
