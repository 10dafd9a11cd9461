import { type Dialects, defaultDialects } from "../../emulator/dialects";
import {
  complete,
  editable,
  edits,
  isNone,
  removable,
  taskOf,
  wireOf,
  without,
} from "../../provider/scheduledTask/examples.fixture";
import type { Inputs } from "../../provider/scheduledTask/fields";
import { type Cloud, type LiveTask, startCloud, writes } from "../emulated";
import { Deployment } from "./fronts";

type Type = keyof typeof complete;
const types = Object.keys(complete) as Type[];

/** The life of a task against one cloud: whichever way it decides what its documents leave open. */
export function lifecycleSuite(dialects: Partial<Dialects> = {}): void {
  const played = { ...defaultDialects, ...dialects };
  let cloud: Cloud;

  beforeAll(async () => {
    cloud = await startCloud({ requireSignature: true, dialects });
  });
  afterAll(() => cloud.stop());
  beforeEach(() => cloud.reset());

  /** The next command of a person comes later than a list lags. */
  const later = () => new Promise((resolve) => setTimeout(resolve, played.lag === "none" ? 0 : 1_100));
  const deployed = async (inputs: Inputs): Promise<{ deployment: Deployment; id: string }> => {
    const deployment = new Deployment(cloud);
    await deployment.up(inputs);
    await cloud.newRequests();
    await later();
    return { deployment, id: deployment.id ?? "" };
  };
  const live = async (id: string): Promise<LiveTask> => {
    const task = (await cloud.tasks()).find((one) => one.id === id);
    if (task === undefined) throw new Error(`no task ${id}`);
    return task;
  };
  const expectQuiet = async (deployment: Deployment, inputs: Inputs): Promise<void> => {
    await later();
    expect(await deployment.preview(inputs)).toEqual([]);
  };

  test.each(types)("a new %s task is quiet, and gone when destroyed", async (type) => {
    const { deployment } = await deployed(taskOf(type));
    await expectQuiet(deployment, taskOf(type));
    await deployment.destroy();
    expect(await cloud.tasks()).toEqual([]);
  });

  test.each(editable)("a changed %s is live afterwards, and nothing else changed", async (name, { of, to, wire }) => {
    const { deployment, id } = await deployed(taskOf(of));
    if (of !== "WEEK") await cloud.edit(id, { description: "made by hand, declared nowhere" });
    const before = await live(id);
    const changed = { ...taskOf(of), [name]: to };
    expect(await deployment.up(changed)).toEqual([name]);
    const sorted = (value: unknown) => (Array.isArray(value) ? expect.arrayContaining(value) : value);
    expect(await live(id)).toEqual({ ...before, [wireOf(name)]: sorted(wire) });
    const puts = writes(await cloud.newRequests()).filter(({ status }) => status === 200);
    expect(puts.length).toBe(played.omitted === "keeps" ? 1 : 2);
    await expectQuiet(deployment, changed);
  });

  test.each(removable)("a removed %s is cleared or warned about, then quiet", async (name) => {
    const { of } = edits[name];
    const { deployment, id } = await deployed(taskOf(of));
    const removed = without(taskOf(of), name);
    expect(await deployment.up(removed)).toEqual([name]);
    const said = deployment.messages.filter((message) => message.includes(name));
    expect(isNone((await live(id))[wireOf(name)]) || said.length > 0).toBe(true);
    await expectQuiet(deployment, removed);
  });

  test.each(editable)("%s changed elsewhere shows, is repaired, is quiet", async (name, { of }) => {
    const { deployment, id } = await deployed(taskOf(of));
    const before = await live(id);
    await cloud.edit(id, { [wireOf(name)]: edits[name].drift });
    await later();
    expect(await deployment.preview(taskOf(of))).toEqual([name]);
    expect(await deployment.up(taskOf(of))).toEqual([name]);
    expect(await live(id)).toEqual(before);
    await expectQuiet(deployment, taskOf(of));
  });

  const safety = { enable: false, force_execute: true, expire_time: "2031-03-03 00:00:00" };
  test("safety fields that nobody declared are put back", async () => {
    const { deployment, id } = await deployed(taskOf("DAY"));
    await cloud.edit(id, safety);
    await later();
    expect((await deployment.preview(taskOf("DAY"))).sort()).toEqual(["enable", "expireTime", "forceExecute"]);
    await deployment.up(taskOf("DAY"));
    await expectQuiet(deployment, taskOf("DAY"));
    expect(await live(id)).toMatchObject({ enable: true, force_execute: false });
    if (played.clear === "clears") expect(isNone((await live(id)).expire_time)).toBe(true);
    else expect(deployment.messages.join()).toContain("the cloud kept expireTime");
  });

  const pairs = types.flatMap((from) => types.filter((to) => to !== from).map((to) => [from, to] as const));
  test.each(pairs)("%s becomes %s in one update", async (from, to) => {
    const { deployment } = await deployed(taskOf(from));
    const { grayCount: _, grayDesktopIds: __, grayFailThreshold: ___, ...plain } = taskOf(to);
    const { taskType } = taskOf(from);
    const declared = { ...(taskType === "EXECUTE_SCRIPT" ? taskOf(to) : plain), ...(taskType && { taskType }) };
    await deployment.up(declared);
    await expectQuiet(deployment, declared);
  });

  test("a disabled task is never live, or a message says for how long it was", async () => {
    const declared = { ...taskOf("WEEK"), enable: false };
    const deployment = new Deployment(cloud);
    await deployment.up(declared);
    const [post, put] = writes(await cloud.newRequests()).filter(({ status }) => status === 200);
    if (played.bare === "refused") expect(deployment.messages.join()).toContain("enabled until the PUT");
    else expect(post?.body).not.toHaveProperty("apply_objects");
    expect(put?.body).toMatchObject({ enable: false });
    await expectQuiet(deployment, declared);
    expect(await cloud.tasks()).toMatchObject([{ enable: false }]);
  });

  test("a task deleted elsewhere is made again, and deleting one that is gone succeeds", async () => {
    const { deployment, id } = await deployed(taskOf("DAY"));
    await cloud.drop(id);
    await later();
    expect(await deployment.preview(taskOf("DAY"))).toEqual(["create"]);
    await deployment.up(taskOf("DAY"));
    expect(await cloud.tasks()).toHaveLength(1);
    await cloud.drop(deployment.id ?? "");
    await later();
    await deployment.destroy();
  });
}
