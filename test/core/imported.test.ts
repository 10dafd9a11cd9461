import { taskOf, without } from "../../provider/scheduledTask/examples.fixture";
import type { Inputs } from "../../provider/scheduledTask/fields";
import { readNew } from "../../provider/scheduledTask/imported";
import { type Cloud, startCloud } from "../emulated";
import { Deployment, freshProject } from "./deployment";

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud({ requireSignature: true });
});
afterAll(() => cloud.stop());
beforeEach(() => cloud.reset());

const messages: string[] = [];
const found = (idOrName: string) => readNew(freshProject(cloud, messages), idOrName);
async function made(inputs: Inputs): Promise<string> {
  const deployment = new Deployment(cloud);
  await deployment.up(inputs);
  return deployment.id ?? "";
}
const asText = (inputs: Inputs): Inputs =>
  inputs.extraParams === undefined ? inputs : { ...inputs, extraParams: JSON.stringify(inputs.extraParams) };
/** What the API answers for a switch that is at its default. */
const atDefault = (inputs: Inputs): Inputs => without(without(inputs, "enable"), "forceExecute");

describe.each(["FIXED_TIME", "DAY", "WEEK", "MONTH", "LIFE_CYCLE"] as const)("a task of type %s", (type) => {
  test.each(["id", "name"] as const)(
    "is imported by its %s as a program would declare it, and nothing more",
    async (by) => {
      const id = await made(taskOf(type));
      expect(await found(by === "id" ? id : "task")).toEqual({ id, state: asText(atDefault(taskOf(type))) });
      expect(messages).toEqual([]);
    },
  );

  test("has an empty diff afterwards", async () => {
    const id = await made(taskOf(type));
    const { state } = (await found(id)) ?? { state: {} };
    const deployment = Object.assign(new Deployment(cloud), { id, state });
    expect(await deployment.preview(state)).toEqual([]);
  });
});

test("switches that are not at their default are told", async () => {
  const id = await made({ ...taskOf("DAY"), enable: false, forceExecute: true });
  expect((await found(id))?.state).toEqual({ ...taskOf("DAY"), enable: false, forceExecute: true });
});

test("what another schedule type or action has left in the task is not declared", async () => {
  const id = await made(taskOf("DAY"));
  const leftovers = { day_interval: 2, week_list: "2", wait_time: 5, gray_count: 3 };
  await cloud.control("PUT", "faults", [
    {
      operation: "ShowScheduledTasks",
      nth: 1,
      when: "before",
      do: { status: 200, body: { id, task_name: "task", task_type: "STOP", scheduled_type: "DAY", ...leftovers } },
    },
  ]);
  expect((await found(id))?.state).toEqual({
    taskName: "task",
    taskType: "STOP",
    scheduledType: "DAY",
    dayInterval: 2,
  });
});

test("a task that may not be read is named in the error", async () => {
  await cloud.control("PUT", "denied", ["ShowScheduledTasks"]);
  await expect(found("one")).rejects.toThrow(/^read ScheduledTask "one" \(id one\): 403 /);
});

test("nothing is found where nothing is, nor by a part of a name", async () => {
  await made(taskOf("DAY"));
  expect(await found("nothing")).toBeUndefined();
  expect(await found("tas")).toBeUndefined();
});

test("a name that several tasks have is refused with their ids, also when only one of them runs by the clock", async () => {
  const ids = [await made(taskOf("DAY")), await made(taskOf("LIFE_CYCLE"))];
  await expect(found("task")).rejects.toMatchObject({
    message: `find ScheduledTask "task": 2 tasks have this name. Give one of their ids: ${ids.join(", ")}.`,
  });
  expect((await found(ids[1] ?? ""))?.id).toBe(ids[1]);
});
