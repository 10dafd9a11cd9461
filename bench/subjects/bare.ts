import { Agent, type Dispatcher } from "undici";
import type { WireTask } from "../../provider/scheduledTask/wire";
import { inFlight, timed } from "../creates";
import { bodiesOf, type Step, type Tasks } from "../steps";
import type { Place, Prepared, Subject } from "../subject";

/** Undici alone, with as many connections as the provider has: the requests that a step needs, and nothing else. */
export const bareLoop: Subject = {
  name: "bare HTTP loop",
  isInside: true,
  prepare: async (place) => new BareLoop(place),
};

class BareLoop implements Prepared {
  private readonly pool = new Agent({ connections: inFlight });
  private readonly ids = new Map<string, string>();
  private before: { readonly [key: string]: WireTask } = {};

  constructor(private readonly place: Place) {}

  async take(step: Step, tasks: Tasks): Promise<void> {
    const bodies = bodiesOf(tasks);
    const isChanged = (key: string) => bodies[key]?.scheduled_time !== this.before[key]?.scheduled_time;
    const keys = Object.keys(bodies).filter((key) => step !== "change 10%" || isChanged(key));
    this.before = bodies;
    const act = this.actions[step];
    await timed(keys.length, inFlight, (index) => act(keys[index] ?? "", bodies[keys[index] ?? ""] ?? {}));
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  private readonly read = async (key: string, { scheduled_time }: WireTask): Promise<void> => {
    const live = await this.ask("GET", key);
    if (live.scheduled_time !== scheduled_time) await this.ask("PUT", key, { scheduled_time });
  };

  private readonly actions: { readonly [S in Step]: (key: string, body: WireTask) => Promise<unknown> } = {
    create: async (key, body) => {
      this.ids.set(key, String((await this.ask("POST", undefined, body)).task_id));
    },
    "nothing changed": this.read,
    "drift check": this.read,
    "change 10%": (key, { scheduled_time }) => this.ask("PUT", key, { scheduled_time }),
    "repair drift of 5%": this.read,
    destroy: (key) => this.ask("DELETE", key),
  };

  private async ask(method: Dispatcher.HttpMethod, key: string | undefined, body?: object): Promise<WireTask> {
    const { url, projectId } = this.place.emulator;
    const path = `/v2/${projectId}/scheduled-tasks${key === undefined ? "" : `/${this.ids.get(key)}`}`;
    const headers = { "content-type": "application/json" };
    const response = await this.pool.request({
      origin: url,
      path,
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.body.text();
    if (response.statusCode >= 300) throw new Error(`${method} ${path}: ${response.statusCode} ${text}`);
    return text === "" ? {} : JSON.parse(text);
  }
}
