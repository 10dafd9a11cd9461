import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { principals } from "../../emulator/identity";
import { type Cloud, startCloud } from "../emulated";
import { createTasksStack, type TasksStack } from "./tasks";

let cloud: Cloud;
let stack: TasksStack;

/** All that the stack says; who asks is said by the environment. */
const place = (): { [key: string]: string } => ({
  "huaweicloud-workspace:endpoint": cloud.emulator.url,
  "huaweicloud-workspace:region": cloud.emulator.region,
});
const daily = {
  taskType: "STOP",
  scheduledType: "DAY",
  dayInterval: 1,
  scheduledTime: "03:00:00",
  timeZone: "Asia/Shanghai",
};
const tasks = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`task-${index}`, { args: daily }]));
const up = (env: { [name: string]: string }) => stack.run(["up", "--yes", "--skip-preview"], { env });

beforeEach(async () => {
  cloud = await startCloud({ requireSignature: true });
  stack = await createTasksStack(cloud, { config: place(), secrets: {} });
});
afterEach(async () => {
  stack?.cleanup();
  await cloud.stop();
});

test("an IAM user's name, password and account are enough, and a preview asks for none of them", async () => {
  stack.declare(tasks);
  expect((await stack.preview()).code).toBe(0);
  expect(await cloud.counts()).toEqual({});
  const user = {
    HW_USER_NAME: principals.userName,
    HW_PASSWORD: principals.password,
    HW_DOMAIN_NAME: principals.domainName,
  };
  const { code, output } = await up(user);
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("+ 13 created") });
  expect(await cloud.tasks()).toHaveLength(12);
  expect(await cloud.counts()).toMatchObject({
    KeystoneCreateUserTokenByPassword: 1,
    KeystoneListProjects: 1,
    CreateScheduledTasks: 12,
  });
  expect(output).not.toContain(principals.password);
  expect(JSON.stringify([await stack.state(), await cloud.newRequests()])).not.toContain(principals.password);

  const wrong = await stack.run(["destroy", "--yes", "--skip-preview"], { env: { ...user, HW_PASSWORD: "wrong-one" } });
  expect(wrong.code).not.toBe(0);
  expect(wrong.output).toContain("Check HW_USER_NAME, HW_USER_PASSWORD and HW_DOMAIN_NAME");
  expect(wrong.output).not.toContain("wrong-one");
  const expired = { error_code: "APIGW.0301", error_msg: "Incorrect IAM authentication information: token expires" };
  await cloud.control("PUT", "faults", [
    { operation: "DeleteScheduledTasks", nth: 3, do: { status: 401, body: expired } },
  ]);
  const logins = async () => (await cloud.counts()).KeystoneCreateUserTokenByPassword ?? 0;
  const before = await logins();
  const gone = await stack.run(["destroy", "--yes", "--skip-preview"], { env: user });
  expect([gone.code, await cloud.tasks(), (await logins()) - before]).toEqual([0, [], 2]);
});

test("a profile of the vendor's CLI is enough, with the agency that it names", async () => {
  stack.declare(tasks);
  const file = join(stack.folder, "config.json");
  const profile = {
    name: "work",
    mode: "AKSK",
    accessKeyId: cloud.emulator.accessKey,
    secretAccessKey: cloud.emulator.secretKey,
    region: cloud.emulator.region,
    agencyName: principals.agencyName,
    agencyDomainId: principals.domainId,
  };
  writeFileSync(file, JSON.stringify({ current: "work", authEncrypt: "false", profiles: [profile] }));
  const { code, output } = await up({ HW_SHARED_CONFIG_FILE: file });
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("+ 13 created") });
  expect(await cloud.counts()).toMatchObject({ AssumeAgency: 1, KeystoneListProjects: 1, CreateScheduledTasks: 12 });
  expect(JSON.stringify(await stack.state())).not.toContain(cloud.emulator.secretKey);

  await cloud.control("PUT", "denied", ["UpdateScheduledTasks"]);
  stack.declare({ ...tasks, "task-0": { args: { ...daily, scheduledTime: "04:00:00" } } });
  const denied = await up({ HW_SHARED_CONFIG_FILE: file });
  expect(denied.code).not.toBe(0);
  expect(denied.output).toMatch(
    /update ScheduledTask "task-0" .*403 .*workspace:scheduledTasks:update.*STS decodes it: .*implicit deny by identity-based policy/,
  );

  writeFileSync(file, JSON.stringify({ current: "work", authEncrypt: "true", profiles: [profile] }));
  const refused = await stack.run(["refresh", "--yes"], { env: { HW_SHARED_CONFIG_FILE: file } });
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain("the file is encrypted, which only the CLI can read");
  expect(refused.output).not.toContain(cloud.emulator.secretKey);
});
