import { closeSessions, openSession } from "./fixtures/session";

afterEach(closeSessions);

const dayStart = "2026-12-01T00:00:00Z";
const daySeconds = 86_400;
const desktops = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ object_type: "DESKTOP", object_id: `d-${n + 1}` }));

/** An emulator at the start of a day, with one task; the daily stop runs an hour later. */
async function atDayStart(fields: object = {}) {
  const session = await openSession();
  await session.control("PUT", "/clock", { now: dayStart });
  const id = await session.create({ scheduled_time: "09:00:00", ...fields });
  const { api, control } = session;
  return {
    ...session,
    id,
    advance: (seconds: number) => control("PUT", "/clock", { advanceSeconds: seconds }),
    records: async (query = "") => (await api("GET", `/scheduled-tasks/${id}/records${query}`)).body,
    details: async (record: string, query = "?offset=0&limit=100") =>
      (await api("GET", `/scheduled-tasks/${id}/records/${record}${query}`)).body,
    row: async (query = "") => (await api("GET", `/scheduled-tasks?offset=0&limit=1${query}`)).body.scheduled_tasks[0],
  };
}

test("a due task runs when the clock advances, and leaves a record", async () => {
  const { advance, records, row } = await atDayStart();
  await advance(3599);
  expect(await records()).toEqual({ tasks_records: [], total_count: 0 });
  await advance(1);
  expect(await records()).toEqual({
    tasks_records: [
      {
        id: expect.any(String),
        start_time: "2026-12-01T01:00:00.000Z",
        task_type: "STOP",
        scheduled_type: "DAY",
        life_cycle_type: "",
        status: "SUCCESS",
        success_num: 1,
        failed_num: 0,
        skip_num: 0,
        time_zone: "Asia/Shanghai",
        expire_time: "",
        extra_params: "",
      },
    ],
    total_count: 1,
  });
  expect(await row()).toMatchObject({ last_status: "SUCCESS", next_execution_time: "2026-12-02 09:00:00" });
});

test("a jump runs all that was due, newest record first, ten a page unless asked otherwise", async () => {
  const { advance, records } = await atDayStart();
  await advance(30 * daySeconds);
  const { tasks_records, total_count } = await records();
  expect(total_count).toBe(30);
  expect(tasks_records).toHaveLength(10);
  expect(tasks_records[0].start_time).toBe("2026-12-30T01:00:00.000Z");
  expect((await records("?offset=29&limit=100")).tasks_records).toMatchObject([
    { start_time: "2026-12-01T01:00:00.000Z" },
  ]);
});

test("the virtual clock runs on, and due tasks run on any request", async () => {
  const { control, records } = await atDayStart({ scheduled_time: "08:00:01" });
  await control("PUT", "/clock", { now: "2026-12-01T00:00:00.900Z" });
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect((await records()).total_count).toBe(1);
});

test("a clock set back runs nothing by itself, and later runs come once more", async () => {
  const { advance, control, records } = await atDayStart();
  await advance(daySeconds);
  await control("PUT", "/clock", { now: dayStart });
  expect((await records()).total_count).toBe(1);
  await advance(daySeconds);
  expect((await records()).total_count).toBe(2);
});

test("a disabled task does not run and has no next time", async () => {
  const { api, id, advance, records, row } = await atDayStart();
  await api("PUT", `/scheduled-tasks/${id}`, { enable: false });
  expect(await row()).toMatchObject({ enable: false, next_execution_time: "" });
  await advance(3 * daySeconds);
  expect((await records()).total_count).toBe(0);
});

test("a FIXED_TIME task runs once", async () => {
  const fixed = { scheduled_type: "FIXED_TIME", scheduled_date: "2026-12-02", day_interval: undefined };
  const { advance, records, row } = await atDayStart(fixed);
  expect(await row()).toMatchObject({ next_execution_time: "2026-12-02 09:00:00" });
  await advance(400 * daySeconds);
  expect((await records()).total_count).toBe(1);
  expect(await row()).toMatchObject({ next_execution_time: "" });
});

