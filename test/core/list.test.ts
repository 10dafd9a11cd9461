import { ScheduledTasksApi } from "../../provider/cloud/scheduledTasksApi";
import { type Transport, transport, type Wire } from "../../provider/cloud/transport";
import { type Cloud, startCloud } from "../emulated";

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud({ latencyMs: 20 });
});
afterAll(() => cloud.stop());
beforeEach(() => cloud.reset());

const daily = {
  task_type: "STOP",
  scheduled_type: "DAY",
  day_interval: 2,
  scheduled_time: "09:00:00",
  time_zone: "UTC",
};
async function made(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) ids.push(await cloud.make({ ...daily, task_name: `t${index}` }));
  return ids.sort();
}

/** A client whose answers are changed on their way. */
function client(change: (answer: Wire, query: Wire) => Wire | Promise<Wire> = (answer) => answer): ScheduledTasksApi {
  const { url, projectId, accessKey, secretKey } = cloud.emulator;
  const real = transport({ endpoint: url, projectId }, { keys: { accessKey, secretKey } });
  const send: Transport["send"] = async (request, ready) =>
    change(await real.send(request, ready), request.query ?? {});
  return new ScheduledTasksApi({ ...real, send }, { engineRuns: async () => true, tell: () => {} });
}
const listed = async (api: ScheduledTasksApi): Promise<string[]> =>
  (await api.list({})).map(({ id }) => String(id)).sort();
const offsets = async (): Promise<string[]> =>
  (await cloud.newRequests()).flatMap(({ path }) => /offset=(\d+)/.exec(path)?.[1] ?? []);

test.each([
  [0, ["0"]],
  [49, ["0"]],
  [50, ["0"]],
  [51, ["0", "50"]],
  [100, ["0", "50"]],
  [260, ["0", "50", "100", "150", "200", "250"]],
])("%i tasks are listed by pages of 50, each asked for once", async (count, pages) => {
  const ids = await made(count);
  expect(await listed(client())).toEqual(ids);
  expect((await offsets()).sort((a, b) => Number(a) - Number(b))).toEqual(pages);
});

test("what is added while the pages come is listed too", async () => {
  const ids = await made(100);
  const api = client(async (answer, { offset }) => {
    if (offset === 0) ids.push(...(await made(60)));
    return answer;
  });
  // The second page says that there are more than the first one said.
  expect(await listed(api)).toEqual(ids.sort());
});

test.each([
  ["no number of rows", ({ total_count: _, ...answer }: Wire): Wire => answer],
  ["no sound number of rows", (answer: Wire): Wire => ({ ...answer, total_count: "many" })],
])("where the API gives %s, pages follow until one is short", async (_, change) => {
  const ids = await made(120);
  expect(await listed(client(change))).toEqual(ids);
  expect(await offsets()).toEqual(["0", "50", "100"]);
});
