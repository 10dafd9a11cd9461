import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import type { Inputs } from "../../provider/scheduledTask/fields";
import { type Cloud, startCloud, writes } from "../emulated";
import { freshProject } from "./deployment";
import { Fleet, isIdle } from "./fleetDeployment";

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud({ requireSignature: true });
});
afterAll(() => cloud.stop());
beforeEach(() => cloud.reset());

const stop: Inputs = { ...taskOf("WEEK"), taskType: "STOP" };
const nightly = (index: number, more: object = {}): Inputs => ({ ...stop, taskName: `night-${index}`, ...more });
const { enable: _, ...undecided } = stop;
const shifted = (index: number, more: object = {}): Inputs => ({ ...undecided, taskName: `night-${index}`, ...more });
const otherTask = {
  task_type: "STOP",
  scheduled_type: "DAY",
  day_interval: 2,
  scheduled_time: "09:00:00",
  time_zone: "UTC",
};
const fleetOf = (count: number, of = nightly): { [key: string]: Inputs } =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, of(index)]));
const operations = async (): Promise<{ [operation: string]: number }> => {
  const counts: { [operation: string]: number } = {};
  for (const { operation } of writes(await cloud.newRequests())) counts[operation] = (counts[operation] ?? 0) + 1;
  return counts;
};
const namesLive = async (): Promise<string[]> => (await cloud.tasks()).map(({ task_name }) => String(task_name)).sort();

async function deployed(tasks: { [key: string]: Inputs }): Promise<Fleet> {
  const fleet = new Fleet(cloud);
  await fleet.up(tasks);
  await cloud.newRequests();
  return fleet;
}

test("a task is named by its key unless it has a name of its own", async () => {
  const { taskName: _, ...unnamed } = stop;
  const fleet = await deployed({ "night-stop": unnamed, other: { ...stop, taskName: "mine" } });
  expect(await namesLive()).toEqual(["mine", "night-stop"]);
  expect(Object.keys(fleet.state.taskIds ?? {})).toEqual(["night-stop", "other"]);
});

test("of 50 tasks five change: five PUTs of one field each", async () => {
  const fleet = await deployed(fleetOf(50));
  const changed = fleetOf(50, (index) => nightly(index, index % 10 === 0 ? { scheduledTime: "21:00" } : {}));
  await fleet.up(changed);
  const puts = writes(await cloud.newRequests());
  expect(puts.map(({ operation }) => operation)).toEqual(Array(5).fill("UpdateScheduledTasks"));
  expect(puts.map(({ body }) => body)).toEqual(Array(5).fill({ scheduled_time: "21:00:00" }));
  expect((await fleet.preview(changed)).every(isIdle)).toBe(true);
});

test("removed keys go with one batch-delete, also when one of them is gone already", async () => {
  const fleet = await deployed(fleetOf(6));
  const { "key-0": _, "key-1": __, "key-2": ___, ...rest } = fleetOf(6);
  await fleet.up(rest);
  expect(await operations()).toEqual({ BatchDeleteScheduledTasks: 1 });
  expect(await namesLive()).toEqual(["night-3", "night-4", "night-5"]);

  await cloud.drop(fleet.state.taskIds?.["key-3"] ?? "");
  await fleet.upUnrefreshed({});
  expect(await namesLive()).toEqual([]);
  expect(fleet.state).toEqual({ enable: true, tasks: {}, taskIds: {} });
});

test("one removed key is one DELETE", async () => {
  const fleet = await deployed(fleetOf(2));
  await fleet.up(fleetOf(1));
  expect(await operations()).toEqual({ DeleteScheduledTasks: 1 });
});

test.each([
  ["the batch is denied", { status: 403, body: { error_code: "WKS.403", error_msg: "no" } }],
  ["the batch fails for good", { status: 500, body: {} }],
])("%s: the tasks are deleted singly", async (_, answer) => {
  const fleet = await deployed(fleetOf(3));
  await cloud.control("PUT", "faults", [
    { operation: "BatchDeleteScheduledTasks", every: 1, times: 100, when: "before", do: answer },
  ]);
  await fleet.destroy();
  expect(await namesLive()).toEqual([]);
});

