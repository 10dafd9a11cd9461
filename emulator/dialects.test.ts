import { type Dialects, defaultDialects, dialects, parseDialects } from "./dialects";
import { closeSessions, dailyStop, openSession, type Session } from "./fixtures/session";

afterEach(closeSessions);

/** An emulator under some dialect, with one task of the given fields. */
async function withTask(values: Partial<Dialects>, fields: object = {}) {
  const session = await openSession({ dialects: values });
  const id = await session.create(fields);
  return {
    ...session,
    id,
    put: (body: object) => session.api("PUT", `/scheduled-tasks/${id}`, body),
    detail: async () => (await session.api("GET", `/scheduled-tasks/${id}`)).body,
    state: async () => (await session.control("GET", "/state")).body.tasks[0],
  };
}

const row = async ({ api }: Session) =>
  (await api("GET", "/scheduled-tasks?offset=0&limit=50")).body.scheduled_tasks[0];
const day = { day_interval: undefined };
const month = { ...day, scheduled_type: "MONTH", month_list: "12,1", date_list: "L,28,3" };
const targets = [
  { object_type: "DESKTOP_POOL", object_id: "b" },
  { object_type: "DESKTOP", object_id: "z" },
  { object_type: "DESKTOP_POOL", object_id: "a" },
];

test("the default of each dialect is its first value", () => {
  expect(defaultDialects).toEqual(Object.fromEntries(Object.entries(dialects).map(([name, [first]]) => [name, first])));
});

test("k=v,k=v is read", () => {
  expect(parseDialects("clear=ignored, lag=one-second")).toEqual({ clear: "ignored", lag: "one-second" });
});

test.each([
  ["clear=no", 'dialect "clear" cannot be "no"; allowed are clears, ignored'],
  ["klear=ignored", 'dialect "klear" is unknown; known are clear, omitted, '],
  ["clear", 'dialect "clear": write name=value'],
  ["", 'dialect "": write name=value'],
])("%p is refused with what is allowed", (text, message) => {
  expect(() => parseDialects(text)).toThrow(message);
});

test("clear=clears: an empty text or list clears", async () => {
  const { put, state } = await withTask({}, { description: "old", expire_time: "2030-01-01 00:00:00" });
  await put({ description: "", expire_time: "", apply_objects: [] });
  expect(await state()).toMatchObject({ description: "", expire_time: "", apply_objects: [] });
});

test("clear=ignored: an empty text or list leaves the field, CLEAR_ALL still clears", async () => {
  const { put, state } = await withTask({ clear: "ignored" }, { description: "old" });
  const full = { apply_object_update_type: "FULL_COVERAGE", apply_objects: [] };
  expect((await put({ description: "", task_name: "new", ...full })).status).toBe(200);
  expect(await state()).toMatchObject({ description: "old", task_name: "new", apply_objects: dailyStop.apply_objects });
  await put({ apply_object_update_type: "CLEAR_ALL" });
  expect(await state()).toMatchObject({ apply_objects: [] });
});

test("omitted=keeps: what a PUT leaves out stays", async () => {
  const { put, state } = await withTask({}, { description: "old", force_execute: true });
  await put({ enable: false });
  expect(await state()).toMatchObject({ description: "old", force_execute: true, enable: false });
});

test("omitted=resets: what a PUT leaves out falls to its default, but for what the task cannot do without", async () => {
  const { put, state, id } = await withTask({ omitted: "resets" }, { description: "old", force_execute: true });
  await put({ enable: false });
  await put({ expire_time: "2030-01-01 00:00:00" });
  expect(await state()).toEqual({
    id,
    task_name: "daily stop",
    task_type: "STOP",
    scheduled_type: "DAY",
    day_interval: 1,
    scheduled_time: "10:00:00",
    expire_time: "2030-01-01 00:00:00",
    enable: true,
    force_execute: false,
    apply_objects: [],
  });
});

test("omitted=resets with clear=ignored: an ignored clear is not an omission", async () => {
  const { put, state } = await withTask({ omitted: "resets", clear: "ignored" }, { description: "old" });
  await put({ description: "" });
  expect(await state()).toMatchObject({ description: "old", apply_objects: [] });
});

test.each([
  ["replace", [targets[1]]],
  ["add", [...dailyStop.apply_objects, targets[1]]],
] as const)("targets=%s: apply_objects without a type", async (value, expected) => {
  const { put, state } = await withTask({ targets: value });
  await put({ apply_objects: [targets[1]] });
  expect((await state()).apply_objects).toEqual(expected);
});

