import { closeSessions, dailyStop, openSession, type Session } from "./fixtures/session";

let session: Session;
beforeAll(async () => {
  session = await openSession();
  await session.control("PUT", "/clock", { now: "2026-06-15T00:00:00Z" });
});
afterAll(closeSessions);

const script = { task_type: "EXECUTE_SCRIPT" };
const once = { scheduled_type: "FIXED_TIME", scheduled_date: "2026-06-15", day_interval: undefined };
const month = { scheduled_type: "MONTH", month_list: "1,2", date_list: "31", day_interval: undefined };
const trigger = {
  scheduled_type: "LIFE_CYCLE",
  life_cycle_type: "POST_DESKTOP_DISCONNECTED",
  day_interval: undefined,
  scheduled_time: undefined,
};

/** What is wrong, the fields that make the daily stop wrong, the code, the message. */
const creates: [string, object, string, string][] = [
  ["an unknown field", { colour: "red" }, "WKS.00170002", "The parameter colour is unknown"],
  ["enable", { enable: true }, "WKS.00170002", "The parameter enable is unknown"],
  ["priority", { priority: 1 }, "WKS.00170002", "The parameter priority is unknown"],
  ["is_gray", { ...script, is_gray: true }, "WKS.00170002", "The parameter is_gray is unknown"],
  [
    "the verb",
    { apply_object_update_type: "FULL_COVERAGE" },
    "WKS.00170002",
    "The parameter apply_object_update_type is unknown",
  ],
  [
    "a string for a number",
    { day_interval: "1" },
    "WKS.00170003",
    "The value of day_interval is invalid: must be an integer",
  ],
  ["half a day", { day_interval: 1.5 }, "WKS.00170003", "The value of day_interval is invalid: must be an integer"],
  [
    "a number for a string",
    { description: 1 },
    "WKS.00170003",
    "The value of description is invalid: must be a string",
  ],
  ["null", { description: null }, "WKS.00170003", "The value of description is invalid: must be a string"],
  [
    "a string for a boolean",
    { force_execute: "true" },
    "WKS.00170003",
    "The value of force_execute is invalid: must be true or false",
  ],
  [
    "an object for a list",
    { apply_objects: {} },
    "WKS.00170003",
    "The value of apply_objects is invalid: must be an array",
  ],
  [
    "weekday 0",
    week("0"),
    "WKS.00170003",
    "The value of week_list is invalid: must be a comma list of 1 (Sunday) to 7 (Saturday), such as 1,2,7",
  ],
  [
    "weekday 8",
    week("8"),
    "WKS.00170003",
    "The value of week_list is invalid: must be a comma list of 1 (Sunday) to 7 (Saturday), such as 1,2,7",
  ],
  [
    "a weekday by name",
    week("MON"),
    "WKS.00170003",
    "The value of week_list is invalid: must be a comma list of 1 (Sunday) to 7 (Saturday), such as 1,2,7",
  ],
  [
    "a weekday twice",
    week("1,1"),
    "WKS.00170003",
    "The value of week_list is invalid: must be a comma list of 1 (Sunday) to 7 (Saturday), such as 1,2,7",
  ],
  [
    "a space in a list",
    week("1, 2"),
    "WKS.00170003",
    "The value of week_list is invalid: must be a comma list of 1 (Sunday) to 7 (Saturday), such as 1,2,7",
  ],
  [
    "month 13",
    { ...month, month_list: "13" },
    "WKS.00170003",
    "The value of month_list is invalid: must be a comma list of 1 to 12, such as 1,3,12",
  ],
  [
    "date 32",
    { ...month, date_list: "32" },
    "WKS.00170003",
    "The value of date_list is invalid: must be a comma list of 1 to 31 or L, such as 1,2,28,L",
  ],
  [
    "a MONTH set that never fires",
    { ...month, month_list: "2,4", date_list: "31" },
    "WKS.00170003",
    "The value of date_list is invalid: none of these dates is in the months 2,4",
  ],
  [
    "25 o'clock",
    { scheduled_time: "25:00:00" },
    "WKS.00170003",
    "The value of scheduled_time is invalid: must be a time of day, HH:mm:ss",
  ],
  [
    "a time without seconds",
    { scheduled_time: "10:00" },
    "WKS.00170003",
    "The value of scheduled_time is invalid: must be a time of day, HH:mm:ss",
  ],
  [
    "31 April",
    { ...once, scheduled_date: "2027-04-31" },
    "WKS.00170003",
    "The value of scheduled_date is invalid: must be a date of the calendar, yyyy-MM-dd",
  ],
  [
    "an ISO instant as expire_time",
    { expire_time: "2027-01-01T00:00:00Z" },
    "WKS.00170003",
    "The value of expire_time is invalid: must be a date and time, yyyy-MM-dd HH:mm:ss",
  ],
  [
    "zone Paris",
    { time_zone: "Paris" },
    "WKS.00170003",
    "The value of time_zone is invalid: must be the name of a time zone, such as Asia/Shanghai",
  ],
  [
    "a zone by offset",
    { time_zone: "+08:00" },
    "WKS.00170003",
    "The value of time_zone is invalid: must be the name of a time zone, such as Asia/Shanghai",
  ],
  [
    "a zone in small letters",
    { time_zone: "asia/shanghai" },
    "WKS.00170003",
    "The value of time_zone is invalid: must be the name of a time zone, such as Asia/Shanghai",
  ],
  [
    "extra_params that is no JSON",
    { extra_params: "{" },
    "WKS.00170003",
    "The value of extra_params is invalid: must be JSON",
  ],
  [
    "an unknown task type",
    { task_type: "STAND" },
    "WKS.00170003",
    "The value of task_type is invalid: must be one of START, STOP, REBOOT, HIBERNATE, REBUILD, EXECUTE_SCRIPT, CREATE_SNAPSHOT",
  ],
  [
    "an unknown schedule type",
    { scheduled_type: "YEAR" },
    "WKS.00170003",
    "The value of scheduled_type is invalid: must be one of FIXED_TIME, DAY, WEEK, MONTH, LIFE_CYCLE",
  ],
  [
    "a target of unknown type",
    { apply_objects: [{ object_type: "ROOM", object_id: "1" }] },
    "WKS.00170003",
    "The value of apply_objects[0].object_type is invalid: must be one of DESKTOP, DESKTOP_POOL, ALL_DESKTOPS, DESKTOP_TAG",
  ],
  [
    "an unknown field of a target",
    { apply_objects: [{ object_type: "DESKTOP", object_id: "1", id: "1" }] },
    "WKS.00170002",
    "The parameter apply_objects[0].id is unknown",
  ],
  [
    "a target without id",
    { apply_objects: [{ object_type: "DESKTOP" }] },
    "WKS.00170004",
    "The parameter apply_objects[0].object_id is required: only ALL_DESKTOPS goes without",
  ],
  [
    "a target without type",
    { apply_objects: [{ object_id: "1" }] },
    "WKS.00170004",
    "The parameter apply_objects[0].object_type is required: it says what object_id names",
  ],
  [
    "a target that is a string",
    { apply_objects: ["d-1"] },
    "WKS.00170003",
    "The value of apply_objects[0] is invalid: must be an object",
  ],
  ["no name", { task_name: undefined }, "WKS.00170004", "The parameter task_name is required: a task has a name"],
  [
    "no task type",
    { task_type: undefined },
    "WKS.00170004",
    "The parameter task_type is required: it says what the task does",
  ],
  [
    "no schedule type",
    { scheduled_type: undefined },
    "WKS.00170004",
    "The parameter scheduled_type is required: it says when the task runs",
  ],
  [
    "DAY without day_interval",
    { day_interval: undefined },
    "WKS.00170004",
    "The parameter day_interval is required: scheduled_type DAY needs it",
  ],
  [
    "DAY without scheduled_time",
    { scheduled_time: "" },
    "WKS.00170004",
    "The parameter scheduled_time is required: scheduled_type DAY needs it",
  ],
  [
    "WEEK without week_list",
    { scheduled_type: "WEEK" },
    "WKS.00170004",
    "The parameter week_list is required: scheduled_type WEEK needs it",
  ],
  [
    "MONTH without date_list",
    { ...month, date_list: undefined },
    "WKS.00170004",
    "The parameter date_list is required: scheduled_type MONTH needs it",
  ],
  [
    "FIXED_TIME without a date",
    { scheduled_type: "FIXED_TIME" },
    "WKS.00170004",
    "The parameter scheduled_date is required: scheduled_type FIXED_TIME needs it",
  ],
  [
    "LIFE_CYCLE without a trigger",
    { scheduled_type: "LIFE_CYCLE" },
    "WKS.00170004",
    "The parameter life_cycle_type is required: scheduled_type LIFE_CYCLE needs it",
  ],
  [
    "START with LIFE_CYCLE",
    { ...trigger, task_type: "START" },
    "WKS.00170005",
    "The task_type START is not allowed with scheduled_type LIFE_CYCLE",
  ],
  [
    "REBUILD with LIFE_CYCLE",
    { ...trigger, task_type: "REBUILD" },
    "WKS.00170005",
    "The task_type REBUILD is not allowed with scheduled_type LIFE_CYCLE",
  ],
  [
    "gray fields on STOP",
    { gray_count: 1 },
    "WKS.00170005",
    "The parameter gray_count is allowed with task_type EXECUTE_SCRIPT only",
  ],
  [
    "a time of day that has passed",
    { ...once, scheduled_time: "08:00:00" },
    "WKS.00170006",
    "The scheduled time is in the past",
  ],
];

