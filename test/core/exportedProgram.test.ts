import fc from "fast-check";
import { programOf } from "../../export/program";
import { typescriptFiles } from "../../export/typescript";
import { diff } from "../../provider/scheduledTask/diff";
import { type Inputs, rows } from "../../provider/scheduledTask/fields";
import { stateOf } from "../../provider/scheduledTask/state";
import { canonical, isEmpty } from "../../provider/scheduledTask/wire";
import { type FleetInputs, tasksOf } from "../../provider/scheduledTaskFleet/fleet";
import * as schedules from "../../sdk/nodejs/schedules";
import { task } from "./arbitraries";

/** As the cloud answers it: canonical, in the order of the field table. */
const live = task.map(
  (inputs) =>
    Object.fromEntries(
      rows.flatMap((field) => {
        const value = canonical(field, inputs[field.name]);
        return isEmpty(value) ? [] : [[field.name, value]];
      }),
    ) as Inputs,
);

type Declared = [name: string, args: Inputs];

/** What a program in TypeScript declares. */
function declaredBy(
  text: string,
  secrets: { readonly [key: string]: string },
  kind: "typescript" | "fleet",
): Declared[] {
  const declared: Declared[] = [];
  const classes = {
    ScheduledTask: class {
      constructor(name: string, args: Inputs) {
        declared.push([name, args]);
      }
    },
    ScheduledTaskFleet: class {
      constructor(_: string, fleet: FleetInputs) {
        declared.push(...Object.entries(tasksOf(fleet)));
      }
    },
    Config: class {
      requireSecret = (key: string) => secrets[key];
    },
  };
  const scope = { ...schedules, ...classes };
  expect(text).toContain(kind === "fleet" ? "new ScheduledTaskFleet(" : "new ScheduledTask(");
  new Function(...Object.keys(scope), text.replace(/^import .*$/gm, ""))(...Object.values(scope));
  return declared;
}

test("a fleet declares once what its tasks have alike, of their schedules the whole or the zone", () => {
  const pool = (name: string) => ({ applyObjects: [{ objectType: "DESKTOP_POOL", objectId: name }] });
  const weekly = { scheduledType: "WEEK", weekList: ["MON" as const], scheduledTime: "08:00:00", timeZone: "UTC" };
  const written = (...inputs: Inputs[]) => {
    const live = inputs.map((one, at) => ({ id: `id-${at}`, inputs: { taskType: "STOP", ...one } }));
    return typescriptFiles(programOf(live, false), "fleet")["index.ts"]?.replace(/^[\s\S]*?new /, "new ");
  };
  expect(written({ taskName: "a", ...weekly, ...pool("a") }, { taskName: "b", ...weekly, ...pool("b") })).toBe(
    `new ScheduledTaskFleet("scheduled-tasks", {
  taskType: "STOP",
  ...weekly({ on: ["MON"], at: "08:00", timeZone: "UTC" }),
  tasks: {
    a: {
      applyObjects: [{ objectType: "DESKTOP_POOL", objectId: "a" }],
      adoptTaskId: "id-0",
    },
    b: {
      applyObjects: [{ objectType: "DESKTOP_POOL", objectId: "b" }],
      adoptTaskId: "id-1",
    },
  },
});
`,
  );
  const daily = { scheduledType: "DAY", dayInterval: 1, scheduledTime: "08:00:00", timeZone: "UTC" };
  expect(written({ taskName: "a", ...weekly }, { taskName: "b", ...daily })).toContain(`{
  taskType: "STOP",
  timeZone: "UTC",
  tasks: {
    a: {
      ...weekly({ on: ["MON"], at: "08:00" }),`);
  expect(written({ taskName: "a", ...weekly })).toContain('{\n  tasks: {\n    a: {\n      taskType: "STOP",');
});

test.each(["typescript", "fleet"] as const)("a program, %s, declares exactly what is live", (kind) => {
  fc.assert(
    fc.property(fc.array(live, { minLength: 1, maxLength: 6 }), (all) => {
      const tasks = all.map((inputs, at) => ({ id: `id-${at}`, inputs }));
      const program = programOf(tasks, false);
      const secrets = Object.fromEntries(program.secrets.map(({ key, value }) => [key, value]));
      const declared = declaredBy(typescriptFiles(program, kind)["index.ts"] ?? "", secrets, kind);
      expect(declared.map(([, args]) => args.adoptTaskId).sort()).toEqual(tasks.map(({ id }) => id));
      for (const [name, { adoptTaskId, ...args }] of declared) {
        const inputs = { taskName: name, ...args };
        const state = stateOf(tasks.find(({ id }) => id === adoptTaskId)?.inputs ?? {});
        expect([adoptTaskId, diff(state, inputs)]).toEqual([adoptTaskId, { changes: [], replaces: [] }]);
        expect(diff(stateOf(inputs), state)).toEqual({ changes: [], replaces: [] });
      }
    }),
    { numRuns: 300 },
  );
});
