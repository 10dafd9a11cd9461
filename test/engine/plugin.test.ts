import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Cloud, type LiveTask, startCloud, writes } from "../emulated";
import { yamlQuickstart } from "./project";
import { createStack } from "./stack";
import { createYamlStack, type Plugin, preparePlugin, type YamlStack } from "./yaml";

const repository = resolve(__dirname, "../..");
let plugin: Plugin;
let cloud: Cloud;
let stack: YamlStack;

beforeAll(async () => {
  plugin = preparePlugin();
  cloud = await startCloud({ requireSignature: true });
  stack = await createYamlStack(plugin, cloud);
  stack.write(yamlQuickstart().replace(/^name: .*$/m, "name: harness"));
}, 600_000);
afterAll(async () => {
  stack?.cleanup();
  await cloud?.stop();
  plugin?.cleanup();
});

const withoutIds = (tasks: readonly LiveTask[]) =>
  Object.fromEntries(tasks.map(({ id: _, ...task }) => [String(task.task_name), task]));

test("the quickstart from YAML leaves the cloud as the one from TypeScript does", async () => {
  const typescript = await createStack({
    program: { folder: repository },
    config: cloud.config,
    secrets: cloud.secrets,
  });
  try {
    expect((await typescript.up()).code).toBe(0);
    const expected = withoutIds(await cloud.tasks());
    expect((await typescript.destroy()).code).toBe(0);

    const preview = await stack.preview();
    expect({ code: preview.code, output: preview.output }).toEqual({
      code: 0,
      output: expect.stringContaining("+ 6 to create"),
    });
    expect(await cloud.tasks()).toEqual([]);
    expect(await stack.up()).toMatchObject({ code: 0 });
    expect(Object.keys(expected)).toHaveLength(5);
    expect(withoutIds(await cloud.tasks())).toEqual(expected);
  } finally {
    typescript.cleanup();
  }
});

test("a preview that reads the cloud finds nothing to do, twice", async () => {
  for (const _ of [1, 2]) {
    const { code, output } = await stack.preview(["--refresh", "--expect-no-changes"]);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("6 unchanged") });
  }
});

test("the state of a weekly stop is small", async () => {
  const { stackTrace, sourcePosition, ...eveningStop } = Object(
    (await stack.resources()).find(({ urn }) => urn.endsWith("::evening-stop")),
  );
  expect(sourcePosition).toBeDefined();
  expect(stackTrace).toBeDefined();
  expect(Buffer.byteLength(JSON.stringify(eveningStop))).toBeLessThanOrEqual(1_300);
});

test("an enable switched off elsewhere during an update is seen and repaired by the next one", async () => {
  const { id = "" } = (await cloud.task("evening-stop")) ?? {};
  const text = readFileSync(resolve(stack.folder, "Pulumi.yaml"), "utf8");
  stack.write(text.replace('"19:30"', '"20:00"'));
  const slow = { operation: "UpdateScheduledTasks", nth: 1, when: "after", do: { delayMs: 1_000 } };
  await cloud.control("PUT", "faults", [slow]);
  await cloud.newRequests();
  const update = stack.up();
  const isSent = async () => writes(await cloud.newRequests()).length > 0;
  while (!(await isSent()) && (await cloud.task("evening-stop"))?.scheduled_time !== "20:00:00");
  await cloud.edit(id, { enable: false });
  expect(await update).toMatchObject({ code: 0 });
  expect(await cloud.task("evening-stop")).toMatchObject({ enable: false, scheduled_time: "20:00:00" });

  const preview = await stack.preview(["--diff"]);
  expect(preview.output).toMatch(/~ enable: false => true/);
  await cloud.newRequests();
  expect(await stack.up()).toMatchObject({ code: 0 });
  expect(writes(await cloud.newRequests()).map(({ body }) => body)).toEqual([{ enable: true }]);
  expect(await stack.preview(["--expect-no-changes"])).toMatchObject({ code: 0 });
});

test("destroy leaves no task", async () => {
  expect(await stack.destroy()).toMatchObject({ code: 0 });
  expect(await cloud.tasks()).toEqual([]);
});

test("the schema of the executable is schema.json", async () => {
  const { code, stdout } = await stack.run(["package", "get-schema", plugin.executable]);
  const { version: _, ...schema } = JSON.parse(stdout);
  expect([code, schema]).toEqual([0, JSON.parse(readFileSync(resolve(repository, "schema.json"), "utf8"))]);
});
