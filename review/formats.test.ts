import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { UNKNOWN } from "../provider/scheduledTask/fields";
import { html } from "./html";
import { junit } from "./junit";
import { markdown } from "./markdown";
import { code } from "./markdownText";
import type { Preview } from "./preview";
import { everyKind, everyUnmanaged, now, preview, resource, weekly } from "./preview.fixture";
import { noneUnmanaged, type Report, reportOf, reviewedStack } from "./report";

/** Texts that people read are compared with files that people have read; `RECORD=1` writes them. */
function expectGolden(name: string, text: string): void {
  const file = join(__dirname, "fixtures", name);
  if (process.env.RECORD) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, "utf8"));
}

const report = (language: "en" | "zh"): Report =>
  reportOf([reviewedStack(everyKind)], everyUnmanaged, { now, language });
const reportIn = (...previews: readonly Preview[]): Report =>
  reportOf(previews.map(reviewedStack), noneUnmanaged, { now, language: "en" });
/** A schedule of which the runs are reckoned in no time. */
const once = { scheduledType: "FIXED_TIME", weekList: undefined, scheduledDate: "2030-12-23" };
/** With REBUILD, a finding of each of three rules. */
const reckless = { forceExecute: true, applyObjects: [{ objectType: "ALL_DESKTOPS" }] };
const ofOne = (name: string): Report =>
  reportIn(preview([resource("one", undefined, undefined, weekly({ taskName: name }))]));

test("Markdown", () => expectGolden("report.md", markdown(report("en"))));
test("Markdown in Chinese", () => expectGolden("report.zh.md", markdown(report("zh"))));
test("JUnit", () => expectGolden("report.xml", junit(report("en"))));
test("JSON", () => expectGolden("report.json", `${JSON.stringify(report("en"), undefined, 2)}\n`));

test("a clean stack has no comment", () => {
  const same = weekly();
  expect(markdown(reportIn(preview([resource("one", same, same, same)])))).toBe("");
});

test("without a refresh it is said that no drift can be seen", () => {
  const one = resource("one", weekly(), weekly(), weekly({ scheduledTime: "01:00" }));
  expect(markdown(reportIn(preview([one], { isRefreshed: false })))).toContain("drift cannot be seen");
  const same = resource("one", weekly(), weekly(), weekly());
  expect(markdown(reportIn(preview([same], { isRefreshed: false })))).toContain("drift cannot be seen");
});

test.each([1, 100, 400, 3_000])(
  "a comment about %i tasks keeps within 60,000 characters, headlines before details",
  (count) => {
    const tasks = Array.from({ length: count }, (_, at) =>
      resource(
        `task-${at}`,
        weekly({ taskName: `task-${at}` }),
        weekly({ taskName: `task-${at}`, enable: false }),
        weekly({ taskName: `task-${at}` }),
      ),
    );
    const text = markdown(reportIn(preview(tasks)));
    expect(text.length).toBeLessThanOrEqual(60_000);
    expect(text.startsWith(`## Scheduled tasks: ${count} drift, 0 unchanged`)).toBe(true);
    const [headlines, details] = [text.match(/^- \*\*/gm)?.length, text.match(/<details>/g)?.length ?? 0];
    if (count <= 400) expect(headlines).toBe(count);
    expect(text.includes("left out here for length")).toBe(details < count);
    expect(text.match(/<\/details>/g)?.length ?? 0).toBe(details);
  },
);

