import { daily, monthly, once, onEvent, ScheduledTask, weekly } from "pulumi-huaweicloud-workspace";

const timeZone = "Asia/Shanghai";

new ScheduledTask("evening-stop", {
  taskType: "STOP",
  ...weekly({ on: ["MON", "FRI"], at: "19:30", timeZone }),
  applyObjects: [{ objectType: "DESKTOP_POOL", objectId: "pool-sales" }],
});

// The vendor's own example: "Example Requests" of "Modifying a Scheduled Task", updated on 2025-07-14,
// https://support.huaweicloud.com/intl/en-us/api-workspace/UpdateScheduledTasks.html
// It fills in the fields of all schedule types at once; here are those that FIXED_TIME uses, ten years later.
new ScheduledTask("vendor-example", {
  taskName: "Test task",
  taskType: "REBOOT",
  ...once({ on: "2032-12-23", at: "09:00:00", timeZone }),
  expireTime: "2032-12-31 09:00:00",
  description: "A description.",
  extraParams: { notify_message: "Test" },
  applyObjects: [{ objectType: "DESKTOP", objectId: "2b31e-d520xxxx-xxebedb6-e57xxxxxx" }],
});

// Gray rollout: five desktops first; when two of them fail, the rest of the tag is left alone.
// Which script runs is said in extraParams; the vendor does not document its keys.
new ScheduledTask("monthly-patch", {
  taskType: "EXECUTE_SCRIPT",
  ...monthly({ on: [1], at: "02:00", timeZone }),
  grayCount: 5,
  grayFailThreshold: 2,
  applyObjects: [{ objectType: "DESKTOP_TAG", objectId: "tag-windows" }],
});

// Triggered: a while after a user has disconnected. The unit of waitTime is not documented; minutes, it seems.
new ScheduledTask("hibernate-when-left", {
  taskType: "HIBERNATE",
  ...onEvent("POST_DESKTOP_DISCONNECTED", { waitTime: 30, priority: 10 }),
  applyObjects: [{ objectType: "DESKTOP_POOL", objectId: "pool-sales" }],
});

// Prepared, but not switched on: it never runs until `enable` is removed.
new ScheduledTask("nightly-snapshot", {
  taskType: "CREATE_SNAPSHOT",
  ...daily({ at: "03:00", timeZone }),
  enable: false,
  applyObjects: [{ objectType: "DESKTOP_POOL", objectId: "pool-sales" }],
});