test("details tell how each desktop fared", async () => {
  const { control, advance, records, details } = await atDayStart({ apply_objects: desktops(2) });
  await control("PUT", "/failing", { desktop_ids: ["d-2"] });
  await advance(3600);
  const [record] = (await records()).tasks_records;
  expect(record).toMatchObject({ status: "FAIL", success_num: 1, failed_num: 1, skip_num: 0 });
  const times = {
    start_time: "2026-12-01T01:00:00.000Z",
    end_time: "2026-12-01T01:00:01.000Z",
    time_zone: "Asia/Shanghai",
  };
  const own = { id: expect.any(String), record_id: record.id, ...times };
  expect(await details(record.id)).toEqual({
    tasks_records_details: [
      { ...own, desktop_id: "d-1", desktop_name: "name of d-1", exec_status: "SUCCESS" },
      {
        ...own,
        desktop_id: "d-2",
        desktop_name: "name of d-2",
        exec_status: "FAIL",
        result_code: "WKS.00170501",
        fail_reason: "The desktop does not respond",
      },
    ],
    total_count: 2,
  });
  expect((await details(record.id, "?offset=1&limit=1")).tasks_records_details).toMatchObject([{ desktop_id: "d-2" }]);
});

test("reset heals failing desktops", async () => {
  const { control, create, api, advance } = await atDayStart();
  await control("PUT", "/failing", { desktop_ids: ["d-1"] });
  await control("POST", "/reset");
  const id = await create({ scheduled_time: "09:00:00" });
  await advance(3600);
  const { body } = await api("GET", `/scheduled-tasks/${id}/records`);
  expect(body.tasks_records).toMatchObject([{ status: "SUCCESS", failed_num: 0 }]);
});

test("a pool, a tag and all desktops each stand for ten desktops", async () => {
  const targets = [
    { object_type: "DESKTOP_POOL", object_id: "sales" },
    { object_type: "DESKTOP_TAG", object_id: "night" },
    { object_type: "ALL_DESKTOPS" },
    { object_type: "DESKTOP", object_id: "sales-01" },
  ];
  const { advance, records, details } = await atDayStart({ apply_objects: targets });
  await advance(3600);
  const [record] = (await records()).tasks_records;
  expect(record).toMatchObject({ success_num: 30 });
  const ids = (await details(record.id)).tasks_records_details.map(
    ({ desktop_id }: { desktop_id: string }) => desktop_id,
  );
  expect(ids).toEqual(expect.arrayContaining(["sales-01", "sales-10", "night-05", "desktop-10"]));
});

test("a task without targets is skipped", async () => {
  const { advance, records, row } = await atDayStart({ apply_objects: [] });
  await advance(3600);
  expect((await records()).tasks_records).toMatchObject([{ status: "SKIP", success_num: 0, skip_num: 0 }]);
  expect(await row("&last_status=SKIP")).toMatchObject({ last_status: "SKIP" });
});

