import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { scheduledTypes } from "../../provider/scheduledTask/fields";
import { type Contract, contractOf, type Facts, type PackageSchema } from "./contract";
import { breakingChanges, mayBreak } from "./rules";

const schema = JSON.parse(readFileSync(resolve(__dirname, "../../schema.json"), "utf8")) as PackageSchema;
const contract = contractOf(schema);
const interval = "ScheduledTask input dayInterval";

const without = (place: string): Contract => {
  const { [place]: _, ...rest } = contract;
  return rest;
};
const edited = (place: string, edit: Facts): Contract => {
  expect(contract).toHaveProperty([place]);
  return { ...contract, [place]: { ...contract[place], ...edit } };
};

test.each<[string, () => Contract, string]>([
  ["an input is gone", () => without(interval), `${interval} is gone`],
  ["a resource is gone", () => without("resource ScheduledTask"), "resource ScheduledTask is gone"],
  ["a function is gone", () => without("function getScheduledTasks"), "function getScheduledTasks is gone"],
  ["a setting is gone", () => without("configuration region"), "configuration region is gone"],
  ["a value is gone", () => without("TaskType value STOP"), "TaskType value STOP is gone"],
  [
    "the alias of the other front is gone",
    () => without("ScheduledTask alias pulumi-nodejs:dynamic/huaweicloud-workspace:ScheduledTask"),
    "ScheduledTask alias pulumi-nodejs:dynamic/huaweicloud-workspace:ScheduledTask is gone",
  ],
  ["a type differs", () => edited(interval, { type: { type: "string" } }), `${interval} has another type`],
  [
    "a secret is none any more",
    () => edited("configuration secretKey", { type: { type: "string" } }),
    "configuration secretKey has another type",
  ],
  ["an input becomes required", () => edited(interval, { required: true }), `${interval} is required now`],
  [
    "a result may be missing",
    () => edited("ScheduledTaskSummary property id", { required: false }),
    "ScheduledTaskSummary property id may be missing now",
  ],
  ["a minimum rises", () => edited(interval, { min: 2 }), `${interval} has a higher minimum`],
  ["a maximum falls", () => edited(interval, { max: 30 }), `${interval} has a lower maximum`],
  [
    "a closed list loses a value",
    () => edited("ScheduledTask input scheduledType", { values: ["DAY", "WEEK"] }),
    "ScheduledTask input scheduledType accepts fewer values",
  ],
  [
    "a list is closed",
    () => edited("ScheduledTask input taskType", { values: ["STOP"] }),
    "ScheduledTask input taskType accepts fewer values",
  ],
  [
    "fewer schedule types use a field",
    () => edited("ScheduledTask input timeZone", { usedBy: ["DAY"] }),
    "ScheduledTask input timeZone is used by fewer schedule types",
  ],
  [
    "more schedule types need a field",
    () => edited("ScheduledTask input waitTime", { requiredBy: ["LIFE_CYCLE"] }),
    "ScheduledTask input waitTime is required by more schedule types",
  ],
  ["an update becomes a replace", () => edited(interval, { replaces: true }), `${interval} replaces the task now`],
  [
    "a default differs",
    () => edited("ScheduledTask input enable", { default: false }),
    "ScheduledTask input enable has another default",
  ],
  [
    "a field is enforced",
    () => edited("ScheduledTask input priority", { enforced: true }),
    "ScheduledTask input priority is enforced now",
  ],
  [
    "a new input is required",
    () => ({ ...contract, "ScheduledTask input colour": { direction: "in", type: {}, required: true } }),
    "ScheduledTask input colour is new, and required",
  ],
])("breaks: %s", (_, now, expected) => expect(breakingChanges(contract, now())).toEqual([expected]));

test.each<[string, () => Contract]>([
  ["nothing changed", () => contract],
  ["a range widens", () => edited(interval, { min: 0, max: 99 })],
  ["a value comes", () => edited("ScheduledTask input scheduledType", { values: [...scheduledTypes, "HOUR"] })],
  ["a replace becomes an update", () => edited("ScheduledTask input taskType", { replaces: false })],
  ["an input comes", () => ({ ...contract, "ScheduledTask input colour": { direction: "in", required: false } })],
  ["an output comes", () => ({ ...contract, "ScheduledTask output colour": { direction: "out", required: true } })],
  [
    "a function comes with an argument that it needs",
    () => ({ ...contract, "function getColour": {}, "getColour argument name": { direction: "in", required: true } }),
  ],
])("does not break: %s", (_, now) => expect(breakingChanges(contract, now())).toEqual([]));

test("each input of the table is a place of the contract, with its limits", () => {
  expect(contract[interval]).toEqual({
    direction: "in",
    type: { type: "integer" },
    required: false,
    min: 1,
    max: 31,
    usedBy: ["DAY"],
    requiredBy: ["DAY"],
  });
});

test.each([
  ["0.1.0", "0.1.9", false],
  ["0.1.0", "0.2.0", true],
  ["0.1.0", "1.0.0", true],
  ["1.2.3", "1.9.0", false],
  ["1.2.3", "2.0.0", true],
  ["1.2.3", "10.0.0", true],
])("from %s to %s, a change may break: %s", (old, now, expected) => expect(mayBreak(old, now)).toBe(expected));