/** How many of the lines tell of one, and how many more are said to be left out. */
const told = (text: string, line: RegExp, more: RegExp): [shown: number, more: number] => [
  text.match(line)?.length ?? 0,
  Number(more.exec(text)?.[1] ?? 0),
];
const tasksTold = (text: string) => told(text, /^- \*\*/gm, /^- (\d+) more tasks? (?:is|are) left out here/m);
const findingsTold = (text: string) =>
  told(text, /^> - `/gm, /^> - (\d+) more to look at twice (?:is|are) left out here/m);

test("a detail that is too long is shortened to what differs, and those behind it are whole", () => {
  const targets = (last: string) =>
    Array.from({ length: 1_000 }, (_, at) => ({
      objectType: "DESKTOP",
      objectId: at === 999 ? last : `3f0c5e1a-77aa-4c1e-9d8b-${String(at).padStart(12, "0")}`,
    }));
  const long = (last: string) => weekly({ taskName: "a-long", applyObjects: targets(last) });
  const small = Array.from({ length: 5 }, (_, at) => `small-${at}`).map((taskName) =>
    resource(taskName, weekly({ taskName }), weekly({ taskName, enable: false }), weekly({ taskName })),
  );
  const text = markdown(reportIn(preview([resource("long", long("old"), long("swapped"), long("old")), ...small])));
  expect(text.length).toBeLessThan(10_000);
  expect(text.match(/<details>/g)).toHaveLength(6);
  expect(text).toContain(
    "| targets | <code>DESKTOP old, 999 in common</code> | <code>DESKTOP swapped, 999 in common</code> | <code>DESKTOP old, 999 in common</code> |",
  );
  expect(text).toContain("Keep the live one, in the code of long\n\nShortened here: ");
  expect(text.match(/Shortened here/g)).toHaveLength(1);
  expect(text).not.toContain("left out here");
});

test("findings leave room for when the reviewed tasks run, and for each of them a line", () => {
  const tasks = Array.from({ length: 400 }, (_, at) =>
    resource(`task-${at}`, undefined, undefined, weekly({ taskName: `task-${at}`, taskType: "REBUILD", ...reckless })),
  );
  const text = markdown(reportIn(preview(tasks)));
  expect(text.length).toBeLessThanOrEqual(60_000);
  expect(text).toContain("\n\nNext runs as of 2026-11-24 04:00 UTC.\n\n- **");
  expect(tasksTold(text)).toEqual([400, 0]);
  const [shown, more] = findingsTold(text);
  expect(shown).toBeGreaterThan(100);
  expect(shown + more).toBe(1_200);
});

test("what is left out is counted, and what nobody acknowledged is left out last", () => {
  const tasks = Array.from({ length: 3_000 }, (_, at) =>
    resource(`task-${at}`, undefined, undefined, weekly({ taskName: `task-${at}`, taskType: "REBUILD", ...once })),
  );
  const acknowledged = tasks.slice(0, 2_999).map(({ name }) => `rebuild:${name}`);
  const config = { "huaweicloud-workspace:review": JSON.stringify({ acknowledged }) };
  const text = markdown(reportIn(preview(tasks, { config })));
  expect(text.length).toBeLessThanOrEqual(60_000);
  const [headlines, moreTasks] = tasksTold(text);
  expect(headlines).toBeGreaterThan(400);
  expect(headlines + moreTasks).toBe(3_000);
  const [findings, moreFindings] = findingsTold(text);
  expect(findings + moreFindings).toBe(3_000);
  expect(text).toContain("> - `task-2999`: it rebuilds desktops (`rebuild`)\n");
  expect(text).not.toMatch(/\b0 more/);
});

test("owners of any number leave room for the tasks", () => {
  const leftToOwners = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`owner-${at}`, 1]));
  const one = preview([resource("one", undefined, undefined, weekly())], { isRefreshed: false });
  const text = markdown(reportOf([reviewedStack(one)], { tasks: [], leftToOwners }, { now, language: "en" }));
  expect(text.length).toBeLessThanOrEqual(60_000);
  expect(text).toContain("drift cannot be seen.\n\n1 more note is left out here for length");
  expect(tasksTold(text)).toEqual([1, 0]);
});

test("of a field that went with the schedule type it is not said that the code says the same", () => {
  const daily = weekly({ scheduledType: "DAY", weekList: undefined, dayInterval: 2 });
  const monthly = weekly({ scheduledType: "MONTH", weekList: undefined, monthList: [1], dateList: ["1"] });
  const changed = reportIn(preview([resource("one", weekly(), daily, monthly)]));
  expect(markdown(changed)).toContain(
    "| days of the week | <code>MON, FRI</code> | none | none | the code's schedule type does not use it |",
  );
  expect(junit(changed)).toContain(
    "days of the week: last run MON, FRI; live none; code none (the code&#39;s schedule",
  );
});

test("a value that is not known yet reads so in each language, and JSON has the engine's own sign for it", () => {
  const wanted = weekly({ scheduledTime: UNKNOWN, applyObjects: [{ objectType: "DESKTOP", objectId: UNKNOWN }] });
  const previews = [reviewedStack(preview([resource("one", weekly(), weekly(), wanted)]))];
  const [english, chinese] = (["en", "zh"] as const).map((language) =>
    reportOf(previews, noneUnmanaged, { now, language }),
  );
  const values = (found: Report | undefined) =>
    found?.stacks[0]?.tasks[0]?.fields.map(({ name, wanted: next }) => [name, next]);
  expect(values(chinese)).toEqual([
    ["scheduledTime", UNKNOWN],
    ["applyObjects", [UNKNOWN]],
  ]);
  expect(values(english)).toEqual(values(chinese));
  for (const text of [english, chinese].flatMap((one) => (one ? [markdown(one), junit(one)] : [])))
    expect(text).not.toContain(UNKNOWN);
  expect(english && markdown(english)).toContain("| <code>known after deployment</code> | the code changed |");
  expect(chinese && junit(chinese)).toContain("代码 部署后可知");
});

test("every format tells when a task that is gone runs again, and the page says once that it was deleted", () => {
  const gone = reportIn(preview([resource("one", weekly(), undefined, weekly({ scheduledTime: "21:00" }))]));
  const sentence = "makes it again: Mon and Fri 21:00 Asia/Shanghai; next Fri 27 Nov 2026 21:00; changed in the code: ";
  for (const text of [markdown(gone), junit(gone), html(gone)]) expect(text).toContain(sentence);
  const [card] = /<article.*<\/article>/s.exec(html(gone)) ?? [];
  expect(card?.match(/deleted in the cloud/g)).toHaveLength(1);
});

test("in JUnit drift that could not be seen is an error, and what could not be told is written", () => {
  const same = resource("one", weekly(), weekly(), weekly(), { fate: "same" });
  const text = junit(reportIn(preview([same], { isRefreshed: false }), preview([same], { stack: "prod" })));
  expect(text).toContain('<testsuite name="desktops/dev" tests="2" failures="0" errors="1" ');
  expect(text).toContain('<testsuite name="desktops/prod" tests="1" failures="0" errors="0" ');
  expect(text).toContain(
    '<testcase classname="desktops/dev" name="--refresh" time="0">\n      <error type="not-refreshed" message="The live tasks were not read (no --refresh): drift cannot be seen."/>',
  );
  expect(text.match(/<system-out>.*<\/system-out>/g)).toEqual([
    "<system-out>The live tasks were not read (no --refresh): drift cannot be seen.</system-out>",
  ]);
});

test("in JUnit no two cases of a class have one name", () => {
  const named = (name: string, id?: string) => resource(name, id ? weekly() : undefined, undefined, weekly(), { id });
  const like = resource("like", undefined, undefined, weekly({ taskName: "--refresh" }));
  const twice = [like, named("one", "id1"), named("two", "id2"), named("one", "id1"), named("one"), named("one")];
  const found = ["a", "b"].map((id) => ({ id, stack: "dev", inputs: weekly() }));
  const report = reportOf(
    [reviewedStack(preview([...twice, resource("alone", undefined, undefined, weekly({ taskName: "alone" }))]))],
    { tasks: found, leftToOwners: {} },
    { now, language: "en" },
  );
  const cases = [...junit(report).matchAll(/<testcase classname="(.*?)" name="(.*?)"/g)].map(([, ...pair]) =>
    pair.join(": "),
  );
  expect(cases.sort()).toEqual([
    "desktops/dev: --refresh 2",
    "desktops/dev: alone",
    "desktops/dev: stop (one)",
    "desktops/dev: stop (one) 2",
    "desktops/dev: stop (one, id1)",
    "desktops/dev: stop (one, id1) 2",
    "desktops/dev: stop (two, id2)",
    "unmanaged: stop (a)",
    "unmanaged: stop (b)",
  ]);
});

test("a place that was not searched is a note of its stack", () => {
  const one = preview([resource("one", undefined, undefined, weekly())]);
  const unsearched = [{ stack: "dev", place: "cn-south-1/p2", reason: "403" }];
  const found = reportOf([reviewedStack(one)], { ...noneUnmanaged, unsearched }, { now, language: "en" });
  for (const text of [markdown(found), junit(found)])
    expect(text).toContain("Not searched for tasks that no stack holds: cn-south-1/p2: 403");
});

test("no name is markup, in any format", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 30 }), (name) => {
      const lines = markdown(ofOne(`x${name}x`)).split("\n");
      expect(lines.filter((line) => line.startsWith(`- **${code(`x${name}x`)}** (new): `))).toHaveLength(1);
      const xml = junit(ofOne(`x${name}x`));
      expect(xml.match(/</g)).toHaveLength(junit(ofOne("x")).match(/</g)?.length ?? 0);
    }),
  );
});

test("a task of another project is taken over where it is, which an import would not look into", () => {
  const inputs = weekly({ region: "cn-south-1", projectId: "p2" });
  const found = { tasks: [{ id: "id1", stack: "dev", inputs }], leftToOwners: {} };
  expect(reportOf([], found, { now, language: "en" }).unmanaged[0]?.waysOut).toEqual([
    { what: "Take it over, in the code", code: 'adoptTaskId: "id1", region: "cn-south-1", projectId: "p2"' },
  ]);
});

test("what a command names is one word for a shell", () => {
  const inputs = weekly({ taskName: "$(touch pwned) `id` it's" });
  const found = { tasks: [{ id: "id1", stack: "acme/desktops/dev", inputs }], leftToOwners: {} };
  const [task] = reportOf([], found, { now, language: "en" }).unmanaged;
  expect(task?.waysOut[0]?.code).toBe(
    "pulumi import --stack acme/desktops/dev huaweicloud-workspace:index:ScheduledTask -- '$(touch pwned) `id` it'\\''s' id1",
  );
});

test("of several stacks each task is named with its own", () => {
  const one = resource("one", undefined, undefined, weekly());
  const text = markdown(reportIn(preview([one]), preview([one], { stack: "prod" })));
  expect(text).toContain("**`dev: stop`**");
  expect(text).toContain("**`prod: stop`**");
});
