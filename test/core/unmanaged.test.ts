import { type Inputs, UNKNOWN } from "../../provider/scheduledTask/fields";
import { type Known, type SearchedStack, type Unmanaged, unmanagedOf } from "../../review/unmanaged";
import { type Cloud, startCloud } from "../emulated";

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud({ requireSignature: true });
});
afterAll(() => cloud.stop());
beforeEach(() => cloud.reset());

const stack = (name: string, edit: SearchedStack["settings"] = {}, ...tasks: readonly Inputs[]): SearchedStack => {
  const { url: endpoint, region, projectId, accessKey, secretKey } = cloud.emulator;
  const settings = { endpoint, region, projectId, accessKey, secretKey, ...edit };
  return { name, settings, tasks: tasks.map((wanted) => ({ state: undefined, live: undefined, wanted })) };
};
const messages: string[] = [];
const tell = (message: string): void => void messages.push(message);
const foundBy = (stacks: readonly SearchedStack[], known: Partial<Known> = {}): Promise<Unmanaged> =>
  unmanagedOf(stacks, { held: new Set(), ignored: [], ...known }, { engineRuns: async () => true, tell });
const found = (known: Partial<Known> = {}): Promise<Unmanaged> => foundBy([stack("dev")], known);
const make = (name: string, description?: string): Promise<string> =>
  cloud.make({
    task_name: name,
    task_type: "STOP",
    scheduled_type: "DAY",
    day_interval: 1,
    scheduled_time: "19:30:00",
    time_zone: "Asia/Shanghai",
    ...(description !== undefined && { description }),
  });
const names = ({ tasks }: Unmanaged) => tasks.map(({ inputs }) => inputs.taskName).sort();

test("those that no stack holds and nobody ignores, each with its fields", async () => {
  const held = await make("held");
  await make("free");
  await make("ignored-1");
  expect(await found({ held: new Set([held]), ignored: ["ignored-*"] })).toEqual({
    tasks: [
      { id: expect.any(String), stack: "dev", inputs: expect.objectContaining({ taskName: "free", dayInterval: 1 }) },
    ],
    leftToOwners: {},
    unsearched: [],
  });
});

test("those of other owners are counted by their marks, also where a mark is all that a description says", async () => {
  await make("marked", "stops it [acme/prod]");
  await make("only-marked", "[acme/prod]");
  await make("without-slash", "stops it [night shift]");
  await make("inside", "[acme/prod] stops it");
  await make("glued", "stops it[acme/prod]");
  const unmanaged = await found();
  expect(names(unmanaged)).toEqual(["glued", "inside"]);
  expect(unmanaged.leftToOwners).toEqual({ "acme/prod": 2, "night shift": 1 });
});

test("a mark of any of the stacks' owners is no other's, and is taken off", async () => {
  await make("of-prod", "stops it [acme/prod]");
  await make("of-dev", "[acme/dev]");
  await make("of-others", "stops it [other]");
  const unmanaged = await foundBy([stack("prod", { owner: "acme/prod" }), stack("dev", { owner: "acme/dev" })]);
  expect(names(unmanaged)).toEqual(["of-dev", "of-prod"]);
  expect(unmanaged.tasks.map(({ inputs }) => inputs.description ?? "").sort()).toEqual(["", "stops it"]);
  expect(unmanaged.leftToOwners).toEqual({ other: 1 });
});

test("one that somebody deletes meanwhile is passed over; another failure is one", async () => {
  await make("one");
  await make("two");
  const answer = (status: number) =>
    cloud.control("PUT", "faults", [
      {
        operation: "ShowScheduledTasks",
        nth: 1,
        times: 1,
        when: "before",
        do: { status, body: { error_code: "WKS.0404", error_msg: "as asked for" } },
      },
    ]);
  await answer(404);
  expect((await found()).tasks).toHaveLength(1);
  await answer(403);
  await expect(found()).rejects.toThrow("as asked for");
});

