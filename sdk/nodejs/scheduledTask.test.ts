import * as pulumi from "@pulumi/pulumi";
import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import { SECRET_INPUTS } from "../../provider/scheduledTask/fields";
import { ScheduledTask } from "./scheduledTask";
import { ScheduledTaskFleet } from "./scheduledTaskFleet";

const registered = new Map<string, { readonly [name: string]: unknown }>();
beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => {
      registered.set(name, inputs);
      return { id: name, state: inputs };
    },
    call: () => ({}),
  }),
);

const task = { ...taskOf("DAY"), taskType: "STOP" } as unknown as ConstructorParameters<typeof ScheduledTask>[1];

/** What the engine is told of a resource. */
async function told(resource: pulumi.Resource, name: string): Promise<unknown> {
  await new Promise((resolve) => resource.urn.apply(resolve));
  return registered.get(name)?.[SECRET_INPUTS];
}

/** Each way to write a map of one task, and the paths in it that are secret. */
const description = pulumi.secret("hidden");
const maps: [string, unknown, string[][] | undefined][] = [
  ["known", { a: task }, undefined],
  ["an output that is no secret", { a: { ...task, description: pulumi.output("open") } }, undefined],
  ["a secret field", { a: { ...task, description }, b: task }, [["tasks", "a", "description"]]],
  ["a secret part of a field", { a: { ...task, dateList: ["1", description] } }, [["tasks", "a", "dateList"]]],
  ["a secret task", { a: pulumi.secret(task), b: task }, [["tasks", "a"]]],
  ["a promise of a secret task", { a: Promise.resolve({ ...task, description }) }, [["tasks", "a"]]],
  ["a secret map", pulumi.secret({ a: task }), [["tasks"]]],
  ["a promise of a map with a secret", Promise.resolve({ a: { ...task, description } }), [["tasks"]]],
];

test.each(maps)("the provider is told which inputs of a fleet are secret: %s", async (name, tasks, paths) => {
  const fleet = new ScheduledTaskFleet(name, { tasks: tasks as never });
  expect(await told(fleet, name)).toEqual(paths);
});

test("the provider is told which inputs of a task are secret, and nothing where all are known", async () => {
  expect(await told(new ScheduledTask("open", task), "open")).toBeUndefined();
  expect(Object.keys(registered.get("open") ?? {})).not.toContain(SECRET_INPUTS);
  const hidden = new ScheduledTask("hidden", { ...task, description });
  expect(await told(hidden, "hidden")).toEqual([["description"]]);
});

const transformation = () => JSON.parse("{");
test.each<[string, string, pulumi.CustomResourceOptions, RegExp]>([
  ["in a transformation", "refused", { transformations: [transformation] }, /JSON\.parse.*scheduledTask\.test/s],
  ["of Pulumi itself", "", {}, /Missing resource name.*scheduledTask\.test/s],
])(
  "an error in the constructor tells what it is about, and later ones have whole traces: %s",
  (_, name, opts, told) => {
    const { stackTraceLimit } = Error;
    const declare = () => new ScheduledTask(name, task, opts);
    expect(declare).toThrow(expect.objectContaining({ stack: expect.stringMatching(told) }));
    expect(Error.stackTraceLimit).toBe(stackTraceLimit);
  },
);

test("promises keep whole traces for whoever looks for one that never ends", () => {
  const limits: number[] = [];
  const transformation = () => void limits.push(Error.stackTraceLimit);
  new ScheduledTask("short", task, { transformations: [transformation] });
  process.env.PULUMI_DEBUG_PROMISE_LEAKS = "true";
  try {
    new ScheduledTask("whole", task, { transformations: [transformation] });
  } finally {
    delete process.env.PULUMI_DEBUG_PROMISE_LEAKS;
  }
  expect(limits).toEqual([1, Error.stackTraceLimit]);
});
