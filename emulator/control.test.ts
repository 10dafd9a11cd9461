import { connect } from "node:net";
import { closeSessions, dailyStop, openSession, send } from "./fixtures/session";

afterEach(closeSessions);

const list = "/scheduled-tasks?offset=0&limit=50";

test("the ready line's facts", async () => {
  const { emulator } = await openSession();
  expect(emulator).toEqual({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    projectId: expect.stringMatching(/^[0-9a-f]{32}$/),
    region: "cn-north-4",
    accessKey: expect.any(String),
    secretKey: expect.any(String),
    close: expect.any(Function),
  });
});

test("state shows every field that was set, also enable, priority and is_gray, and none that was not", async () => {
  const { api, control, create } = await openSession();
  await control("PUT", "/clock", { now: "2026-12-01T00:00:00Z" });
  const fields = {
    task_type: "EXECUTE_SCRIPT",
    scheduled_type: "LIFE_CYCLE",
    life_cycle_type: "POST_CREATE_DESKTOP_SUCCESS",
    gray_count: 2,
    day_interval: undefined,
    scheduled_time: undefined,
  };
  const id = await create(fields);
  await api("PUT", `/scheduled-tasks/${id}`, { priority: 3, is_gray: true, enable: false });
  const { body } = await control("GET", "/state");
  expect(body.tasks).toEqual([
    {
      id,
      task_name: "daily stop",
      task_type: "EXECUTE_SCRIPT",
      scheduled_type: "LIFE_CYCLE",
      life_cycle_type: "POST_CREATE_DESKTOP_SUCCESS",
      wait_time: 0,
      life_cycle_exec_period: 1440,
      time_zone: "Asia/Shanghai",
      gray_count: 2,
      is_gray: true,
      enable: false,
      priority: 3,
      force_execute: false,
      apply_objects: dailyStop.apply_objects,
    },
  ]);
  expect(body.now).toMatch(/^2026-12-01T00:00:0/);
});

test("requests are counted and kept in order, with their bodies and without credentials", async () => {
  const { emulator, api, control } = await openSession();
  const secret = { Authorization: "SDK-HMAC-SHA256 Access=AK-SEEN", "X-Auth-Token": "TOKEN-SEEN" };
  await send(`${emulator.url}/v2/${emulator.projectId}/scheduled-tasks`, "POST", dailyStop, secret);
  await api("GET", list);
  await api("POST", "/scheduled-tasks", "{");
  await api("GET", "/nothing");
  const { body } = await control("GET", "/requests");
  const path = `/v2/${emulator.projectId}`;
  expect(body).toEqual({
    counts: { CreateScheduledTasks: 2, ListScheduledTasks: 1, Unknown: 1 },
    maxInFlight: 1,
    bytes: { received: expect.any(Number), sent: expect.any(Number) },
    requests: [
      {
        operation: "CreateScheduledTasks",
        method: "POST",
        path: `${path}/scheduled-tasks`,
        status: 200,
        body: dailyStop,
      },
      { operation: "ListScheduledTasks", method: "GET", path: `${path}${list}`, status: 200, body: null },
      { operation: "CreateScheduledTasks", method: "POST", path: `${path}/scheduled-tasks`, status: 400, body: "{" },
      { operation: "Unknown", method: "GET", path: `${path}/nothing`, status: 404, body: null },
    ],
  });
  expect(JSON.stringify(body)).not.toContain("SEEN");
});

test("latency delays requests side by side, and maxInFlight tells how many there were", async () => {
  const { api, control } = await openSession({ latencyMs: 200 });
  const start = performance.now();
  await Promise.all(Array.from({ length: 8 }, () => api("GET", list)));
  const tookMs = performance.now() - start;
  expect(tookMs).toBeGreaterThanOrEqual(195);
  expect(tookMs).toBeLessThan(1500);
  expect((await control("GET", "/requests")).body.maxInFlight).toBe(8);
});