describe("a gray rollout of 10 desktops", () => {
  const script = { task_type: "EXECUTE_SCRIPT", apply_objects: desktops(10), gray_count: 3, gray_fail_threshold: 2 };

  async function rollout(fields: object, failing: string[], update: object = { is_gray: true }) {
    const { api, control, id, advance, records, details } = await atDayStart({ ...script, ...fields });
    await api("PUT", `/scheduled-tasks/${id}`, update);
    await control("PUT", "/failing", { desktop_ids: failing });
    await advance(3600);
    const [record] = (await records()).tasks_records;
    return { record, reached: (await details(record.id)).tasks_records_details.length };
  }

  test("stops after the first batch when as many fail as the threshold says", async () => {
    const { record, reached } = await rollout({}, ["d-1", "d-3"]);
    expect(record).toMatchObject({ status: "FAIL", success_num: 1, failed_num: 2, skip_num: 7 });
    expect(reached).toBe(3);
  });

  test("goes on when fewer fail", async () => {
    const { record, reached } = await rollout({}, ["d-1", "d-9", "d-10"]);
    expect(record).toMatchObject({ success_num: 7, failed_num: 3, skip_num: 0 });
    expect(reached).toBe(10);
  });

  test("takes gray_desktop_ids as first batch when there is no count", async () => {
    const { record } = await rollout({ gray_count: 0, gray_desktop_ids: ["d-9", "d-10", "other"] }, ["d-9", "d-10"]);
    expect(record).toMatchObject({ success_num: 0, failed_num: 2, skip_num: 8 });
  });

  test("takes gray_count before gray_desktop_ids", async () => {
    const { record } = await rollout({ gray_desktop_ids: ["d-9", "d-10"] }, ["d-9", "d-10"]);
    expect(record).toMatchObject({ success_num: 8, failed_num: 2, skip_num: 0 });
  });

  test("stops at the first failure without a threshold", async () => {
    const { record } = await rollout({ gray_fail_threshold: undefined }, ["d-2"]);
    expect(record).toMatchObject({ success_num: 2, failed_num: 1, skip_num: 7 });
  });

  test("has one batch of all when is_gray was not set", async () => {
    const { record } = await rollout({}, ["d-1", "d-3"], {});
    expect(record).toMatchObject({ success_num: 8, failed_num: 2, skip_num: 0 });
  });

  test("names its script run in record and details", async () => {
    const { api, id, advance, records, details } = await atDayStart(script);
    await advance(3600);
    const [record] = (await records()).tasks_records;
    expect(record).toMatchObject({ execute_task_id: expect.any(String), execute_object_type: "DESKTOP" });
    expect((await details(record.id)).tasks_records_details[0]).toMatchObject({ exec_script_id: expect.any(String) });
    expect((await api("GET", `/scheduled-tasks/${id}`)).status).toBe(200);
  });
});

describe("a trigger", () => {
  const onDisconnect = {
    scheduled_type: "LIFE_CYCLE",
    life_cycle_type: "POST_DESKTOP_DISCONNECTED",
    scheduled_time: undefined,
    day_interval: undefined,
    wait_time: 5,
  };
  const event = { life_cycle_type: "POST_DESKTOP_DISCONNECTED", desktop_id: "d-1" };

  test("runs the task on that desktop after its wait", async () => {
    const { control, advance, records } = await atDayStart(onDisconnect);
    await control("POST", "/trigger", event);
    await advance(299);
    expect((await records()).total_count).toBe(0);
    await advance(1);
    expect((await records()).tasks_records).toMatchObject([
      { life_cycle_type: "POST_DESKTOP_DISCONNECTED", scheduled_type: "LIFE_CYCLE", success_num: 1 },
    ]);
  });

  test.each([
    ["another event", { ...event, life_cycle_type: "POST_CREATE_DESKTOP_SUCCESS" }],
    ["another desktop", { ...event, desktop_id: "d-2" }],
  ])("leaves the task alone at %s", async (_, other) => {
    const { control, advance, records } = await atDayStart(onDisconnect);
    await control("POST", "/trigger", other);
    await advance(3600);
    expect((await records()).total_count).toBe(0);
  });
});

test("an export is CSV with times in the zone that was asked for", async () => {
  const { api, id, advance, records } = await atDayStart();
  await advance(3600);
  const [record] = (await records()).tasks_records;
  const { status, headers, body } = await api(
    "POST",
    `/scheduled-tasks/${id}/records/export?language=en-us&time_zone=Europe/Berlin`,
  );
  expect(status).toBe(200);
  expect(headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(body).toBe(
    `id,start_time,task_type,scheduled_type,status,success_num,failed_num,skip_num\n${record.id},2026-12-01 02:00:00,STOP,DAY,SUCCESS,1,0,0\n`,
  );
});