test("a few keys are removed singly where the list that tells what a batch has done takes more requests", async () => {
  const fleet = await deployed(fleetOf(3));
  for (let index = 0; index < 100; index++) await cloud.make({ ...otherTask, task_name: `other-${index}` });
  const project = freshProject(cloud);
  await fleet.preview(fleetOf(3), project);
  await cloud.newRequests();
  await fleet.up(fleetOf(1), project);
  const asked = (await cloud.newRequests()).map(({ operation }) => operation);
  expect(asked.filter((operation) => operation !== "ShowScheduledTasks")).toEqual(
    Array(2).fill("DeleteScheduledTasks"),
  );
  expect((await namesLive()).filter((name) => name.startsWith("night"))).toEqual(["night-0"]);
});

test.each([
  [
    "removed",
    { "key-0": nightly(0, { scheduledTime: "21:00" }), fresh: nightly(9, { description: "new" }) },
    ["night-0", "night-9"],
  ],
  ["replaced", fleetOf(4, (index) => nightly(index, { taskType: "REBOOT" })), [0, 1, 2, 3].map((n) => `night-${n}`)],
])("a list that fails after a batch stops nothing: tasks are %s, and the rest is done", async (_, wanted, names) => {
  const fleet = await deployed(fleetOf(4));
  const before = (await cloud.tasks()).map(({ id }) => id);
  const refusal = { status: 400, body: { error_code: "WKS.0001", error_msg: "no" } };
  const project = freshProject(cloud);
  await fleet.preview(fleetOf(4), project);
  await cloud.control("PUT", "faults", [{ operation: "ListScheduledTasks", nth: 1, when: "before", do: refusal }]);
  await fleet.upUnrefreshed(wanted, project);
  expect(await namesLive()).toEqual(names);
  expect(Object.values(fleet.state.taskIds ?? {}).sort()).toEqual((await cloud.tasks()).map(({ id }) => id).sort());
  expect((await cloud.tasks()).filter(({ id }) => before.includes(id))).toHaveLength(names.includes("night-9") ? 1 : 0);
  expect((await fleet.preview(wanted)).every(isIdle)).toBe(true);
});

test("what a batch left is deleted singly, and what cannot be is kept and named", async () => {
  const fleet = await deployed(fleetOf(3));
  const ids = fleet.state.taskIds ?? {};
  await cloud.control("PUT", "faults", [
    { operation: "BatchDeleteScheduledTasks", every: 1, times: 9, when: "before", do: { status: 200, body: {} } },
    {
      operation: "DeleteScheduledTasks",
      nth: 1,
      when: "before",
      do: { status: 403, body: { error_code: "WKS.403", error_msg: "no" } },
    },
  ]);
  await expect(fleet.up({ "key-0": nightly(0) })).rejects.toThrow(/1 of 3 tasks failed.\n {2}- key-[12]: delete/);
  const [left] = (await cloud.tasks()).filter(({ id }) => id !== ids["key-0"]);
  expect(Object.values(fleet.state.taskIds ?? {})).toEqual([ids["key-0"], left?.id]);
  await cloud.control("PUT", "faults", []);
  await fleet.up({ "key-0": nightly(0) });
  expect(await namesLive()).toEqual(["night-0"]);
});

test("a renamed key keeps its task without a request", async () => {
  const fleet = await deployed(fleetOf(2));
  const id = fleet.state.taskIds?.["key-1"];
  await fleet.up({ "key-0": nightly(0), renamed: nightly(1) });
  expect(await operations()).toEqual({});
  expect(fleet.state.taskIds?.renamed).toBe(id);
});

test("a key that names its task keeps it when it is renamed: one PUT of the name", async () => {
  const { taskName: _, ...unnamed } = stop;
  const fleet = await deployed({ old: unnamed });
  const id = fleet.state.taskIds?.old;
  await fleet.up({ young: unnamed });
  expect(writes(await cloud.newRequests()).map(({ body }) => body)).toEqual([{ task_name: "young" }]);
  expect(fleet.state.taskIds).toEqual({ young: id });
});

