
const { ComponentResource, CustomResource, secret } = require("@pulumi/pulumi");
const revived = (_, value) => value && typeof value === "object" && "secret" in value ? secret(value.secret) : value;
const tasks = JSON.parse(require("node:fs").readFileSync(require.resolve("./tasks.json"), "utf8"), revived);

const { ScheduledTaskFleet } = require("pulumi-huaweicloud-workspace");
const args = Object.entries(tasks).map(([key, { args }]) => [key, args]);
new ScheduledTaskFleet("fleet", { tasks: Object.fromEntries(args) }, { deleteBeforeReplace: true });
