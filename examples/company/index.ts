import * as pulumi from "@pulumi/pulumi";
import { PowerSchedule, type PowerScheduleArgs, ScheduledTask, weekly } from "pulumi-huaweicloud-workspace";

const config = new pulumi.Config();
const department = config.require("department", { allowedValues: ["sales", "support"] });
const pool = { objectType: "DESKTOP_POOL", objectId: config.require("pool") };

const hours: Record<typeof department, Pick<PowerScheduleArgs, "days" | "startAt" | "stopAt">> = {
  sales: { days: ["MON", "TUE", "WED", "THU", "FRI"], startAt: "08:00", stopAt: "19:30" },
  support: { days: ["MON", "TUE", "WED", "THU", "FRI", "SAT"], startAt: "06:30", stopAt: "22:00" },
};

// Begins each name: stacks of a region share a project, and whether that may hold a name twice is not documented.
const stack = pulumi.getStack();

new PowerSchedule(stack, { ...hours[department], targets: [pool] });

new ScheduledTask(`${stack}-snapshot`, {
  taskType: "CREATE_SNAPSHOT",
  ...weekly({ on: ["SUN"], at: "03:00" }),
  applyObjects: [pool],
});