test("all keys are renamed at once: each task stays with the key that declares it, the names change", async () => {
  const { taskName: _, ...unnamed } = stop;
  const times = ["18:00", "19:00", "20:00"] as const;
  const keyed = (prefix: string) =>
    Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [
        `${prefix}-${index}`,
        { ...unnamed, scheduledTime: times[index % 3] ?? "", ...(index % 4 === 0 && { taskName: `fixed-${index}` }) },
      ]),
    );
  const fleet = await deployed(keyed("old"));
  const before = new Map((await cloud.tasks()).map((task) => [task.id, task]));
  await fleet.up(keyed("new"));
  const after = await cloud.tasks();
  expect(after.map(({ id }) => id).sort()).toEqual([...before.keys()].sort());
  for (const { id, task_name: name, scheduled_time: time } of after) {
    expect(before.get(id)?.scheduled_time).toBe(time);
    const key = Object.entries(fleet.state.taskIds ?? {}).find(([, one]) => one === id)?.[0];
    expect(fleet.state.tasks?.[String(key)]?.scheduledTime).toBe(String(time).slice(0, 5));
    if (String(before.get(id)?.task_name).startsWith("fixed")) expect(name).toBe(before.get(id)?.task_name);
    else expect(name).toBe(key);
  }
  expect(writes(await cloud.newRequests())).toHaveLength(9);
});

test("another taskType deletes the task before it creates the new one", async () => {
  const fleet = await deployed(fleetOf(2));
  await fleet.up({ ...fleetOf(1), "key-1": nightly(1, { taskType: "REBOOT" }) });
  expect(writes(await cloud.newRequests()).map(({ operation }) => operation)).toEqual([
    "DeleteScheduledTasks",
    "CreateScheduledTasks",
  ]);
  expect((await cloud.tasks()).map(({ task_type }) => task_type).sort()).toEqual(["REBOOT", "STOP"]);
});

test("failures keep every id and every finished change, name each key, and leave the rest to the next run", async () => {
  const fleet = await deployed(fleetOf(4));
  const wanted = fleetOf(6, (index) => nightly(index, { scheduledTime: "21:00" }));
  const refusal = { status: 400, body: { error_code: "WKS.0001", error_msg: "no" } };
  await cloud.control("PUT", "faults", [
    { operation: "UpdateScheduledTasks", nth: 2, when: "before", do: refusal },
    { operation: "CreateScheduledTasks", nth: 1, when: "before", do: refusal },
  ]);
  await expect(fleet.up(wanted)).rejects.toThrow(/2 of 6 tasks failed/);
  await cloud.newRequests();
  expect(Object.keys(fleet.state.taskIds ?? {})).toHaveLength(5);
  await cloud.control("PUT", "faults", []);
  await fleet.upUnrefreshed(wanted);
  expect(await operations()).toEqual({ UpdateScheduledTasks: 1, CreateScheduledTasks: 1 });
  expect((await cloud.tasks()).map(({ scheduled_time }) => scheduled_time)).toEqual(Array(6).fill("21:00:00"));
  expect(Object.values(fleet.state.taskIds ?? {}).sort()).toEqual((await cloud.tasks()).map(({ id }) => id).sort());
});

test("a task deleted in the console is its key's drift and is made again; the others are left alone", async () => {
  const fleet = await deployed(fleetOf(3));
  await cloud.drop(fleet.state.taskIds?.["key-1"] ?? "");
  const steps = await fleet.preview(fleetOf(3));
  expect(steps.filter(({ kind }) => kind !== "update")).toMatchObject([{ kind: "create", key: "key-1" }]);
  await fleet.up(fleetOf(3));
  expect(await operations()).toEqual({ CreateScheduledTasks: 1 });
  expect(await namesLive()).toEqual(["night-0", "night-1", "night-2"]);
});

test("the answer of every third POST is lost: 20 tasks of 20", async () => {
  await cloud.control("PUT", "faults", [
    { operation: "CreateScheduledTasks", every: 3, times: 100, when: "after", do: "reset" },
  ]);
  const fleet = await deployed(fleetOf(20));
  expect(await namesLive()).toHaveLength(20);
  expect(Object.values(fleet.state.taskIds ?? {}).sort()).toEqual((await cloud.tasks()).map(({ id }) => id).sort());
});

