import { createBody } from "../../provider/scheduledTask/diff";
import { taskOf, without } from "../../provider/scheduledTask/examples.fixture";
import type { Inputs } from "../../provider/scheduledTask/fields";
import type { Project } from "../../provider/scheduledTask/lifecycle";
import { type Cloud, startCloud, writes } from "../emulated";
import { freshProject } from "./deployment";
import { Deployment } from "./fronts";

/** What a person reads, word for word. */

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());
beforeEach(async () => {
  await cloud.reset();
  messages.length = 0;
});

const messages: string[] = [];
const fresh = (settings: Partial<Project> = {}) => freshProject(cloud, messages, settings);
const week = taskOf("WEEK");
async function deployed(inputs: Inputs, project = fresh()): Promise<{ deployment: Deployment; id: string }> {
  const deployment = new Deployment(cloud);
  await deployment.up(inputs, project);
  return { deployment, id: deployment.id ?? "" };
}
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => "it succeeded",
    (error: unknown) => String(error),
  );

test("a field that the API cannot clear stays, unsent", async () => {
  const { deployment } = await deployed(taskOf("LIFE_CYCLE"));
  await cloud.newRequests();
  await deployment.up(without(taskOf("LIFE_CYCLE"), "priority"), fresh());
  expect(messages).toEqual([
    "task: priority 10 stays in the cloud, no longer managed: the API has no value that clears it.",
  ]);
  expect(writes(await cloud.newRequests())).toEqual([]);
});

test("a task whose targets are all removed acts on no desktop", async () => {
  const { deployment } = await deployed(week);
  await deployment.up({ ...week, applyObjects: [] }, fresh());
  expect(messages).toEqual(["task: applyObjects is emptied (2 removed): the task acts on no desktop."]);
  await deployment.up(week, fresh());
  await deployment.up(without(week, "applyObjects"), fresh());
  expect(messages.slice(1)).toEqual(["task: applyObjects is emptied (2 removed): the task acts on no desktop."]);
});

test("a PUT that is accepted and not done is sent once more, whole, and then told; the state is what is live", async () => {
  const { deployment, id } = await deployed(week);
  await cloud.control("PUT", "faults", [
    { operation: "UpdateScheduledTasks", every: 1, when: "before", do: { status: 200, body: {} } },
  ]);
  await cloud.newRequests();
  const declared = { ...week, description: "new", scheduledTime: "20:00" };
  expect(await failure(deployment.up(declared, fresh()))).toContain(
    `update ScheduledTask "task" (id ${id}): the cloud accepted the PUT, and a second one that mends, but did not do what they say: ` +
      'scheduledTime is "19:30:00" instead of "20:00"; description is a text of 10 characters instead of a text of 3 characters. ' +
      "Compare with the console, and report it with this message.",
  );
  const [first, second] = writes(await cloud.newRequests());
  expect(first?.body).toEqual({ scheduled_time: "20:00:00", description: "new" });
  expect(second?.body).toMatchObject({ scheduled_time: "20:00:00", description: "new", week_list: "2,6" });
  expect(deployment.state).toMatchObject({ scheduledTime: "19:30:00", description: "after work" });
});

test("targets that are removed beside another change are told, and those that there never were are not", async () => {
  const { deployment } = await deployed(week);
  await deployment.up({ ...week, applyObjects: [], description: "new" }, fresh());
  expect(messages).toEqual(["task: applyObjects is emptied (2 removed): the task acts on no desktop."]);
  messages.length = 0;
  await deployment.up({ ...week, applyObjects: [], description: "newer" }, fresh());
  await deployment.destroy(fresh());
  expect(messages).toEqual([]);
});

