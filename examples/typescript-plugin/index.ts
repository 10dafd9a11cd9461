import { ScheduledTask, ScheduledTaskFleet } from "pulumi-huaweicloud-workspace/plugin";

const timeZone = "Asia/Shanghai";
const sales = { objectType: "DESKTOP_POOL", objectId: "pool-sales" };

new ScheduledTask("evening-stop", {
  taskType: "STOP",
  scheduledType: "WEEK",
  weekList: ["MON", "FRI"],
  scheduledTime: "19:30",
  timeZone,
  applyObjects: [sales],
});

new ScheduledTask("vendor-example", {
  taskName: "Test task",
  taskType: "REBOOT",
  scheduledType: "FIXED_TIME",
  scheduledDate: "2032-12-23",
  scheduledTime: "09:00:00",
  timeZone,
  expireTime: "2032-12-31 09:00:00",
  description: "A description.",
  extraParams: { notify_message: "Test" },
  applyObjects: [{ objectType: "DESKTOP", objectId: "2b31e-d520xxxx-xxebedb6-e57xxxxxx" }],
});

new ScheduledTask("monthly-patch", {
  taskType: "EXECUTE_SCRIPT",
  scheduledType: "MONTH",
  monthList: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  dateList: ["1"],
  scheduledTime: "02:00",
  timeZone,
  grayCount: 5,
  grayFailThreshold: 2,
  applyObjects: [{ objectType: "DESKTOP_TAG", objectId: "tag-windows" }],
});

new ScheduledTask("hibernate-when-left", {
  taskType: "HIBERNATE",
  scheduledType: "LIFE_CYCLE",
  lifeCycleType: "POST_DESKTOP_DISCONNECTED",
  waitTime: 30,
  priority: 10,
  applyObjects: [sales],
});

new ScheduledTask("nightly-snapshot", {
  taskType: "CREATE_SNAPSHOT",
  scheduledType: "DAY",
  dayInterval: 1,
  scheduledTime: "03:00",
  timeZone,
  enable: false,
  applyObjects: [sales],
});

// One resource for many tasks: each pool starts before its own people come, and what all tasks share stands there once.
const hours = { sales: "08:00", support: "06:30", factory: "05:15" };
new ScheduledTaskFleet("morning-starts", {
  taskType: "START",
  scheduledType: "DAY",
  dayInterval: 1,
  timeZone,
  tasks: Object.fromEntries(
    Object.entries(hours).map(([pool, scheduledTime]) => [
      `start-${pool}`,
      { scheduledTime, applyObjects: [{ objectType: "DESKTOP_POOL", objectId: `pool-${pool}` }] },
    ]),
  ),
});
