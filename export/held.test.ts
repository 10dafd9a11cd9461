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
    names: ["one", "two", "three", "k", "four", "k", "l"],
  });
});

test("a task that is only read is not held, but its name is taken; one that waits for its deletion is held", () => {
  const external = { ...resource("huaweicloud-workspace:index:ScheduledTask", "read", "a"), external: true };
  const fleet = {
    ...resource("huaweicloud-workspace:index:ScheduledTaskFleet", "fleet", "f", { k: "b" }),
    external: true,
  };
  const replaced = { ...resource("huaweicloud-workspace:index:ScheduledTask", "new", "c"), delete: true };
  expect(heldIn(stackOf([external, fleet, replaced]))).toEqual({ ids: ["c"], names: ["read", "fleet", "k", "new"] });
});

test("a stack that was never deployed holds nothing", () => {
  expect(heldIn(stackOf())).toEqual({ ids: [], names: [] });
});
