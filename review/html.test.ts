import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { html } from "./html";
import type { PageData } from "./page/data";
import { runsOf } from "./page/entries";
import { mostBytes } from "./page/length";
import { calmReport, everyKindReport, fleetReport, hostileName, reportTask } from "./page/report.fixture";
import type { Report } from "./report";

/** What the page says without its script, data and style. */
const written = (report: Report): string =>
  html(report)
    .replace(/<style>.*?<\/style>/s, "<style></style>")
    .replace(/<script.*<\/script>/s, "")
    .replace(/sha256-[^&]*/g, "sha256-…");
const dataOf = (page: string): PageData => JSON.parse(/id="data">(.*?)<\/script>/s.exec(page)?.[1] ?? "") as PageData;
const withTask = (task: Partial<Report["unmanaged"][number]>): Report => ({
  ...calmReport("en"),
  unmanaged: [reportTask({ verdict: "unmanaged", ...task })],
});

test.each([
  ["every-kind.en.html", everyKindReport("en")],
  ["every-kind.zh.html", everyKindReport("zh")],
  ["calm.en.html", calmReport("en")],
])("%s is what is written without the script; RECORD=1 writes it anew", (name, report) => {
  const file = join(__dirname, "fixtures", name);
  if (process.env.RECORD) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, written(report));
  }
  expect(written(report)).toBe(readFileSync(file, "utf8"));
});

test("the policy names the script and the style of the page, and nothing else may run", () => {
  const page = html(everyKindReport("en"));
  const hashOf = (element: string): string => {
    const text = new RegExp(`<${element}>(.*?)</${element}>`, "s").exec(page)?.[1] ?? "";
    return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  };
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll("&#39;", "'");
  expect(policy).toBe(
    `default-src 'none'; script-src ${hashOf("script")}; style-src ${hashOf("style")}; img-src data:; base-uri 'none'; form-action 'none'`,
  );
});

test("whatever a task holds, the page has the same elements", () => {
  const tags = (report: Report): string[] =>
    written(report)
      .replace(/<.?bdi[^>]*>/g, "")
      .match(/<[^>]*>/g)
      ?.map((tag) => tag.replace(/"[^"]*"/g, "")) ?? [];
  const one = (text: string): Report =>
    withTask({
      name: text,
      taskType: text,
      declaredAs: text,
      id: text,
      sentence: text,
      happened: `a${text}`,
      willHappen: `a${text}`,
      timeZone: text,
      fields: [{ name: "f", label: text, cause: "drift", old: text, live: [text], wanted: null, isRead: true }],
      hidden: [{ name: text, label: text, cause: "unclear" }],
      waysOut: [{ what: text, code: text }],
      findings: [{ rule: text, text, isAcknowledged: false }],
      targets: [text],
    });
  const expected = tags(one("plain"));
  expect(tags(one(hostileName))).toEqual(expected);
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: "binary" }), (text) => {
      expect(tags(one(text))).toEqual(expected);
    }),
    { numRuns: 50, examples: [["__proto__"], ["constructor"]] },
  );
});

test("the script is told of each task what no card says", () => {
  const { tasks, targets } = dataOf(html(everyKindReport("en")));
  const named = (name: string) => tasks.find((task) => task.name === name);
  expect(named("evening-stop")).toMatchObject({ verdict: "planned", zone: "Asia/Shanghai" });
  expect(named("evening-stop")?.targets).toBeUndefined();
  expect(named("floor-1-stop")?.targets?.map((place) => targets[place])).toEqual(["DESKTOP f0"]);
  expect(named("floor-1-stop")?.text).toBe("Mon-Fri 18:10 Asia/Shanghai; next Tue 24 Nov 2026 18:10");
  expect(named("floor-1-stop")?.after).toBeUndefined();
  expect(runsOf(named("lab-snapshot")?.after ?? [1])).toEqual([]);
  expect(tasks.filter(({ hasFindings }) => hasFindings).map(({ name }) => name)).toEqual([
    "weekly-patch",
    "weekend-check",
    "classroom-rebuild",
  ]);
});

test("a title of many stacks names the first ones, and no name turns its direction", () => {
  const [stack] = calmReport("en").stacks;
  const stacks = Array.from({ length: 7 }, (_, n) => ({ ...stack, project: "a\u202e", stack: `s${n}` }) as never);
  expect(html({ ...calmReport("en"), stacks })).toContain(
    "<title>Review of scheduled tasks: aU+202E/s0, aU+202E/s1, aU+202E/s2, aU+202E/s3, aU+202E/s4, 2 more</title>",
  );
});

const noteOf = (page: string): string => /id="length">([^<]*)/.exec(page)?.[1] ?? "";
const countOf = (page: string, text: string): number => page.split(text).length - 1;

