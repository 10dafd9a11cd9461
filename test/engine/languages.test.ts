import { join, resolve } from "node:path";
import { type Cloud, type LiveTask, startCloud, writes } from "../emulated";
import { hasGo, languageEnvironment } from "./languages";
import { createStack } from "./stack";
import { type Plugin, preparePlugin } from "./yaml";

const repository = resolve(__dirname, "../..");

/** The examples that are served by the plugin. */
const examples = [
  { language: "YAML", folder: "yaml" },
  { language: "TypeScript", folder: "typescript-plugin" },
  { language: "Python", folder: "python" },
  { language: "Go", folder: "go" },
].filter(({ language }) => language !== "Go" || hasGo);

let plugin: Plugin;
let cloud: Cloud;
let expected: object;

const withoutIds = (tasks: readonly LiveTask[]) =>
  Object.fromEntries(tasks.map(({ id: _, ...task }) => [String(task.task_name), task]));

beforeAll(async () => {
  plugin = preparePlugin(hasGo ? ["python", "go"] : ["python"]);
  cloud = await startCloud({ requireSignature: true });
  const { config, secrets } = cloud;
  const quickstart = await createStack({ program: { folder: repository }, config, secrets });
  try {
    expect((await quickstart.up()).code).toBe(0);
    expected = withoutIds(await cloud.tasks());
    expect(Object.keys(expected)).toHaveLength(5);
  } finally {
    quickstart.cleanup();
  }
}, 1_800_000);
afterAll(async () => {
  await cloud?.stop();
  plugin?.cleanup();
});
beforeEach(() => cloud.reset());

test.each(examples)(
  "the example in $language leaves the cloud as the quickstart does, with a fleet beside it, and is quiet then",
  async ({ folder, language }) => {
    const { config, secrets } = cloud;
    const stack = await createStack({ program: { folder: join(repository, "examples", folder) }, config, secrets });
    try {
      const settings = { env: await languageEnvironment(language, stack.folder), timeoutMs: 600_000 };
      const up = await stack.run(["up", "--yes", "--skip-preview"], settings);
      expect(up).toMatchObject({ code: 0, output: expect.stringContaining("+ 7 created") });
      const {
        "start-sales": sales,
        "start-support": support,
        "start-factory": factory,
        ...five
      } = withoutIds(await cloud.tasks());
      expect(five).toEqual(expected);
      expect([sales, support, factory].map((task) => task?.scheduled_time)).toEqual([
        "08:00:00",
        "06:30:00",
        "05:15:00",
      ]);
      await cloud.newRequests();
      const quiet = await stack.run(["preview", "--refresh", "--expect-no-changes"], settings);
      expect(quiet).toMatchObject({ code: 0, output: expect.stringContaining("7 unchanged") });
      expect(writes(await cloud.newRequests())).toEqual([]);
      expect(await stack.run(["destroy", "--yes", "--skip-preview"], settings)).toMatchObject({ code: 0 });
      expect(await cloud.tasks()).toEqual([]);
    } finally {
      stack.cleanup();
    }
  },
  900_000,
);
