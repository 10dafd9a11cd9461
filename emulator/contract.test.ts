/**
 * The emulator against the facts of the API (fixtures/scheduled-tasks.json), by no table of the emulator's own: every
 * endpoint, every response field, every limit at its edges and one past them.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Answer, closeSessions, openSession, type Session } from "./fixtures/session";

interface Fact {
  name: string;
  type: string;
  required?: boolean;
  min?: number;
  max?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  enum?: string[];
  format?: string;
  default?: unknown;
}

interface Endpoint {
  operation: string;
  method: string;
  path: string;
  path_params: Fact[];
  query: Fact[];
  body: Fact[];
  body_required?: boolean;
  response: Fact[];
}

const facts = JSON.parse(readFileSync(join(__dirname, "fixtures/scheduled-tasks.json"), "utf8"));
const endpoints: Endpoint[] = facts.endpoints;
const fieldsOf = (type: string): Fact[] => facts.objects[type].fields;

let session: Session;
beforeAll(async () => {
  session = await openSession();
});
beforeEach(async () => {
  await session.control("POST", "/reset");
  await session.control("PUT", "/clock", { now: "2026-12-01T00:00:00Z" });
});
afterAll(closeSessions);

/** Calls an endpoint by its facts; `ids` fill the path after the project's. */
function call(
  { method, path }: Endpoint,
  ids: string[],
  query: Record<string, string>,
  body?: unknown,
): Promise<Answer> {
  const left = [...ids];
  const filled = path
    .replace("/v2/{project_id}", "")
    .replaceAll(/\{\w+\}/g, () => encodeURIComponent(left.shift() ?? "x"));
  const search = new URLSearchParams(query).toString();
  return session.api(method, search ? `${filled}?${search}` : filled, body);
}

const endpoint = (operation: string): Endpoint => {
  const found = endpoints.find((one) => one.operation === operation);
  if (!found) throw new Error(`no facts of ${operation}`);
  return found;
};

// --- bodies in which a field has its place

const desktop = { object_type: "DESKTOP", object_id: "d-1" };
const timed = { scheduled_time: "09:00:00", time_zone: "Asia/Shanghai" };
const schedules: Record<string, object> = {
  DAY: { ...timed, scheduled_type: "DAY", day_interval: 1 },
  WEEK: { ...timed, scheduled_type: "WEEK", week_list: "1,2,7" },
  MONTH: { ...timed, scheduled_type: "MONTH", month_list: "1,3,12", date_list: "1,2,28,L" },
  FIXED_TIME: { ...timed, scheduled_type: "FIXED_TIME", scheduled_date: "2027-01-31" },
  LIFE_CYCLE: { scheduled_type: "LIFE_CYCLE", life_cycle_type: "POST_CREATE_DESKTOP_SUCCESS" },
};
/** The schedule type that uses a field; DAY where any does. */
const typeOf: Record<string, string> = {
  week_list: "WEEK",
  month_list: "MONTH",
  date_list: "MONTH",
  scheduled_date: "FIXED_TIME",
  life_cycle_type: "LIFE_CYCLE",
  wait_time: "LIFE_CYCLE",
  life_cycle_exec_period: "LIFE_CYCLE",
  priority: "LIFE_CYCLE",
};
const isGray = (name: string) => name.includes("gray");

/** A type that has a place for the value: an empty one fits where the type can do without the field. */
function scheduleFor(name: string, value: unknown): object {
  // For scheduled_type itself the fields of all types at once, as the vendor's own example sends them.
  if (name === "scheduled_type") return Object.assign({}, ...Object.values(schedules));
  if (value === "") return schedules[name === "scheduled_time" ? "LIFE_CYCLE" : "DAY"] ?? {};
  return schedules[typeOf[name] ?? "DAY"] ?? {};
}