describe("in several projects", () => {
  const other = "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f";
  let open: Cloud;
  beforeAll(async () => {
    open = await startCloud();
  });
  afterAll(() => open.stop());
  beforeEach(() => open.reset());

  const task = {
    task_type: "STOP",
    scheduled_type: "DAY",
    day_interval: 1,
    scheduled_time: "19:30:00",
    time_zone: "UTC",
  };
  const makeIn = async (projectId: string, name: string, description = ""): Promise<void> => {
    const { status } = await fetch(`${open.emulator.url}/v2/${projectId}/scheduled-tasks`, {
      method: "POST",
      body: JSON.stringify({ ...task, task_name: name, description }),
    });
    expect(status).toBeLessThan(300);
  };
  const here = (name: string, edit: SearchedStack["settings"] = {}, ...tasks: readonly Inputs[]): SearchedStack =>
    stack(name, { endpoint: open.emulator.url, ...edit }, ...tasks);

  test("the marks of one owner are added up, and one project under two names is counted once", async () => {
    for (const name of ["a", "b"]) await makeIn(open.emulator.projectId, name, "stops it [acme/prod]");
    for (const name of ["c", "d", "e"]) await makeIn(other, name, "[acme/prod]");
    await makeIn(open.emulator.projectId, "free");
    const byRegion = { region: "cn-south-1" };
    const unmanaged = await foundBy([here("dev"), here("far", { projectId: other }), here("same", byRegion)]);
    expect(unmanaged.leftToOwners).toEqual({ "acme/prod": 5 });
    expect(unmanaged.tasks.map(({ stack: name, inputs }) => [name, inputs.taskName])).toEqual([["dev", "free"]]);
  });

  test("where a task of a stack says that it is, others are looked for too, and told with their place", async () => {
    await makeIn(other, "beside");
    const elsewhere = { taskName: "moved", region: "cn-south-1", projectId: other };
    const unmanaged = await foundBy([here("dev", {}, { taskName: "stays" }, elsewhere, elsewhere)]);
    expect(unmanaged.tasks).toEqual([
      {
        id: expect.any(String),
        stack: "dev",
        inputs: expect.objectContaining({ taskName: "beside", region: "cn-south-1", projectId: other }),
      },
    ]);
    const lists = (await open.newRequests()).filter(({ path }) => path.includes("offset=0") && !path.includes("name="));
    expect(lists.map(({ path }) => path.split("/")[2])).toEqual([
      ...[open.emulator.projectId, open.emulator.projectId],
      ...[other, other],
    ]);
  });

  test("a task that moves is looked beside in both places, one whose place is not known in none", async () => {
    const third = "0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d";
    await makeIn(other, "beside-the-old");
    await makeIn(third, "beside-the-new");
    const place = (projectId: string) => ({ region: "cn-north-4", projectId });
    const moving = { state: undefined, live: place(other), wanted: place(third) };
    const unmanaged = await foundBy([{ ...here("dev", {}, place(UNKNOWN)), tasks: [moving] }]);
    expect(names(unmanaged)).toEqual(["beside-the-new", "beside-the-old"]);
    expect(names(await foundBy([here("dev", {}, place(UNKNOWN))]))).toEqual([]);
  });

  test("a stack without a region of its own is no error where its tasks name theirs", async () => {
    await makeIn(other, "beside");
    const { region: _, projectId: __, ...settings } = here("dev").settings;
    const tasks = [{ state: undefined, live: undefined, wanted: { region: "cn-south-1", projectId: other } }];
    expect(names(await foundBy([{ name: "dev", settings, tasks }]))).toEqual(["beside"]);
    await expect(foundBy([{ name: "dev", settings, tasks: [] }])).rejects.toThrow("a region");
  });
});

test("a place that is denied is named, unless it is the stack's own", async () => {
  const other = "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f";
  await make("free");
  const elsewhere = { taskName: "elsewhere", region: "cn-south-1", projectId: other };
  const unmanaged = await foundBy([stack("dev", {}, elsewhere)]);
  expect(names(unmanaged)).toEqual(["free"]);
  expect(unmanaged.unsearched).toEqual([
    { stack: "dev", place: `cn-south-1/${other}`, reason: expect.stringContaining("do not belong to this project") },
  ]);
  expect(messages.at(-1)).toContain(`not searched for tasks that no stack holds: cn-south-1/${other}: list`);
  await expect(foundBy([stack("dev", { projectId: other })])).rejects.toThrow("do not belong to this project");
});
