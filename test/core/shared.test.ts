import fc from "fast-check";
import { fleetPaths } from "../../provider/fronts/fleetDiff";
import { fieldAt } from "../../provider/fronts/secretInputs";
import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import { type Inputs, rows } from "../../provider/scheduledTask/fields";
import { equal } from "../../provider/scheduledTask/wire";
import { check } from "../../provider/scheduledTaskFleet/check";
import {
  type FleetInputs,
  type FleetTask,
  fleetOf,
  membersOf,
  sharedNames,
  tasksOf,
} from "../../provider/scheduledTaskFleet/fleet";
import { stepsOf } from "../../provider/scheduledTaskFleet/steps";
import { type Cloud, startCloud, writes } from "../emulated";
import { task } from "./arbitraries";
import { Fleet, isIdle } from "./fleetDeployment";

const pick = (inputs: Inputs, names: readonly string[]): Inputs =>
  Object.fromEntries(Object.entries(inputs).filter(([name]) => names.includes(name)));
const placed = fc
  .tuple(task, fc.record({ region: fc.constantFrom("one", "two") }, { requiredKeys: [] }))
  .map(([inputs, place]): Inputs => ({ ...inputs, ...place }));
const some = (names: readonly string[]) =>
  fc.tuple(placed, fc.subarray([...names])).map(([inputs, chosen]) => pick(inputs, chosen));
const keyed = <T>(value: fc.Arbitrary<T>) => fc.dictionary(fc.constantFrom("a", "b c", "constructor"), value);
const names = rows.map(({ name }) => name);
/** Any fields of any tasks on the fleet, and any of others in its tasks: no valid ones, which these laws do not need. */
const inputs: fc.Arbitrary<FleetInputs> = fc
  .tuple(some(sharedNames), keyed(some(names)))
  .map(([shared, tasks]) => ({ ...shared, tasks }));
const state = fc.tuple(inputs, keyed(placed)).map(([like, live]) => {
  const members = Object.entries(live).map(([key, one]) => ({ key, id: `id-of-${key}`, state: one }));
  return { members, fleet: JSON.parse(JSON.stringify(fleetOf(members, like))) };
});

