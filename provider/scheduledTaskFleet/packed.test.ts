import fc from "fast-check";
import { keepSecret } from "../cloud/redaction";
import { taskOf } from "../scheduledTask/examples.fixture";
import { UNKNOWN } from "../scheduledTask/fields";
import type { FleetState } from "./fleet";
import { type PackedFleet, packFleet, unpackFleet } from "./packed";

const day = { ...taskOf("DAY"), taskName: "day" };

test("a fleet comes back as it was, and each task is one text, the same for the same task", () => {
  const inherited = JSON.parse('{"__proto__": {"taskName": "a", "extraParams": {"n": 0.30000000000000004}}}');
  // As JSON writes it, which is no -0.
  const extraParams = fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.parse(JSON.stringify(value)));
  const fleets = fc.dictionary(fc.string(), fc.record({ taskName: fc.string(), extraParams }));
  fc.assert(
    fc.property(fleets, (tasks) => {
      const state: FleetState = { enable: true, tasks, taskIds: {} };
      const packed = packFleet(state);
      expect(unpackFleet(packed)).toEqual(state);
      expect(Object.values(packed.tasks ?? {}).every((task) => typeof task === "string")).toBe(true);
      const turned = Object.entries(tasks).map(([key, { taskName, extraParams: params }]) => [
        key,
        { extraParams: params, taskName },
      ]);
      expect(packFleet({ ...state, tasks: Object.fromEntries(turned) })).toEqual(packed);
    }),
    { examples: [[inherited]] },
  );
});

test("a task with a secret is no text, since the engine would hide the whole of it", () => {
  keepSecret("tell-nobody");
  const tasks = { open: day, hidden: { ...day, extraParams: { key: "tell-nobody" } } };
  expect(packFleet({ tasks }).tasks).toEqual({ open: expect.any(String), hidden: tasks.hidden });
});

test("what was no text when it was read stays none: whether it is secret is not known then", () => {
  const arrived = packFleet({ tasks: { a: day, b: day } });
  const before: PackedFleet = { tasks: { ...(arrived.tasks as object), b: day } };
  expect(packFleet(unpackFleet(before), before)).toEqual(before);
});

test.each([[{}], [{ tasks: UNKNOWN }], [{ tasks: "[secret]" }], [{ tasks: { a: UNKNOWN, b: "[secret]" } }]])(
  "what is hidden or not known stays so: %j",
  (state) => {
    expect(packFleet(state as FleetState)).toEqual(state);
    expect(unpackFleet(state)).toEqual(state);
  },
);
