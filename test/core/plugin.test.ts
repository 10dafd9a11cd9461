import { Writable } from "node:stream";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Handlers, providerMethods } from "../../provider/fronts/protocol";
import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import { UNKNOWN } from "../../provider/scheduledTask/fields";
import { Unfinished } from "../../provider/scheduledTask/lifecycle";
import { queried } from "../../provider/scheduledTask/queried";
import { type Cloud, startCloud } from "../emulated";
import { freshProject } from "./deployment";
import { call, pluginOf, structOf, valuesOf } from "./pluginDeployment";

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud({ requireSignature: true });
});
afterAll(() => cloud.stop());
beforeEach(() => cloud.reset());

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const secret = (value: unknown) => ({ [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value });
const messages: string[] = [];
const plugin = () => {
  const { url: endpoint, region, projectId, accessKey, secretKey } = cloud.emulator;
  const settings = { endpoint, region, projectId, accessKey, secretKey };
  const surroundings = { engineRuns: async () => true, tell: () => {} };
  return pluginOf(freshProject(cloud, messages), messages, queried(settings, {}, surroundings));
};
const createRequest = (
  inputs: object,
  edit: (request: proto.CreateRequest) => void = () => {},
): proto.CreateRequest => {
  const request = new proto.CreateRequest();
  request.setProperties(structOf(inputs));
  edit(request);
  return request;
};

test("the engine learns what the plugin is", async () => {
  const answer = await call(
    plugin(),
    "handshake",
    new proto.ProviderHandshakeRequest(),
    proto.ProviderHandshakeResponse,
  );
  expect(answer.getAcceptSecrets()).toBe(true);
  const schema = await call(plugin(), "getSchema", new proto.GetSchemaRequest(), proto.GetSchemaResponse);
  expect(schema.getSchema()).toBe("{}");
  expect((await call(plugin(), "getPluginInfo", new Empty(), PluginInfo)).getVersion()).toBe("0");
  await call(plugin(), "cancel", new Empty(), Empty);
});

test("a preview of a create and of an update gives back what is not known yet, and asks nothing", async () => {
  const inputs = { ...taskOf("WEEK"), applyObjects: [{ objectType: "DESKTOP", objectId: UNKNOWN }], adoptTaskId: "x" };
  const { adoptTaskId: _, ...state } = inputs;
  const created = await call(
    plugin(),
    "create",
    createRequest(inputs, (request) => request.setPreview(true)),
    proto.CreateResponse,
  );
  expect([created.getId(), valuesOf(created.getProperties())]).toEqual(["", state]);
  const request = new proto.UpdateRequest();
  request.setOlds(structOf(taskOf("WEEK")));
  request.setNews(structOf(inputs));
  request.setPreview(true);
  const updated = await call(plugin(), "update", request, proto.UpdateResponse);
  expect(valuesOf(updated.getProperties())).toEqual(state);
  expect(await cloud.counts()).toEqual({});
});

test("a read gives inputs only of what is no longer as it was: the others the engine has", async () => {
  const created = await call(plugin(), "create", createRequest(taskOf("DAY")), proto.CreateResponse);
  const request = new proto.ReadRequest();
  request.setId(created.getId());
  request.setProperties(created.getProperties());
  request.setInputs(structOf(taskOf("DAY")));
  const unchanged = await call(plugin(), "read", request, proto.ReadResponse);
  expect([unchanged.getId(), unchanged.hasInputs()]).toEqual([created.getId(), false]);
  expect(valuesOf(unchanged.getProperties())).toEqual(valuesOf(created.getProperties()));
  await cloud.edit(created.getId(), { enable: false });
  const drifted = await call(plugin(), "read", request, proto.ReadResponse);
  expect(valuesOf(drifted.getInputs())).toEqual({ ...taskOf("DAY"), enable: false });
});

test("a read after a failed update gives the inputs of the live task, not those that were never reached", async () => {
  const created = await call(plugin(), "create", createRequest(taskOf("DAY")), proto.CreateResponse);
  const request = new proto.ReadRequest();
  request.setId(created.getId());
  request.setProperties(created.getProperties());
  request.setInputs(structOf({ ...taskOf("DAY"), description: "never written" }));
  const answer = await call(plugin(), "read", request, proto.ReadResponse);
  expect(valuesOf(answer.getInputs())).toEqual(taskOf("DAY"));
});

test("a read of a task that a program only looks at gives no inputs, also when it was changed", async () => {
  const created = await call(plugin(), "create", createRequest(taskOf("DAY")), proto.CreateResponse);
  await cloud.edit(created.getId(), { enable: false });
  const request = new proto.ReadRequest();
  request.setId(created.getId());
  request.setProperties(created.getProperties());
  request.setInputs(structOf({}));
  const answer = await call(plugin(), "read", request, proto.ReadResponse);
  expect(answer.hasInputs()).toBe(false);
  expect(valuesOf(answer.getProperties())).toMatchObject({ enable: false });
});

test("a check fills in the resource's name, and keeps a secret out of its reasons", async () => {
  const request = new proto.CheckRequest();
  request.setUrn("urn:pulumi:s::p::huaweicloud-workspace:index:ScheduledTask::a::b");
  const { taskName: _, ...week } = taskOf("WEEK");
  request.setNews(structOf({ ...week, timeZone: secret("planted-zone"), description: secret(UNKNOWN) }));
  const answer = await call(plugin(), "check", request, proto.CheckResponse);
  expect(valuesOf(answer.getInputs())).toMatchObject({ taskName: "a::b", timeZone: secret("planted-zone") });
  const reasons = answer.getFailuresList().map((failure) => failure.getReason());
  expect(reasons).toEqual([expect.stringContaining('timeZone: "[secret]"')]);
  expect(answer.getFailuresList().map((failure) => failure.getProperty())).toEqual([""]);
});

test("what a partial failure keeps is secret where it was", async () => {
  await cloud.control("PUT", "faults", [
    {
      operation: "UpdateScheduledTasks",
      nth: 1,
      times: 9,
      when: "before",
      do: { status: 403, body: { error_msg: "planted" } },
    },
  ]);
  const inputs = { ...taskOf("WEEK"), enable: false, extraParams: secret({ a: "planted" }) };
  const error = await call(plugin(), "create", createRequest(inputs), proto.CreateResponse).catch((reason) => reason);
  expect(error).toBeInstanceOf(Unfinished);
  expect(error.state).toMatchObject({ enable: true, extraParams: secret({ a: "planted" }) });
  expect(error.message).toContain("[secret]");
  expect(error.message).not.toContain("planted");
});

/** On the real clock, so that waits are waits. */
const patient = () => pluginOf(freshProject({ ...cloud, lags: true }, messages), messages);
const week = taskOf("WEEK");
const creating = (methods: Handlers, name: string, seconds = 0) =>
  call(
    methods,
    "create",
    createRequest({ ...week, taskName: name }, (one) => one.setTimeout(seconds)),
    proto.CreateResponse,
  ).catch((error: unknown) => error);
const throttled = { status: 429, headers: { "retry-after": "60" }, body: { error_code: "APIGW.0308" } };
const busy = (operation: string) => ({ operation, every: 1, when: "before", do: throttled });

test("a write in flight when customTimeouts end is heard out: its id is kept, and nothing more is sent", async () => {
  await cloud.control("PUT", "faults", [
    { operation: "CreateScheduledTasks", nth: 1, when: "before", do: { delayMs: 2_000 } },
  ]);
  const error = await creating(patient(), "one", 1);
  expect(error).toBeInstanceOf(Unfinished);
  expect(error).toMatchObject({
    id: (await cloud.task("one"))?.id,
    state: { taskName: "one" },
    message: expect.stringMatching(
      /was created \(id .*goes on from there: .*not done within the 1 s that customTimeouts allow/,
    ),
  });
  expect(await cloud.counts()).toEqual({ ListScheduledTasks: 1, CreateScheduledTasks: 1 });
});

test("customTimeouts end a wait, with an error that says what to do", async () => {
  await cloud.control("PUT", "faults", [busy("CreateScheduledTasks")]);
  expect(await creating(patient(), "one", 1)).toMatchObject({
    message: expect.stringMatching(
      /not done within the 1 s that customTimeouts allow.*pulumi up --refresh.*pulumi import/,
    ),
  });
  expect(await cloud.counts()).toMatchObject({ CreateScheduledTasks: 1 });
});

test("the time limit of one call is not that of another that waits for the same answer", async () => {
  await cloud.control("PUT", "faults", [
    { operation: "ListScheduledTasks", nth: 3, when: "before", do: { delayMs: 2_000 } },
  ]);
  const methods = patient();
  const [late, other] = await Promise.all([creating(methods, "one", 1), creating(methods, "two")]);
  expect(late).toMatchObject({ id: (await cloud.task("one"))?.id, message: expect.stringContaining("customTimeouts") });
  expect(other).toBeInstanceOf(proto.CreateResponse);
});

test("cancel ends what waits, in the queue too, and refuses what comes after", async () => {
  await cloud.control("PUT", "faults", [busy("CreateScheduledTasks"), busy("ShowScheduledTasks")]);
  const methods = patient();
  const running = Array.from({ length: 60 }, (_, index) => creating(methods, `task ${index}`));
  while (((await cloud.counts()).CreateScheduledTasks ?? 0) === 0);
  await call(methods, "cancel", new Empty(), Empty);
  for (const error of await Promise.all(running))
    expect(error).toMatchObject({ message: expect.stringContaining("The engine was told to cancel") });
  const before = await cloud.counts();
  expect(await creating(methods, "another")).toMatchObject({ message: expect.stringContaining("told to cancel") });
  expect(await cloud.counts()).toEqual(before);
  expect(await cloud.tasks()).toEqual([]);
});

describe("two declarations of one task with one name", () => {
  const urnOf = (name: string) => `urn:pulumi:s::p::huaweicloud-workspace:index:ScheduledTask::${name}`;
  const inputs = { ...week, taskName: "one" };
  /** The resource of an earlier run whose declaration stayed. */
  const kept = async (methods: Handlers, name: string, id: string): Promise<unknown> => {
    const checking = new proto.CheckRequest();
    checking.setUrn(urnOf(name));
    checking.setNews(structOf(inputs));
    const checked = await call(methods, "check", checking, proto.CheckResponse);
    const request = new proto.DiffRequest();
    request.setUrn(urnOf(name));
    request.setId(id);
    request.setOlds(checked.getInputs());
    request.setNews(checked.getInputs());
    return call(methods, "diff", request, proto.DiffResponse).catch((error: unknown) => error);
  };
  const adopted = (methods: Handlers, name: string, id: string): Promise<unknown> =>
    call(
      methods,
      "create",
      createRequest({ ...inputs, adoptTaskId: id }, (request) => request.setUrn(urnOf(name))),
      proto.CreateResponse,
    ).catch((error: unknown) => error);
  const refusal = (other: string) => ({
    message: expect.stringMatching(
      new RegExp(`also managed by the resource "${other}"\\. Remove one of the two declarations, with retainOnDelete`),
    ),
  });
  let id: string;
  beforeEach(async () => {
    await creating(plugin(), "one");
    id = String((await cloud.task("one"))?.id);
  });

  test("fail when the first takes it over before the second is compared, and when both stay", async () => {
    const methods = plugin();
    expect(await adopted(methods, "first", id)).toBeInstanceOf(proto.CreateResponse);
    expect(await kept(methods, "second", id)).toMatchObject(refusal("first"));
    expect(await kept(methods, "first", id)).toBeInstanceOf(proto.DiffResponse);
    const others = plugin();
    expect(await kept(others, "first", id)).toBeInstanceOf(proto.DiffResponse);
    expect(await kept(others, "second", id)).toMatchObject(refusal("first"));
  });

  test("fail when the second is compared while the first takes it over, which then is in the state", async () => {
    const methods = plugin();
    await cloud.control("PUT", "faults", [
      { operation: "ShowScheduledTasks", nth: 1, when: "before", do: { delayMs: 300 } },
    ]);
    const taking = adopted(methods, "first", id);
    while (((await cloud.counts()).ShowScheduledTasks ?? 0) === 0);
    expect(await kept(methods, "second", id)).toBeInstanceOf(proto.DiffResponse);
    const error = await taking;
    expect(error).toBeInstanceOf(Unfinished);
    expect(error).toMatchObject({ id, ...refusal("second") });
  });
});

test("a fleet that was compared lets its tasks go, but not to the one that it has replaced", async () => {
  const urn = "urn:pulumi:s::p::huaweicloud-workspace:index:ScheduledTaskFleet::fleet";
  const checking = new proto.CheckRequest();
  checking.setUrn(urn);
  checking.setNews(structOf({ tasks: { one: week } }));
  const asked = {
    create: async (methods: Handlers) => {
      const inputs = (await call(methods, "check", checking, proto.CheckResponse)).getInputs();
      const request = new proto.CreateRequest();
      request.setUrn(urn);
      request.setProperties(inputs);
      return (await call(methods, "create", request, proto.CreateResponse)).getProperties();
    },
    diff: async (methods: Handlers, id: string, state: Struct | undefined) => {
      const inputs = (await call(methods, "check", checking, proto.CheckResponse)).getInputs();
      const request = new proto.DiffRequest();
      request.setUrn(urn);
      request.setId(id);
      request.setOlds(state);
      request.setNews(inputs);
      await call(methods, "diff", request, proto.DiffResponse);
    },
    remove: async (methods: Handlers, id: string, state: Struct | undefined) => {
      const request = new proto.DeleteRequest();
      request.setUrn(urn);
      request.setId(id);
      request.setProperties(state);
      await call(methods, "delete", request, Empty);
    },
  };
  const state = await asked.create(plugin());
  const next = plugin();
  await asked.diff(next, "fleet-new", state);
  await asked.remove(next, "fleet-old", state);
  expect(await cloud.tasks()).toHaveLength(1);
  await asked.remove(next, "fleet-new", state);
  expect(await cloud.tasks()).toEqual([]);
});

test("a list names every task, those triggered by events too, up to the limit", async () => {
  const week = {
    task_type: "STOP",
    scheduled_type: "DAY",
    day_interval: 1,
    scheduled_time: "09:00:00",
    time_zone: "UTC",
  };
  const triggered = { task_type: "STOP", scheduled_type: "LIFE_CYCLE", life_cycle_type: "POST_DESKTOP_DISCONNECTED" };
  for (let index = 0; index < 51; index++) await cloud.make({ task_name: `t${index}`, ...week });
  const last = await cloud.make({ task_name: "last", ...triggered });
  expect(await listed(0)).toHaveLength(52);
  expect((await listed(0)).at(-1)).toEqual([last, "last"]);
  expect(await listed(7)).toHaveLength(7);
});

/** Ids and names that List streams. */
function listed(limit: number): Promise<[string, string][]> {
  const found: [string, string][] = [];
  const request = new proto.ListRequest();
  request.setLimit(limit);
  const { requestDeserialize, responseSerialize } = providerMethods.list;
  return new Promise((resolve, reject) => {
    const stream = new Writable({
      objectMode: true,
      write(response, _encoding, done) {
        const result = proto.ListResponse.deserializeBinary(responseSerialize(response)).getResult();
        found.push([result?.getId() ?? "", result?.getName() ?? ""]);
        done();
      },
      final(done) {
        resolve(found);
        done();
      },
    }).once("error", reject);
    const list = plugin().list as unknown as (call: object) => void;
    list(Object.assign(stream, { request: requestDeserialize(request.serializeBinary()) }));
  });
}

test.each([
  ["huaweicloud-workspace:index:getNothing", {}, "is no function of this provider"],
  ["huaweicloud-workspace:index:getScheduledTask", {}, "give the id of the task, or its exact taskName"],
  ["huaweicloud-workspace:index:getScheduledTask", { taskName: "none" }, 'no task has the name "none"'],
  ["huaweicloud-workspace:index:getFutureExecutions", { scheduledType: "WEEK" }, "weekList: missing"],
])("%s with %j fails", async (token, args, reason) => {
  await expect(call(plugin(), "invoke", invokeRequest(token, args), proto.InvokeResponse)).rejects.toThrow(reason);
});

test("arguments that are missing or unknown are failures", async () => {
  const request = invokeRequest("huaweicloud-workspace:index:getScheduledTaskRecords", { id: "x" });
  const answer = await call(plugin(), "invoke", request, proto.InvokeResponse);
  expect(answer.getFailuresList().map((failure) => failure.getReason())).toEqual([
    "taskId: missing",
    expect.stringMatching(/^id: unknown; known are taskId/),
  ]);
});

function invokeRequest(token: string, args: object): proto.InvokeRequest {
  const request = new proto.InvokeRequest();
  request.setTok(token);
  request.setArgs(structOf(args));
  return request;
}
