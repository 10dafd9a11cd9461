import { check } from "../../provider/scheduledTask/check";
import { diff } from "../../provider/scheduledTask/diff";
import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import type { Inputs } from "../../provider/scheduledTask/fields";
import { type Cloud, startCloud, writes } from "../emulated";
import { freshProject } from "./deployment";
import { Deployment } from "./fronts";

/** What a reviewer once broke. */

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());
beforeEach(() => cloud.reset());

const week = taskOf("WEEK");
const deployed = async (inputs: Inputs) => {
  const deployment = new Deployment(cloud);
  await deployment.up(inputs);
  return deployment;
};

describe("an adopted task", () => {
  const adopted = async (): Promise<{ deployment: Deployment; inputs: Inputs }> => {
    const { id = "" } = await deployed(week);
    const inputs = { ...week, adoptTaskId: id };
    return { deployment: await deployed(inputs), inputs };
  };

  test("is replaced by a new one", async () => {
    const { deployment, inputs } = await adopted();
    await deployment.up({ ...inputs, taskType: "REBOOT" });
    expect(await cloud.tasks()).toMatchObject([{ task_type: "REBOOT" }]);
    expect(await deployment.preview({ ...inputs, taskType: "REBOOT" })).toEqual([]);
  });

  test("that was deleted elsewhere is made again", async () => {
    const { deployment, inputs } = await adopted();
    await cloud.drop(deployment.id ?? "");
    await deployment.up(inputs);
    expect(await cloud.tasks()).toHaveLength(1);
  });

  test("that is named with another action is refused with what can be done", async () => {
    const { id = "" } = await deployed(week);
    await expect(deployed({ ...week, taskType: "REBOOT", adoptTaskId: id })).rejects.toThrow(
      "No update can change taskType: declare what is live.",
    );
  });
});

test("a program that changes an offset into a zone changes the task", () => {
  for (const offset of ["GMT+1", "GMT+2"])
    expect(diff({ ...week, timeZone: offset }, { ...week, timeZone: "Europe/Paris" }).changes).toHaveLength(1);
});

test("replacing a task whose date has passed fails before the old one is deleted", () => {
  const ran = { ...taskOf("FIXED_TIME"), scheduledDate: "2026-01-02" };
  const context = { now: new Date("2026-11-24T00:00:00Z"), previous: ran, defaults: {}, markLength: 0 };
  expect(check({ ...ran, description: "x" }, context).failures).toEqual([]);
  expect(check({ ...ran, taskType: "REBOOT" }, context).failures.map(({ path }) => path)).toEqual(["scheduledDate"]);
});

test("an expiry that was removed elsewhere from an expired task is no failure", () => {
  const expired = { ...week, expireTime: "2026-01-01 00:00:00" };
  const { expireTime: _, ...cleared } = expired;
  const context = { now: new Date("2026-11-24T00:00:00Z"), previous: cleared, defaults: {}, markLength: 0 };
  expect(check(expired, context).failures).toEqual([]);
});

describe("a 409 is no sign of an older cloud", () => {
  const busy = { status: 409, body: { error_code: "WKS.1", error_msg: "task is running" } };

  test("of a PUT with targets", async () => {
    const deployment = await deployed(week);
    await cloud.control("PUT", "faults", [
      { operation: "UpdateScheduledTasks", nth: 1, times: 1, when: "before", do: busy },
    ]);
    const targets = { ...week, applyObjects: [{ objectType: "DESKTOP", objectId: "new" }] };
    await expect(deployment.up(targets)).rejects.toThrow("Something else is at work on it");
    expect(deployment.messages.join()).not.toContain("refuses apply_object_update_type");
  });

  test("of a POST without targets", async () => {
    await cloud.control("PUT", "faults", [
      { operation: "CreateScheduledTasks", nth: 1, times: 1, when: "before", do: busy },
    ]);
    await expect(deployed({ ...week, enable: false })).rejects.toThrow("task is running");
    expect(await cloud.tasks()).toEqual([]);
  });
});

