import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import { type Cloud, startCloud } from "../emulated";
import { createYamlStack, type Plugin, preparePlugin, secret, type YamlStack } from "./yaml";

let plugin: Plugin;
let cloud: Cloud;
let stack: YamlStack;
const { taskName: _, ...week } = taskOf("WEEK");

beforeAll(async () => {
  plugin = preparePlugin();
  cloud = await startCloud({ requireSignature: true });
  stack = await createYamlStack(plugin, cloud);
}, 600_000);
afterAll(async () => {
  stack?.cleanup();
  await cloud?.stop();
  plugin?.cleanup();
});

const withParams = (extraParams: unknown) => ({ whole: { ...week, extraParams: secret(extraParams) } });
const said: string[] = [];
const run = async (...args: string[]) => {
  const outcome = await stack.run(args);
  said.push(outcome.output);
  return outcome;
};
const planted = ["planted-one", "planted-two", "planted-drift", "planted-desktop", "planted-bad"];

test("a secret is sent, and stays secret in state, diff, drift and messages", async () => {
  const partly = { ...week, extraParams: { notify_message: secret("planted-one"), open: "seen" } };
  const targets = { ...week, applyObjects: [{ objectType: "DESKTOP", objectId: secret("planted-desktop") }] };
  stack.declareTasks({ ...withParams({ notify_message: "planted-one" }), partly, targets });
  expect(await run("up", "--yes")).toMatchObject({ code: 0 });
  const whole = await cloud.task("whole");
  const id = whole?.id ?? "";
  expect(whole?.extra_params).toBe('{"notify_message":"planted-one"}');
  expect((await cloud.task("targets"))?.apply_objects).toMatchObject([{ object_id: "planted-desktop" }]);
  expect(await run("preview", "--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });

  stack.declareTasks({ ...withParams({ notify_message: "planted-two" }), partly, targets });
  expect((await run("preview", "--diff")).output).toMatch(/~ extraParams: \[secret\] => \[secret\]/);
  await run("preview", "--json");
  expect(await run("up", "--yes")).toMatchObject({ code: 0 });

  await cloud.edit(id, { extra_params: '{"notify_message":"planted-drift"}' });
  await run("preview", "--refresh", "--diff");
  await run("refresh", "--yes");
  expect(await run("stack", "export")).toMatchObject({ code: 0 });
  expect(await run("up", "--yes", "--refresh")).toMatchObject({ code: 0 });
  expect((await cloud.task("whole"))?.extra_params).toBe('{"notify_message":"planted-two"}');
  expect(said.at(-2)).toContain('"open": "seen"');
});

test("a check that refuses a secret does not print it, nor does an error of the cloud", async () => {
  stack.declareTasks({ bad: { ...week, timeZone: secret("planted-bad"), extraParams: secret("{planted-bad") } });
  const { code, output } = await run("preview");
  expect(code).not.toBe(0);
  expect(output).toContain("timeZone: ");
  expect(output).toContain("extraParams: ");

  stack.declareTasks(withParams({ notify_message: "planted-one" }));
  const refusal = {
    operation: "UpdateScheduledTasks",
    nth: 1,
    when: "before",
    do: { status: 400, headers: {}, body: { error_code: "WKS.0001", error_msg: "planted-one is too rude" } },
  };
  await cloud.control("PUT", "faults", [refusal]);
  const refused = await run("up", "--yes");
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain("[secret] is too rude");
});

test("no output and no state held one of them in clear, and credentials neither", async () => {
  await run("stack", "export");
  await run("destroy", "--yes");
  const all = said.join("\n");
  const { accessKey, secretKey } = cloud.emulator;
  expect([...planted, accessKey, secretKey].filter((value) => all.includes(value))).toEqual([]);
});

test("credentials of the environment are used, and written nowhere", async () => {
  const { endpoint, ...place } = Object.fromEntries(
    Object.entries(cloud.config).map(([key, value]) => [key.split(":")[1] ?? key, value]),
  );
  const { emulator } = cloud;
  const bare = await createYamlStack(plugin, cloud, {
    config: { "huaweicloud-workspace:endpoint": endpoint ?? "" },
    secrets: {},
    env: {
      HW_REGION_NAME: emulator.region,
      HW_PROJECT_ID: emulator.projectId,
      HW_ACCESS_KEY: emulator.accessKey,
      HW_SECRET_KEY: emulator.secretKey,
    },
  });
  try {
    bare.declareTasks({ one: week });
    expect(await bare.up()).toMatchObject({ code: 0 });
    const { resources = [] } = await bare.state();
    const provider = resources.find(({ type }) => type.startsWith("pulumi:providers:"));
    expect([provider?.inputs, place.region]).toEqual([{ endpoint }, emulator.region]);
    const text = JSON.stringify(resources);
    for (const value of [emulator.accessKey, emulator.secretKey]) expect(text).not.toContain(value);
    expect(await bare.destroy()).toMatchObject({ code: 0 });
  } finally {
    bare.cleanup();
  }
});
