/**
 * What the engine and a provider say to each other: the parts of Pulumi's `provider.proto`, `engine.proto` and
 * `plugin.proto` that this provider uses, with their field numbers.
 *
 * Source: https://github.com/pulumi/pulumi/tree/master/proto/pulumi
 */
import type { handleServerStreamingCall, handleUnaryCall } from "@grpc/grpc-js";
import {
  bool,
  bytes,
  count,
  decode,
  double,
  encode,
  type Fields,
  type Message,
  message,
  repeated,
  string,
  struct,
} from "./protobuf";

const failures = repeated(message(2, { reason: string(2) }));

const checkRequest = { urn: string(1), olds: struct(2), news: struct(3) };
const checkResponse = { inputs: struct(1), failures };
const diffRequest = {
  id: string(1),
  urn: string(2),
  olds: struct(3),
  news: struct(4),
  ignoreChanges: repeated(string(5)),
};
const diffResponse = {
  replaces: repeated(string(1)),
  deleteBeforeReplace: bool(3),
  changes: count(4),
  diffs: repeated(string(5)),
  detailedDiff: repeated(message(6, { path: string(1), difference: message(2, { kind: count(1) }) })),
  hasDetailedDiff: bool(7),
};

/** Values of `DiffResponse.changes`. */
export const changes = { none: 1, some: 2 } as const;

/** Values of `PropertyDiff.kind`. */
export const diffKinds = {
  add: 0,
  "add-replace": 1,
  delete: 2,
  "delete-replace": 3,
  update: 4,
  "update-replace": 5,
} as const;

/** Values of `LogRequest.severity`. */
export const severities = { info: 1, warning: 2 } as const;

/** What an error about a resource carries that is there, yet not as declared. */
export const initFailed = { id: string(1), properties: struct(2), reasons: repeated(string(3)) };
export const INIT_FAILED_TYPE = "type.googleapis.com/pulumirpc.ErrorResourceInitFailed";
/** `google.rpc.Status`, which a gRPC error carries in its metadata. */
export const status = {
  code: count(1),
  message: string(2),
  details: repeated(message(3, { typeUrl: string(1), value: bytes(2) })),
};

const nothing = {};

/** The methods of `pulumirpc.ResourceProvider` that this provider has. */
export const providerMethods = {
  handshake: method("ResourceProvider/Handshake", nothing, { acceptSecrets: bool(1) }),
  getPluginInfo: method("ResourceProvider/GetPluginInfo", nothing, { version: string(1) }),
  getSchema: method("ResourceProvider/GetSchema", nothing, { schema: string(1) }),
  checkConfig: method("ResourceProvider/CheckConfig", checkRequest, checkResponse),
  diffConfig: method("ResourceProvider/DiffConfig", diffRequest, diffResponse),
  configure: method(
    "ResourceProvider/Configure",
    { args: struct(2) },
    { acceptSecrets: bool(1), supportsPreview: bool(2) },
  ),
  check: method("ResourceProvider/Check", checkRequest, checkResponse),
  diff: method("ResourceProvider/Diff", diffRequest, diffResponse),
  create: method(
    "ResourceProvider/Create",
    { urn: string(1), properties: struct(2), timeout: double(3), preview: bool(4) },
    { id: string(1), properties: struct(2) },
  ),
  read: method(
    "ResourceProvider/Read",
    { id: string(1), urn: string(2), properties: struct(3), inputs: struct(4), timeout: double(10) },
    { id: string(1), properties: struct(2), inputs: struct(3) },
  ),
  update: method(
    "ResourceProvider/Update",
    {
      id: string(1),
      urn: string(2),
      olds: struct(3),
      news: struct(4),
      timeout: double(5),
      ignoreChanges: repeated(string(6)),
      preview: bool(7),
    },
    { properties: struct(1) },
  ),
  delete: method(
    "ResourceProvider/Delete",
    { id: string(1), urn: string(2), properties: struct(3), timeout: double(4) },
    nothing,
  ),
  invoke: method("ResourceProvider/Invoke", { token: string(1), args: struct(2) }, { return: struct(1), failures }),
  list: {
    ...method("ResourceProvider/List", { limit: count(3) }, { result: message(2, { id: string(1), name: string(2) }) }),
    responseStream: true,
  },
  cancel: method("ResourceProvider/Cancel", nothing, nothing),
};

/** The method of `pulumirpc.Engine` that this provider calls. */
export const engineLogMethod = method(
  "Engine/Log",
  { severity: count(1), message: string(2), urn: string(3) },
  nothing,
);

/** What answers the methods of the provider. */
export type Handlers = {
  readonly [M in keyof typeof providerMethods]: (typeof providerMethods)[M] extends Method<infer Q, infer A>
    ? M extends "list"
      ? handleServerStreamingCall<Q, Partial<A>>
      : handleUnaryCall<Q, Partial<A>>
    : never;
};

/** A method as grpc-js takes it. A request is read whole, with the empty value of what was not sent. */
export interface Method<Q, A> {
  readonly path: string;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
  requestSerialize(request: Partial<Q>): Buffer;
  requestDeserialize(sent: Uint8Array): Q;
  responseSerialize(response: Partial<A>): Buffer;
  responseDeserialize(sent: Uint8Array): A;
}

function method<Q extends Fields, A extends Fields>(
  name: string,
  request: Q,
  response: A,
): Method<Message<Q>, Message<A>> {
  return {
    path: `/pulumirpc.${name}`,
    requestStream: false,
    responseStream: false,
    requestSerialize: (values) => encode(request, values),
    requestDeserialize: (sent) => decode(request, sent),
    responseSerialize: (values) => encode(response, values),
    responseDeserialize: (sent) => decode(response, sent),
  };
}
