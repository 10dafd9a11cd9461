
const { ComponentResource, CustomResource, secret } = require("@pulumi/pulumi");
const revived = (_, value) => value && typeof value === "object" && "secret" in value ? secret(value.secret) : value;
const tasks = JSON.parse(require("node:fs").readFileSync(require.resolve("./tasks.json"), "utf8"), revived);

const { ScheduledTask } = require("pulumi-huaweicloud-workspace");
const components = new Map();
function parentOf(name) {
  if (name === undefined) return undefined;
  if (!components.has(name)) components.set(name, new ComponentResource("test:index:Component", name));
  return components.get(name);
}
for (const [name, { args, options, component }] of Object.entries(tasks))
  new ScheduledTask(name, args, { ...options, parent: parentOf(component) });
