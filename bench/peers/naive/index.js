/**
 * A dynamic provider as a user would write it in a day: every request signed as the cloud wants it, every field sent,
 * every answer believed.
 */
const crypto = require("node:crypto");
const pulumi = require("@pulumi/pulumi");
const tasks = require("./tasks.json");

const fields = {
  taskName: "task_name",
  taskType: "task_type",
  scheduledType: "scheduled_type",
  scheduledTime: "scheduled_time",
  timeZone: "time_zone",
};
const days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

function toWire(task) {
  const wire = {};
  for (const [name, wireName] of Object.entries(fields)) wire[wireName] = task[name];
  wire.week_list = task.weekList.map((day) => days.indexOf(day) + 1).join(",");
  wire.apply_objects = task.applyObjects.map((one) => ({ object_type: one.objectType, object_id: one.objectId }));
  return wire;
}

function fromWire(wire) {
  const task = {};
  for (const [name, wireName] of Object.entries(fields)) task[name] = wire[wireName];
  task.weekList = wire.week_list.split(",").map((day) => days[Number(day) - 1]);
  task.applyObjects = wire.apply_objects.map((one) => ({ objectType: one.object_type, objectId: one.object_id }));
  return task;
}

const sha256 = (text) => crypto.createHash("sha256").update(text).digest("hex");

function signed(method, url, body) {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const headers = `content-type:application/json\nhost:${url.host}\nx-sdk-date:${date}\n`;
  const names = "content-type;host;x-sdk-date";
  const request = [method, `${url.pathname}/`, "", headers, names, sha256(body)].join("\n");
  const text = ["SDK-HMAC-SHA256", date, sha256(request)].join("\n");
  const signature = crypto.createHmac("sha256", process.env.HW_SECRET_KEY).update(text).digest("hex");
  const authorization = `SDK-HMAC-SHA256 Access=${process.env.HW_ACCESS_KEY}, SignedHeaders=${names}, Signature=${signature}`;
  return { "content-type": "application/json", "x-sdk-date": date, authorization };
}

async function call(method, path, task) {
  const url = new URL(`${process.env.NAIVE_ENDPOINT}/v2/${process.env.HW_PROJECT_ID}${path}`);
  const body = task ? JSON.stringify(task) : "";
  const headers = signed(method, url, body);
  const response = await fetch(url, { method, headers, ...(task && { body }) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text && JSON.parse(text);
}

const provider = {
  async create(inputs) {
    const { task_id } = await call("POST", "/scheduled-tasks", toWire(inputs));
    return { id: task_id, outs: inputs };
  },
  async read(id) {
    return { id, props: fromWire(await call("GET", `/scheduled-tasks/${id}`)) };
  },
  async diff(_id, olds, news) {
    const names = [...Object.keys(fields), "weekList", "applyObjects"];
    return { changes: names.some((name) => JSON.stringify(olds[name]) !== JSON.stringify(news[name])) };
  },
  async update(id, _olds, news) {
    const { task_type: _cannotChange, ...wire } = toWire(news);
    await call("PUT", `/scheduled-tasks/${id}`, wire);
    return { outs: news };
  },
  async delete(id) {
    await call("DELETE", `/scheduled-tasks/${id}`);
  },
};

class NaiveTask extends pulumi.dynamic.Resource {
  constructor(name, task) {
    super(provider, name, task);
  }
}

for (const [key, task] of Object.entries(tasks)) new NaiveTask(key, task);
