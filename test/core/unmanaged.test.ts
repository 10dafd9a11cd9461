import { queried } from "../../provider/scheduledTask/queried";
import { type Known, type Unmanaged, unmanagedTasks } from "../../review/unmanaged";
import { type Cloud, startCloud } from "../emulated";

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud({ requireSignature: true });
});
afterAll(() => cloud.stop());
beforeEach(() => cloud.reset());

function found(known: Partial<Known> = {}): Promise<Unmanaged> {
  const { url: endpoint, region, projectId, accessKey, secretKey } = cloud.emulator;
  const settings = { endpoint, region, projectId, accessKey, secretKey };
  const project = queried(settings, {}, { engineRuns: async () => true, tell: () => {} });
  return unmanagedTasks(project, { stack: "dev", owners: [], held: new Set(), ignored: [], ...known });
}
const make = (name: string, description?: string): Promise<string> =>
  cloud.make({
    task_name: name,
    task_type: "STOP",
    scheduled_type: "DAY",
    day_interval: 1,
    scheduled_time: "19:30:00",
    time_zone: "Asia/Shanghai",
    ...(description !== undefined && { description }),
  });
const names = ({ tasks }: Unmanaged) => tasks.map(({ inputs }) => inputs.taskName).sort();

test("those that no stack holds and nobody ignores, each with its fields", async () => {
  const held = await make("held");
  await make("free");
  await make("ignored-1");
  expect(await found({ held: new Set([held]), ignored: ["ignored-*"] })).toEqual({
    tasks: [
      { id: expect.any(String), stack: "dev", inputs: expect.objectContaining({ taskName: "free", dayInterval: 1 }) },
    ],
    leftToOwners: {},
  });
});

test("those of other owners are counted by their marks, also where a mark is all that a description says", async () => {
  await make("marked", "stops it [acme/prod]");
  await make("only-marked", "[acme/prod]");
  await make("without-slash", "stops it [night shift]");
  await make("inside", "[acme/prod] stops it");
  await make("glued", "stops it[acme/prod]");
  const unmanaged = await found();
  expect(names(unmanaged)).toEqual(["glued", "inside"]);
  expect(unmanaged.leftToOwners).toEqual({ "acme/prod": 2, "night shift": 1 });
});

test("a mark of any of the stacks' owners is no other's, and is taken off", async () => {
  await make("of-prod", "stops it [acme/prod]");
  await make("of-dev", "[acme/dev]");
  await make("of-others", "stops it [other]");
  const unmanaged = await found({ owners: ["acme/prod", "acme/dev"] });
  expect(names(unmanaged)).toEqual(["of-dev", "of-prod"]);
  expect(unmanaged.tasks.map(({ inputs }) => inputs.description ?? "").sort()).toEqual(["", "stops it"]);
  expect(unmanaged.leftToOwners).toEqual({ other: 1 });
});

test("one that somebody deletes meanwhile is passed over; another failure is one", async () => {
  await make("one");
  await make("two");
  const answer = (status: number) =>
    cloud.control("PUT", "faults", [
      {
        operation: "ShowScheduledTasks",
        nth: 1,
        times: 1,
        when: "before",
        do: { status, body: { error_code: "WKS.0404", error_msg: "as asked for" } },
      },
    ]);
  await answer(404);
  expect((await found()).tasks).toHaveLength(1);
  await answer(403);
  await expect(found()).rejects.toThrow("as asked for");
});