test("targets=add: FULL_COVERAGE replaces all the same", async () => {
  const { put, state } = await withTask({ targets: "add" });
  await put({ apply_object_update_type: "FULL_COVERAGE", apply_objects: [targets[0]] });
  expect((await state()).apply_objects).toEqual([targets[0]]);
});

test("verb=refused: apply_object_update_type is an unknown field", async () => {
  const { put } = await withTask({ verb: "refused" });
  const { status, body } = await put({ apply_object_update_type: "CLEAR_ALL" });
  expect(status).toBe(400);
  expect(body).toEqual({ error_code: "WKS.00170002", error_msg: "The parameter apply_object_update_type is unknown" });
});

test.each([
  ["as-sent", { month_list: "12,1", date_list: "L,28,3" }, ["b", "z", "a"]],
  ["sorted", { month_list: "1,12", date_list: "3,28,L" }, ["z", "a", "b"]],
] as const)("order=%s: lists of the detail", async (value, lists, ids) => {
  const { detail } = await withTask({ order: value }, { ...month, apply_objects: targets });
  const read = await detail();
  expect(read).toMatchObject(lists);
  expect(read.apply_objects.map(({ object_id }: { object_id: string }) => object_id)).toEqual(ids);
});

test("order=sorted: gray_desktop_ids and week_list", async () => {
  const fields = {
    ...day,
    task_type: "EXECUTE_SCRIPT",
    scheduled_type: "WEEK",
    week_list: "7,2",
    gray_desktop_ids: ["b", "a"],
  };
  const { detail } = await withTask({ order: "sorted" }, fields);
  expect(await detail()).toMatchObject({ week_list: "2,7", gray_desktop_ids: ["a", "b"] });
});

test("names=any: two tasks may share a name", async () => {
  const { create } = await withTask({});
  await expect(create()).resolves.toEqual(expect.any(String));
});

test("names=unique: a taken name is refused on create and update, one's own is not", async () => {
  const { api, create, put } = await withTask({ names: "unique" });
  const taken = { error_code: "WKS.00170007", error_msg: "The task name daily stop already exists" };
  expect((await api("POST", "/scheduled-tasks", dailyStop)).body).toEqual(taken);
  const other = await create({ task_name: "other" });
  const { status, body } = await api("PUT", `/scheduled-tasks/${other}`, { task_name: "daily stop" });
  expect({ status, body }).toEqual({ status: 400, body: taken });
  expect((await put({ task_name: "daily stop" })).status).toBe(200);
});

test.each([
  ["404", 404, { error_code: "WKS.00170404", error_msg: "The scheduled task does not exist" }],
  ["400", 400, { error_code: "WKS.00170400", error_msg: "Scheduled task gone is not found." }],
] as const)("missing=%s: detail, update, delete and records of an unknown id", async (value, status, body) => {
  const { api } = await openSession({ dialects: { missing: value } });
  const answers = [
    await api("GET", "/scheduled-tasks/gone"),
    await api("PUT", "/scheduled-tasks/gone", {}),
    await api("DELETE", "/scheduled-tasks/gone"),
    await api("GET", "/scheduled-tasks/gone/records"),
  ];
  for (const answer of answers) expect(answer).toMatchObject({ status, body });
});

test("lag=none: the list shows a change at once", async () => {
  const session = await withTask({});
  await session.put({ enable: false });
  expect(await row(session)).toMatchObject({ enable: false });
});

test("lag=one-second: create, update and delete reach the list a second later, the detail at once", async () => {
  jest.useFakeTimers({
    doNotFake: ["nextTick", "setImmediate", "setInterval", "setTimeout", "queueMicrotask"],
    now: 1e12,
  });
  try {
    const session = await withTask({ lag: "one-second" });
    expect(await row(session)).toBeUndefined();
    jest.setSystemTime(1e12 + 1000);
    expect(await row(session)).toMatchObject({ task_name: "daily stop" });
    await session.put({ task_name: "new" });
    jest.setSystemTime(1e12 + 1500);
    await session.put({ task_name: "newer" });
    expect(await session.detail()).toMatchObject({ task_name: "newer" });
    expect(await row(session)).toMatchObject({ task_name: "daily stop" });
    jest.setSystemTime(1e12 + 2000);
    expect(await row(session)).toMatchObject({ task_name: "new" });
    await session.api("DELETE", `/scheduled-tasks/${session.id}`);
    jest.setSystemTime(1e12 + 2999);
    expect(await row(session)).toMatchObject({ task_name: "newer" });
    jest.setSystemTime(1e12 + 3000);
    expect(await row(session)).toBeUndefined();
  } finally {
    jest.useRealTimers();
  }
});

