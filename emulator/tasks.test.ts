import { closeSessions, dailyStop, openSession } from "./fixtures/session";

afterEach(closeSessions);

const list = "/scheduled-tasks?offset=0&limit=50";
const trigger = {
  task_name: "on disconnect",
  task_type: "STOP",
  scheduled_type: "LIFE_CYCLE",
  life_cycle_type: "POST_DESKTOP_DISCONNECTED",
};

test("create answers 200 with the id as task_id only", async () => {
  const { api } = await openSession();
  const { status, body } = await api("POST", "/scheduled-tasks", dailyStop);
  expect(status).toBe(200);
  expect(body).toEqual({ task_id: expect.any(String) });
});

test("detail calls the id id, adds object_name, and lacks enable, priority and is_gray", async () => {
  const { api, create } = await openSession();
  const id = await create();
  expect((await api("GET", `/scheduled-tasks/${id}`)).body).toEqual({
    ...dailyStop,
    id,
    force_execute: false,
    apply_objects: [{ object_type: "DESKTOP", object_id: "d-1", object_name: "name of d-1" }],
  });
});

test("the list has enable, last_status and next_execution_time, and lacks targets and times of day", async () => {
  const { api, control, create } = await openSession();
  await control("PUT", "/clock", { now: "2026-03-01T00:00:00Z" });
  const id = await create();
  expect((await api("GET", list)).body).toEqual({
    scheduled_tasks: [
      {
        id,
        task_name: "daily stop",
        task_type: "STOP",
        scheduled_type: "DAY",
        time_zone: "Asia/Shanghai",
        enable: true,
        last_status: "",
        next_execution_time: "2026-03-01 10:00:00",
      },
    ],
    total_count: 1,
  });
});

test("LIFE_CYCLE tasks are listed only when asked for by scheduled_type", async () => {
  const { api, create } = await openSession();
  const timed = await create();
  const triggered = await create({ ...trigger, day_interval: undefined });
  const ids = async (query: string) =>
    (await api("GET", `${list}${query}`)).body.scheduled_tasks.map((row: { id: string }) => row.id);
  expect(await ids("")).toEqual([timed]);
  expect(await ids("&life_cycle_type=POST_DESKTOP_DISCONNECTED")).toEqual([]);
  expect(await ids("&scheduled_type=LIFE_CYCLE")).toEqual([triggered]);
});

test("a LIFE_CYCLE task has the documented defaults of its group and shows a priority in the list only", async () => {
  const { api, create } = await openSession();
  const id = await create(trigger);
  await api("PUT", `/scheduled-tasks/${id}`, { priority: 7 });
  const detail = (await api("GET", `/scheduled-tasks/${id}`)).body;
  expect(detail).toMatchObject({ wait_time: 0, life_cycle_exec_period: 1440 });
  expect(detail).not.toHaveProperty("priority");
  const rows = (await api("GET", `${list}&scheduled_type=LIFE_CYCLE`)).body.scheduled_tasks;
  expect(rows).toMatchObject([{ priority: 7, wait_time: 0, life_cycle_exec_period: 1440, next_execution_time: "" }]);
});

test("task_name filters by a part of the name, the other filters by the whole value", async () => {
  const { api, create } = await openSession();
  await create({ task_name: "evening stop" });
  await create({ task_name: "morning start", task_type: "START" });
  const names = async (query: string) =>
    (await api("GET", `${list}&${query}`)).body.scheduled_tasks.map((row: { task_name: string }) => row.task_name);
  expect(await names("task_name=ning")).toEqual(["evening stop", "morning start"]);
  expect(await names("task_name=even")).toEqual(["evening stop"]);
  expect(await names("task_type=START")).toEqual(["morning start"]);
  expect(await names("task_type=STAR")).toEqual([]);
  expect(await names("last_status=SUCCESS")).toEqual([]);
});

test("offset is a record index, also beyond 50, and total_count counts all", async () => {
  const { api, create } = await openSession();
  const ids: string[] = [];
  for (let n = 0; n < 53; n++) ids.push(await create({ task_name: `t${n}` }));
  const { body } = await api("GET", "/scheduled-tasks?offset=51&limit=50");
  expect(body.scheduled_tasks.map((row: { id: string }) => row.id)).toEqual(ids.slice(51));
  expect(body.total_count).toBe(53);
});

test("update answers 200 without a body and changes what was sent only", async () => {
  const { api, control, create } = await openSession();
  const id = await create({ description: "old" });
  const [before] = (await control("GET", "/state")).body.tasks;
  const { status, body } = await api("PUT", `/scheduled-tasks/${id}`, { description: "new", enable: false });
  expect({ status, body }).toEqual({ status: 200, body: "" });
  expect((await control("GET", "/state")).body.tasks).toEqual([{ ...before, description: "new", enable: false }]);
});

test("a change of type drops the old type's fields", async () => {
  const { api, control, create } = await openSession();
  const id = await create();
  await api("PUT", `/scheduled-tasks/${id}`, { scheduled_type: "WEEK", week_list: "1,7" });
  const [task] = (await control("GET", "/state")).body.tasks;
  expect(task).toMatchObject({ scheduled_type: "WEEK", week_list: "1,7", scheduled_time: "10:00:00" });
  expect(task).not.toHaveProperty("day_interval");
});

test("CLEAR_ALL empties the targets, FULL_COVERAGE replaces them", async () => {
  const { api, control, create } = await openSession();
  const id = await create();
  const targets = async () => (await control("GET", "/state")).body.tasks[0].apply_objects;
  const pool = { object_type: "DESKTOP_POOL", object_id: "p" };
  await api("PUT", `/scheduled-tasks/${id}`, { apply_object_update_type: "FULL_COVERAGE", apply_objects: [pool] });
  expect(await targets()).toEqual([pool]);
  await api("PUT", `/scheduled-tasks/${id}`, { apply_object_update_type: "CLEAR_ALL" });
  expect(await targets()).toEqual([]);
});

