import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { review } from "./command";
import type { ReviewFlags } from "./flags";
import type { Report } from "./report";

const folder = mkdtempSync(join(tmpdir(), "review-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string): string => join(folder, name);

const urn = "urn:pulumi:dev::desktops::huaweicloud-workspace:index:ScheduledTask::stop";
/** Tuesday, 12:00 in Shanghai. */
const madeAt = Date.parse("2026-11-24T04:00:00Z");
const inputs = {
  taskName: "stop",
  taskType: "STOP",
  scheduledType: "DAY",
  dayInterval: 1,
  scheduledTime: "19:30",
  timeZone: "Asia/Shanghai",
  extraParams: '{"id":12345678901234567891}',
};
const log = (edit: object): string =>
  [
    { timestamp: madeAt / 1000, preludeEvent: { config: {} } },
    {
      resOutputsEvent: {
        metadata: {
          op: "refresh",
          urn,
          type: urn.split("::")[2],
          old: { id: "1", outputs: inputs },
          new: { id: "1", outputs: inputs },
        },
      },
    },
    {
      resourcePreEvent: {
        metadata: {
          op: "update",
          urn,
          type: urn.split("::")[2],
          old: { id: "1", outputs: inputs },
          new: { inputs: { ...inputs, ...edit } },
        },
      },
    },
    { summaryEvent: { isPreview: true } },
  ]
    .map((event) => `${JSON.stringify(event)}\n`)
    .join("");
const changed = log({ scheduledTime: "20:00", extraParams: '{"id":12345678901234567892}' });

const flags: ReviewFlags = {
  stack: [],
  cwd: ".",
  format: "json",
  failOn: [],
  ignore: [],
};
async function reviewed(text: string, edit: Partial<ReviewFlags> = {}): Promise<{ code: number; text: string }> {
  writeFileSync(file("from"), text);
  const code = await review({ ...flags, from: file("from"), output: file("output"), ...edit });
  return { code, text: readFileSync(file("output"), "utf8") };
}
const cli = (...args: string[]) => {
  const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", "tools/cli.ts", "review", ...args], {
    cwd: join(__dirname, ".."),
    encoding: "utf8",
  });
  return { status, stderr };
};

test("saved events are reviewed as of when they were made, unless told otherwise", async () => {
  const report = JSON.parse((await reviewed(changed)).text) as Report;
  expect(report.at).toBe("2026-11-24T04:00:00.000Z");
  expect(report.stacks[0]?.tasks[0]?.willHappen).toContain("next Tue 24 Nov 2026 20:00");
  const later = JSON.parse((await reviewed(changed, { at: new Date("2026-12-01T13:00:00Z") })).text) as Report;
  expect(later.stacks[0]?.tasks[0]?.willHappen).toContain("next Wed 2 Dec 2026 20:00");
});

test("a saved report is written as it was made, long numbers digit by digit", async () => {
  const { text } = await reviewed(changed);
  expect(text).toMatch(/"wanted": \{\s+"id": 12345678901234567892\s/);
  expect((await reviewed(text)).text).toBe(text);
  expect((await reviewed(text, { format: "markdown" })).text).toContain("12345678901234567892");
  await expect(reviewed(text, { lang: "zh" })).rejects.toThrow("need the events, which --save keeps");
  await expect(reviewed(text, { at: new Date() })).rejects.toThrow("need the events");
  expect((await reviewed(text, { lang: "en" })).text).toBe(text);
});

test("a report of another version is refused by its number", async () => {
  const { text } = await reviewed(changed);
  await expect(reviewed(text.replace('"version": 1', '"version": 2'))).rejects.toThrow(
    /from is a report of version 2, of which this release reads 1: read it with the release that wrote it/,
  );
  await expect(reviewed('{"version": "1", "stacks": []}')).rejects.toThrow('a report of version "1"');
});

test("nobody can fail on drift that could not be seen: an error, after the report", async () => {
  const unread = changed
    .split("\n")
    .filter((line) => !line.includes("resOutputsEvent"))
    .join("\n");
  const failing = reviewed(unread, { failOn: ["changes", "drift"] });
  await expect(failing).rejects.toThrow("--fail-on drift: the live tasks of desktops/dev were not read");
  const report = readFileSync(file("output"), "utf8");
  expect(JSON.parse(report).stacks[0].isRefreshed).toBe(false);
  await expect(reviewed(report, { failOn: ["drift"] })).rejects.toThrow("were not read");
  expect((await reviewed(unread, { failOn: ["changes"] })).code).toBe(2);
  expect(cli("--from", file("from"), "--fail-on", "drift")).toEqual({
    status: 1,
    stderr: expect.stringContaining("error: --fail-on drift: the live tasks of desktops/dev were not read"),
  });
});

test("events that were cut off are refused, wherever", async () => {
  const lines = changed.trimEnd().split("\n");
  for (let count = 0; count < lines.length; count++)
    await expect(reviewed(lines.slice(0, count).join("\n"))).rejects.toThrow(/events/);
  await expect(reviewed(changed.slice(0, -4))).rejects.toThrow("line 4 is no JSON");
  await expect(reviewed(changed + lines.slice(0, 2).join("\n"))).rejects.toThrow("end before the preview does");
});

test.each([
  ["changes", changed, 2],
  ["drift", changed, 0],
  ["changes", log({}), 0],
])("fails on %s", async (what, text, code) => {
  expect((await reviewed(text, { failOn: [what as "changes"] })).code).toBe(code);
});

test("options that would do nothing are refused, by their names", () => {
  writeFileSync(file("log"), changed);
  const from = ["--from", file("log")];
  const all = ["--cwd", "x", "--save", "y", "--unmanaged", "--ignore", "z"];
  expect(cli(...from, ...all)).toEqual({
    status: 1,
    stderr: "error: without effect with --from: --cwd, --save, --unmanaged, --ignore\n",
  });
  expect(cli("--stack", "dev", "--ignore", "z").stderr).toContain("without effect without --unmanaged: --ignore");
  expect(cli(...from, "--at", "noon").stderr).toContain("It must be now, or an instant");
  expect(cli(...from, "--at", "2026-11-24T04:00:00Z", "--lang", "zh", "--format", "junit").status).toBe(0);
});
