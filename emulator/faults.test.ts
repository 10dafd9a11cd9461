import { closeSessions, dailyStop, openSession, type Session } from "./fixtures/session";

afterEach(closeSessions);

const list = "/scheduled-tasks?offset=0&limit=50";

async function withFaults(...faults: object[]): Promise<Session> {
  const session = await openSession();
  expect((await session.control("PUT", "/faults", faults)).status).toBe(200);
  return session;
}

const statuses = async ({ api }: Session, count: number) => {
  const seen: number[] = [];
  for (let n = 0; n < count; n++) seen.push((await api("GET", list)).status);
  return seen;
};

const taskCount = async ({ control }: Session) => (await control("GET", "/state")).body.tasks.length;

test("nth strikes that request once", async () => {
  const session = await withFaults({ operation: "ListScheduledTasks", nth: 2, do: { status: 503 } });
  expect(await statuses(session, 4)).toEqual([200, 503, 200, 200]);
});

test("nth with times strikes the requests that follow too", async () => {
  const session = await withFaults({ operation: "*", nth: 2, times: 2, do: { status: 503 } });
  expect(await statuses(session, 5)).toEqual([200, 503, 503, 200, 200]);
});

test("every strikes each n-th, up to times", async () => {
  const session = await withFaults({ operation: "*", every: 2, times: 2, do: { status: 503 } });
  expect(await statuses(session, 7)).toEqual([200, 503, 200, 503, 200, 200, 200]);
});

test("with neither, every request is struck", async () => {
  expect(await statuses(await withFaults({ operation: "*", do: { status: 503 } }), 2)).toEqual([503, 503]);
});

test("other operations are not counted", async () => {
  const session = await withFaults({ operation: "ListScheduledTasks", nth: 1, do: { status: 503 } });
  await session.create();
  expect(await statuses(session, 1)).toEqual([503]);
});

test("an answer of one's own carries status, headers and body", async () => {
  const body = { error_code: "APIGW.0308", error_msg: "slow down" };
  const { api } = await withFaults({ operation: "*", do: { status: 429, headers: { "Retry-After": 7 }, body } });
  const answer = await api("GET", list);
  expect(answer).toMatchObject({ status: 429, body });
  expect(answer.headers.get("Retry-After")).toBe("7");
  expect(answer.headers.get("X-Request-Id")).toMatch(/^[0-9a-f]{32}$/);
});

test("a string body is sent as it is", async () => {
  const do_ = { status: 502, headers: { "Content-Type": "text/html" }, body: "<html>" };
  const { api } = await withFaults({ operation: "*", do: do_ });
  expect(await api("GET", list)).toMatchObject({ status: 502, body: "<html>" });
});

test.each([
  ["before", 0],
  ["after", 1],
] as const)("a reset %s processing leaves %d tasks, and no status in the log", async (when, tasks) => {
  const session = await withFaults({ operation: "CreateScheduledTasks", nth: 1, when, do: "reset" });
  await expect(session.api("POST", "/scheduled-tasks", dailyStop)).rejects.toThrow("fetch failed");
  expect(await taskCount(session)).toBe(tasks);
  expect((await session.control("GET", "/requests")).body.requests).toMatchObject([{ status: null, body: dailyStop }]);
});

test("when is before unless said otherwise", async () => {
  const session = await withFaults({ operation: "CreateScheduledTasks", nth: 1, do: { status: 500 } });
  expect((await session.api("POST", "/scheduled-tasks", dailyStop)).status).toBe(500);
  expect(await taskCount(session)).toBe(0);
});

test("an error status after processing hides a success", async () => {
  const session = await withFaults({ operation: "CreateScheduledTasks", nth: 1, when: "after", do: { status: 502 } });
  expect((await session.api("POST", "/scheduled-tasks", dailyStop)).status).toBe(502);
  expect(await taskCount(session)).toBe(1);
});

test("a hanging request is never answered, and counts as in flight until the client gives up", async () => {
  const { emulator, control } = await withFaults({ operation: "*", nth: 1, do: "hang" });
  const path = `${emulator.url}/v2/${emulator.projectId}${list}`;
  await expect(fetch(path, { signal: AbortSignal.timeout(100) })).rejects.toThrow("timeout");
  expect((await control("GET", "/requests")).body).toMatchObject({ maxInFlight: 1, requests: [{ status: null }] });
});

test("a delayed request is answered as usual", async () => {
  const session = await withFaults({ operation: "*", nth: 1, do: { delayMs: 150 } });
  const start = performance.now();
  expect(await statuses(session, 1)).toEqual([200]);
  expect(performance.now() - start).toBeGreaterThanOrEqual(145);
});

test.each([
  ["GET", list, undefined],
  ["DELETE", "/scheduled-tasks/ID", undefined],
])("a truncated answer to %s ends in the middle, after processing", async (method, path) => {
  const session = await withFaults({ operation: "*", nth: 2, do: "truncate" });
  const id = await session.create();
  await expect(session.api(method, path.replace("ID", id))).rejects.toThrow("terminated");
  expect(await taskCount(session)).toBe(method === "DELETE" ? 0 : 1);
});

test("the first fault that is due strikes, and all count", async () => {
  const session = await withFaults(
    { operation: "*", nth: 1, do: { status: 501 } },
    { operation: "*", nth: 1, do: { status: 502 } },
    { operation: "*", nth: 2, do: { status: 503 } },
  );
  expect(await statuses(session, 3)).toEqual([501, 503, 200]);
});

test.each<[unknown, string]>([
  [{}, "faults must be a list"],
  [
    [{ operation: "Create", do: "reset" }],
    'faults[0].operation "Create" is unknown; allowed are *, CreateScheduledTasks, ',
  ],
  [[{ operation: "*", nth: 1, every: 1, do: "reset" }], "faults[0]: give nth or every, not both"],
  [[{ operation: "*", nth: 0, do: "reset" }], "faults[0].nth must be a number of at least 1"],
  [[{ operation: "*", when: "later", do: "reset" }], 'faults[0].when must be "before" or "after"'],
  [[{ operation: "*", do: "explode" }], 'faults[0].do must be "reset", "hang", "truncate" or an object'],
  [[{ operation: "*", do: {} }], "faults[0].do.status must be a number of at least 200"],
  [[{ operation: "*", do: { status: 600 } }], "faults[0].do.status must be from 200 to 599"],
  [[{ operation: "*", do: { delayMs: 1, status: 500 } }], 'faults[0].do: "status" is unknown; allowed are delayMs'],
  [[{ operation: "*", to: 1 }], 'faults[0]: "to" is unknown; allowed are operation, nth, every, times, when, do'],
])("faults %j are refused", async (faults, message) => {
  const { control } = await openSession();
  const { status, body } = await control("PUT", "/faults", faults);
  expect(status).toBe(400);
  expect(body.error_msg).toContain(message);
});