test("a clear that the cloud ignores is told, and the field is no longer managed", async () => {
  await cloud.control("PUT", "dialects", { clear: "ignored" });
  const { deployment } = await deployed(week);
  await deployment.up(without(week, "expireTime"), fresh());
  await cloud.control("PUT", "dialects", { clear: "clears" });
  expect(messages).toEqual([
    'task: the cloud kept expireTime "2030-12-31 09:00:00" although it was cleared; it is no longer managed.',
  ]);
  expect(await deployment.preview(without(week, "expireTime"), fresh())).toEqual([]);
  expect(deployment.state.unmanaged).toEqual(["expireTime"]);
  messages.length = 0;
  const declared = { ...without(week, "expireTime"), description: "new" };
  const dropped = { status: 200, body: { id: deployment.id, ...createBody(declared) } };
  await cloud.control("PUT", "faults", [{ operation: "ShowScheduledTasks", nth: 2, when: "before", do: dropped }]);
  await deployment.upUnrefreshed(declared, fresh());
  expect(messages).toEqual([]);
  expect(deployment.state).toEqual(declared);
});

test("of a field that the program no longer names nothing is kept, though the cloud ignores its clear", async () => {
  await cloud.control("PUT", "dialects", { clear: "ignored" });
  const { deployment } = await deployed(week);
  await deployment.up(without(week, "description"), fresh());
  await cloud.control("PUT", "dialects", { clear: "clears" });
  expect(messages).toEqual([
    "task: the cloud kept description a text of 10 characters although it was cleared; it is no longer managed.",
  ]);
  expect(deployment.state).toEqual(without(week, "description"));
});

test("with onConflict fail a change made elsewhere stops the update", async () => {
  const { deployment, id } = await deployed(week);
  await cloud.edit(id, { scheduled_time: "01:00:00", description: "by hand", enable: false });
  await cloud.newRequests();
  const said = await failure(deployment.upUnrefreshed({ ...week, description: "new" }, fresh({ onConflict: "fail" })));
  expect(said).toContain(
    `update ScheduledTask "task" (id ${id}): not sent. changed elsewhere since the last run: scheduledTime is "01:00:00", last known "19:30:00"; description is a text of 7 characters, last known a text of 10 characters. ` +
      "`pulumi refresh` takes the change over; `pulumi up --refresh` shows it first.",
  );
  expect(writes(await cloud.newRequests())).toEqual([]);
});

describe("an adoption", () => {
  test("of a task that differs names each field, live and declared, and how the declaration wins", async () => {
    const { id } = await deployed(week);
    await cloud.newRequests();
    const declared = { ...week, adoptTaskId: id, scheduledTime: "20:00", description: "new", weekList: ["MON"] };
    expect(await failure(deployed(declared))).toContain(
      `adopt ScheduledTask "task": the task ${id} differs from its declaration:
  - weekList: live ["MON","FRI"], declared ["MON"]
  - scheduledTime: live "19:30:00", declared "20:00"
  - description: live a text of 10 characters, declared a text of 3 characters
Declare what is live, or let the declaration win: pulumi config set huaweicloud-workspace:onConflict overwrite.`,
    );
    expect(writes(await cloud.newRequests())).toEqual([]);
    await deployed(declared, fresh({ onConflict: "overwrite" }));
    expect(writes(await cloud.newRequests()).map(({ body }) => body)).toEqual([
      { week_list: "2", scheduled_time: "20:00:00", description: "new" },
    ]);
  });

  test("with another action is never written, whatever onConflict says", async () => {
    const { id } = await deployed(week);
    const declared = { ...week, adoptTaskId: id, taskType: "REBOOT" };
    for (const onConflict of ["warn", "overwrite"] as const)
      expect(await failure(deployed(declared, fresh({ onConflict })))).toContain(
        `adopt ScheduledTask "task": the task ${id} differs from its declaration:
  - taskType: live "STOP", declared "REBOOT"
No update can change taskType: declare what is live.`,
      );
    expect(await cloud.tasks()).toMatchObject([{ task_type: "STOP" }]);
  });

  test("of a gray task says that its mode cannot be read; of another one it says nothing", async () => {
    const { id } = await deployed(taskOf("MONTH"));
    await deployed({ ...taskOf("MONTH"), adoptTaskId: id });
    expect(messages).toEqual(["task: whether gray mode is on cannot be read; it is taken to be as declared."]);
    const plain = await deployed({ ...week, taskName: "plain" });
    await deployed({ ...week, taskName: "plain", adoptTaskId: plain.id });
    expect(messages).toHaveLength(1);
  });

  test("of a task that another resource manages is refused; one that failed frees it", async () => {
    const { id } = await deployed(week);
    const project = fresh({ held: new Map([[id, "other"]]) });
    expect(await failure(deployed({ ...week, adoptTaskId: id }, project))).toContain(
      `adopt ScheduledTask "task": the task ${id} is already managed as "other". Remove one of the two declarations.`,
    );
    const free = fresh();
    expect(await failure(deployed({ ...week, adoptTaskId: id, taskType: "REBOOT" }, free))).toContain("differs");
    await deployed({ ...week, adoptTaskId: id }, free);
    expect(await cloud.tasks()).toHaveLength(1);
  });

  test("that was written but not read back holds the task", async () => {
    const { id } = await deployed(week);
    const unread = { status: 400, body: { error_code: "X.9", error_msg: "no" } };
    await cloud.control("PUT", "faults", [{ operation: "ShowScheduledTasks", nth: 2, when: "before", do: unread }]);
    const declared = { ...week, adoptTaskId: id, description: "new" };
    const project = fresh({ onConflict: "overwrite" });
    expect(await failure(deployed(declared, project))).toContain("was written, but what came of it");
    expect(await failure(deployed(declared, project))).toContain(`the task ${id} is already managed as "task"`);
  });
});

