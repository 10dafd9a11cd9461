import type { EngineEvent } from "@pulumi/pulumi/automation";
import { eventLog, parseEventLog, readPreview } from "./preview";

const urn = (type: string, name: string): string => `urn:pulumi:dev::desktops::${type}::${name}`;
const TASK = "huaweicloud-workspace:index:ScheduledTask";

interface StepOf {
  readonly op: string;
  readonly type?: string;
  readonly name?: string;
  readonly old?: object | null;
  readonly new?: object | null;
}

const event = (
  kind: "resOutputsEvent" | "resourcePreEvent",
  { op, type = TASK, name = "one", ...rest }: StepOf,
): EngineEvent =>
  ({
    sequence: 0,
    timestamp: 0,
    [kind]: { metadata: { op, type, urn: urn(type, name), ...rest } },
  }) as unknown as EngineEvent;
const refreshed = (step: Omit<StepOf, "op">): EngineEvent => event("resOutputsEvent", { op: "refresh", ...step });
const planned = (step: StepOf): EngineEvent => event("resourcePreEvent", step);
const version = (scheduledTime: string): object => ({
  id: "id1",
  inputs: { scheduledTime },
  outputs: { scheduledTime },
});

test("a resource is what it was, what the cloud has, and what the program wants", () => {
  const events = [
    refreshed({ old: version("18:00"), new: version("19:00") }),
    planned({ op: "update", old: version("19:00"), new: version("20:00") }),
  ];
  expect(readPreview(events)).toEqual({
    project: "desktops",
    stack: "dev",
    isRefreshed: true,
    others: {},
    config: {},
    resources: [
      {
        urn: urn(TASK, "one"),
        name: "one",
        isFleet: false,
        id: "id1",
        state: { scheduledTime: "18:00" },
        live: { scheduledTime: "19:00" },
        wanted: { scheduledTime: "20:00" },
        isReplaced: false,
        isChanged: true,
      },
    ],
  });
});

test("one that the refresh did not find is gone, one that is deleted is wanted no more", () => {
  const events = [
    refreshed({ old: version("18:00"), new: null }),
    planned({ op: "create", old: null, new: version("18:00") }),
    planned({ op: "delete", name: "two", old: version("01:00"), new: null }),
  ];
  const [one, two] = readPreview(events).resources;
  expect(one).toMatchObject({ state: { scheduledTime: "18:00" }, live: undefined, wanted: { scheduledTime: "18:00" } });
  expect(two).toMatchObject({ state: { scheduledTime: "01:00" }, wanted: undefined, isChanged: true });
});

test("a replacement is one, in whatever order its steps come", () => {
  const steps = ["delete-replaced", "replace", "create-replacement"].map((op) =>
    planned({ op, old: version("18:00"), new: op === "delete-replaced" ? null : version("19:00") }),
  );
  for (const events of [steps, [...steps].reverse()]) {
    expect(readPreview(events).resources).toMatchObject([{ isReplaced: true, wanted: { scheduledTime: "19:00" } }]);
  }
});

test("one that an alias leads to is one, with what the cloud did to it", () => {
  const old = { ...version("18:00"), urn: urn(`pulumi-nodejs:dynamic/${TASK}`, "one") };
  const before = event("resOutputsEvent", {
    op: "refresh",
    type: `pulumi-nodejs:dynamic/${TASK}`,
    old,
    new: version("19:00"),
  });
  const { resources, isRefreshed } = readPreview([before, planned({ op: "update", old, new: version("18:00") })]);
  expect(isRefreshed).toBe(true);
  expect(resources).toMatchObject([
    {
      urn: urn(TASK, "one"),
      state: { scheduledTime: "18:00" },
      live: { scheduledTime: "19:00" },
      wanted: { scheduledTime: "18:00" },
    },
  ]);
});

test("the resources of others are counted, those of the engine and components of the SDK are not", () => {
  const events = [
    planned({ op: "same", type: "pulumi:pulumi:Stack", name: "s" }),
    planned({ op: "same", type: "pulumi:providers:random", name: "p" }),
    planned({ op: "create", type: "huaweicloud-workspace:index:PowerSchedule", name: "office" }),
    planned({ op: "create", type: "random:index:RandomId", name: "a" }),
    planned({ op: "create", type: "random:index:RandomId", name: "b" }),
    planned({ op: "same", type: "my:huaweicloud-workspace:ScheduledTaskPlan", name: "c" }),
  ];
  expect(readPreview(events)).toMatchObject({ resources: [], others: { create: 2, same: 1 }, isRefreshed: false });
});

test("a preview that failed is not reviewed", () => {
  const message = "<{%fg 1%}>error: <{%reset%}>stop: scheduledTime: 25:00\n";
  const failed = { sequence: 0, timestamp: 0, diagnosticEvent: { message, color: "never", severity: "error" } };
  expect(() => readPreview([planned({ op: "same" }), failed as EngineEvent])).toThrow(
    "the preview failed:\nerror: stop: scheduledTime: 25:00",
  );
});

test("saved events are those of each preview by themselves, and what is none is named by its line", () => {
  const prelude: EngineEvent = { sequence: 0, timestamp: 0, preludeEvent: { config: {} } };
  const previews = [
    [prelude, planned({ op: "same" })],
    [prelude, planned({ op: "update" })],
  ];
  expect(parseEventLog(eventLog(previews))).toEqual(previews);
  expect(() => parseEventLog('{"sequence":0}\n\nnonsense\n')).toThrow("line 3 is no JSON");
  expect(() => readPreview([])).toThrow("not the events of a preview");
});
