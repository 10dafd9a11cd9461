import type { LiveTask } from "../emulated";
import { steps } from "./steps";
import { createWorld, expectFailed, expectOk, until, type World } from "./world";

let world: World;
beforeAll(async () => {
  world = await createWorld();
  world.grow(4);
  await world.expectNextUp();
});
afterAll(() => world.end());

const NAME = "task-1";
const one = async (): Promise<LiveTask> => {
  const task = await world.cloud.task(NAME);
  if (task === undefined) throw new Error(`there is no ${NAME}`);
  return task;
};
const drop = async ({ id }: LiveTask) => {
  world.release(NAME);
  await world.cloud.drop(id);
};

/** Runs the step, and does something to a task when the request about it has arrived and before it is processed. */
async function between(step: "update" | "delete", act: (task: LiveTask) => Promise<unknown>) {
  const { operation } = steps[step];
  const task = await one();
  await world.cloud.newRequests();
  await world.strike({ operation, do: { delayMs: 1_000 } });
  const running = steps[step].act(world, 4);
  await until(async () =>
    (await world.cloud.newRequests()).some(
      (request) => request.operation === operation && JSON.stringify(request).includes(task.id),
    ),
  );
  await act(task);
  const outcome = await running;
  await world.strike();
  return outcome;
}

test("read | the task deleted in the console | made again by the same run", async () => {
  await drop(await one());
  await world.expectNextUp();
});

test("update | the task deleted in the console just before the PUT | the run says so, the next one makes it again", async () => {
  expectFailed(await between("update", drop), /update ScheduledTask "task-1".*It was deleted elsewhere: `pulumi up/);
  await world.expectNextUp();
});

test("update | the task edited in the console just before the PUT | in the same run as declared", async () => {
  const edit = ({ id }: LiveTask) => world.cloud.edit(id, { scheduled_time: "01:00:00" });
  expectOk(await between("update", edit));
  await world.expectExact();
});

test("update | a field that the program changes edited in the console | shown before it is overwritten", async () => {
  await world.cloud.edit((await one()).id, { description: "theirs" });
  world.revise();
  const { code, output } = await world.stack.up();
  expect([code, output]).toEqual([
    0,
    expect.stringContaining("task-1: changed elsewhere since the last run: description."),
  ]);
  await world.expectExact();
});

test("delete | the task deleted in the console just before the DELETE | deleted, in the same run", async () => {
  expectOk(await between("delete", drop));
  await world.expectEnd();
});
