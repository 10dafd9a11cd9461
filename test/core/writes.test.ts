import { taskOf, without } from "../../provider/scheduledTask/examples.fixture";
import type { Inputs } from "../../provider/scheduledTask/fields";
import { Unfinished } from "../../provider/scheduledTask/lifecycle";
import { type Cloud, startCloud, writes } from "../emulated";
import { freshProject } from "./deployment";
import { Deployment } from "./fronts";

/** What a write asks of the cloud, request by request, and what it leaves there. */

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());
beforeEach(async () => {
  await cloud.control("PUT", "dialects", { born: "enabled", bare: "accepted", omitted: "keeps" });
  await cloud.reset();
});

const day = taskOf("DAY");
const week = taskOf("WEEK");
const named = (taskName: string, inputs: Inputs): Inputs => ({ ...inputs, taskName });
const fault = (operation: string, nth: number, reply: unknown) => ({ operation, nth, when: "before", do: reply });
const faults = (...all: object[]) => cloud.control("PUT", "faults", all);
const nothingListed = { status: 200, body: { scheduled_tasks: [], total_count: 0 } };
const refused = { status: 400, body: { error_code: "WKS.9", error_msg: "no" } };
const deployed = async (inputs: Inputs, project = freshProject(cloud)) => {
  const deployment = new Deployment(cloud);
  await deployment.up(inputs, project);
  return deployment;
};
const operations = async () =>
  (await cloud.newRequests()).map(({ operation }) => operation.replace("ScheduledTasks", ""));
const bodies = async () => writes(await cloud.newRequests()).map(({ body }) => body);
const isEnabled = async (taskName: string) => (await cloud.task(taskName))?.enable;