test("an older cloud's refusals are told once for all tasks", async () => {
  await cloud.control("PUT", "dialects", { verb: "refused", bare: "refused" });
  const project = fresh();
  const disabled = { ...week, enable: false };
  const first = await deployed(disabled, project);
  await deployed({ ...disabled, taskName: "second" }, project);
  const targets = { ...disabled, applyObjects: [{ objectType: "DESKTOP", objectId: "new" }] };
  await first.deployment.up(targets, project);
  await first.deployment.up(disabled, project);
  expect((await cloud.task("task"))?.apply_objects).toEqual([
    { object_type: "DESKTOP", object_id: "d1" },
    { object_type: "DESKTOP_POOL", object_id: "p1" },
  ]);
  await first.deployment.up({ ...disabled, applyObjects: [] }, project);
  await cloud.control("PUT", "dialects", { verb: "accepted", bare: "accepted" });
  expect(messages).toEqual([
    "task: the cloud creates no task without targets, so this disabled task is enabled until the PUT that follows at once.",
    expect.stringMatching(
      /^task: this cloud refuses apply_object_update_type \(WKS\.\d+\); targets are sent without it\.$/,
    ),
    "task: applyObjects is emptied (2 removed): the task acts on no desktop.",
  ]);
  expect((await cloud.task("task"))?.apply_objects ?? []).toEqual([]);
});

test("a task that another resource manages is not deleted, and that is told", async () => {
  const { deployment, id } = await deployed(week);
  await deployment.destroy(fresh({ held: new Map([[id, "renamed"]]) }));
  expect(messages).toEqual([`task: the task ${id} is not deleted: it is managed as "renamed".`]);
  expect(await cloud.tasks()).toHaveLength(1);
});

test("what cannot be seen without permission to list is told", async () => {
  const denied = { status: 403, body: { error_code: "WKS.0403", error_msg: "denied" } };
  await cloud.control("PUT", "faults", [{ operation: "ListScheduledTasks", every: 1, when: "before", do: denied }]);
  const { deployment } = await deployed(week);
  expect(messages).toEqual([
    expect.stringMatching(/^task: a lost answer cannot be made good, nor a task that is there already be seen: list/),
    expect.stringMatching(
      /^task: whether the new task is enabled cannot be seen: list ScheduledTasks named "task": 403 WKS\.0403/,
    ),
  ]);
  messages.length = 0;
  expect(await deployment.preview(week, fresh())).toEqual([]);
  expect(messages).toEqual([
    expect.stringMatching(
      /^task: changes of enable and priority made elsewhere cannot be seen: list ScheduledTasks: 403 WKS\.0403/,
    ),
  ]);
});
