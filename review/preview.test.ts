import type { EngineEvent } from "@pulumi/pulumi/automation";
import { type Preview, readPreview } from "./preview";

const urn = (type: string, name: string): string => `urn:pulumi:dev::desktops::${type}::${name}`;
const TASK = "huaweicloud-workspace:index:ScheduledTask";

interface StepOf {
  readonly op: string;
  readonly type?: string;
  readonly name?: string;
  readonly old?: object | null;
  readonly new?: object | null;
  readonly detailedDiff?: object | null;
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
const version = (scheduledTime: string, edit: object = {}): object => ({
  id: "id1",
  inputs: { scheduledTime },
  outputs: { scheduledTime },
  ...edit,
});
const summary = { sequence: 0, timestamp: 0, summaryEvent: { isPreview: true } } as unknown as EngineEvent;
/** As of a preview that came to its end. */
const read = (...events: readonly EngineEvent[]): Preview => readPreview([...events, summary]);

test("a resource is what it was, what the cloud has, and what the program wants", () => {
  const events = [
    refreshed({ old: version("18:00"), new: version("19:00") }),
    planned({ op: "update", old: version("19:00"), new: version("20:00") }),
  ];
  expect(read(...events)).toEqual({
    project: "desktops",
    stack: "dev",
    at: undefined,
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
        fate: "changed",
        drifted: undefined,
        changed: undefined,
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
  const [one, two] = read(...events).resources;
  expect(one).toMatchObject({ state: { scheduledTime: "18:00" }, live: undefined, wanted: { scheduledTime: "18:00" } });
  expect(two).toMatchObject({ state: { scheduledTime: "01:00" }, wanted: undefined, fate: "changed" });
});

test("a replacement is one, in whatever order its steps come", () => {
  const steps = ["delete-replaced", "replace", "create-replacement"].map((op) =>
    planned({ op, old: version("18:00"), new: op === "delete-replaced" ? null : version("19:00") }),
  );
  for (const events of [steps, [...steps].reverse()]) {
    expect(read(...events).resources).toMatchObject([{ fate: "replaced", wanted: { scheduledTime: "19:00" } }]);
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
  const { resources, isRefreshed } = read(before, planned({ op: "update", old, new: version("18:00") }));
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
  expect(read(...events)).toMatchObject({ resources: [], others: { create: 2, same: 1 } });
});

test("a preview that failed is not reviewed", () => {
  const message = "<{%fg 1%}>error: <{%reset%}>stop: scheduledTime: 25:00\n";
  const failed = { sequence: 0, timestamp: 0, diagnosticEvent: { message, color: "never", severity: "error" } };
  expect(() => readPreview([planned({ op: "same" }), failed as EngineEvent])).toThrow(
    "the preview failed:\nerror: stop: scheduledTime: 25:00",
  );
});

test("one whose events were cut off, or are of an update or a refresh, is not reviewed either", () => {
  expect(() => readPreview([planned({ op: "same" })])).toThrow("the events end before the preview does");
  const update = { ...summary, summaryEvent: { isPreview: false } } as unknown as EngineEvent;
  expect(() => readPreview([planned({ op: "same" }), update])).toThrow("the events of an update, not of a preview");
  expect(() => read(refreshed({ old: version("18:00"), new: version("18:00") }))).toThrow("the events of a refresh");
  expect(() => readPreview([])).toThrow("not the events of a preview");
});

test("the stack is called as the user does, and the time is that of the first event", () => {
  const prelude: EngineEvent = { sequence: 0, timestamp: 1_764_000_000, preludeEvent: { config: {} } };
  const events = [prelude, planned({ op: "same" }), summary];
  expect(readPreview(events, "acme/desktops/dev")).toMatchObject({ stack: "acme/desktops/dev", at: 1_764_000_000_000 });
  expect(readPreview(events).stack).toBe("dev");
});

test("nothing was read in vain of a stack that is not deployed yet", () => {
  expect(read(planned({ op: "create", old: null, new: version("18:00") })).isRefreshed).toBe(true);
  expect(read(planned({ op: "same", old: version("18:00"), new: version("18:00") })).isRefreshed).toBe(false);
});

test("a secret is its mask, whatever the engine wraps it in", () => {
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "[secret]" };
  const step = planned({ op: "create", old: null, new: { inputs: { tasks: secret, list: [secret] } } });
  expect(read(step).resources[0]?.wanted).toEqual({ tasks: "[secret]", list: ["[secret]"] });
});

test("the engine tells in the plugin which paths differ", () => {
  const path = (kind: string) => ({ diffKind: kind, inputDiff: false });
  const events = [
    refreshed({ old: version("1"), new: version("2"), detailedDiff: { description: path("update") } }),
    planned({ op: "update", old: version("2"), new: version("1"), detailedDiff: { enable: path("update") } }),
    refreshed({ name: "two", old: version("1"), new: version("1"), detailedDiff: {} }),
    planned({ op: "same", name: "two", old: version("1"), new: version("1"), detailedDiff: null }),
  ];
  expect(read(...events).resources).toMatchObject([
    { drifted: ["description"], changed: ["enable"] },
    { drifted: [], changed: [], fate: "same" },
  ]);
});

describe("an operation that", () => {
  const external = version("18:00", { external: true });
  const kept = version("18:00", { retainOnDelete: true });
  const briefs = (...events: readonly EngineEvent[]) =>
    read(...events).resources.map(({ id, state, live, wanted, fate }) => [
      fate,
      id,
      ...[state, live, wanted].map((values) => values?.scheduledTime),
    ]);

  test("only reads is one of others", () => {
    const first = planned({ op: "read", old: null, new: external });
    expect(read(first)).toMatchObject({ resources: [], others: { read: 1 } });
    const again = [refreshed({ old: external, new: external }), planned({ op: "read", old: external, new: external })];
    expect(read(...again)).toMatchObject({ resources: [], others: { read: 1 } });
    const no = [refreshed({ old: external, new: external }), planned({ op: "discard", old: external, new: null })];
    expect(read(...no)).toMatchObject({ resources: [], others: { discard: 1 } });
  });

  test("reads what the stack owned gives it up, or deletes it for another", () => {
    expect(briefs(planned({ op: "read", old: version("18:00"), new: external }))).toEqual([
      ["released", "id1", "18:00", "18:00", undefined],
    ]);
    const other = [
      planned({ op: "read-replacement", old: version("18:00"), new: external }),
      planned({ op: "delete-replaced", old: version("18:00"), new: null }),
    ];
    expect(briefs(...other)).toEqual([["changed", "id1", "18:00", "18:00", undefined]]);
  });

  test("makes what was only read makes it", () => {
    const steps = [
      planned({ op: "create-replacement", old: external, new: version("19:00", { id: "" }) }),
      planned({ op: "discard-replaced", old: external, new: null }),
    ];
    expect(briefs(...steps)).toEqual([["changed", undefined, undefined, undefined, "19:00"]]);
  });

  test("imports takes over what is live, and what it replaces is deleted", () => {
    const done = event("resOutputsEvent", {
      op: "import",
      old: version("18:00", { id: "id2" }),
      new: version("18:00"),
    });
    const plan = planned({ op: "import", old: null, new: version("18:00", { id: "" }) });
    const taken = ["imported", "id2", undefined, "18:00", "18:00"];
    expect(briefs(plan, done)).toEqual([taken]);
    const over = planned({ op: "import-replacement", old: version("17:00"), new: version("18:00", { id: "" }) });
    const doneOver = event("resOutputsEvent", { op: "import-replacement", old: version("18:00", { id: "id2" }) });
    expect(briefs(over, doneOver)).toEqual([["changed", "id1", "17:00", "17:00", undefined], taken]);
  });

  test("deletes nothing in the cloud gives up the task, when it is replaced too", () => {
    expect(briefs(planned({ op: "delete", old: kept, new: null }))).toEqual([
      ["released", "id1", "18:00", "18:00", undefined],
    ]);
    const steps = [
      planned({ op: "delete-replaced", old: kept, new: null }),
      planned({ op: "create-replacement", old: kept, new: version("19:00") }),
    ];
    expect(briefs(...steps)).toEqual([
      ["released", "id1", "18:00", "18:00", undefined],
      ["changed", undefined, undefined, undefined, "19:00"],
    ]);
  });

  test("clears away what a failed replacement has left says nothing of the resource", () => {
    const left = version("17:00", { delete: true, id: "id0" });
    const events = [
      refreshed({ old: version("18:00"), new: version("19:00") }),
      refreshed({ old: left, new: left }),
      planned({ op: "same", old: version("19:00"), new: version("19:00") }),
      planned({ op: "delete", old: left, new: null }),
    ];
    expect(briefs(...events)).toEqual([["same", "id1", "18:00", "19:00", "19:00"]]);
  });
});
