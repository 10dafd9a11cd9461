import { type Cloud, startCloud } from "../../test/emulated";
import { taskOf } from "../scheduledTask/examples.fixture";
import { check, configure, create, diff, read } from "./dynamic";

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud({ requireSignature: true });
  const config: { readonly [key: string]: string } = { ...cloud.config, ...cloud.secrets };
  configure({ config: { get: (key) => config[key.includes(":") ? key : `huaweicloud-workspace:${key}`] } });
});
afterAll(() => cloud.stop());

test("of two declarations of one task with one name the second is refused, also when the first was created before", async () => {
  const [one] = [check({}, { ...taskOf("DAY"), taskName: "one" }).inputs];
  const { id } = await create({ ...one });
  expect(() => diff(id, { ...one }, { ...one })).toThrow(
    `ScheduledTask "one": its task ${id} is also managed as "one". Remove one of the two declarations, with retainOnDelete.`,
  );
});

test("a resource that stays may be compared again: a preview does it before the update", () => {
  const kept = "an id";
  const { inputs } = check({}, { ...taskOf("DAY"), taskName: "kept" });
  for (let times = 0; times < 2; times++) expect(diff(kept, { ...inputs }, { ...inputs }).changes).toBe(false);
  expect(() =>
    diff(kept, { ...inputs, taskName: "other" }, check({}, { ...inputs, taskName: "other" }).inputs as never),
  ).toThrow('is also managed as "kept"');
});

test("a read gives inputs only of what is no longer as it was: the others the engine has", async () => {
  const { inputs } = check({}, { ...taskOf("DAY"), taskName: "watched" });
  const { id, outs } = await create({ ...inputs });
  expect(await read(id, { ...outs })).toEqual({ id, props: outs, inputs: undefined });
  await cloud.edit(id, { description: "by hand" });
  const declared = { ...outs, description: "mine" };
  expect(await read(id, declared)).toMatchObject({
    props: { description: "by hand" },
    inputs: { ...inputs, description: "by hand" },
  });
});
