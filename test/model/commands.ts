import fc from "fast-check";
import { createBody } from "../../provider/scheduledTask/diff";
import type { Inputs } from "../../provider/scheduledTask/fields";
import { task } from "../core/arbitraries";
import { type LiveTask, writes } from "../emulated";
import { differences } from "./expectations";
import type { Runner } from "./runner";

/** What the program declares and what others have done, without the cloud's answers. */
export interface Model {
  readonly program: Map<string, Inputs>;
  readonly applied: Map<string, Inputs>;
  readonly foreign: LiveTask[];
}

type Command = fc.AsyncCommand<Model, Runner>;
const command = (text: string, run: (model: Model, runner: Runner) => Promise<void>): Command => ({
  check: () => true,
  run,
  toString: () => text,
});

const names = ["one", "two", "three"] as const;
const slot = fc.constantFrom(...names);
const named = (name: string, inputs: Inputs): Inputs => ({ ...inputs, taskName: `task ${name}` });

/** Another value of some fields, of no value for the schedule type that is not in use. */
const declare = fc.tuple(slot, task).map(([name, inputs]) =>
  command(`declare ${name} ${JSON.stringify(inputs)}`, async ({ program }) => {
    program.set(name, named(name, inputs));
  }),
);

const optional = ["expireTime", "enable", "forceExecute", "description", "extraParams", "applyObjects"] as const;
const change = fc.tuple(slot, fc.subarray([...optional], { minLength: 1 }), task).map(([name, fields, other]) =>
  command(
    `change ${name} ${JSON.stringify(Object.fromEntries(fields.map((field) => [field, other[field]])))}`,
    async ({ program }) => {
      const { [name]: old } = Object.fromEntries(program);
      if (old)
        program.set(name, defined({ ...old, ...Object.fromEntries(fields.map((field) => [field, other[field]])) }));
    },
  ),
);
const defined = (inputs: Inputs): Inputs =>
  Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));

const undeclare = slot.map((name) => command(`undeclare ${name}`, async ({ program }) => void program.delete(name)));

const edits = fc.oneof(
  fc.constantFrom<object>(
    { enable: false },
    { force_execute: true },
    { expire_time: "2033-03-03 00:00:00" },
    { expire_time: null },
    { description: "by hand" },
    { description: null },
    { extra_params: '{"notify_message":"by hand"}' },
    { apply_objects: [] },
    { apply_objects: [{ object_type: "DESKTOP", object_id: "by-hand" }] },
    { task_name: "renamed by hand" },
    { scheduled_type: "DAY", day_interval: 3, scheduled_time: "01:02:03", time_zone: "UTC" },
  ),
);
const edit = fc.tuple(slot, edits).map(([name, fields]) =>
  command(`edit ${name} in the console ${JSON.stringify(fields)}`, async (_, runner) => {
    const id = (await runner.known()).get(name)?.id;
    if (id !== undefined && (await runner.cloud.tasks()).some((one) => one.id === id))
      await runner.cloud.edit(id, fields);
  }),
);
const drop = slot.map((name) =>
  command(`delete ${name} in the console`, async (_, runner) => {
    const id = (await runner.known()).get(name)?.id;
    if (id !== undefined && (await runner.cloud.tasks()).some((one) => one.id === id)) await runner.cloud.drop(id);
  }),
);
const make = fc.tuple(slot, task).map(([name, inputs]) =>
  command(`make a task of the name of ${name} in the console`, async ({ foreign }, { cloud }) => {
    const id = await cloud.make({ ...createBody({ ...inputs, description: "foreign" }), task_name: `task ${name}` });
    foreign.push(...(await cloud.tasks()).filter((one) => one.id === id));
  }),
);

const operations = [
  "*",
  "CreateScheduledTasks",
  "UpdateScheduledTasks",
  "DeleteScheduledTasks",
  "ShowScheduledTasks",
  "ListScheduledTasks",
];
const answer = (status: number, error_code: string) => ({ status, body: { error_code, error_msg: "a fault" } });
const where = {
  operation: fc.constantFrom(...operations),
  nth: fc.integer({ min: 1, max: 12 }),
  times: fc.constantFrom(1, 1, 2, 9),
};
const fault = fc.oneof(
  fc.record({
    ...where,
    when: fc.constantFrom("before", "after"),
    do: fc.constantFrom<unknown>("reset", "truncate", answer(500, "WKS.0500"), {
      status: 502,
      body: "<html>bad gateway</html>",
    }),
  }),
  // What is refused is not done.
  fc.record({
    ...where,
    when: fc.constant("before"),
    do: fc.constantFrom(
      answer(400, "WKS.0001"),
      answer(403, "WKS.0403"),
      answer(404, "APIGW.0101"),
      answer(429, "APIGW.0308"),
    ),
  }),
);

/** A run that succeeds leaves exactly what is declared, and the next one nothing to do. */
async function succeed(model: Model, runner: Runner, onExisting?: "adopt"): Promise<void> {
  const { cloud } = runner;
  const before = await cloud.tasks();
  const failure = await runner.up(model.program, onExisting);
  if (failure !== undefined) throw new Error(`an up without faults failed: ${failure}`);
  const wrong = differences({ ...model, before }, await cloud.tasks(), await runner.known());
  await cloud.newRequests();
  const again = await runner.up(model.program);
  const sent = writes(await cloud.newRequests());
  if (again !== undefined || sent.length > 0) wrong.push(`the next up is not quiet: ${again ?? JSON.stringify(sent)}`);
  if (wrong.length > 0) throw new Error(wrong.join("\n"));
  model.applied.clear();
  for (const [name, inputs] of model.program) model.applied.set(name, inputs);
}

const up = fc.constant(command("up", (model, runner) => succeed(model, runner)));

const faultyUp = fc.array(fault, { minLength: 1, maxLength: 2 }).map((faults) =>
  command(`up with ${JSON.stringify(faults)}`, async (model, runner) => {
    await runner.cloud.control("PUT", "faults", faults);
    const failure = await runner.up(model.program);
    await runner.cloud.control("PUT", "faults", []);
    model.applied.clear();
    // A task that no state knows is taken over before the program changes, as the docs say.
    if (failure === undefined) await succeed(model, runner);
    else if (await hasOrphan(model, runner)) await succeed(model, runner, "adopt");
  }),
);

async function hasOrphan({ foreign }: Model, runner: Runner): Promise<boolean> {
  const known = new Set([...(await runner.known()).values(), ...foreign].map(({ id }) => id));
  return (await runner.cloud.tasks()).some(({ id }) => !known.has(id));
}

/** A first program, and what people do to it and to the cloud. */
export const sequences = (maxCommands: number) =>
  fc.tuple(
    fc.array(task, { minLength: 1, maxLength: names.length }),
    fc.commands([declare, declare, change, change, undeclare, edit, edit, drop, make, up, up, faultyUp, faultyUp], {
      maxCommands,
      size: "max",
    }),
  );

/** Plays a sequence between a first run and a last one. */
export async function play([first, sequence]: [Inputs[], Iterable<Command>], runner: Runner): Promise<void> {
  const program = new Map(first.map((inputs, index) => [names[index] ?? "", named(names[index] ?? "", inputs)]));
  const model: Model = { program, applied: new Map(), foreign: [] };
  await succeed(model, runner);
  await fc.asyncModelRun(() => ({ model, real: runner }), sequence);
  await succeed(model, runner);
}