function week(list: string): object {
  return { scheduled_type: "WEEK", week_list: list, day_interval: undefined };
}

test.each(creates)("create refuses %s", async (_, fields, code, message) => {
  const { status, body } = await session.api("POST", "/scheduled-tasks", { ...dailyStop, ...fields });
  expect({ status, body }).toEqual({ status: 400, body: { error_code: code, error_msg: message } });
});

test.each<[string, object]>([
  ["a FIXED_TIME later today, in the task's own zone", { ...once, scheduled_time: "08:00:01" }],
  ["empty optional texts", { description: "", expire_time: "", time_zone: "", extra_params: "" }],
  ["29 February", { ...month, month_list: "2", date_list: "29" }],
  ["L beside numbers", { ...month, date_list: "1,L" }],
])("create accepts %s", async (_, fields) => {
  expect((await session.api("POST", "/scheduled-tasks", { ...dailyStop, ...fields })).status).toBe(200);
});

const updates: [string, object, string, string][] = [
  ["task_type", { task_type: "START" }, "WKS.00170002", "The parameter task_type is unknown"],
  [
    "an unknown verb",
    { apply_object_update_type: "ADD" },
    "WKS.00170003",
    "The value of apply_object_update_type is invalid: must be one of FULL_COVERAGE, CLEAR_ALL",
  ],
  [
    "FULL_COVERAGE without targets",
    { apply_object_update_type: "FULL_COVERAGE" },
    "WKS.00170004",
    "The parameter apply_objects is required: FULL_COVERAGE replaces the whole set",
  ],
  [
    "CLEAR_ALL with targets",
    { apply_object_update_type: "CLEAR_ALL", apply_objects: dailyStop.apply_objects },
    "WKS.00170005",
    "The parameter apply_objects is not allowed with CLEAR_ALL",
  ],
  [
    "WEEK without week_list anywhere",
    { scheduled_type: "WEEK" },
    "WKS.00170004",
    "The parameter week_list is required: scheduled_type WEEK needs it",
  ],
  [
    "clearing what the type requires",
    { scheduled_time: "" },
    "WKS.00170004",
    "The parameter scheduled_time is required: scheduled_type DAY needs it",
  ],
  [
    "is_gray on STOP",
    { is_gray: true },
    "WKS.00170005",
    "The parameter is_gray is allowed with task_type EXECUTE_SCRIPT only",
  ],
  [
    "a date in the past",
    { scheduled_type: "FIXED_TIME", scheduled_date: "2026-06-14" },
    "WKS.00170006",
    "The scheduled time is in the past",
  ],
];