describe("for any fleet and any live tasks", () => {
  test("what a state says of a task is what is live", () => {
    fc.assert(
      fc.property(state, ({ members, fleet }) => {
        const known = membersOf(fleet);
        expect(known.map(({ key, id }) => [key, id])).toEqual(members.map(({ key, id }) => [key, id]));
        for (const [index, { state: live }] of members.entries()) {
          const said: Inputs = known[index]?.state ?? {};
          expect(Object.keys(said).sort()).toEqual(Object.keys(live).sort());
          for (const field of rows) expect(equal(field, said[field.name], live[field.name])).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("a path is told where a task changes, and only there", () => {
    fc.assert(
      fc.property(state, inputs, ({ fleet }, wanted) => {
        const steps = stepsOf(fleet, wanted);
        const paths = Object.keys(fleetPaths(steps, fleet, wanted));
        expect(paths.length === 0).toBe(steps.every(isIdle));
        const lost = Object.values(fleet.tasks as { [key: string]: FleetTask }).flatMap(({ lacks = [] }) => lacks);
        const named = paths.map((path) => fieldAt(path.replace('["b c"]', ".b").split(/[.[]/)));
        const told = new Set(named.flatMap((name) => (name === "lacks" ? lost : [name])));
        const changed = steps.flatMap((step): string[] =>
          step.kind === "update" || step.kind === "replace"
            ? [...step.changes.map(({ field }) => field.name), ...(step.kind === "replace" ? step.replaces : [])]
            : [],
        );
        // A switch that other fields imply changes with them; of a renamed key the whole task is told.
        const isRenamed = steps.some((step) => "member" in step && "key" in step && step.member.key !== step.key);
        if (!isRenamed) expect([...told]).toEqual(expect.arrayContaining(changed.filter((name) => name !== "isGray")));
        for (const path of paths) if (!path.startsWith("tasks")) expect(changed).toContain(path);
      }),
      { numRuns: 500 },
    );
  });

  test("it means the same wherever it declares what its tasks have alike", () => {
    fc.assert(
      fc.property(task, fc.subarray([...sharedNames]), (one, chosen) => {
        const context = { now: new Date("2026-11-24T00:00:00Z"), previous: undefined, defaults: {}, markLength: 0 };
        const { adoptTaskId: _, taskName: __, ...alike } = one;
        const own = pick(
          alike,
          names.filter((name) => !chosen.some((shared) => shared === name)),
        );
        const spelledOut = check({ tasks: { a: alike, b: alike } }, context);
        const shared = check({ ...pick(alike, chosen), tasks: { a: own, b: own } }, context);
        expect([shared.failures, spelledOut.failures]).toEqual([[], []]);
        expect(tasksOf(shared.inputs)).toEqual(tasksOf(spelledOut.inputs));
      }),
      { numRuns: 300 },
    );
  });
});

describe("what a fleet declares once", () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud({ requireSignature: true });
  });
  afterAll(() => cloud.stop());
  beforeEach(() => cloud.reset());

  const { taskName: _, description: __, applyObjects: ___, ...week } = { ...taskOf("WEEK"), taskType: "STOP" };
  const pool = (name: string) => ({ applyObjects: [{ objectType: "DESKTOP_POOL", objectId: name }] });
  const live = async () =>
    (await cloud.tasks())
      .map(({ task_name, scheduled_type, scheduled_time, description }) => [
        task_name,
        scheduled_type,
        scheduled_time,
        description ?? "",
      ])
      .sort();
  const deployed = async (shared: object, tasks: { [key: string]: object }): Promise<Fleet> => {
    const fleet = new Fleet(cloud);
    fleet.shared = shared;
    await fleet.up(tasks);
    await cloud.newRequests();
    return fleet;
  };

  test("is of each task but those with another schedule or a value of their own, and changes with one line", async () => {
    const event = { taskType: "STOP", scheduledType: "LIFE_CYCLE", lifeCycleType: "POST_DESKTOP_DISCONNECTED" };
    const tasks = {
      usual: pool("a"),
      late: { ...pool("b"), scheduledTime: "23:00", description: "" },
      event: { ...pool("c"), ...event },
    };
    const fleet = await deployed({ ...week, scheduledTime: "19:30", description: "all" }, tasks);
    expect(await live()).toEqual([
      ["event", "LIFE_CYCLE", expect.anything(), "all"].with(2, (await cloud.task("event"))?.scheduled_time),
      ["late", "WEEK", "23:00:00", ""],
      ["usual", "WEEK", "19:30:00", "all"],
    ]);
    expect((await fleet.preview(tasks)).every(isIdle)).toBe(true);
    fleet.shared = { ...fleet.shared, scheduledTime: "20:15" };
    await fleet.up(tasks);
    expect(writes(await cloud.newRequests()).map(({ body }) => body)).toEqual([{ scheduled_time: "20:15:00" }]);
    expect((await fleet.preview(tasks)).every(isIdle)).toBe(true);
  });

  test("moves there from the tasks, and back, without a write", async () => {
    const tasks = { a: { ...week, ...pool("a") }, b: { ...week, ...pool("b") } };
    const fleet = await deployed({}, tasks);
    const moved = { a: pool("a"), b: pool("b") };
    fleet.shared = week;
    expect((await fleet.preview(moved)).every(isIdle)).toBe(true);
    fleet.shared = { ...week, scheduledTime: "05:00" };
    await fleet.up(moved);
    expect(Object.keys(fleet.state.tasks?.a ?? {}).sort()).toEqual(["applyObjects", "taskName"]);
    fleet.shared = {};
    const back = { a: { ...tasks.a, scheduledTime: "05:00" }, b: { ...tasks.b, scheduledTime: "05:00" } };
    expect((await fleet.preview(back)).every(isIdle)).toBe(true);
  });

  test.each<[string, object, (fleet: Fleet) => unknown]>([
    ["takes away", { description: "" }, ({ state }) => state.tasks?.a?.lacks],
    ["changes", { scheduled_time: "01:00:00" }, ({ state }) => state.tasks?.a?.scheduledTime],
  ])("drifts where somebody %s it, and is put back", async (_what, edit, inState) => {
    const tasks = { a: pool("a"), b: pool("b") };
    const fleet = await deployed({ ...week, scheduledTime: "19:30", description: "all" }, tasks);
    const before = await live();
    await cloud.edit(fleet.state.taskIds?.a ?? "", edit);
    const steps = await fleet.preview(tasks);
    expect(steps.filter((step) => !isIdle(step))).toEqual([expect.objectContaining({ kind: "update", key: "a" })]);
    expect(inState(fleet)).toBeDefined();
    await fleet.up(tasks);
    expect(await live()).toEqual(before);
    expect(inState(fleet)).toBeUndefined();
  });
});
