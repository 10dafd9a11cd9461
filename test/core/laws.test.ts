import fc from "fast-check";
import { check } from "../../provider/scheduledTask/check";
import { createBody, diff, likeness } from "../../provider/scheduledTask/diff";
import { type Inputs, rows } from "../../provider/scheduledTask/fields";
import { restate } from "../../provider/scheduledTask/state";
import { canonical, equal, fromWire } from "../../provider/scheduledTask/wire";
import { type Cloud, startCloud, writes } from "../emulated";
import { pair, task } from "./arbitraries";
import { Deployment } from "./fronts";

const context = { now: new Date("2026-11-24T00:00:00Z"), previous: undefined, defaults: {}, markLength: 0 };
const canonicalTask = (inputs: Inputs): Inputs =>
  Object.fromEntries(
    rows.flatMap((field) =>
      inputs[field.name] === undefined ? [] : [[field.name, canonical(field, inputs[field.name])]],
    ),
  );
const respelt = (inputs: Inputs): Inputs => ({
  ...inputs,
  ...(inputs.weekList && { weekList: [...inputs.weekList].reverse() }),
  ...(inputs.monthList && { monthList: [...inputs.monthList, ...inputs.monthList] }),
  ...(inputs.dateList && { dateList: inputs.dateList.map(String).reverse() }),
  ...(inputs.applyObjects && { applyObjects: [...inputs.applyObjects, ...inputs.applyObjects].reverse() }),
  ...(inputs.expireTime && { expireTime: inputs.expireTime.replace("T", " ") }),
  ...(typeof inputs.extraParams === "string" && { extraParams: `\n${inputs.extraParams} ` }),
});

test("a random task passes check as it is, and again", () => {
  fc.assert(
    fc.property(task, (inputs) => {
      const once = check({ ...inputs }, context);
      expect(once.failures).toEqual([]);
      expect(check({ ...once.inputs }, context).inputs).toEqual(once.inputs);
    }),
    { numRuns: 300 },
  );
});

test("canonical form is idempotent, and means the same", () => {
  fc.assert(
    fc.property(task, (inputs) => {
      const once = canonicalTask(inputs);
      expect(canonicalTask(once)).toEqual(once);
      for (const field of rows) expect(equal(field, inputs[field.name], once[field.name])).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("two spellings of one meaning never differ", () => {
  fc.assert(
    fc.property(task, (inputs) => {
      expect(diff(inputs, respelt(inputs)).changes.map(({ field }) => field.name)).toEqual([]);
      expect(diff(canonicalTask(inputs), inputs).changes.map(({ field }) => field.name)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("tasks that differ in nothing but the name are alike, and no others are taken for it", () => {
  fc.assert(
    fc.property(pair, ([before, after]) => {
      const { changes, replaces } = diff(before, after);
      const isRenamed = replaces.length === 0 && changes.every(({ field }) => field.name === "taskName");
      if (isRenamed) expect(likeness(before)).toBe(likeness(after));
      expect(likeness(respelt({ ...before, taskName: "renamed" }))).toBe(likeness(before));
    }),
    { numRuns: 300 },
  );
});

test("what is sent reads back as what was declared, in the user's spelling", () => {
  fc.assert(
    fc.property(task, (inputs) => {
      const body = createBody(inputs);
      for (const field of rows)
        if (field.wireName && field.wireName in body)
          expect(equal(field, inputs[field.name], fromWire(field, body))).toBe(true);
      const { enable: _, priority: __, ...readable } = inputs;
      expect(restate(readable, body)).toMatchObject(
        Object.fromEntries(Object.entries(readable).filter(([, value]) => value !== "" && !isEmpty(value))),
      );
    }),
    { numRuns: 300 },
  );
});
const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

describe("against the emulator", () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud();
  });
  afterAll(() => cloud.stop());

  test("create, read, diff is empty", async () => {
    await fc.assert(
      fc.asyncProperty(task, async (inputs) => {
        const deployment = new Deployment(cloud);
        await cloud.reset();
        await deployment.up(inputs);
        expect(await deployment.preview(respelt(inputs))).toEqual([]);
        await deployment.destroy();
      }),
      { numRuns: 60 },
    );
  });

  test("any pair of tasks converges after one update, whose PUT holds only what changed", async () => {
    await fc.assert(
      fc.asyncProperty(pair, async ([from, to]) => {
        const deployment = new Deployment(cloud);
        await cloud.reset();
        await deployment.up(from);
        await cloud.newRequests();
        const changed = await deployment.up(to);
        const puts = writes(await cloud.newRequests());
        expect(puts.length).toBeLessThanOrEqual(1);
        const allowed = new Set(rows.filter(({ name }) => changed.includes(name)).map(({ wireName }) => wireName));
        if (!changed.includes("scheduledType"))
          for (const name of Object.keys(puts[0]?.body ?? {}))
            expect([...allowed, "is_gray", "apply_object_update_type"]).toContain(name);
        expect(await deployment.preview(to)).toEqual([]);
        await deployment.destroy();
      }),
      { numRuns: 60 },
    );
  });
});