test("a refresh of 120 tasks asks for each, and for one list", async () => {
  const fleet = await deployed(fleetOf(120));
  await fleet.preview(fleetOf(120));
  const asked = (await cloud.newRequests()).map(({ operation }) => operation);
  expect(asked.filter((operation) => operation === "ShowScheduledTasks")).toHaveLength(120);
  expect(asked.filter((operation) => operation === "ListScheduledTasks").length).toBeLessThanOrEqual(120 / 50 + 1);
});

test("a task of its own moves into a fleet without a write, and out of it again", async () => {
  const id = await cloud.make({ ...(await liveTaskOf(nightly(0))), task_name: "night-0" });
  const project = freshProject(cloud);
  const fleet = new Fleet(cloud);
  await cloud.newRequests();
  await fleet.up({ "key-0": nightly(0, { adoptTaskId: id }) }, project);
  expect(fleet.state.taskIds).toEqual({ "key-0": id });
  expect(fleet.state.tasks?.["key-0"]).not.toHaveProperty("adoptTaskId");
  const other = freshProject(cloud);
  other.held.set(id, "night-0");
  await fleet.up({}, other);
  expect(await operations()).toEqual({});
  expect(fleet.state.taskIds).toEqual({});
});

async function liveTaskOf(inputs: Inputs): Promise<object> {
  const fleet = await deployed({ made: inputs });
  const [{ id: _, ...task } = { id: "" }] = await cloud.tasks();
  await fleet.destroy();
  return task;
}

test("a task that another fleet has deleted in the same run cannot be taken over: it is made anew, and that is said", async () => {
  const losing = await deployed(fleetOf(1));
  const id = losing.state.taskIds?.["key-0"] ?? "";
  const messages: string[] = [];
  const project = freshProject(cloud, messages);
  await losing.up({}, project);
  const gaining = new Fleet(cloud);
  await gaining.up({ "key-0": nightly(0, { adoptTaskId: id }) }, project);
  expect((await cloud.tasks()).map((task) => task.id)).toEqual([gaining.state.taskIds?.["key-0"]]);
  expect(messages).toContain(
    `night-0: the task ${id} that adoptTaskId names was deleted in this run: a new one is created.`,
  );
});

test("one line pauses a fleet: one PUT for each task that declares nothing else, and drift of it is repaired", async () => {
  const tasks = { ...fleetOf(3, shifted), watched: shifted(9, { enable: true }) };
  const enabled = async () => (await cloud.tasks()).map(({ task_name, enable }) => [task_name, enable]).sort();
  const fleet = await deployed(tasks);
  fleet.shared = { enable: false };
  await fleet.up(tasks);
  expect(writes(await cloud.newRequests()).map(({ body }) => body)).toEqual(Array(3).fill({ enable: false }));
  const paused = [
    ["night-0", false],
    ["night-1", false],
    ["night-2", false],
    ["night-9", true],
  ];
  expect(await enabled()).toEqual(paused);
  expect(fleet.state).toMatchObject({ enable: false, tasks: { watched: { enable: true } } });
  expect(Object.keys(fleet.state.tasks?.["key-0"] ?? {})).not.toContain("enable");
  expect((await fleet.preview(tasks)).every(isIdle)).toBe(true);

  await cloud.edit(fleet.state.taskIds?.["key-1"] ?? "", { enable: true });
  const steps = await fleet.up(tasks);
  expect(steps.filter((step) => !isIdle(step))).toEqual([expect.objectContaining({ kind: "update", key: "key-1" })]);
  expect(await enabled()).toEqual(paused);

  fleet.shared = {};
  await fleet.up(tasks);
  expect(new Set((await enabled()).map(([, isOn]) => isOn))).toEqual(new Set([true]));
});

test("what a task declares by itself stays its own, also where the fleet says the same", async () => {
  const tasks = { own: shifted(0, { enable: true }), other: shifted(1) };
  const fleet = await deployed(tasks);
  await fleet.preview(tasks);
  expect(fleet.state).toMatchObject({ enable: true, tasks: { own: { enable: true } } });
  expect(Object.keys(fleet.state.tasks?.other ?? {})).not.toContain("enable");
});
