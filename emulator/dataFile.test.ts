import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closeSessions, openSession } from "./fixtures/session";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "emulator-"));
});
afterEach(async () => {
  await closeSessions();
  rmSync(folder, { recursive: true });
});

test("tasks outlive the emulator", async () => {
  const dataFile = join(folder, "tasks.json");
  const first = await openSession({ dataFile });
  const id = await first.create();
  await first.api("PUT", `/scheduled-tasks/${id}`, { enable: false });
  const { tasks } = (await first.control("GET", "/state")).body;
  await first.emulator.close();
  const second = await openSession({ dataFile });
  expect((await second.control("GET", "/state")).body.tasks).toEqual(tasks);
  expect((await second.api("GET", `/scheduled-tasks/${id}`)).status).toBe(200);
});

test("every change is in the file when it is answered, and nothing else is left in the folder", async () => {
  const dataFile = join(folder, "tasks.json");
  const { create, api, control } = await openSession({ dataFile });
  const stored = () => JSON.parse(readFileSync(dataFile, "utf8")).tasks.map(({ task }: { task: object }) => task);
  const id = await create();
  expect(stored()).toMatchObject([{ id }]);
  await control("PATCH", `/tasks/${id}`, { description: "by hand" });
  expect(stored()).toMatchObject([{ description: "by hand" }]);
  await api("DELETE", `/scheduled-tasks/${id}`);
  expect(stored()).toEqual([]);
  expect(readdirSync(folder)).toEqual(["tasks.json"]);
});

test("closing twice does not write over the tasks of a later emulator", async () => {
  const dataFile = join(folder, "tasks.json");
  const first = await openSession({ dataFile });
  await first.emulator.close();
  const second = await openSession({ dataFile });
  await second.create();
  await first.emulator.close();
  expect(JSON.parse(readFileSync(dataFile, "utf8")).tasks).toHaveLength(1);
});

test.each([
  ["{", /^data file .*tasks\.json: /],
  ["{}", /^data file .*tasks\.json: it holds no list of tasks$/],
  ['{"tasks": [{"task": {}}]}', /^data file .*tasks\.json: a task lacks its id, projectId or anchor$/],
])("a file that holds %s is refused by its name, and left as it was", async (content, message) => {
  const dataFile = join(folder, "tasks.json");
  writeFileSync(dataFile, content);
  await expect(openSession({ dataFile })).rejects.toThrow(message);
  expect(readFileSync(dataFile, "utf8")).toBe(content);
});
