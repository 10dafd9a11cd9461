import { UNKNOWN } from "../provider/scheduledTask/fields";
import type { Preview } from "./preview";
import { now, preview, resource, weekly } from "./preview.fixture";
import { noneUnmanaged, type Report, reportOf, reviewedStack } from "./report";

const reported = (...resources: Preview["resources"]): Report =>
  reportOf([reviewedStack(preview(resources))], noneUnmanaged, { now, language: "en" });
const findings = ({ stacks }: Report) =>
  stacks.flatMap(({ tasks }) => tasks.flatMap((task) => task.findings.map(({ rule }) => [task.declaredAs, rule])));
const fleetOf = (tasks: object) => ({
  tasks,
  taskIds: Object.fromEntries(Object.keys(tasks).map((key) => [key, `id-of-${key}`])),
});

test("a task of which nothing is known yet is judged by no rule, which is a finding", () => {
  const fleet = resource("fleet", undefined, undefined, { tasks: { late: UNKNOWN } }, { isFleet: true });
  expect(findings(reported(fleet))).toEqual([['fleet["late"]', "unjudged"]]);
  const whole = resource("fleet", undefined, undefined, { tasks: UNKNOWN }, { isFleet: true });
  expect(findings(reported(whole))).toEqual([["fleet", "unjudged"]]);
  expect(reported(whole).answers).toEqual({ code: 1, cloud: 0 });
});

test("a change of nothing but a secret is judged by what is not secret", () => {
  const patch = weekly({ taskName: "patch", taskType: "EXECUTE_SCRIPT", extraParams: "[secret]" });
  const told = { drifted: [], changed: ["extraParams"] };
  expect(findings(reported(resource("patch", patch, patch, patch, told)))).toEqual([["patch", "no-gray-rollout"]]);
  expect(findings(reported(resource("patch", patch, patch, patch)))).toEqual([["patch", "no-gray-rollout"]]);
});

test("what somebody changed in a task that is deleted is a change of the cloud, with no way to keep it", () => {
  const live = weekly({ enable: false, applyObjects: [{ objectType: "ALL_DESKTOPS" }] });
  const { answers, stacks } = reported(resource("stop", weekly(), live, undefined));
  expect(answers).toEqual({ code: 1, cloud: 1 });
  expect(stacks[0]?.tasks).toMatchObject([
    {
      verdict: "removed",
      happened: expect.stringContaining("switched off"),
      waysOut: [],
      fields: [
        { name: "enable", cause: "drift", old: true, live: false, wanted: null },
        { name: "applyObjects", cause: "drift", wanted: null },
      ],
    },
  ]);
  const released = reported(resource("stop", weekly(), live, undefined, { fate: "released" }));
  expect(released.answers).toEqual({ code: 1, cloud: 0 });
});

test("a task of a fleet that is made under the name of a deleted one leaves a gap", () => {
  const [one, off] = [weekly({ taskName: "one" }), weekly({ taskName: "one", enable: false })];
  const renamed = (state: object, live: object) =>
    findings(
      reported(
        resource("fleet", fleetOf({ one: state }), fleetOf({ one: live }), { tasks: { uno: one } }, { isFleet: true }),
      ),
    );
  expect(renamed(one, { ...one, scheduledTime: "01:00" })).toEqual([['fleet["uno"]', "gap"]]);
  expect(renamed(one, off)).toEqual([]);
});