test.each(updates)("update refuses %s, and changes nothing", async (_, fields, code, message) => {
  const id = await session.create();
  const before = (await session.api("GET", `/scheduled-tasks/${id}`)).body;
  const { status, body } = await session.api("PUT", `/scheduled-tasks/${id}`, fields);
  expect({ status, body }).toEqual({ status: 400, body: { error_code: code, error_msg: message } });
  expect((await session.api("GET", `/scheduled-tasks/${id}`)).body).toEqual(before);
});

test("a FIXED_TIME task that has run takes an update that leaves date and time alone, and refuses its old time", async () => {
  const { api, control, create } = await openSession();
  await control("PUT", "/clock", { now: "2026-06-15T00:00:00Z" });
  const id = await create(once);
  await control("PUT", "/clock", { advanceSeconds: 86_400 });
  expect((await api("PUT", `/scheduled-tasks/${id}`, { description: "ran" })).status).toBe(200);
  const { body } = await api("PUT", `/scheduled-tasks/${id}`, { scheduled_time: "10:00:00" });
  expect(body).toEqual({ error_code: "WKS.00170006", error_msg: "The scheduled time is in the past" });
});

const missing = { error_code: "WKS.00170404", error_msg: "The scheduled task does not exist" };
const noSuchApi = { error_code: "APIGW.0101", error_msg: "The API does not exist", request_id: expect.any(String) };

