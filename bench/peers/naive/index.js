/** A dynamic provider as a user would write it in an afternoon: every field sent, every answer believed. */
const pulumi = require("@pulumi/pulumi");
const tasks = require("./tasks.json");

const base = process.env.NAIVE_BASE;

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

async function call(method, path, body) {
  const response = await fetch(base + path, {
    method,
    headers: { "content-type": "application/json", "x-auth-token": "naive" },
    body: body && JSON.stringify(body),
  });
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