describe("a page is of at most 3 MB, whatever the report", () => {
  test.each([
    [2000, "drift, 5 targets", fleetReport(100, 5, "drift", "en")],
    [2000, "drift and plan, 5 targets", fleetReport(100, 5, "drift and plan", "en")],
    [2000, "drift and plan, 5 targets, in Chinese", fleetReport(100, 5, "drift and plan", "zh")],
    [2000, "drift and plan, 20 targets", fleetReport(100, 20, "drift and plan", "en")],
    [2000, "drift and plan, 20 targets, in Chinese", fleetReport(100, 20, "drift and plan", "zh")],
    [2000, "50 targets swapped", fleetReport(100, 50, "targets swapped", "en")],
    [500, "100 targets swapped", fleetReport(25, 100, "targets swapped", "en")],
  ])("%i tasks: %s", (count, _, report) => {
    const page = html(report);
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(mostBytes);
    expect(mostBytes).toBe(3_000_000);
    expect(countOf(page, "<article")).toBe(count);
    expect(dataOf(page).tasks).toHaveLength(count);
    expect(noteOf(page)).toContain("--format json");
  });

  test("what has no room is counted, in the order in which it is needed least", () => {
    const report = fleetReport(250, 2, "drift and plan");
    const same = Array.from({ length: 2000 }, (_, n) => reportTask({ name: `same-${n}` }));
    const [stack] = report.stacks;
    const page = html({ ...report, stacks: [{ ...stack, tasks: [...same, ...(stack?.tasks ?? [])] } as never] });
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(mostBytes);
    const cards = countOf(page, "<article");
    expect(cards).toBeGreaterThan(2000);
    expect(dataOf(page).tasks.map(({ verdict }) => verdict)).toEqual(Array.from({ length: cards }, () => "both"));
    expect(noteOf(page)).toContain(`${7000 - cards} tasks are left out`);
  });

  test("one that is long by itself leaves the others as they are", () => {
    const ids = Array.from({ length: 40 }, (_, n) => ({
      objectType: "DESKTOP",
      objectId: `${n}`.padStart(80_000, "x"),
    }));
    const field = {
      name: "applyObjects",
      label: "targets",
      cause: "drift",
      old: null,
      live: ids,
      wanted: null,
      isRead: true,
    } as const;
    const long = reportTask({ verdict: "drift", name: "long", fields: [field] });
    const page = html({ ...everyKindReport("en"), unmanaged: [long] });
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(mostBytes);
    expect(countOf(page, "shortened</span>")).toBe(0);
    const wordy = reportTask({ verdict: "drift", name: "long", waysOut: [{ what: "x", code: "y".repeat(4_000_000) }] });
    const cut = html({ ...everyKindReport("en"), unmanaged: [wordy] });
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(mostBytes);
    expect(cut).toContain("<span>x</span><em>Too long for this page: --format json has it.</em>");
    expect(countOf(cut, '<table class="fields"')).toBe(countOf(page, '<table class="fields"') - 1);
  });

  test("all else on it has its limit too", () => {
    const long = (text: string): string => text.padStart(2000, "定");
    const tasks = Array.from({ length: 2000 }, (_, n) =>
      reportTask({
        name: long(`${n}`),
        verdict: "new",
        answers: ["code"],
        taskType: ["STOP", "START"][n % 2] ?? null,
        runs: { before: [], after: [29_760_000 + n] },
        targets: ["DESKTOP d1", long(`DESKTOP ${n >> 2}`)],
        findings: [{ rule: "rebuild", text: long("text"), isAcknowledged: false }],
      }),
    );
    const [stack] = calmReport("en").stacks;
    const notes = Array.from({ length: 100 }, () => long("note"));
    const stacks = Array.from({ length: 100 }, (_, n) => ({ ...stack, notes, tasks: n === 0 ? tasks : [] }) as never);
    const page = html({ ...calmReport("en"), stacks });
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(mostBytes);
    expect(page).toContain('<p class="note">9992 more, which --format json has</p>');
    expect(noteOf(page)).toMatch(/1\d\d\d tasks are left out/);
  });

  test("a report with room for all of it says nothing of its length", () => {
    expect(noteOf(html(everyKindReport("en")))).toBe("");
  });
});

test("long lists of a field show what differs", () => {
  const ids = Array.from({ length: 100 }, (_, n) => `d${n}`);
  const field = {
    name: "f",
    label: "first batch desktops",
    cause: "planned",
    old: ids,
    live: ids,
    wanted: ids.slice(1).concat("x"),
    isRead: true,
  } as const;
  const page = written(withTask({ fields: [field] }));
  expect(page).toContain("<td><b>d0</b>, 99 in common");
  expect(page).toContain('<mark class="put"><b>x</b>, 99 in common</mark>');
});
