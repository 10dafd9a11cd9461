import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { access } from "../../provider/cloud/access";
import { Denied, NoAnswer, NotFound, NotTheApi, Refused, ServiceFailure, Throttled } from "../../provider/cloud/errors";
import { ScheduledTasksApi } from "../../provider/cloud/scheduledTasksApi";
import { transport } from "../../provider/cloud/transport";
import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import { Unfinished } from "../../provider/scheduledTask/lifecycle";
import { type Cloud, startCloud, writes } from "../emulated";
import { Deployment } from "./fronts";

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());
beforeEach(() => cloud.reset());

const fault = (operation: string, what: unknown, nth = 1, when = "before") =>
  cloud.control("PUT", "faults", [{ operation, nth, times: 1, when, do: what }]);

/** No engine to ask, nobody to tell. */
const alone = { engineRuns: async () => true, tell: () => {} };

describe("a failed call says what was tried, what the API said and what to do", () => {
  interface Canned {
    status: number;
    headers?: { [name: string]: string };
    body: string;
  }
  let answer: Canned;
  /** What the server answers after that. */
  const later: Canned[] = [];
  let server: Server;
  let api: ScheduledTasksApi;
  let waits: number[];

  beforeAll(async () => {
    server = createServer((_request, response) => {
      const { status, headers, body } = answer;
      response.writeHead(status, headers).end(body);
      answer = later.shift() ?? answer;
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => void server.close());
  beforeEach(() => {
    waits = [];
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const real = transport({ endpoint, projectId: "p" }, { token: "the-token" });
    let now = 0;
    const sleep = async (ms: number) => {
      waits.push(ms);
      now += ms;
    };
    const pacing = { now: () => now, random: () => 1, sleep };
    api = new ScheduledTasksApi({ ...real, pacing }, alone);
  });
  const failure = async (status: number, body: unknown, headers = {}): Promise<Error> => {
    answer = { status, headers, body: typeof body === "string" ? body : JSON.stringify(body) };
    return api.show("nightly", "7f3a").then(
      () => new Error("it succeeded"),
      (error: Error) => error,
    );
  };
  const wks = { error_code: "WKS.0001", error_msg: "boom" };

  test.each([
    [404, wks, NotFound],
    [400, { error_code: "WKS.0001", error_msg: "The desktop pool does not exist" }, Refused],
    [400, wks, Refused],
    [409, wks, Refused],
    [403, wks, Denied],
    [500, wks, ServiceFailure],
    [429, wks, Throttled],
  ])("%i %j", async (status, body, kind) => {
    const error = await failure(status, body, { "x-request-id": "req-1" });
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toMatch(
      new RegExp(
        `^read ScheduledTask "nightly" \\(id 7f3a\\): ${status} WKS.0001 "${body.error_msg}" \\(request req-1\\)\\. [A-Z\`].*[.:]`,
      ),
    );
  });

  test.each([
    [
      "a 404 of the gateway, which is about the route",
      404,
      { error_code: "APIGW.0101", error_msg: "The API does not exist" },
    ],
    ["a 404 without a code", 404, {}],
  ])("%s is not taken for a missing task", async (_name, status, body) => {
    expect(await failure(status, body)).not.toBeInstanceOf(NotFound);
  });

  test.each([
    [404, "<html>no such page</html>"],
    [502, "<html>bad gateway</html>"],
    [200, "<html>login</html>"],
    [200, '{"id": "7f3a", "task_na'],
    [200, ""],
    [200, "[]"],
    [200, '{"id": 42}'],
    [403, ""],
  ])("%i with %j is not the API", async (status, body) => {
    const error = await failure(status, body, { "content-type": "text/html" });
    expect(error).toBeInstanceOf(NotTheApi);
    expect(error.message).toContain("is not the Workspace API");
  });

  test("other spellings of an error body are read, also one level down", async () => {
    expect((await failure(400, { error: { code: "X.1", message: "deep" } })).message).toContain('400 X.1 "deep"');
    expect((await failure(400, { errorCode: "X.2", errorMsg: "flat" })).message).toContain('400 X.2 "flat"');
    expect((await failure(400, { error_code: "X.3", error_msg: "m", request_id: "gw" })).message).toContain(
      "(request gw)",
    );
  });

  test("reads are repeated with growing waits, and Retry-After is obeyed", async () => {
    await failure(503, wks);
    expect(waits).toEqual([250, 500, 1000, 2000]);
    waits.length = 0;
    later.push({ status: 200, body: '{"id": "7f3a"}' });
    await failure(429, wks, { "retry-after": "7" });
    expect(waits).toEqual([7000]);
    waits.length = 0;
    await failure(400, wks);
    await failure(401, wks);
    expect(waits).toEqual([]);
  });

  test("nothing that listens is no answer, and names the address", async () => {
    const real = transport({ endpoint: "http://127.0.0.1:1", projectId: "p" }, { token: "the-token" });
    const dead = new ScheduledTasksApi({ ...real, pacing: { ...real.pacing, sleep: async () => {} } }, alone);
    const error = await dead.create("nightly", {}).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NoAnswer);
    expect(String(error)).toContain('create ScheduledTask "nightly": no answer from http://127.0.0.1:1: ECONNREFUSED.');
    expect(String(error)).not.toContain("the-token");
  });
});

test("an endpoint must be https, but for loopback", () => {
  const at = (endpoint: string) => access({ endpoint, region: "r", projectId: "p", authToken: "t" }).place.endpoint;
  expect(at("https://workspace.example.com/")).toBe("https://workspace.example.com");
  expect(at("http://127.0.0.1:8080")).toBe("http://127.0.0.1:8080");
  expect(access({ region: "cn-north-4", projectId: "p", authToken: "t" }).place.endpoint).toBe(
    "https://workspace.cn-north-4.myhuaweicloud.com",
  );
  for (const bad of ["http://example.com", "workspace", "ftp://127.0.0.1", "http://127.0.0.1.example.com"])
    expect(() => at(bad)).toThrow(`"${bad}" is not an https address`);
});

describe("a write that stops half-way keeps the id, and the next run finishes it", () => {
  const disabled = { ...taskOf("WEEK"), enable: false };
  const graySwitched = taskOf("MONTH");

  test.each([
    [
      "the PUT after the POST is refused",
      "UpdateScheduledTasks",
      { status: 400, body: { error_code: "WKS.9", error_msg: "no" } },
    ],
    ["the PUT is answered by a reset", "UpdateScheduledTasks", "reset"],
    ["reading back fails", "ShowScheduledTasks", { status: 400, body: { error_code: "X.9", error_msg: "no" } }],
  ])("when %s", async (_name, operation, what) => {
    for (const inputs of [disabled, graySwitched]) {
      await cloud.reset();
      const deployment = new Deployment(cloud);
      // More than once, since a lost PUT is repeated, and a refused one is tried without the verb that an older cloud lacks.
      await cloud.control("PUT", "faults", [{ operation, nth: 1, times: 9, when: "before", do: what }]);
      const error = await deployment.up(inputs).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(Unfinished);
      expect(deployment.id).toBe((await cloud.tasks())[0]?.id);
      expect(String(error)).toContain(
        `ScheduledTask "task" was created (id ${deployment.id}), but is not yet as declared; the next \`pulumi up\` goes on from there: `,
      );
      expect(String(error)).toMatch(/(?:read|update) ScheduledTask "task" \(id .*\): (?:400|no answer)/);
      await cloud.control("PUT", "faults", []);
      await deployment.up(inputs);
      expect(await deployment.preview(inputs)).toEqual([]);
      expect(await cloud.tasks()).toHaveLength(1);
      expect(await cloud.tasks()).toMatchObject([
        inputs === disabled ? { enable: false, apply_objects: [{}, {}] } : { is_gray: true },
      ]);
    }
  });

  test("an update whose read-back fails keeps what was sent", async () => {
    const deployment = new Deployment(cloud);
    await deployment.up(taskOf("WEEK"));
    const changed = { ...taskOf("WEEK"), description: "new" };
    await fault("ShowScheduledTasks", { status: 400, body: { error_code: "X.9", error_msg: "no" } }, 2);
    await expect(deployment.up(changed)).rejects.toThrow(
      `ScheduledTask "task" (id ${deployment.id}) was written, but what came of it could not be made sure: read ScheduledTask "task" (id ${deployment.id}): 400 X.9`,
    );
    expect(deployment.state.description).toBe("new");
    expect(await deployment.preview(changed)).toEqual([]);
  });

  test("a refused update changes nothing in the state", async () => {
    const deployment = new Deployment(cloud);
    await deployment.up(taskOf("WEEK"));
    await fault("UpdateScheduledTasks", { status: 400, body: { error_code: "WKS.9", error_msg: "no" } });
    await expect(deployment.up({ ...taskOf("WEEK"), description: "new" })).rejects.toThrow(
      'update ScheduledTask "task"',
    );
    expect(deployment.state.description).toBe("after work");
  });
});

describe("only a certain not-found is gone", () => {
  test.each([
    ["403", { status: 403, body: { error_code: "WKS.0403", error_msg: "denied" } }],
    ["404 of the gateway", { status: 404, body: { error_code: "APIGW.0101", error_msg: "The API does not exist" } }],
    [
      "400 with a code, for a task that the list shows",
      { status: 400, body: { error_code: "WKS.0999", error_msg: "bad thing" } },
    ],
  ])("%s is an error", async (_name, what) => {
    const deployment = new Deployment(cloud);
    await deployment.up(taskOf("WEEK"));
    await fault("ShowScheduledTasks", what);
    await expect(deployment.preview(taskOf("WEEK"))).rejects.toThrow('read ScheduledTask "task"');
  });

  test.each([
    ["403", { status: 403, body: { error_code: "WKS.0403", error_msg: "denied" } }],
    ["400 with a code of the gateway", { status: 400, body: { error_code: "APIGW.0106", error_msg: "bad thing" } }],
  ])("%s is an error also of a task that is gone", async (_name, what) => {
    const deployment = new Deployment(cloud);
    await deployment.up(taskOf("WEEK"));
    await cloud.drop(deployment.id ?? "");
    await fault("ShowScheduledTasks", what);
    await expect(deployment.preview(taskOf("WEEK"))).rejects.toThrow(`${what.status} ${what.body.error_code}`);
  });

  test.each([
    ["may not be read", { status: 403, body: { error_code: "WKS.0403", error_msg: "denied" } }, "400 WKS.0999"],
    ["is refused", { status: 400, body: { error_code: "WKS.0001", error_msg: "no" } }, "400 WKS.0999"],
    ["is broken", { status: 500, body: { error_code: "WKS.0500", error_msg: "no" } }, "500 WKS.0500"],
  ])("a 400 is not believed when the list %s", async (_name, list, said) => {
    const deployment = new Deployment(cloud);
    await deployment.up(taskOf("WEEK"));
    await cloud.drop(deployment.id ?? "");
    const unlisted = { operation: "ListScheduledTasks", every: 1, when: "before", do: list };
    const unknown = { status: 400, body: { error_code: "WKS.0999", error_msg: "no" } };
    const refused = { operation: "ShowScheduledTasks", nth: 1, when: "before", do: unknown };
    await cloud.control("PUT", "faults", [unlisted, refused]);
    await expect(deployment.preview(taskOf("WEEK"))).rejects.toThrow(said);
  });

  test("a list that fails otherwise than by a missing permission fails the read", async () => {
    const deployment = new Deployment(cloud);
    await deployment.up(taskOf("WEEK"));
    const broken = { status: 500, body: { error_code: "WKS.0500", error_msg: "no" } };
    await cloud.control("PUT", "faults", [{ operation: "ListScheduledTasks", every: 1, when: "before", do: broken }]);
    await expect(deployment.preview(taskOf("WEEK"))).rejects.toThrow("500 WKS.0500");
  });

  test("a list that is refused says nothing about the task", async () => {
    const deployment = new Deployment(cloud);
    await deployment.up(taskOf("WEEK"));
    const replies = [
      ...Array(2).fill({ status: 400, body: { error_code: "WKS.0001", error_msg: "no" } }),
      ...Array(2).fill({ status: 200, body: { scheduled_tasks: [], total_count: 0 } }),
    ];
    const faults = replies.map((reply, index) => ({
      operation: "ListScheduledTasks",
      nth: index + 1,
      when: "before",
      do: reply,
    }));
    await cloud.control("PUT", "faults", faults);
    await expect(deployment.preview(taskOf("WEEK"))).rejects.toThrow("400 WKS.0001");
  });

  test("a deletion that is refused fails", async () => {
    const deployment = new Deployment(cloud);
    await deployment.up(taskOf("WEEK"));
    await fault("DeleteScheduledTasks", { status: 409, body: { error_code: "WKS.1", error_msg: "task is running" } });
    await expect(deployment.destroy()).rejects.toThrow(`delete ScheduledTask "task" (id ${deployment.id}): 409 WKS.1`);
    expect(await cloud.tasks()).toHaveLength(1);
  });

  test("a 400 that nobody documents is believed when the list agrees", async () => {
    const deployment = new Deployment(cloud);
    await deployment.up(taskOf("WEEK"));
    await cloud.drop(deployment.id ?? "");
    await fault("ShowScheduledTasks", {
      status: 400,
      body: { error_code: "WKS.0999", error_msg: "\u672a\u627e\u5230" },
    });
    expect(await deployment.preview(taskOf("WEEK"))).toEqual(["create"]);
  });

  test("listing denied keeps the last known values, with a message and without a diff", async () => {
    const deployment = new Deployment(cloud);
    await deployment.up({ ...taskOf("LIFE_CYCLE"), enable: false });
    await cloud.control("PUT", "faults", [
      {
        operation: "ListScheduledTasks",
        every: 1,
        when: "before",
        do: { status: 403, body: { error_code: "WKS.0403", error_msg: "denied" } },
      },
    ]);
    expect(await deployment.preview({ ...taskOf("LIFE_CYCLE"), enable: false })).toEqual([]);
    expect(deployment.messages.join("\n")).toContain("workspace:scheduledTasks:list");
    const another = new Deployment(cloud);
    await another.up({ ...taskOf("DAY"), taskName: "another" });
    expect(await cloud.tasks()).toHaveLength(2);
  });
});

test("the preview of an adopted task that does not exist fails with its id", async () => {
  const deployment = new Deployment(cloud);
  await expect(deployment.up({ ...taskOf("DAY"), adoptTaskId: "nowhere" })).rejects.toThrow(
    'adopt ScheduledTask "task": there is no task nowhere. Correct adoptTaskId, or remove it to create a new task.',
  );
  expect(writes(await cloud.newRequests())).toEqual([]);
});
