/** Reports for tests: one of every kind of change, and one of many tasks. */
import type { Language } from "../../provider/scheduledTask/fields";
import type { Preview, PreviewedResource } from "../preview";
import { noneUnmanaged, type Report, type ReportTask, reportOf, reviewedStack } from "../report";

/** A task of a report in which nothing is said of what the test does not name. */
export const reportTask = (task: Partial<ReportTask>): ReportTask => ({
  verdict: "same",
  answers: [],
  name: "task",
  taskType: "STOP",
  scheduledType: "WEEK",
  declaredAs: "task",
  fleet: null,
  urn: null,
  id: null,
  timeZone: "Asia/Shanghai",
  sentence: "",
  happened: null,
  willHappen: null,
  fields: [],
  hidden: [],
  waysOut: [],
  findings: [],
  runs: { before: [], after: [] },
  targets: [],
  untold: { runs: null, targets: null },
  ...task,
});

/** When the reports were made: Tue 24 Nov 2026, 18:00 in Shanghai. */
const now = new Date("2026-11-24T10:00:00Z");

/** A name that is markup where somebody forgets to escape it. */
export const hostileName = "<img src=x onerror=alert(1)>";

type Values = { readonly [name: string]: unknown };

const desktops = (...ids: string[]) => ids.map((objectId) => ({ objectType: "DESKTOP", objectId }));
const pool = (objectId: string) => [{ objectType: "DESKTOP_POOL", objectId }];
const weekdays = ["MON", "TUE", "WED", "THU", "FRI"];

const weekly = (taskName: string, more: Values): Values => ({
  taskName,
  taskType: "STOP",
  scheduledType: "WEEK",
  weekList: weekdays,
  scheduledTime: "19:30:00",
  timeZone: "Asia/Shanghai",
  enable: true,
  applyObjects: pool("pool-sales"),
  ...more,
});

/** A resource with its three versions; a version that is left out is none. */
function resource(
  name: string,
  versions: Pick<Partial<PreviewedResource>, "state" | "live" | "wanted">,
): PreviewedResource {
  const { state, live, wanted } = versions;
  return {
    urn: `urn:pulumi:prod::desktops::huaweicloud-workspace:index:ScheduledTask::${name}`,
    name,
    isFleet: false,
    id: state && `id-${name}`,
    state,
    live,
    wanted,
    fate: JSON.stringify(live) === JSON.stringify(wanted) ? "same" : "changed",
    drifted: undefined,
    changed: undefined,
  };
}

const unchanged = (name: string, values: Values): PreviewedResource =>
  resource(name, { state: values, live: values, wanted: values });

function everyKind(): PreviewedResource[] {
  const evening = weekly("evening-stop", { description: "after work" });
  const morning = weekly("morning-start", { taskType: "START", scheduledTime: "07:30:00", timeZone: "Europe/Berlin" });
  const patch = weekly("weekly-patch", {
    taskType: "EXECUTE_SCRIPT",
    weekList: ["SAT"],
    applyObjects: desktops("d1", "d2", "d3"),
  });
  const rebuild = weekly("classroom-rebuild", {
    taskType: "REBUILD",
    weekList: ["SUN"],
    applyObjects: [{ objectType: "ALL_DESKTOPS", objectId: "" }],
  });
  const late = weekly("late-start", { taskType: "START", scheduledTime: "20:15:00" });
  const check = weekly("weekend-check", {
    weekList: ["SAT", "SUN"],
    scheduledTime: "09:15:00",
    applyObjects: pool("pool-lab"),
  });
  const snapshot = weekly("lab-snapshot", { taskType: "REBOOT", weekList: ["WED"], scheduledTime: "03:00:00" });
  const onDisconnect = {
    taskName: "after-disconnect",
    taskType: "STOP",
    scheduledType: "LIFE_CYCLE",
    lifeCycleType: "POST_DESKTOP_DISCONNECTED",
    waitTime: 30,
    enable: true,
    applyObjects: pool("pool-support"),
  };
  const driftedPatch = { ...patch, applyObjects: desktops("d1", "d2", "d4"), forceExecute: true };
  return [
    resource("evening-stop", { state: evening, live: evening, wanted: { ...evening, scheduledTime: "20:00:00" } }),
    resource("morning-start", {
      state: morning,
      live: { ...morning, weekList: [...weekdays, "SAT"], enable: false },
      wanted: morning,
    }),
    resource("weekly-patch", { state: patch, live: driftedPatch, wanted: { ...patch, scheduledTime: "21:00:00" } }),
    resource("classroom-rebuild", { wanted: rebuild }),
    resource("lab-snapshot", { state: snapshot, live: snapshot }),
    {
      ...resource("weekend-check", { state: check, live: check, wanted: { ...check, taskType: "REBOOT" } }),
      fate: "replaced",
    },
    resource("night-stop", {
      state: weekly("night-stop", { scheduledTime: "23:00:00" }),
      wanted: weekly("night-stop", { scheduledTime: "23:00:00" }),
    }),
    resource("hostile", { wanted: weekly(hostileName, { weekList: ["MON"], scheduledTime: "12:00:00" }) }),
    unchanged("late-start", late),
    unchanged("after-disconnect", onDisconnect),
    unchanged(
      "saturday-stop",
      weekly("saturday-stop", { weekList: ["SAT"], scheduledTime: "08:00:00", applyObjects: desktops("d1", "d2") }),
    ),
    ...Array.from({ length: 12 }, (_, n) =>
      unchanged(
        `floor-${n + 1}-stop`,
        weekly(`floor-${n + 1}-stop`, { scheduledTime: `18:${10 + n}:00`, applyObjects: desktops(`f${n}`) }),
      ),
    ),
  ];
}

