import type { Inputs } from "../provider/scheduledTask/fields";
import type { Preview, PreviewedResource } from "./preview";
import type { Unmanaged } from "./unmanaged";

type Values = { readonly [name: string]: unknown };

export const weekly = (edit: Values = {}): Inputs => ({
  taskName: "stop",
  taskType: "STOP",
  scheduledType: "WEEK",
  weekList: ["MON", "FRI"],
  scheduledTime: "19:30",
  timeZone: "Asia/Shanghai",
  applyObjects: [{ objectType: "DESKTOP", objectId: "d1" }],
  enable: true,
  ...edit,
});

/** A task in the three places; `undefined` for one where it is not. */
export const resource = (
  name: string,
  state: Values | undefined,
  live: Values | undefined,
  wanted: Values | undefined,
  edit: Partial<PreviewedResource> = {},
): PreviewedResource => ({
  urn: `urn:pulumi:dev::desktops::huaweicloud-workspace:index:ScheduledTask::${name}`,
  name,
  isFleet: false,
  id: state && `id-of-${name}`,
  state,
  live,
  wanted,
  fate: "changed",
  drifted: undefined,
  changed: undefined,
  ...edit,
});

export const preview = (resources: readonly PreviewedResource[], edit: Partial<Preview> = {}): Preview => ({
  project: "desktops",
  stack: "dev",
  at: undefined,
  resources,
  others: {},
  isRefreshed: true,
  config: {},
  ...edit,
});

const at = (scheduledTime: string) => weekly({ scheduledTime });
const script = (version: number) =>
  weekly({ taskName: "patch", taskType: "EXECUTE_SCRIPT", grayCount: 1, extraParams: { script: "patch", version } });

/** One of each kind, and names that would be markup. */
export const everyKind = preview(
  [
    resource("same", weekly({ taskName: "same" }), weekly({ taskName: "same" }), weekly({ taskName: "same" }), {
      fate: "same",
    }),
    resource("planned", at("19:30"), at("19:30"), weekly({ weekList: ["MON", "TUE", "WED", "THU", "FRI", "SAT"] })),
    resource("drift", at("19:30"), weekly({ enable: false }), at("19:30")),
    resource("both", at("19:30"), at("20:00"), at("21:00")),
    resource("gone", at("19:30"), undefined, at("19:30")),
    resource("new", undefined, undefined, weekly({ taskName: "<img src=x onerror=alert(1)>", taskType: "REBUILD" })),
    resource("adopted", undefined, undefined, weekly({ taskName: "adopted", adoptTaskId: "id-to-adopt" })),
    resource("released", weekly({ taskName: "released" }), weekly({ taskName: "released" }), undefined, {
      fate: "released",
    }),
    resource("accepted", at("19:30"), at("20:00"), at("20:00"), { fate: "same" }),
    resource("removed", weekly({ taskName: "a|b`c`*d*" }), weekly({ taskName: "a|b`c`*d*" }), undefined),
    resource("replaced", weekly(), weekly(), weekly({ taskType: "REBOOT" }), { fate: "replaced" }),
    resource(
      "secretive",
      weekly({ description: "[secret]" }),
      weekly({ description: "[secret]" }),
      weekly({ description: "[secret]" }),
    ),
    resource(
      "patches",
      { tasks: { patch: script(1) }, taskIds: { patch: "id-of-patch" } },
      { tasks: { patch: script(2) }, taskIds: { patch: "id-of-patch" } },
      { tasks: { patch: script(1) } },
      { isFleet: true },
    ),
  ],
  { others: { create: 1, same: 4 }, config: { "huaweicloud-workspace:review": '{"acknowledged": ["gap:stop"]}' } },
);
export const everyUnmanaged: Unmanaged = {
  tasks: [
    { id: "id-of-console", stack: "dev", inputs: weekly({ taskName: "made in the console" }) },
    { id: "id-to-adopt", stack: "dev", inputs: weekly({ taskName: "adopted", scheduledTime: "20:00" }) },
  ],
  leftToOwners: { "acme/prod": 2 },
};
/** Tuesday noon in Shanghai. */
export const now = new Date("2026-11-24T04:00:00Z");