test("object_name is ignored on write, a target named twice is one target", async () => {
  const { control, create } = await openSession();
  const target = { object_type: "DESKTOP", object_id: "d" };
  await create({ apply_objects: [{ ...target, object_name: "mine" }, target, { object_type: "ALL_DESKTOPS" }] });
  expect((await control("GET", "/state")).body.tasks[0].apply_objects).toEqual([
    target,
    { object_type: "ALL_DESKTOPS" },
  ]);
});

test("leaving gray mode clears the gray fields", async () => {
  const { api, control, create } = await openSession();
  const id = await create({ task_type: "EXECUTE_SCRIPT", gray_count: 3, gray_fail_threshold: 2 });
  await api("PUT", `/scheduled-tasks/${id}`, { is_gray: true });
  expect((await control("GET", "/state")).body.tasks[0]).toMatchObject({ is_gray: true, gray_count: 3 });
  await api("PUT", `/scheduled-tasks/${id}`, { is_gray: false });
  const [task] = (await control("GET", "/state")).body.tasks;
  expect(task).not.toHaveProperty("gray_count");
  expect(task).not.toHaveProperty("gray_fail_threshold");
});

test("delete answers 200 without a body, and the task is gone", async () => {
  const { api, create } = await openSession();
  const id = await create();
  const { status, body } = await api("DELETE", `/scheduled-tasks/${id}`);
  expect({ status, body }).toEqual({ status: 200, body: "" });
  expect((await api("GET", `/scheduled-tasks/${id}`)).status).toBe(404);
});

test("batch-delete deletes all it names", async () => {
  const { api, control, create } = await openSession();
  const ids = [await create(), await create()];
  const kept = await create();
  expect((await api("POST", "/scheduled-tasks/batch-delete", { task_ids: ids })).status).toBe(200);
  expect((await control("GET", "/state")).body.tasks).toMatchObject([{ id: kept }]);
});

test("batch-delete with an unknown id deletes nothing", async () => {
  const { api, control, create } = await openSession();
  const id = await create();
  const { status, body } = await api("POST", "/scheduled-tasks/batch-delete", { task_ids: [id, "nope"] });
  expect(status).toBe(404);
  expect(body).toEqual({ error_code: "WKS.00170404", error_msg: "The scheduled task does not exist" });
  expect((await control("GET", "/state")).body.tasks).toHaveLength(1);
});

test("tasks of one project are not seen from another", async () => {
  const { emulator, create } = await openSession();
  const id = await create();
  const elsewhere = await fetch(`${emulator.url}/v2/another/scheduled-tasks/${id}`);
  expect(elsewhere.status).toBe(404);
});

test("every answer has a request id of its own", async () => {
  const { api } = await openSession();
  const ids = [await api("GET", list), await api("GET", "/nothing")].map(({ headers }) => headers.get("X-Request-Id"));
  expect(ids).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)]);
  expect(ids[0]).not.toBe(ids[1]);
});

test("time zones come with their offset, one by its exact name", async () => {
  const { api } = await openSession();
  const all = (await api("GET", "/common/timezones")).body.time_zones;
  expect(all.length).toBeGreaterThan(400);
  const { body } = await api("GET", "/common/timezones?time_zone_name=Asia/Shanghai");
  expect(body.time_zones).toMatchObject([{ time_zone_name: "Asia/Shanghai", time_zone: "GMT+08:00" }]);
  const utc = (await api("GET", "/common/timezones?time_zone_name=UTC")).body.time_zones;
  expect(utc).toMatchObject([{ time_zone_name: "UTC", time_zone: "GMT+00:00" }]);
  expect((await api("GET", "/common/timezones?time_zone_name=Paris")).body.time_zones).toEqual([]);
});

test("life-cycle configurations name five triggers and four actions, one trigger on demand", async () => {
  const { api } = await openSession();
  const path = "/scheduled-tasks/life-cycle-type/configurations";
  const { body } = await api("GET", path);
  expect(Object.keys(body)).toHaveLength(5);
  const one = (await api("GET", `${path}?type=POST_DESKTOP_CANNOT_CONNECT`)).body;
  expect(Object.keys(one)).toEqual(["POST_DESKTOP_CANNOT_CONNECT"]);
  expect(one.POST_DESKTOP_CANNOT_CONNECT.actions.map(({ action }: { action: string }) => action)).toEqual([
    "STOP",
    "HIBERNATE",
    "REBOOT",
    "EXECUTE_SCRIPT",
  ]);
});

test("the agency is accepted without a body in the answer", async () => {
  const { api } = await openSession();
  const { status, body } = await api("POST", "/agencies", { scene: "WORKSPACE", action: "CREATE" });
  expect({ status, body }).toEqual({ status: 200, body: "" });
});

test("future executions are at most five, in the zone's own time", async () => {
  const { api, control } = await openSession();
  await control("PUT", "/clock", { now: "2026-10-30T00:00:00Z" });
  const { body } = await api("POST", "/scheduled-tasks/future-executions", {
    scheduled_type: "MONTH",
    month_list: "2,12",
    date_list: "29,L",
    scheduled_time: "02:30:00",
    time_zone: "America/New_York",
  });
  expect(body.future_executions).toEqual([
    "2026-12-29 02:30:00",
    "2026-12-31 02:30:00",
    "2027-02-28 02:30:00",
    "2027-12-29 02:30:00",
    "2027-12-31 02:30:00",
  ]);
});