const previewOf = (resources: readonly PreviewedResource[], config: Preview["config"] = {}): Preview => ({
  project: "desktops",
  stack: "prod",
  at: undefined,
  resources,
  others: { create: 1, update: 2 },
  isRefreshed: true,
  config,
});

/** One task of every verdict, findings of which one is acknowledged, conflicts, and a task that none of the stacks holds. */
export const everyKindReport = (language: Language): Report =>
  reportOf(
    [
      reviewedStack(
        previewOf(everyKind(), {
          "huaweicloud-workspace:review": '{"acknowledged": ["all-desktops:classroom-rebuild"]}',
        }),
      ),
    ],
    {
      tasks: [
        {
          id: "0a1b2c3d",
          stack: "prod",
          inputs: weekly("handmade-stop", { scheduledTime: "19:00:00", applyObjects: pool("pool-lab") }),
        },
      ],
      leftToOwners: { "acme/night-shift": 2 },
    },
    { now, language },
  );

/** A report in which nothing differs. */
export const calmReport = (language: Language): Report =>
  reportOf([reviewedStack({ ...previewOf(everyKind().slice(8)), others: {} })], noneUnmanaged, { now, language });

/** One task, which somebody has switched off. */
export function driftReport(): Report {
  const evening = weekly("evening-stop", {});
  const drifted = resource("evening-stop", { state: evening, live: { ...evening, enable: false }, wanted: evening });
  return reportOf([reviewedStack({ ...previewOf([drifted]), others: {} })], noneUnmanaged, { now, language: "en" });
}

/** A report of these tasks. */
export const reportWith = (...tasks: readonly ReportTask[]): Report => {
  const report = driftReport();
  return { ...report, stacks: report.stacks.map((stack) => ({ ...stack, tasks })) };
};

/** Many tasks, of which one in every `one` is planned to change and another has drifted. */
export function largeReport(count: number, one: number): Report {
  const tasks = Array.from({ length: count }, (_, n): PreviewedResource => {
    const values = weekly(`stop-floor-${n}-building-${n % 40}`, {
      taskType: ["STOP", "START", "REBOOT"][n % 3],
      scheduledTime: `${String(n % 24).padStart(2, "0")}:${String((n * 7) % 60).padStart(2, "0")}:00`,
      timeZone: ["Asia/Shanghai", "Europe/Berlin", "America/Sao_Paulo"][n % 3],
      applyObjects: desktops(
        ...Array.from({ length: 5 }, (__, m) => `3f0c5e1a-77aa-4c1e-9d8b-${String(n * 5 + m).padStart(12, "0")}`),
      ),
    });
    const moved = { ...values, scheduledTime: "21:15:00", weekList: ["MON", "SAT"] };
    if (n % one === 0) return resource(`task-${n}`, { state: values, live: values, wanted: moved });
    return n % one === 1
      ? resource(`task-${n}`, { state: values, live: moved, wanted: values })
      : unchanged(`task-${n}`, values);
  });
  return reportOf([reviewedStack(previewOf(tasks))], noneUnmanaged, { now, language: "en" });
}

/** Fleets of 20 tasks, all of which differ, by what makes a page long. */
export function fleetReport(
  fleets: number,
  targetsOfEach: number,
  change: "drift" | "drift and plan" | "targets swapped",
  language: Language = "en",
): Report {
  const targets = (n: number, kind: string): object[] =>
    desktops(...Array.from({ length: targetsOfEach }, (_, m) => `${kind}c5e1a-77aa-4c1e-9d8b-${n * 1000 + m + 1e11}`));
  const versions = Array.from({ length: 20 }, (_, n) => {
    const state = weekly(`stop-floor-${n}-building-${n % 40}`, {
      scheduledTime: `${String(n % 24).padStart(2, "0")}:${String((n * 7) % 60).padStart(2, "0")}:00`,
      timeZone: ["Asia/Shanghai", "Europe/Berlin", "America/Sao_Paulo"][n % 3],
      applyObjects: targets(n, "3f0"),
    });
    const drifted = { scheduledTime: "21:15:00", weekList: ["MON", "SAT"], forceExecute: true };
    const live = { ...state, ...(change === "targets swapped" ? { applyObjects: targets(n, "9ab") } : drifted) };
    const isPlanned = change === "drift and plan";
    const wanted = isPlanned ? { ...state, timeZone: "Asia/Tokyo", applyObjects: targets(n, "9ab") } : state;
    return [`floor-${n}`, { state, live, wanted }] as const;
  });
  const fleetIn = (place: "state" | "live" | "wanted"): Values => ({
    tasks: Object.fromEntries(versions.map(([key, all]) => [key, all[place]])),
    taskIds: Object.fromEntries(versions.map(([key], n) => [key, `7d1a4c0e-5b1f-4f0e-8f6a-${n + 1e11}`])),
  });
  const fleet: PreviewedResource = {
    ...resource("evening-fleet", { state: fleetIn("state"), live: fleetIn("live"), wanted: fleetIn("wanted") }),
    isFleet: true,
  };
  const report = reportOf([reviewedStack(previewOf([fleet]))], noneUnmanaged, { now, language });
  const text = JSON.stringify(report.stacks[0]?.tasks);
  // To reckon thousands takes long, and the page only has to hold them.
  const tasks = Array.from({ length: fleets }, (_, n): ReportTask[] =>
    JSON.parse(text.replaceAll("-77aa-", `-${1000 + n}-`).replaceAll("stop-floor-", `stop-${n}-floor-`)),
  );
  return { ...report, stacks: report.stacks.map((stack) => ({ ...stack, tasks: tasks.flat() })) };
}