test.each([
  ["as-sent", "09:00:00", "2030-01-01 12:00:00", "2026-07-01 09:00:00"],
  ["short", "09:00", "2030-01-01 12:00", "2026-07-01 09:00"],
  ["zoned", "09:00:00 GMT+02:00", "2030-01-01 12:00:00 GMT+01:00", "2026-07-01 09:00:00 GMT+02:00"],
] as const)("times=%s", async (value, time, expiry, next) => {
  const session = await openSession({ dialects: { times: value } });
  await session.control("PUT", "/clock", { now: "2026-07-01T00:00:00Z" });
  const fields = { scheduled_time: "09:00:00", expire_time: "2030-01-01 12:00:00", time_zone: "Europe/Berlin" };
  const id = await session.create(fields);
  const { body } = await session.api("GET", `/scheduled-tasks/${id}`);
  expect(body).toMatchObject({ scheduled_time: time, expire_time: expiry });
  expect(await row(session)).toMatchObject({ expire_time: expiry, next_execution_time: next });
});

test("times=short keeps seconds that are not zero", async () => {
  const { detail } = await withTask({ times: "short" }, { scheduled_time: "09:00:30" });
  expect(await detail()).toMatchObject({ scheduled_time: "09:00:30" });
});

test.each([
  ["enabled", true],
  ["disabled", false],
] as const)("born=%s", async (value, enable) => {
  expect(await row(await withTask({ born: value }))).toMatchObject({ enable });
});

test("bare=accepted: a task without targets is created", async () => {
  const { state } = await withTask({}, { apply_objects: undefined });
  expect(await state()).toMatchObject({ apply_objects: [] });
});

test.each([[undefined], [[]]])("bare=refused: a POST with apply_objects %p is refused", async (apply_objects) => {
  const { api } = await openSession({ dialects: { bare: "refused" } });
  const { status, body } = await api("POST", "/scheduled-tasks", { ...dailyStop, apply_objects });
  expect(status).toBe(400);
  expect(body).toEqual({
    error_code: "WKS.00170004",
    error_msg: "The parameter apply_objects is required: a task has at least one object",
  });
});

test("foreign=ignored: fields of another type are not stored", async () => {
  const { put, state } = await withTask({}, { week_list: "1", wait_time: 5 });
  await put({ month_list: "1", priority: 3 });
  const names = Object.keys(await state());
  expect(names.filter((name) => ["week_list", "wait_time", "month_list", "priority"].includes(name))).toEqual([]);
});

test("foreign=refused: a field of another type is refused on create and update", async () => {
  const { api, put } = await withTask({ foreign: "refused" });
  const created = await api("POST", "/scheduled-tasks", { ...dailyStop, week_list: "1" });
  expect(created.status).toBe(400);
  expect(created.body).toEqual({
    error_code: "WKS.00170005",
    error_msg: "The parameter week_list is not allowed with scheduled_type DAY",
  });
  const { status, body } = await put({ priority: 3 });
  expect(status).toBe(400);
  expect(body.error_msg).toBe("The parameter priority is not allowed with scheduled_type DAY");
});

test("foreign=stored: fields of another type are stored and shown, and outlive a change of type", async () => {
  const { put, detail } = await withTask({ foreign: "stored" }, { week_list: "1" });
  await put({ scheduled_type: "LIFE_CYCLE", life_cycle_type: "POST_DESKTOP_DISCONNECTED" });
  expect(await detail()).toMatchObject({ week_list: "1", day_interval: 1, scheduled_time: "10:00:00" });
});

test("foreign=stored: a stored date that has passed is refused when the type changes to it", async () => {
  const { put } = await withTask({ foreign: "stored" }, { scheduled_date: "2020-01-01" });
  const { body } = await put({ scheduled_type: "FIXED_TIME" });
  expect(body).toEqual({ error_code: "WKS.00170006", error_msg: "The scheduled time is in the past" });
});

test("last=refused: L beside numbers is refused, L alone is not", async () => {
  const { api, put } = await withTask({ last: "refused" }, { ...month, date_list: "L" });
  const { status, body } = await api("POST", "/scheduled-tasks", { ...dailyStop, ...month });
  expect({ status, body }).toEqual({
    status: 400,
    body: { error_code: "WKS.00170003", error_msg: "The value of date_list is invalid: L must stand alone" },
  });
  expect((await put({ date_list: "1,L" })).status).toBe(400);
});