function taskFor(name: string, value?: unknown): object {
  const task_type = isGray(name) ? "EXECUTE_SCRIPT" : "STOP";
  return { task_name: "contract", task_type, apply_objects: [desktop], ...scheduleFor(name, value) };
}

/** Sends a value of a body field where nothing but that value can be wrong. */
async function sendField(one: Endpoint, name: string, value: unknown): Promise<Answer> {
  switch (one.operation) {
    case "CreateScheduledTasks":
      return call(one, [], {}, { ...taskFor(name, value), [name]: value });
    case "ListFutureExecutions":
      return call(one, [], {}, { ...scheduleFor(name, value), [name]: value });
    case "UpdateScheduledTasks": {
      const id = await session.create(name === "scheduled_type" ? {} : taskFor(name, value));
      const rest = name === "scheduled_type" ? scheduleFor(name, value) : {};
      const targets = value === "FULL_COVERAGE" ? { apply_objects: [desktop] } : {};
      return call(one, [id], {}, { ...rest, ...targets, [name]: value });
    }
    default:
      return call(one, [], {}, { [name]: value });
  }
}

// --- values at the edges

const jsonOfLength = (length: number) => JSON.stringify("x".repeat(length - 2));
const many = (count: number, item: (index: number) => unknown) =>
  Array.from({ length: count }, (_, index) => item(index));
const examples: Record<string, string> = {
  week_list: "1,2,7",
  month_list: "1,3,12",
  date_list: "1,2,28,L",
  scheduled_date: "2027-01-31",
  scheduled_time: "09:00:00",
  expire_time: "2027-12-31 23:59:59",
  time_zone: "Asia/Shanghai",
};

function edgesOf(fact: Fact): { good: unknown[]; bad: unknown[] } {
  const { name, type, min = 0, max = 0, minLength = 0, maxLength = 255, minItems = 0, maxItems = 0 } = fact;
  if (type === "integer") return { good: [min, max], bad: [min - 1, max + 1, min + 0.5, String(min), null] };
  if (type === "boolean") return { good: [true, false], bad: ["true", 1, null] };
  if (type === "array<ApplyObject>") {
    const target = (index: number) => ({ object_type: "DESKTOP", object_id: `d-${index}` });
    return { good: [many(minItems, target), many(maxItems, target)], bad: [many(maxItems + 1, target), {}, null] };
  }
  if (type === "array<string>") {
    const id = (index: number) => `d-${index}`;
    const lengths = { good: ["x".repeat(255)], bad: ["x".repeat(256)] };
    return {
      good: [many(minItems, id), many(maxItems, id), lengths.good],
      bad: [many(maxItems + 1, id), lengths.bad, [1], "d-1", null, ...(minItems > 0 ? [many(minItems - 1, id)] : [])],
    };
  }
  const tooLong = "x".repeat(maxLength + 1);
  const wrong = [tooLong, 1, null, ...(minLength > 0 ? [""] : [])];
  const empty = minLength === 0 && fact.minLength !== undefined ? [""] : [];
  if (fact.enum) {
    return { good: [...fact.enum, ...empty], bad: [...wrong, "NONE_OF_THEM", fact.enum[0]?.toLowerCase()] };
  }
  if (name === "extra_params")
    return { good: [jsonOfLength(maxLength), ""], bad: [...wrong, jsonOfLength(maxLength + 1)] };
  const example = examples[name];
  if (example !== undefined) return { good: [example, ...empty], bad: [...wrong, `${example} `, "nonsense"] };
  return { good: ["x".repeat(Math.max(minLength, 1)), "测".repeat(maxLength)], bad: wrong };
}