describe("a creation", () => {
  test("of the first task looks whether it is enabled and reads it back; of the next ones it does neither", async () => {
    const project = freshProject(cloud);
    await deployed(day, project);
    const [list, post, ...beside] = await operations();
    expect([list, post, ...beside.sort()]).toEqual(["List", "Create", "List", "Show"]);
    await deployed(named("second", day), project);
    expect(await operations()).toEqual(["List", "Create"]);
  });

  const targets = { apply_objects: [{ object_id: "t1", object_type: "DESKTOP_TAG" }] };
  const verb = { apply_object_update_type: "FULL_COVERAGE" };
  const off = { ...day, enable: false };
  test.each<[string, object, Inputs, object[]]>([
    ["an enabled task", {}, day, [targets]],
    ["a disabled task", {}, off, [{}, { enable: false, ...targets, ...verb }]],
    ["a disabled task without targets", {}, without(off, "applyObjects"), [{}, { enable: false }]],
    ["a disabled task, none being taken without targets", { bare: "refused" }, off, [{}, targets, { enable: false }]],
    ["an enabled task, where they are born disabled", { born: "disabled" }, day, [targets, { enable: true }]],
    ["a task with a priority", {}, taskOf("LIFE_CYCLE"), [targets, { priority: 10 }]],
    ["a gray task", {}, taskOf("MONTH"), [targets, { is_gray: true }]],
  ])("of %s sends no more than it must", async (_name, dialects, inputs, [post, ...rest]) => {
    await cloud.control("PUT", "dialects", dialects);
    await deployed(inputs);
    const [first, ...others] = await bodies();
    expect((first as { apply_objects?: unknown }).apply_objects).toEqual(
      (post as { apply_objects?: unknown }).apply_objects,
    );
    const [again, put] = "bare" in dialects ? others : [undefined, ...others];
    if (again !== undefined) expect(again).toMatchObject(targets);
    expect([...(again === undefined ? [] : [targets]), ...(put === undefined ? [] : [put])]).toEqual(rest);
  });

  test("looks a second time for a new task that the list does not show at first", async () => {
    await cloud.control("PUT", "dialects", { born: "disabled" });
    await faults(fault("ListScheduledTasks", 2, nothingListed));
    await deployed(day);
    expect(await isEnabled("task")).toBe(true);
  });

  test("asks again whether tasks are born enabled when the first could not tell, and then no more", async () => {
    await cloud.control("PUT", "dialects", { born: "disabled" });
    await faults(fault("ListScheduledTasks", 2, nothingListed), fault("ListScheduledTasks", 3, nothingListed));
    const project = freshProject(cloud);
    await deployed(day, project);
    await cloud.newRequests();
    await deployed(named("second", day), project);
    await deployed(named("third", day), project);
    expect(await operations()).toEqual([
      "List",
      "Create",
      "List",
      "Update",
      "Show",
      "List",
      "Create",
      "Update",
      "Show",
    ]);
    expect([await isEnabled("task"), await isEnabled("second"), await isEnabled("third")]).toEqual([false, true, true]);
  });

  test("of the first task, born disabled, enables it though it could not be read back before", async () => {
    await cloud.control("PUT", "dialects", { born: "disabled" });
    await faults(fault("ShowScheduledTasks", 1, refused));
    const { state } = await deployed(day);
    expect(await isEnabled("task")).toBe(true);
    expect(state).toMatchObject(without(day, "adoptTaskId"));
  });

  test("of the first task that cannot be read back keeps what it has created", async () => {
    await faults(fault("ShowScheduledTasks", 1, refused));
    const deployment = new Deployment(cloud);
    await expect(deployment.up(day)).rejects.toThrow("400 WKS.9");
    const [live] = await cloud.tasks();
    expect(deployment).toMatchObject({ id: live?.id, state: { taskType: day.taskType } });
  });

  test("that cannot look keeps what it has created", async () => {
    await faults(fault("ListScheduledTasks", 2, refused));
    await expect(deployed(day)).rejects.toThrow(/"task" was created \(id .*400 WKS\.9/);
  });

  test("that finds its task there, as declared, does no more than look", async () => {
    await deployed(day);
    await cloud.newRequests();
    await deployed(day, freshProject(cloud, [], { onExisting: "adopt" }));
    expect(await operations()).toEqual(["List", "Show", "Show", "List"]);
  });

  test.each<[string, Inputs, Inputs]>([
    ["disabled", { ...week, enable: false }, { ...week, enable: true, applyObjects: [] }],
    ["gray", taskOf("MONTH"), { ...taskOf("MONTH"), enable: true, isGray: false }],
    ["with a priority", taskOf("LIFE_CYCLE"), { ...without(taskOf("LIFE_CYCLE"), "priority"), enable: true }],
  ])("that stops after the POST of a task %s keeps what is live", async (_name, inputs, live) => {
    await cloud.control("PUT", "faults", [
      { operation: "UpdateScheduledTasks", every: 1, when: "before", do: refused },
    ]);
    const deployment = new Deployment(cloud);
    await expect(deployment.up(inputs)).rejects.toBeInstanceOf(Unfinished);
    expect(deployment.state).toEqual(live);
  });
});

describe("an update", () => {
  test("looks, writes and reads back", async () => {
    const deployment = await deployed(day);
    await cloud.newRequests();
    await deployment.upUnrefreshed({ ...day, dayInterval: 3 });
    expect(await operations()).toEqual(["Show", "Update", "Show"]);
  });

  test("does not look at what the same process has just read, unless a conflict must stop it", async () => {
    for (const [onConflict, expected] of [
      ["warn", ["Update", "Show"]],
      ["fail", ["Show", "Update", "Show"]],
    ] as const) {
      await cloud.reset();
      const deployment = await deployed(day);
      const project = freshProject(cloud, [], { onConflict });
      await deployment.preview(day, project);
      await cloud.newRequests();
      await deployment.upUnrefreshed({ ...day, dayInterval: 3 }, project);
      expect(await operations()).toEqual(expected);
    }
  });

  test("after another one of the same process takes its own change for nobody else's", async () => {
    const messages: string[] = [];
    const project = freshProject(cloud, messages);
    const deployment = await deployed(day);
    await deployment.up({ ...day, dayInterval: 3 }, project);
    await deployment.upUnrefreshed({ ...day, dayInterval: 4 }, project);
    expect(messages).toEqual([]);
  });

  test("that has nothing to send sends nothing", async () => {
    const deployment = await deployed(taskOf("LIFE_CYCLE"));
    await cloud.newRequests();
    await deployment.upUnrefreshed(without(taskOf("LIFE_CYCLE"), "priority"));
    expect(await operations()).toEqual([]);
  });

  test("of a task that was renamed elsewhere still sees what only the list shows", async () => {
    const deployment = await deployed(day);
    await cloud.edit(deployment.id ?? "", { task_name: "renamed", enable: false });
    expect(await deployment.preview(day)).toEqual(["taskName", "enable"]);
  });
});

describe("on a cloud that resets what a PUT leaves out, a field that only the list shows", () => {
  beforeEach(() => cloud.control("PUT", "dialects", { omitted: "resets" }));
  /** A task of which a detail shows nothing that the cloud could have reset. */
  const { waitTime: _, lifeCycleExecPeriod: __, applyObjects: ___, ...bare } = taskOf("LIFE_CYCLE");
  const disabled: Inputs = { ...bare, enable: false };
  const later = (inputs: Inputs): Inputs => ({ ...inputs, lifeCycleType: "POST_CREATE_DESKTOP_SUCCESS" });

  test("is put back, for every task of a process", async () => {
    const all = [await deployed(named("one", disabled)), await deployed(named("two", disabled))];
    const project = freshProject(cloud);
    for (const [index, deployment] of all.entries()) {
      const taskName = ["one", "two"][index] ?? "";
      await deployment.upUnrefreshed(later(named(taskName, disabled)), project);
      expect(await cloud.task(taskName)).toMatchObject({
        enable: false,
        priority: 10,
        life_cycle_type: "POST_CREATE_DESKTOP_SUCCESS",
      });
    }
  });

  test("is put back by the next update when the list does not show the task at first", async () => {
    const all = [await deployed(named("one", disabled)), await deployed(named("two", disabled))];
    const project = freshProject(cloud);
    await faults(fault("ListScheduledTasks", 1, nothingListed));
    await all[0]?.upUnrefreshed(later(named("one", disabled)), project);
    await all[1]?.upUnrefreshed(later(named("two", disabled)), project);
    expect([await isEnabled("one"), await isEnabled("two")]).toEqual([true, false]);
  });

  test("is known to be lost when it cannot be put back", async () => {
    const deployment = await deployed(disabled);
    await faults(fault("UpdateScheduledTasks", 2, refused), fault("UpdateScheduledTasks", 3, refused));
    await expect(deployment.upUnrefreshed(later(disabled))).rejects.toBeInstanceOf(Unfinished);
    expect(deployment.state).toEqual({ ...without(later(disabled), "priority"), enable: true });
    await deployment.up(later(disabled));
    expect(await isEnabled("task")).toBe(false);
  });
});
