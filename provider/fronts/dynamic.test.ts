import { type Cloud, startCloud } from "../../test/emulated";
import { taskOf } from "../scheduledTask/examples.fixture";
import { SECRET_INPUTS } from "../scheduledTask/fields";
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

test("what was secret before is not told when the program no longer says that it is", () => {
  const lines: string[] = [];
  const spy = jest.spyOn(process.stderr, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  try {
    const marks = { [SECRET_INPUTS]: [["taskName"], ["applyObjects"]] };
    const [target] = [{ objectType: "DESKTOP", objectId: "hidden-target" }];
    const before = { ...taskOf("DAY"), taskName: "hidden-name", applyObjects: [target], ...marks };
    const { inputs } = check(before as never, { ...taskOf("DAY"), taskName: "open" } as never);
    expect(diff("of its own", before as never, { ...inputs }).changes).toBe(true);
  } finally {
    spy.mockRestore();
  }
  expect(lines.join("")).toContain("open");
  expect(lines.join("")).not.toContain("hidden-");
});

test("the marks of what is secret are kept beside inputs and state", async () => {
  const marks = { [SECRET_INPUTS]: [["description"]] };
  const declared = { ...taskOf("DAY"), taskName: "marked", description: "mine" };
  const { inputs } = check({}, { ...declared, ...marks } as never);
  expect(inputs).toMatchObject(marks);
  const { id, outs } = await create({ ...inputs } as never);
  expect(outs).toMatchObject(marks);
  expect(diff("another", { ...outs } as never, { ...inputs } as never).changes).toBe(false);
  await cloud.edit(id, { day_interval: 9 });
  expect(await read(id, { ...outs } as never)).toMatchObject({ props: marks, inputs: { dayInterval: 9, ...marks } });
});

test("of a secret that changes neither value is told", () => {
  const lines: string[] = [];
  const spy = jest.spyOn(process.stderr, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  try {
    const before = { ...taskOf("DAY"), taskName: "secret-of-before" };
    const secrets = { [SECRET_INPUTS]: [["taskName"]] };
    const { inputs } = check(before as never, { ...before, taskName: "secret-from-now-on", ...secrets } as never);
    expect(diff("its id", { ...before }, { ...inputs }).changes).toBe(true);
  } finally {
    spy.mockRestore();
  }
  expect(lines.join("")).toMatch(/\[secret\].*\[secret\]/);
  expect(lines.join("")).not.toContain("secret-");
});
