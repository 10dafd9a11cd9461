import { heldIn } from "./held";

const resource = (type: string, name: string, id?: string, taskIds?: object) => ({
  type,
  urn: `urn:pulumi:test::project::${type}::${name}`,
  ...(id !== undefined && { id }),
  ...(taskIds && { outputs: { taskIds } }),
});
const stackOf = (resources?: object[]) => ({ version: 3, deployment: resources && { resources } });

test("the tasks of both fronts, alone and in fleets; other resources are none", () => {
  const resources = [
    resource("pulumi:pulumi:Stack", "project-test"),
    resource("pulumi:providers:huaweicloud-workspace", "default", "provider"),
    resource("pulumi-nodejs:dynamic/huaweicloud-workspace:ScheduledTask", "one", "a"),
    resource("huaweicloud-workspace:index:ScheduledTask", "two", "b"),
    resource("pulumi-nodejs:dynamic/huaweicloud-workspace:ScheduledTaskFleet", "three", "fleet-1", { k: "c" }),
    resource("huaweicloud-workspace:index:ScheduledTaskFleet", "four", "fleet-2", { k: "d", l: "e" }),
    resource("other:index:ScheduledTask", "other", "other"),
  ];
  expect(heldIn(stackOf(resources))).toEqual({
    ids: ["a", "b", "c", "d", "e"],
    names: ["one", "two", "three", "four"],
  });
});

test("a stack that was never deployed holds nothing", () => {
  expect(heldIn(stackOf())).toEqual({ ids: [], names: [] });
});