test("what a cloud without the verb refuses beside it is told", async () => {
  await cloud.control("PUT", "dialects", { verb: "refused" });
  const deployment = await deployed(week);
  const long = { ...week, applyObjects: [], extraParams: { notify_message: "x".repeat(1_500) } };
  await expect(deployment.up(long)).rejects.toThrow("extra_params");
  await cloud.control("PUT", "dialects", { verb: "accepted" });
});

test("a gray rollout is switched off without a warning", async () => {
  const deployment = await deployed(taskOf("MONTH"));
  const { grayCount: _, grayDesktopIds: __, grayFailThreshold: ___, ...plain } = taskOf("MONTH");
  deployment.messages.length = 0;
  await deployment.up(plain);
  expect(deployment.messages.join()).not.toContain("no longer managed");
  expect(await cloud.tasks()).toMatchObject([{ is_gray: false }]);
});

test("a value that the cloud would not clear is not kept in the state", async () => {
  await cloud.control("PUT", "dialects", { clear: "ignored" });
  const secret = { ...week, description: "PLANTED" };
  const deployment = await deployed(secret);
  await deployment.up({ ...secret, description: "" });
  expect(JSON.stringify(deployment.state)).not.toContain("PLANTED");
  expect(deployment.messages.join()).not.toContain("PLANTED");
  expect(await deployment.preview({ ...secret, description: "" })).toEqual([]);
  await cloud.control("PUT", "dialects", { clear: "clears" });
});

test("drift is told by the names of fields, never by values", async () => {
  const deployment = await deployed(week);
  await cloud.edit(deployment.id ?? "", { extra_params: '{"notify_message":"PLANTED"}', enable: false });
  await deployment.preview(week);
  expect(deployment.messages[0]).toBe("task: changed elsewhere since the last run: enable, extraParams.");
  expect(deployment.messages.join()).not.toContain("PLANTED");
});

test("20 disabled tasks changed at once cost one look into the list, not twenty", async () => {
  const { description: _, extraParams: __, expireTime: ___, ...minimal } = week;
  const disabled = (index: number, edit: object = {}) => ({
    ...minimal,
    taskName: `t${index}`,
    enable: false,
    ...edit,
  });
  const first = freshProject(cloud);
  const all = await Promise.all(
    Array.from({ length: 20 }, async (_item, index) => {
      const deployment = new Deployment(cloud);
      await deployment.up(disabled(index), first);
      return deployment;
    }),
  );
  await cloud.newRequests();
  const second = freshProject(cloud);
  const edit = { applyObjects: [{ objectType: "DESKTOP", objectId: "x" }] };
  await Promise.all(all.map((deployment, index) => deployment.upUnrefreshed(disabled(index, edit), second)));
  const requests = await cloud.newRequests();
  expect(writes(requests)).toHaveLength(20);
  expect(requests.filter(({ operation }) => operation === "ListScheduledTasks")).toHaveLength(1);
});

test("a refresh of 120 tasks of which 40 are gone, on a cloud that says so by 400, reads the list twice", async () => {
  await cloud.control("PUT", "dialects", { missing: "400" });
  const project = freshProject(cloud);
  const all = await Promise.all(
    Array.from({ length: 120 }, async (_item, index) => {
      const deployment = new Deployment(cloud);
      await deployment.up({ ...taskOf("DAY"), taskName: `t${index}` }, project);
      return deployment;
    }),
  );
  for (const { id } of all.slice(0, 40)) await cloud.drop(id ?? "");
  await cloud.newRequests();
  const reader = freshProject(cloud);
  const found = await Promise.all(
    all.map((deployment, index) => deployment.preview({ ...taskOf("DAY"), taskName: `t${index}` }, reader)),
  );
  expect(found.filter(([first]) => first === "create")).toHaveLength(40);
  const lists = (await cloud.newRequests()).filter(({ operation }) => operation === "ListScheduledTasks");
  expect(lists.length).toBeLessThanOrEqual(5);
  await cloud.control("PUT", "dialects", { missing: "404" });
});
