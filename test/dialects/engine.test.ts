import { defaultDialects } from "../../emulator/dialects";
import {
  type Editable,
  editable,
  edits,
  isNone,
  removable,
  wireOf,
  without,
} from "../../provider/scheduledTask/examples.fixture";
import type { Inputs } from "../../provider/scheduledTask/fields";
import { type Cloud, type LiveTask, startCloud, writes } from "../emulated";
import { createTasksStack, type Tasks, type TasksStack, tasksIn, tasksWith } from "../engine/tasks";
import { mixes, seed, singles } from "./mixes";

/** All values alone, and mixes where asked for: `npm run test:dialects` does. */
const clouds = process.env.LAW_RUNS === undefined ? singles : [...singles, ...mixes];

const unchanged = tasksWith((_, inputs) => inputs);
const sorted = (value: unknown) => (Array.isArray(value) ? expect.arrayContaining(value) : value);

describe.each(clouds)(`the engine, on a cloud with %j (MIX_SEED=${seed})`, (dialects) => {
  const played = { ...defaultDialects, ...dialects };
  let cloud: Cloud;
  let stack: TasksStack;

  beforeAll(async () => {
    cloud = await startCloud({ requireSignature: true, dialects });
    stack = await createTasksStack(cloud);
  });
  afterAll(async () => {
    stack.cleanup();
    await cloud.stop();
  });

  const liveTasks = async () => {
    const ids = new Map(tasksIn(await stack.state()).map(({ id, name }) => [id, name]));
    return new Map((await cloud.tasks()).map((task) => [ids.get(task.id) ?? "", task]));
  };
  const up = async (tasks: Tasks) => {
    stack.declare(tasks);
    await cloud.newRequests();
    const { code, output } = await stack.up(["--refresh"]);
    expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
    const puts = writes(await cloud.newRequests()).filter(({ status }) => status === 200);
    return { output, puts, live: await liveTasks() };
  };
  const expectQuiet = async () => {
    const { code, output } = await stack.preview(["--refresh", "--expect-no-changes"]);
    expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
  };
  /** Nothing but the named field of each task differs, and where it does it has its new value. */
  const expectOnly = (
    before: Map<string, LiveTask>,
    live: Map<string, LiveTask>,
    wanted: (name: Editable) => unknown,
  ) => {
    for (const [name] of editable)
      expect([name, live.get(name)]).toEqual([name, { ...before.get(name), [wireOf(name)]: sorted(wanted(name)) }]);
  };

  test("every field is changed, drifts, is repaired and removed, and every preview between is quiet", async () => {
    const { live: made } = await up(unchanged);
    const { live: changed, puts } = await up(tasksWith((name, inputs) => ({ ...inputs, [name]: edits[name].to })));
    expectOnly(made, changed, (name) => edits[name].wire);
    expect(puts.length).toBeLessThanOrEqual(editable.length * (played.omitted === "keeps" ? 1 : 2));
    await expectQuiet();

    for (const [name] of editable) await cloud.edit(changed.get(name)?.id ?? "", { [wireOf(name)]: edits[name].drift });
    const { live: repaired } = await up(unchanged);
    expectOnly(made, repaired, (name) => made.get(name)?.[wireOf(name)]);
    await expectQuiet();

    const { live: removed, output } = await up(
      tasksWith((name, inputs) => (removable.includes(name) ? without(inputs, name) : inputs)),
    );
    for (const name of removable)
      expect([name, isNone(removed.get(name)?.[wireOf(name)]) || output.includes(`task-of-${name}: `)]).toEqual([
        name,
        true,
      ]);
    await expectQuiet();

    const [alone] = editable[seed % editable.length] ?? ["taskName"];
    const changes = (name: Editable, inputs: Inputs) =>
      name === alone
        ? { ...inputs, [name]: edits[name].to }
        : removable.includes(name)
          ? without(inputs, name)
          : inputs;
    const single = await up(tasksWith(changes));
    expect(new Set(single.puts.map(({ path }) => path)).size).toBe(1);
    expect(single.puts.length).toBeLessThanOrEqual(played.omitted === "keeps" ? 1 : 2);

    expect((await stack.destroy()).code).toBe(0);
    expect(await cloud.tasks()).toEqual([]);
  });
});
