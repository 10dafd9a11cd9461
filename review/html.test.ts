import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { html } from "./html";
import type { PageData } from "./page/data";
import { runsOf } from "./page/entries";
import { calmReport, everyKindReport, hostileName, reportTask } from "./page/report.fixture";
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
      .replace(/<.?bdi>/g, "")
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
      fields: [{ name: "f", label: text, cause: "drift", old: text, live: [text], wanted: null }],
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
    { numRuns: 50 },
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

test("long lists of a field show what differs", () => {
  const ids = Array.from({ length: 100 }, (_, n) => `d${n}`);
  const field = {
    name: "f",
    label: "first batch desktops",
    cause: "planned",
    old: ids,
    live: ids,
    wanted: ids.slice(1).concat("x"),
  } as const;
  const page = written(withTask({ fields: [field] }));
  expect(page).toContain("<td><b>d0</b>, 99 in common");
  expect(page).toContain('<mark class="put"><b>x</b>, 99 in common</mark>');
});
