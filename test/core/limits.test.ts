import { setImmediate } from "node:timers/promises";
import type { Pacing } from "../../provider/cloud/retry";
import { ScheduledTasksApi } from "../../provider/cloud/scheduledTasksApi";
import { TaskList } from "../../provider/cloud/taskList";
import { transport } from "../../provider/cloud/transport";
import { read } from "../../provider/scheduledTask/lifecycle";
import { type Cloud, startCloud } from "../emulated";
import { freshProject } from "./deployment";

/** The clock of provider and emulator: it runs on, and jumps to the next sleeper when no request is under way. */
class SharedClock implements Pacing {
  private aheadMs = 0;
  private sleepers: { at: number; wake: () => void }[] = [];

  now(): number {
    return Date.now() + this.aheadMs;
  }
  random(): number {
    return 1;
  }
  sleep(ms: number): Promise<void> {
    return new Promise((wake) => this.sleepers.push({ at: this.now() + ms, wake }));
  }
  async jump({ control }: Cloud): Promise<void> {
    if (this.sleepers.length === 0) return;
    this.aheadMs += Math.max(0, Math.min(...this.sleepers.map(({ at }) => at)) - this.now());
    await control("PUT", "clock", { now: new Date(this.now() + 1).toISOString() });
    const due = this.sleepers.filter(({ at }) => at <= this.now());
    this.sleepers = this.sleepers.filter((sleeper) => !due.includes(sleeper));
    for (const { wake } of due) wake();
  }
}

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud({ requireSignature: true });
});
afterAll(() => cloud.stop());

const TASKS = 1_000;
const state = { taskType: "STOP", scheduledType: "DAY", dayInterval: 2, scheduledTime: "09:00:00", timeZone: "UTC" };
const wire = {
  task_type: "STOP",
  scheduled_type: "DAY",
  day_interval: 2,
  scheduled_time: "09:00:00",
  time_zone: "UTC",
};

test.each([
  [200, 300],
  [5, 1],
])(
  "a refresh of 1,000 tasks, %i calls in %i s allowed, ends within 5%% of the shortest time",
  async (calls, perSeconds) => {
    await cloud.reset();
    const ids: string[] = [];
    for (let index = 0; index < TASKS; index++) ids.push(await cloud.make({ ...wire, task_name: `t${index}` }));
    await cloud.control("PUT", "clock", { now: new Date().toISOString() });
    await cloud.control("PUT", "limit", { calls, perSeconds });

    const clock = new SharedClock();
    const { url, projectId, accessKey, secretKey } = cloud.emulator;
    const real = transport({ endpoint: url, projectId }, { keys: { accessKey, secretKey } });
    let underWay = 0;
    const send: typeof real.send = (...request) => {
      underWay++;
      return real.send(...request).finally(() => underWay--);
    };
    const told: string[] = [];
    const surroundings = { engineRuns: async () => true, tell: (message: string) => void told.push(message) };
    const api = new ScheduledTasksApi({ send, pacing: clock }, surroundings);
    const project = freshProject(cloud, told, { api, list: new TaskList(api) });

    const began = clock.now();
    let isDone = false;
    const refreshed = Promise.all(ids.map((id, index) => read(project, id, { ...state, taskName: `t${index}` })));
    const ended = refreshed.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      await setImmediate();
      if (underWay === 0) await clock.jump(cloud);
    }
    expect((await ended).filter((live) => live !== undefined)).toHaveLength(TASKS);
    const seconds = (clock.now() - began) / 1000;
    await cloud.control("PUT", "limit", null);

    const succeeded = (await cloud.newRequests()).filter(({ status }) => status === 200).length;
    expect(succeeded).toBeLessThanOrEqual(1_025);
    const shortest = (Math.ceil(succeeded / calls) - 1) * perSeconds;
    expect(seconds).toBeGreaterThanOrEqual(shortest);
    expect(seconds).toBeLessThanOrEqual(shortest * 1.05);
  },
  60_000,
);
