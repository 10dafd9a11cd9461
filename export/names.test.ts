import fc from "fast-check";
import { resourceNames, unmarked, wordsOf } from "./names";

const task = (id: string, taskName: string, taskType = "STOP") => ({ id, taskName, taskType });

test.each([
  ["evening-stop", "evening-stop"],
  ["Evening_Stop.2", "Evening_Stop.2"],
  ["晚间关机", "晚间关机"],
  ["晚间 关机", "晚间-关机"],
  ["Nightly Stop", "nightly-stop"],
  ["don't stop", "dont-stop"],
  ['a "quoted" one', "a-quoted-one"],
  ["back\\slash/and::more", "back-slash-and-more"],
  ["two\nlines", "two-lines"],
  [`\${x}`, "x"],
  [" padded ", "padded"],
  ["2024 plan", "2024-plan"],
  ["class", "class"],
  ["__proto__", "proto"],
  ["constructor", "constructor-task"],
  ["toString", "tostring"],
  ["valueOf", "valueof"],
  ["pulumi", "pulumi-task"],
  ["null", "null-task"],
  ["!!!", "stop"],
  ["\u202e", "stop"],
])("a task %j is the resource %j", (taskName, name) => {
  expect(resourceNames([task("1", taskName)]).get("1")).toBe(name);
});

test("words keep the marks of their letters, which are taken off for Go", () => {
  expect(wordsOf("हिन्दी-Pool \u0301 ①")).toEqual(["हिन्दी", "pool", "1"]);
  expect(unmarked("हिन्दीPool")).toBe("हनदPool");
});

test("nothing legal in the name nor in the action", () => {
  expect(resourceNames([task("1", "?", "!")]).get("1")).toBe("task");
});

test("of several with one name the one with the smallest id keeps it, whatever the order of the list", () => {
  const tasks = [task("c", "stop"), task("a", "Stop!"), task("b", "stop"), task("d", "stop-2")];
  const names = resourceNames(tasks);
  expect(Object.fromEntries(names)).toEqual({ a: "stop-3", b: "stop", c: "stop-4", d: "stop-2" });
  expect(resourceNames([...tasks].reverse())).toEqual(names);
});

test("a name that another resource has is taken", () => {
  expect(resourceNames([task("1", "stop")], ["stop"]).get("1")).toBe("stop-2");
});

test("names are unique and legal, and a legal name is kept", () => {
  const taskName = fc.oneof(
    fc.string({ unit: "binary", minLength: 1 }),
    fc.constantFrom("a", "a-2", "A", "a b", "a-b"),
  );
  fc.assert(
    fc.property(fc.array(taskName, { maxLength: 20 }), (taskNames) => {
      const tasks = taskNames.map((name, at) => task(String(at).padStart(2, "0"), name));
      const names = resourceNames(tasks);
      expect(new Set(names.values()).size).toBe(tasks.length);
      for (const name of names.values())
        expect(name).toMatch(/^[\p{L}\p{Nd}](?:[\p{L}\p{M}\p{Nd}._-]*[\p{L}\p{M}\p{Nd}])?$/u);
    }),
  );
});