test("bytes are those of the API, heads included, however often the emulator itself is asked", async () => {
  const { emulator, control } = await openSession();
  const { hostname, port } = new URL(emulator.url);
  const request = `GET /v2/${emulator.projectId}/nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
  const socket = connect(Number(port), hostname);
  socket.end(request);
  let answer = 0;
  for await (const chunk of socket) answer += chunk.length;
  const bytes = { received: request.length, sent: answer };
  for (let times = 0; times < 3; times++)
    expect((await control("GET", "/requests")).body).toMatchObject({ counts: { Unknown: 1 }, bytes });
});

test("an edit in the console changes any field by no rule of the API, and is no request", async () => {
  const { control, create } = await openSession();
  const id = await create();
  const edit = {
    task_type: "START",
    enable: false,
    priority: 99,
    week_list: "7, 1",
    time_zone: "GMT+8",
    expire_time: "soon",
  };
  const { status, body } = await control("PATCH", `/tasks/${id}`, edit);
  expect(status).toBe(200);
  expect(body).toEqual({ ...dailyStop, id, force_execute: false, ...edit });
  expect((await control("GET", "/state")).body.tasks).toEqual([body]);
  expect((await control("GET", "/requests")).body.counts).toEqual({ CreateScheduledTasks: 1 });
});

test("a senseless console edit leaves a task that can be read and listed", async () => {
  const { api, control, create } = await openSession({ dialects: { times: "zoned" } });
  const id = await create();
  await control("PATCH", `/tasks/${id}`, { scheduled_time: "noon", time_zone: "GMT+8", expire_time: "soon" });
  expect((await api("GET", `/scheduled-tasks/${id}`)).body).toMatchObject({ expire_time: "soon" });
  expect((await api("GET", list)).body.scheduled_tasks).toMatchObject([{ next_execution_time: "" }]);
});

test("null takes a field away in an edit", async () => {
  const { control, create } = await openSession();
  const id = await create({ description: "old" });
  const { body } = await control("PATCH", `/tasks/${id}`, { description: null, apply_objects: null });
  expect(body).not.toHaveProperty("description");
  expect(body.apply_objects).toEqual([]);
});

test.each<[string, object, string]>([
  ["a wrong type", { enable: "no" }, "The value of enable is invalid: must be true or false"],
  ["an unknown field", { colour: null }, "The parameter colour is unknown"],
  ["the id", { id: "other" }, "The parameter id is unknown"],
  [
    "a name taken away",
    { task_name: null },
    "The parameter task_name, task_type, scheduled_type is required: a task has all three",
  ],
])("an edit refuses %s", async (_, edit, message) => {
  const { control, create } = await openSession();
  const id = await create();
  const { status, body } = await control("PATCH", `/tasks/${id}`, edit);
  expect({ status, body }).toEqual({ status: 400, body: { error_code: "EMULATOR.400", error_msg: message } });
});

test("a task made in the console is listed like any other", async () => {
  const { api, control } = await openSession();
  const made = await control("POST", "/tasks", {
    task_name: "by hand",
    task_type: "DELETE_BLACK_ECS",
    scheduled_type: "DAY",
  });
  expect(made.status).toBe(200);
  expect((await api("GET", list)).body.scheduled_tasks).toMatchObject([
    { id: made.body.id, task_type: "DELETE_BLACK_ECS" },
  ]);
});

test("a task deleted in the console is gone", async () => {
  const { api, control, create } = await openSession();
  const id = await create();
  expect((await control("DELETE", `/tasks/${id}`)).status).toBe(200);
  expect((await api("GET", `/scheduled-tasks/${id}`)).status).toBe(404);
  const again = await control("DELETE", `/tasks/${id}`);
  expect(again).toMatchObject({ status: 404, body: { error_msg: `there is no task ${id}` } });
});

test("reset empties tasks, requests and faults", async () => {
  const { api, control, create } = await openSession();
  await create();
  await control("PUT", "/faults", [{ operation: "*", do: { status: 500 } }]);
  await control("POST", "/reset");
  expect((await control("GET", "/state")).body.tasks).toEqual([]);
  expect((await control("GET", "/requests")).body).toEqual({
    counts: {},
    maxInFlight: 0,
    bytes: { received: 0, sent: 0 },
    requests: [],
  });
  expect((await api("GET", list)).status).toBe(200);
});

test("over the limit calls get 429 APIGW.0308 with Retry-After, until the window has passed", async () => {
  jest.useFakeTimers({
    doNotFake: ["nextTick", "setImmediate", "setInterval", "setTimeout", "queueMicrotask"],
    now: 1e12,
  });
  try {
    const { api, control } = await openSession();
    await control("PUT", "/limit", { calls: 2, perSeconds: 300 });
    expect((await api("GET", list)).status).toBe(200);
    jest.setSystemTime(1e12 + 60_000);
    expect((await api("GET", list)).status).toBe(200);
    const refused = await api("GET", list);
    expect(refused.status).toBe(429);
    expect(refused.headers.get("Retry-After")).toBe("240");
    expect(refused.body).toEqual({
      error_code: "APIGW.0308",
      error_msg: "The throttling threshold has been reached: policy user over ratelimit,limit:2,time:5 minute",
      request_id: refused.headers.get("X-Request-Id"),
    });
    jest.setSystemTime(1e12 + 300_000);
    expect((await api("GET", list)).status).toBe(200);
    await control("PUT", "/limit", null);
    expect((await api("GET", list)).status).toBe(200);
  } finally {
    jest.useRealTimers();
  }
});

test("of extra_params, where a secret may be, only the length is recorded", async () => {
  const { control, create } = await openSession();
  await create({ extra_params: '{"notify_message":"planted"}' });
  const { body } = await control("GET", "/requests");
  expect(body.requests).toMatchObject([{ body: { extra_params: "[28 characters]" } }]);
  expect((await control("GET", "/state")).body.tasks).toMatchObject([{ extra_params: '{"notify_message":"planted"}' }]);
});

test("dialects are switched while the emulator runs", async () => {
  const { control, create, api } = await openSession();
  const id = await create({ description: "old" });
  const { body } = await control("PUT", "/dialects", { clear: "ignored" });
  expect(body).toMatchObject({ clear: "ignored", omitted: "keeps" });
  await api("PUT", `/scheduled-tasks/${id}`, { description: "" });
  expect((await control("GET", "/state")).body.tasks).toMatchObject([{ description: "old" }]);
});

test.each<[string, string, unknown, number, string]>([
  ["GET", "/nothing", undefined, 404, "GET /_emulator/nothing is unknown"],
  ["POST", "/state", undefined, 404, "POST /_emulator/state is unknown"],
  ["PUT", "/dialects", { clear: "no" }, 400, 'dialect "clear" cannot be "no"; allowed are clears, ignored'],
  ["PUT", "/clock", { now: "tomorrow" }, 400, "clock.now must be an instant such as 2026-12-01T00:00:00Z"],
  ["PUT", "/clock", { advanceSeconds: -1 }, 400, "clock.advanceSeconds must be a number of at least 0"],
  ["PUT", "/clock", {}, 400, "clock: give now or advanceSeconds"],
  ["PUT", "/clock", { at: 1 }, 400, 'clock: "at" is unknown; allowed are now, advanceSeconds'],
  ["PUT", "/limit", { calls: 1 }, 400, "limit.perSeconds must be a number of at least 1"],
  ["PUT", "/failing", {}, 400, "failing.desktop_ids must be a list"],
  [
    "POST",
    "/trigger",
    { life_cycle_type: "X" },
    400,
    expect.stringContaining("must be one of POST_CREATE_DESKTOP_SUCCESS"),
  ],
  ["POST", "/tasks", "{", 400, "The request message is not JSON"],
])("control answers %s %s %p with an error", async (method, path, sent, status, error_msg) => {
  const { control } = await openSession();
  expect(await control(method, path, sent)).toMatchObject({ status, body: { error_msg } });
});

test("close cuts idle connections, hanging requests and those that wait, and frees the port", async () => {
  const { emulator, api, control } = await openSession({ latencyMs: 60_000 });
  await control("GET", "/state");
  const waiting = api("GET", list).catch((error: Error) => error.message);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await emulator.close();
  expect(await waiting).toBe("fetch failed");
  const refused = await new Promise<NodeJS.ErrnoException>((resolve) => {
    connect(Number(new URL(emulator.url).port), "127.0.0.1").once("error", resolve);
  });
  expect(refused.code).toBe("ECONNREFUSED");
});

test("a taken port is an error", async () => {
  const { emulator } = await openSession();
  await expect(openSession({ port: Number(new URL(emulator.url).port) })).rejects.toThrow("EADDRINUSE");
});
