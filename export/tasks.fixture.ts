import type { LiveTask } from "./liveTasks";

const pool = [{ objectType: "DESKTOP_POOL", objectId: "pool-sales" }];
const daily = { scheduledType: "DAY", dayInterval: 1, scheduledTime: "19:30:00", timeZone: "Asia/Shanghai" };
const task = (id: string, inputs: object): LiveTask => ({ id, inputs });

/** A task of each schedule type, four with the same targets, and what is hard to write in a program. */
export const liveTasks: readonly LiveTask[] = [
  task("id-5", {
    taskName: "sales-clean",
    taskType: "EXECUTE_SCRIPT",
    scheduledType: "MONTH",
    monthList: [3, 9],
    dateList: ["15", "L"],
    scheduledTime: "02:00:30",
    timeZone: "Europe/Berlin",
    extraParams: '{"password":"planted","script":"rm $x"}',
    applyObjects: pool,
    grayCount: 3,
    grayDesktopIds: ["d-1", "d-2"],
  }),
  task("id-1", { taskName: "sales-stop", taskType: "STOP", ...daily, applyObjects: pool }),
  task("id-2", {
    taskName: `Say "\${hi}" $$\\`,
    taskType: "REBOOT",
    scheduledType: "WEEK",
    weekList: ["MON", "FRI"],
    scheduledTime: "09:05:00",
    timeZone: "Asia/Shanghai",
    expireTime: "2034-12-31 09:00:00",
    enable: false,
    forceExecute: true,
    description: "two\nlines\u202e, #1: yes",
    extraParams: '{"notify_message":"请保存"}',
    applyObjects: pool,
  }),
  task("id-3", {
    taskName: "晚间-关机",
    taskType: "HIBERNATE",
    scheduledType: "LIFE_CYCLE",
    timeZone: "Asia/Shanghai",
    lifeCycleType: "POST_DESKTOP_DISCONNECTED",
    waitTime: 30,
    priority: 7,
    applyObjects: pool,
  }),
  task("id-4", {
    taskName: "once",
    taskType: "FUTURE_TYPE",
    scheduledType: "FIXED_TIME",
    scheduledDate: "2033-02-01",
    scheduledTime: "00:00:00",
    timeZone: "Etc/UTC",
    applyObjects: [
      { objectType: "ALL_DESKTOPS" },
      { objectType: "DESKTOP", objectId: "5e8b31e2-d520-4a6f-9b1c-000000000001" },
      { objectType: "FUTURE_KIND", objectId: "x" },
    ],
  }),
  task("id-6", { taskName: "after", taskType: "STOP", scheduledType: "LIFE_CYCLE", lifeCycleType: "FUTURE_EVENT" }),
];