test.each<[string, string, string, unknown, number, object]>([
  ["detail of an unknown task", "GET", "/scheduled-tasks/x", undefined, 404, missing],
  ["update of an unknown task", "PUT", "/scheduled-tasks/x", {}, 404, missing],
  ["delete of an unknown task", "DELETE", "/scheduled-tasks/x", undefined, 404, missing],
  ["records of an unknown task", "GET", "/scheduled-tasks/x/records", undefined, 404, missing],
  ["export of an unknown task", "POST", "/scheduled-tasks/x/records/export", undefined, 404, missing],
  ["an unknown path", "GET", "/scheduled-task", undefined, 404, noSuchApi],
  ["a slash at the end", "GET", "/scheduled-tasks/", undefined, 404, noSuchApi],
  [
    "a method the path does not have",
    "PATCH",
    "/scheduled-tasks/x",
    {},
    405,
    { ...noSuchApi, error_msg: "The API does not have the method PATCH" },
  ],
  [
    "no body",
    "POST",
    "/scheduled-tasks",
    undefined,
    400,
    { error_code: "WKS.0001", error_msg: "The request message is empty" },
  ],
  [
    "broken JSON",
    "POST",
    "/scheduled-tasks",
    "{",
    400,
    { error_code: "WKS.00170001", error_msg: "The request message is not JSON" },
  ],
  [
    "a list as body",
    "POST",
    "/scheduled-tasks",
    [],
    400,
    { error_code: "WKS.00170001", error_msg: "The request message is not a JSON object" },
  ],
  [
    "a body where none belongs",
    "DELETE",
    "/scheduled-tasks/x",
    {},
    400,
    { error_code: "WKS.00170001", error_msg: "The request must not have a body" },
  ],
  [
    "an unknown query parameter",
    "GET",
    "/scheduled-tasks?offset=0&limit=1&name=x",
    undefined,
    400,
    { error_code: "WKS.00170002", error_msg: "The parameter name is unknown" },
  ],
  [
    "a query parameter given twice",
    "GET",
    "/scheduled-tasks?offset=0&limit=1&limit=2",
    undefined,
    400,
    { error_code: "WKS.00170003", error_msg: "The value of limit is invalid: must be given once" },
  ],
  [
    "a list without limit",
    "GET",
    "/scheduled-tasks?offset=0",
    undefined,
    400,
    { error_code: "WKS.00170004", error_msg: "The parameter limit is required: the query must hold it" },
  ],
  [
    "a list without offset",
    "GET",
    "/scheduled-tasks?limit=0",
    undefined,
    400,
    { error_code: "WKS.00170004", error_msg: "The parameter offset is required: the query must hold it" },
  ],
  [
    "a negative offset",
    "GET",
    "/scheduled-tasks?offset=-1&limit=1",
    undefined,
    400,
    { error_code: "WKS.00170003", error_msg: "The value of offset is invalid: must be an integer" },
  ],
  [
    "an unknown last_status",
    "GET",
    "/scheduled-tasks?offset=0&limit=1&last_status=OK",
    undefined,
    400,
    {
      error_code: "WKS.00170003",
      error_msg: "The value of last_status is invalid: must be one of SUCCESS, SKIP, FAIL",
    },
  ],
  [
    "an export in an unknown zone",
    "POST",
    "/scheduled-tasks/x/records/export?time_zone=Paris",
    undefined,
    400,
    {
      error_code: "WKS.00170003",
      error_msg: "The value of time_zone is invalid: must be the name of a time zone, such as Asia/Shanghai",
    },
  ],
  [
    "batch-delete without ids",
    "POST",
    "/scheduled-tasks/batch-delete",
    {},
    400,
    { error_code: "WKS.00170004", error_msg: "The parameter task_ids is required: it names the tasks to delete" },
  ],
  [
    "an unknown trigger of configurations",
    "GET",
    "/scheduled-tasks/life-cycle-type/configurations?type=X",
    undefined,
    400,
    { error_code: "WKS.00170003", error_msg: expect.stringContaining("must be one of POST_CREATE_DESKTOP_SUCCESS") },
  ],
  [
    "future executions without a type",
    "POST",
    "/scheduled-tasks/future-executions",
    {},
    400,
    {
      error_code: "WKS.00170004",
      error_msg: "The parameter scheduled_type is required: without it the other schedule fields mean nothing",
    },
  ],
  [
    "future executions of a named task",
    "POST",
    "/scheduled-tasks/future-executions",
    { task_name: "x" },
    400,
    { error_code: "WKS.00170002", error_msg: "The parameter task_name is unknown" },
  ],
  [
    "an unknown agency scene",
    "POST",
    "/agencies",
    { scene: "HOME" },
    400,
    { error_code: "WKS.00170003", error_msg: expect.stringContaining("must be one of WORKSPACE") },
  ],
])("refuses %s", async (_, method, path, sent, expectedStatus, expectedBody) => {
  const { status, body, headers } = await session.api(method, path, sent);
  expect({ status, body }).toEqual({ status: expectedStatus, body: expectedBody });
  if ("request_id" in body) expect(body.request_id).toBe(headers.get("X-Request-Id"));
});

test("details of an unknown record are refused like an unknown task", async () => {
  const id = await session.create();
  const { status, body } = await session.api("GET", `/scheduled-tasks/${id}/records/x?offset=0&limit=10`);
  expect(status).toBe(404);
  expect(body).toEqual({ error_code: "WKS.00170404", error_msg: "The scheduled task record does not exist" });
});

test("a path that is no API of another version is refused by the gateway", async () => {
  const response = await fetch(`${session.emulator.url}/v1/p/scheduled-tasks`);
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual(noSuchApi);
});