const short = (value: unknown) => {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 30)}… (${text.length} characters of JSON)` : text;
};

type Case = [string, string, string, Endpoint, Fact, unknown];
const bodyCases = (kind: "good" | "bad"): Case[] =>
  endpoints.flatMap((one) =>
    one.body.flatMap((fact) =>
      edgesOf(fact)[kind].map((value): Case => [one.operation, fact.name, short(value), one, fact, value]),
    ),
  );

// --- the tests

test("there are 13 endpoints, each known by its operation", async () => {
  expect(endpoints).toHaveLength(13);
  for (const one of endpoints) await call(one, [], {});
  const { requests } = (await session.control("GET", "/requests")).body;
  expect(requests.map(({ operation }: { operation: string }) => operation)).toEqual(
    endpoints.map(({ operation }) => operation),
  );
});

describe("limits of bodies", () => {
  test.each(bodyCases("good"))("%s accepts %s %s", async (operation, name, _, one, __, value) => {
    const { status } = await sendField(one, name, value);
    // Ids of no task pass the limits of batch-delete and are not found.
    expect(status).toBe(operation === "BatchDeleteScheduledTasks" ? 404 : 200);
  });

  test.each(bodyCases("bad"))("%s refuses %s %s", async (_, name, __, one, fact, value) => {
    const { status, body } = await sendField(one, name, value);
    expect(status).toBe(400);
    expect(body).toEqual({ error_code: "WKS.00170003", error_msg: expect.stringMatching(`^The value of ${name}`) });
    const limit = fact.max ?? fact.maxItems;
    if (value === (fact.max ?? Number.NaN) + 1 || (Array.isArray(value) && value.length > (fact.maxItems ?? 0))) {
      expect(body.error_msg).toContain(String(limit));
    }
    if (typeof value === "string" && value.length > (fact.maxLength ?? Number.POSITIVE_INFINITY)) {
      expect(body.error_msg).toContain(`${fact.maxLength} characters`);
    }
  });

  const names = [
    ...new Set([...endpoints.flatMap(({ body }) => body.map(({ name }) => name)), "last_status", "id", "colour"]),
  ];
  const strangers = endpoints
    .filter(({ body }) => body.length > 0)
    .flatMap((one) =>
      names
        .filter((name) => one.body.every((fact) => fact.name !== name))
        .map((name): [string, string, Endpoint] => [one.operation, name, one]),
    );

  test.each(strangers)("%s refuses %s, which is no field of it", async (_, name, one) => {
    const { status, body } = await sendField(one, name, "x");
    expect(status).toBe(400);
    expect(body).toEqual({ error_code: "WKS.00170002", error_msg: `The parameter ${name} is unknown` });
  });

  const needed = endpoints.flatMap((one) =>
    one.body.filter((fact) => fact.required).map(({ name }): [string, string, Endpoint] => [one.operation, name, one]),
  );

  test.each(needed)("%s refuses a body without %s", async (_, name, one) => {
    const { status, body } = await call(one, [], {}, { ...taskFor(name), [name]: undefined });
    expect(status).toBe(400);
    expect(body).toEqual({
      error_code: "WKS.00170004",
      error_msg: expect.stringMatching(`^The parameter ${name} is required`),
    });
  });

  test.each(endpoints.filter((one) => one.body_required).map((one): [string, Endpoint] => [one.operation, one]))(
    "%s refuses an empty body",
    async (_, one) => {
      const { status, body } = await call(one, [await session.create()], {});
      expect(status).toBe(400);
      expect(body).toEqual({ error_code: "WKS.0001", error_msg: "The request message is empty" });
    },
  );

  test.each(fieldsOf("ApplyObject").filter(({ minLength }) => minLength !== undefined))(
    "$name of a target has its limits",
    async ({ name, enum: values, minLength = 0, maxLength = 0 }) => {
      const status = async (value: string) =>
        (await sendField(endpoint("CreateScheduledTasks"), "apply_objects", [{ ...desktop, [name]: value }])).status;
      for (const value of values ?? ["x".repeat(minLength), "x".repeat(maxLength)])
        expect(await status(value)).toBe(200);
      for (const value of ["", "x".repeat(maxLength + 1)]) expect(await status(value)).toBe(400);
    },
  );
});

describe("limits of queries and paths", () => {
  /**
   * The offset of the list is documented as 0-50 in one schema and without a cap in another; clients page beyond it.
   */
  const uncapped = (one: Endpoint, { name }: Fact) => one.operation === "ListScheduledTasks" && name === "offset";

  function edges(one: Endpoint, fact: Fact): { good: string[]; bad: string[] } {
    if (fact.type === "integer") {
      const { min = 0, max } = fact;
      const capped = max !== undefined && !uncapped(one, fact);
      return {
        good: [String(min), String(max ?? 51), ...(capped ? [] : ["51"])],
        bad: [String(min - 1), "x", "1.5", "", ...(capped ? [String(max + 1)] : [])],
      };
    }
    if (fact.enum) return { good: fact.enum, bad: ["NONE_OF_THEM"] };
    if (fact.name === "time_zone") return { good: ["Asia/Shanghai"], bad: ["Paris"] };
    const length = fact.maxLength ?? 255;
    return { good: ["x".repeat(length)], bad: ["x".repeat(length + 1)] };
  }

  const cases = (kind: "good" | "bad") =>
    endpoints.flatMap((one) =>
      one.query.flatMap((fact) =>
        edges(one, fact)[kind].map((value): [string, string, string, Endpoint] => [
          one.operation,
          fact.name,
          value,
          one,
        ]),
      ),
    );

  async function sendQuery(one: Endpoint, name: string, value: string): Promise<Answer> {
    const id = await session.create({ scheduled_time: "09:00:00" });
    await session.control("PUT", "/clock", { advanceSeconds: 7200 });
    const [record] = (await session.api("GET", `/scheduled-tasks/${id}/records`)).body.tasks_records;
    const page = one.query.filter((fact) => fact.required).map((fact) => [fact.name, "0"]);
    return call(one, [id, record.id], { ...Object.fromEntries(page), [name]: value });
  }

  test.each(cases("good"))("%s accepts ?%s=%s", async (_, name, value, one) => {
    expect((await sendQuery(one, name, value)).status).toBe(200);
  });

  test.each(cases("bad"))("%s refuses ?%s=%s", async (_, name, value, one) => {
    const { status, body } = await sendQuery(one, name, value);
    expect(status).toBe(400);
    expect(body).toEqual({
      error_code: "WKS.00170003",
      error_msg: expect.stringMatching(`^The value of ${name} is invalid`),
    });
  });

  const needed = endpoints.flatMap((one) =>
    one.query.filter((fact) => fact.required).map(({ name }): [string, string, Endpoint] => [one.operation, name, one]),
  );

  test.each(needed)("%s refuses a query without %s", async (_, name, one) => {
    const rest = one.query.filter((fact) => fact.required && fact.name !== name).map((fact) => [fact.name, "0"]);
    const { status, body } = await call(one, [await session.create()], Object.fromEntries(rest));
    expect(status).toBe(400);
    expect(body.error_msg).toBe(`The parameter ${name} is required: the query must hold it`);
  });

  test.each(endpoints.map((one): [string, Endpoint] => [one.operation, one]))(
    "%s refuses an unknown parameter",
    async (_, one) => {
      const { status, body } = await call(one, [], { colour: "red" });
      expect(status).toBe(400);
      expect(body).toEqual({ error_code: "WKS.00170002", error_msg: "The parameter colour is unknown" });
    },
  );

  test.each(
    endpoints
      .filter(({ path_params }) => path_params.length > 1)
      .map((one): [string, Endpoint] => [one.operation, one]),
  )("%s takes ids of up to 255 characters", async (_, one) => {
    const page = Object.fromEntries(one.query.filter((fact) => fact.required).map((fact) => [fact.name, "0"]));
    const body = one.body_required ? {} : undefined;
    expect((await call(one, ["x".repeat(255)], page, body)).status).toBe(404);
    const { status, body: refusal } = await call(one, ["x".repeat(256)], page, body);
    expect(status).toBe(400);
    expect(refusal.error_msg).toBe("The value of the path is invalid: an id must have 1 to 255 characters");
  });
});

describe("responses", () => {
  /** Which fields of each type were seen; grows as answers are checked. */
  const seen = new Map<string, Set<string>>();

  /** Throws when a value is not of its documented type. */
  function check(value: unknown, type: string, path: string): void {
    const item = /^array<(\w+)>$/.exec(type)?.[1];
    const mapped = /^map<string,(\w+)>$/.exec(type)?.[1];
    if (item) {
      if (!Array.isArray(value)) throw new Error(`${path} is no array`);
      for (const [index, one] of value.entries()) check(one, item, `${path}[${index}]`);
    } else if (mapped) {
      for (const [key, one] of Object.entries(value ?? {})) check(one, mapped, `${path}.${key}`);
    } else if (
      type === "integer"
        ? !Number.isInteger(value)
        : type in facts.objects
          ? typeof value !== "object"
          : typeof value !== type
    ) {
      throw new Error(`${path} is ${JSON.stringify(value)}, not of type ${type}`);
    } else if (type in facts.objects) {
      checkFields(value, type, fieldsOf(type), path);
    }
  }

  function checkFields(value: unknown, type: string, fields: Fact[], path: string): void {
    const known = new Map(fields.map((fact) => [fact.name, fact]));
    const names = seen.get(type) ?? new Set();
    seen.set(type, names);
    for (const [name, one] of Object.entries(value ?? {})) {
      const fact = known.get(name);
      if (!fact) throw new Error(`${path}.${name} is not documented`);
      check(one, fact.type, `${path}.${name}`);
      // "" stands for nothing yet, as was seen of last_status.
      if (fact.enum && one !== "" && !fact.enum.includes(String(one))) throw new Error(`${path}.${name} is ${one}`);
      names.add(name);
    }
  }

  async function checkAnswer(
    operation: string,
    ids: string[],
    query: Record<string, string> = {},
    body?: unknown,
  ): Promise<Answer> {
    const one = endpoint(operation);
    const answer = await call(one, ids, query, body);
    expect(answer.status).toBe(200);
    const [only] = one.response;
    if (only?.name === "(map)") check(answer.body, only.type, operation);
    else checkFields(answer.body, operation, one.response, operation);
    return answer;
  }

  const page = { offset: "0", limit: "50" };

  async function makeWorld(): Promise<{ triggered: string; script: string }> {
    const common = {
      description: "d",
      extra_params: "{}",
      expire_time: "2027-12-31 00:00:00",
      time_zone: "Asia/Shanghai",
    };
    const gray = { gray_count: 1, gray_desktop_ids: ["d-1"], gray_fail_threshold: 1, task_type: "EXECUTE_SCRIPT" };
    for (const type of ["DAY", "WEEK", "MONTH", "FIXED_TIME"]) {
      await checkAnswer(
        "CreateScheduledTasks",
        [],
        {},
        { ...taskFor(""), ...common, day_interval: undefined, ...schedules[type] },
      );
    }
    const script = await session.create({ ...taskFor("day_interval"), ...common, ...gray });
    const triggered = await session.create({ ...taskFor("wait_time"), ...common, wait_time: 0 });
    await session.api("PUT", `/scheduled-tasks/${triggered}`, { priority: 1 });
    await session.control("PUT", "/failing", { desktop_ids: ["d-1"] });
    await session.control("POST", "/trigger", { life_cycle_type: "POST_CREATE_DESKTOP_SUCCESS", desktop_id: "d-1" });
    await session.control("PUT", "/clock", { advanceSeconds: 86_400 });
    return { triggered, script };
  }

  test("hold every documented field, of its documented type, and no other", async () => {
    const { triggered, script } = await makeWorld();
    await checkAnswer("ListScheduledTasks", [], page);
    await checkAnswer("ListScheduledTasks", [], { ...page, scheduled_type: "LIFE_CYCLE" });
    const rows = (await session.control("GET", "/state")).body.tasks;
    for (const { id } of rows) await checkAnswer("ShowScheduledTasks", [id]);
    await checkAnswer("ListScheduledTasksRecords", [triggered]);
    const records = await checkAnswer("ListScheduledTasksRecords", [script]);
    await checkAnswer("ListScheduledTasksRecordsDetails", [script, records.body.tasks_records[0].id], page);
    await checkAnswer("ListFutureExecutions", [], {}, schedules.DAY);
    await checkAnswer("ListLifeCycleTypeConfigurations", []);
    await checkAnswer("ListTimeZones", []);
    const types = [
      "ApplyObject",
      "ScheduledTask",
      "ScheduledTasksRecords",
      "ScheduledTasksRecordsDetails",
      "LifeCycleTypeConfigRsp",
      "ActionConfig",
      "Timezones",
    ];
    for (const type of types) {
      expect([type, [...(seen.get(type) ?? [])].sort()]).toEqual([
        type,
        fieldsOf(type)
          .map(({ name }) => name)
          .sort(),
      ]);
    }
    for (const { operation, response } of endpoints.filter(
      (one) => one.response.length > 0 && one.response[0]?.name !== "(map)",
    )) {
      expect([operation, [...(seen.get(operation) ?? [])].sort()]).toEqual([
        operation,
        response.map(({ name }) => name).sort(),
      ]);
    }
  });

  test.each<[string, unknown]>([
    ["UpdateScheduledTasks", { description: "x" }],
    ["DeleteScheduledTasks", undefined],
    ["BatchDeleteScheduledTasks", "ids"],
    ["CreateAgencies", { scene: "WORKSPACE" }],
  ])("%s answers without a body", async (operation, body) => {
    expect(endpoint(operation).response).toEqual([]);
    const id = await session.create();
    const answer = await call(endpoint(operation), [id], {}, body === "ids" ? { task_ids: [id] } : body);
    expect(answer).toMatchObject({ status: 200, body: "" });
  });

  test("defaults of create are read back", async () => {
    const defaults = endpoint("CreateScheduledTasks").body.filter((fact) => fact.default !== undefined);
    expect(defaults.map(({ name }) => name)).toEqual(["force_execute", "wait_time", "life_cycle_exec_period"]);
    const id = await session.create(taskFor("wait_time"));
    const { body } = await session.api("GET", `/scheduled-tasks/${id}`);
    for (const { name, default: value } of defaults) expect(body[name]).toBe(value);
  });

  test("the default page of records has the documented length", async () => {
    const limit = endpoint("ListScheduledTasksRecords").query.find(({ name }) => name === "limit");
    const id = await session.create({ scheduled_time: "09:00:00" });
    await session.control("PUT", "/clock", { advanceSeconds: 86_400 * 20 });
    expect((await session.api("GET", `/scheduled-tasks/${id}/records`)).body.tasks_records).toHaveLength(
      Number(limit?.default),
    );
  });

  test("errors have the documented fields within their lengths", async () => {
    const [code, message] = fieldsOf("BaseResponse");
    const answers = [
      await session.api("POST", "/scheduled-tasks"),
      await session.api("GET", "/scheduled-tasks/x"),
      await session.api("GET", "/scheduled-tasks"),
      await session.api("POST", "/scheduled-tasks", { ["x".repeat(3000)]: 1 }),
    ];
    for (const { body } of answers) {
      expect(Object.keys(body)).toEqual(["error_code", "error_msg"]);
      expect(body.error_code.length).toBeLessThanOrEqual(Number(code?.maxLength));
      expect(body.error_msg.length).toBeLessThanOrEqual(Number(message?.maxLength));
    }
    const { body } = await session.api("GET", "/nothing");
    expect(Object.keys(body)).toEqual(facts.objects.gateway_error.fields);
  });
});
