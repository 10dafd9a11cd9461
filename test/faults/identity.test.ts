import { writes } from "../emulated";
import { isFleet, programOf } from "../engine/tasks";
import { steps } from "./steps";
import { createWorld, expectFailed, expectOk, type World } from "./world";

let world: World;
const others: World[] = [];
afterEach(async () => {
  for (const other of others.splice(0)) await other.end();
  await world.end();
});
const start = async (config: { readonly [name: string]: string } = {}) => {
  world = await createWorld({ config });
  world.grow(3);
  await world.expectNextUp();
  await world.cloud.newRequests();
};
const adopt = { onExisting: "adopt" };

/** What the engine knows by a name: a fleet is one resource, whichever tasks it holds. */
const subject = isFleet ? "fleet" : "task-1";

/** The same under another name of Pulumi. */
const rename = () => {
  if (isFleet) return world.stack.setProgram(programOf(undefined, "renamed"));
  const { "task-1": first, ...rest } = world.declared();
  if (first === undefined) throw new Error("there is no task-1");
  world.declare({ ...rest, renamed: first });
};
const sent = async () => writes(await world.cloud.newRequests()).map(({ operation }) => operation);
const urn = async (name: string) =>
  (await world.stack.resources()).find(({ urn: one }) => one.endsWith(`::${name}`))?.urn ?? "";

test("rename without an alias | nothing is sent, the id and the ways out are named", async () => {
  await start();
  const before = world.declared();
  const { id = "" } = (await world.cloud.task("task-1")) ?? {};
  rename();
  expectFailed(await world.stack.up(), new RegExp(`is there already: ${id}`));
  expect(await sent()).toEqual([]);
  if (isFleet) world.stack.setProgram(programOf());
  world.declare(before);
  await world.expectNextUp();
  await world.expectEnd();
});

test("rename without an alias, onExisting adopt | the same task, no write", async () => {
  await start(adopt);
  rename();
  await world.expectNextUp();
  expect(await sent()).toEqual([]);
  await world.expectEnd();
});

// For a fleet it is a rename.
if (!isFleet)
  test("move into a component, onExisting adopt | the same task, no write", async () => {
    await start(adopt);
    world.declare(
      Object.fromEntries(Object.entries(world.declared()).map(([name, one]) => [name, { ...one, component: "group" }])),
    );
    await world.expectNextUp();
    expect(await sent()).toEqual([]);
    await world.expectEnd();
  });

test("a rename with a failure between | the old name is forgotten by the next run, the task stays", async () => {
  await start(adopt);
  rename();
  world.grow(1);
  await world.strike({
    operation: "CreateScheduledTasks",
    do: { status: 400, body: { error_code: "WKS.1", error_msg: "no" } },
  });
  expectFailed(await world.stack.up(), /400 WKS\.1 "no"/);
  await world.strike();
  await world.expectNextUp();
  expect(await sent()).not.toContain("DeleteScheduledTasks");
  await world.expectEnd();
});

const first = { deleteBeforeReplace: true };
test.each([
  ["--target-replace", async () => world.stack.up(["--target-replace", await urn(subject)])],
  [
    "state taint",
    async () => {
      expectOk(await world.stack.run(["state", "taint", "--yes", await urn(subject)]));
      return world.stack.up();
    },
  ],
])("%s | the old task goes first, then one new", async (_name, run) => {
  await start();
  world.declare(
    Object.fromEntries(Object.entries(world.declared()).map(([name, one]) => [name, { ...one, options: first }])),
  );
  await world.stack.up();
  await world.cloud.newRequests();
  const replaced = isFleet ? Object.keys(world.declared()) : [subject];
  replaced.forEach(world.release);
  expectOk(await run());
  expect(await sent()).toEqual([steps.delete.operation, ...replaced.map(() => "CreateScheduledTasks")]);
  await world.expectEnd();
});

test("two declarations of one task | the one that comes later is refused, and neither deletes it", async () => {
  await start();
  const before = world.declared();
  const { id } = (await world.cloud.task("task-1")) ?? {};
  const again = { args: { ...before["task-1"]?.args, taskName: "task-1", adoptTaskId: id } };
  world.declare({ ...before, again });
  // The engine compares the one while it creates the other, so that either may come first.
  expectFailed(
    await world.stack.up(),
    /is (already|also) managed (as|by the resource) "(task-1|again)"\. Remove one of the/,
  );
  world.declare(before);
  await world.expectNextUp();
  expect(await sent()).toEqual([]);
  await world.expectEnd();
});

test("the same program in a second stack, and its destroy | refused, nothing of the first is deleted", async () => {
  await start();
  const second = await createWorld({ cloud: world.cloud });
  others.push(second);
  second.declare(world.declared());
  expectFailed(await second.stack.up(), /is there already/);
  expectOk(await second.stack.destroy());
  expect(await sent()).toEqual([]);
  await world.expectEnd();
});

test("the same program in a second stack with an owner of its own, and its destroy | two tasks each, the destroy takes its own", async () => {
  await start({ owner: "acme/prod" });
  const second = await createWorld({ cloud: world.cloud, config: { owner: "acme/test" } });
  others.push(second);
  second.declare(world.declared());
  expectOk(await second.stack.up());
  expect(await world.cloud.tasks()).toHaveLength(6);
  expectOk(await second.stack.destroy());
  await world.expectEnd();
});
