import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Result } from "axe-core";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { html } from "../../review/html";
import {
  calmReport,
  driftReport,
  everyKindReport,
  fleetReport,
  hostileName,
  largeReport,
  reportTask,
  reportWith,
} from "../../review/page/report.fixture";
import type { Report } from "../../review/report";
import { startBrowser } from "./browser";
import { cutTexts, drawnCharacters, lefts, notePrinting } from "./measures";
import { type Opened, openReport } from "./opened";
import { takeScreenshots } from "./screenshots";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

let browser: Browser;
let opened: Opened[] = [];
beforeAll(async () => {
  browser = await startBrowser();
});
afterEach(async () => {
  for (const one of opened) await one.close();
  opened = [];
});
afterAll(() => browser.close());

async function open(report: Report = everyKindReport("en"), options?: BrowserContextOptions): Promise<Opened> {
  const one = await openReport(browser, report, options);
  opened.push(one);
  return one;
}

const screens = [360, 1440].flatMap((width) =>
  (["light", "dark"] as const).flatMap((colorScheme) =>
    (["en", "zh"] as const).map((language) => ({ width, colorScheme, language })),
  ),
);

test.each(screens)(
  "at $width px, $colorScheme, in $language: no violation, complaint, request or sideways scroll",
  async ({ width, colorScheme, language }) => {
    const { page, complaints, requests } = await open(everyKindReport(language), {
      viewport: { width, height: 800 },
      colorScheme,
    });
    await page.locator("details").evaluateAll((all) => {
      for (const one of all) one.setAttribute("open", "");
    });
    await page.evaluate(axe);
    const violations = await page.evaluate<Result[]>("axe.run().then(({ violations }) => violations)");
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html: where }) => where)])).toEqual([]);
    expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBe(width);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([]);
  },
);

test("a name that is markup shows as text, wherever it stands", async () => {
  const { page, complaints } = await open();
  expect(await page.locator("img").count()).toBe(0);
  expect(await page.locator("h4", { hasText: hostileName }).textContent()).toBe(hostileName);
  expect(await page.locator("#days", { hasText: hostileName }).count()).toBe(1);
  expect(complaints).toEqual([]);
});

test("a name that turns the direction of a text turns nothing but is seen to do so, wherever it stands", async () => {
  const name = "a\u202eb";
  const runs = { before: [], after: [29_760_000] };
  const changed = { name, taskType: null, runs, targets: ["DESKTOP d1"] };
  const report = reportWith(
    reportTask({
      ...changed,
      verdict: "new",
      answers: ["code"],
      findings: [{ rule: "x", text: name, isAcknowledged: false }],
    }),
    reportTask({ ...changed, sentence: name, declaredAs: null }),
  );
  const { page, complaints } = await open({ ...report, at: new Date(29_759_000 * 60_000).toISOString() });
  await page.locator("details").evaluateAll((all) => {
    for (const one of all) one.setAttribute("open", "");
  });
  await page.locator("#unchanged li").waitFor();
  for (const where of [
    "h4",
    ".look a",
    ".look li li",
    ".next a",
    "#days a",
    "#unchanged bdi",
    "#unchanged .sub",
    "#targets ~ details td a",
  ]) {
    const sign = page.locator(`${where} bdi[data-sign]`).first();
    expect([where, await sign.getAttribute("data-sign"), await sign.textContent()]).toEqual([
      where,
      "U+202E",
      "\u202e",
    ]);
  }
  expect(await page.locator("h4").textContent()).toBe(name);
  const [before = 0, after = 0] = await page.evaluate<number[]>(lefts);
  expect(before).toBeLessThan(after);
  expect(complaints).toEqual([]);
});

test("the policy of the page stops a script that got in", async () => {
  const { page, complaints } = await open();
  await page.evaluate(
    "const s = document.createElement('script'); s.textContent = 'document.title = 1'; document.body.append(s)",
  );
  expect(await page.title()).not.toBe("1");
  expect(complaints.join()).toContain("Content Security Policy");
});

const names = (page: Opened["page"]) => page.locator(".card:visible h4").allTextContents();

test("a search narrows the changes, the calendar and the unchanged tasks, and says how many are left", async () => {
  const { page } = await open();
  await page.getByRole("searchbox", { name: "Search" }).fill("EVENING 20:00");
  expect(await names(page)).toEqual(["evening-stop"]);
  expect(await page.getByRole("status").textContent()).toBe("1 of 24 tasks");
  expect(new Set(await page.locator("#days a").allTextContents())).toEqual(new Set(["evening-stop"]));
  expect(await page.locator("#unchanged").isVisible()).toBe(false);
  await page.getByRole("searchbox").fill("floor-3");
  expect(await page.locator("#unchanged summary").textContent()).toBe("1 of 15 unchanged");
  await page.getByRole("searchbox").fill("nothing like it");
  expect(await page.getByText("No task matches.").isVisible()).toBe(true);
  await page.getByRole("button", { name: "Clear" }).click();
  expect(await page.getByRole("status").textContent()).toBe("24 tasks");
});

test.each([
  ["a target", "desktop d4", ["weekly-patch"]],
  ["a target of an unchanged task", "desktop f7", []],
  ["a field", "days of the week", ["morning-start"]],
  ["a sentence", "after mon-sat", []],
  ["a rule", "no-gray-rollout", ["weekly-patch"]],
  ["an id", "0a1b2c3d", ["handmade-stop"]],
])("a search finds a task by %s", async (_, text, expected) => {
  const { page } = await open();
  await page.getByRole("searchbox").fill(text);
  expect(await names(page)).toEqual(expected);
});

test("the verdicts and the findings filter, together with each other", async () => {
  const { page } = await open();
  await page.getByRole("button", { name: /^new/ }).click();
  expect(await names(page)).toEqual([hostileName, "classroom-rebuild"]);
  await page.getByRole("button", { name: /^to look at twice/ }).click();
  expect(await names(page)).toEqual(["classroom-rebuild"]);
  expect(await page.getByRole("button", { name: /^new/ }).getAttribute("aria-pressed")).toBe("true");
  await page.getByRole("button", { name: /^new/ }).click();
  await page.getByRole("button", { name: /^replaced/ }).click();
  expect(await names(page)).toEqual(["weekend-check"]);
});

test("times are those of the task, of the reader, or UTC", async () => {
  const { page } = await open();
  const next = page.locator("article", { hasText: "evening-stop" }).locator("time").first();
  const inCalendar = page.locator("#days li.moved", { hasText: "evening-stop" }).first();
  const both = async () => [await next.textContent(), await inCalendar.textContent()];
  expect(await both()).toEqual(["Tue 24 Nov 20:00", "→moved 20:00 evening-stop stop · was 19:30 · Shanghai"]);
  await page.getByLabel("Times in").selectOption("UTC");
  expect(await both()).toEqual(["Tue 24 Nov 12:00", "→moved 12:00 evening-stop stop · was 11:30"]);
  await page.getByLabel("Times in").selectOption({ label: "my zone: Europe/Berlin" });
  expect(await both()).toEqual(["Tue 24 Nov 13:00", "→moved 13:00 evening-stop stop · was 12:30"]);
  expect(await page.locator(".top").textContent()).toContain("Reviewed Tue 24 Nov 11:00 Europe/Berlin");
});

test("no time stands without its zone, also where all tasks are in one", async () => {
  const { page } = await open(driftReport());
  expect(await page.locator("#calendar-zone").textContent()).toBe("Times in Asia/Shanghai.");
  expect(await page.locator("#days li.added small").first().textContent()).toBe("stop");
  const shown = async () => [
    await page.locator(".next strong").textContent(),
    await page.locator("dt:text-is('Next run') + dd").textContent(),
    await page.locator("#calendar-zone").textContent(),
  ];
  expect(await page.locator("dt:text-is('An up') + dd").textContent()).toBe(
    "switched on; next Tue 24 Nov 2026 19:30 Asia/Shanghai",
  );
  expect(await shown()).toEqual([
    "Tue 24 Nov 19:30 Asia/Shanghai",
    "Tue 24 Nov 19:30 Asia/Shanghai",
    "Times in Asia/Shanghai.",
  ]);
  await page.getByLabel("Times in").selectOption("UTC");
  expect(await shown()).toEqual(["Tue 24 Nov 11:30 UTC", "Tue 24 Nov 11:30 UTC", "Times in UTC."]);
});

test("runs of which nobody knows what becomes of them are not removed", async () => {
  const at = 29_760_000;
  const report = reportWith(
    reportTask({
      verdict: "planned",
      answers: ["code"],
      name: "evening",
      runs: { before: [at], after: null },
      untold: { runs: "unknown", targets: null },
    }),
    reportTask({ name: "hidden", runs: { before: null, after: null }, untold: { runs: "secret", targets: "secret" } }),
  );
  const { page, complaints } = await open({ ...report, at: new Date((at - 1000) * 60_000).toISOString() });
  expect(await page.locator("#days li.open").allTextContents()).toEqual(["?may change 00:00 evening stop"]);
  expect(await page.locator("#days li.removed").count()).toBe(0);
  const section = await page.locator("#calendar-section").textContent();
  expect(section).toContain("What an up does to a run marked may change is not known.");
  expect(section).toContain(
    "Not known here is when these run after an up: evening (known after deployment), hidden (secret)",
  );
  expect(complaints).toEqual([]);
});

test("the calendar shows 14 days, and on each what is added, removed and unchanged", async () => {
  const { page } = await open();
  const days = page.locator("#days > li");
  expect(await days.count()).toBe(14);
  const second = days.nth(1);
  expect(await second.locator("h3").textContent()).toBe("Wed 25 Nov");
  expect(await second.locator("ul").first().locator("li").allTextContents()).toHaveLength(4);
  expect(await second.locator("li.removed").textContent()).toContain("removed");
  await second.getByText("14 unchanged").click();
  await second.locator("li.kept").nth(13).waitFor();
});

test("a command is copied, and says so", async () => {
  const { page } = await open(everyKindReport("en"), { permissions: ["clipboard-read", "clipboard-write"] });
  const way = page.locator(".ways p", { has: page.locator("code") }).first();
  await way.getByRole("button").click();
  await way.getByText("Copied").waitFor();
  expect(await page.evaluate<string>("navigator.clipboard.readText()")).toBe(await way.locator("code").textContent());
});

test("everything is reached with the keyboard, the skip link first", async () => {
  const { page } = await open();
  const focused = () => page.evaluate<string>("document.activeElement.id || document.activeElement.className");
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("skip");
  await page.keyboard.press("Enter");
  expect(await focused()).toBe("changes");
  await page.getByRole("searchbox").focus();
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("zone");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  expect(await names(page)).toEqual([hostileName, "classroom-rebuild"]);
});

test("a link to a task that the filter hides shows it", async () => {
  const { page } = await open();
  await page.getByRole("searchbox").fill("evening");
  await page.locator("#targets ~ ul").getByRole("link", { name: "weekly-patch" }).click();
  expect(await names(page)).toContain("weekly-patch");
});

test("without JavaScript the changes are all there, and nothing that does not work", async () => {
  const { page } = await open(everyKindReport("en"), { javaScriptEnabled: false });
  expect(await page.locator(".card:visible").count()).toBe(9);
  expect(await page.getByText("Without JavaScript there is no calendar").isVisible()).toBe(true);
  expect(await page.locator("button:visible, input:visible, #calendar:visible").count()).toBe(0);
});

test("on paper there are the changes and the calendar, in dark on white, and no controls", async () => {
  const { page } = await open(everyKindReport("en"), { colorScheme: "dark" });
  await page.emulateMedia({ media: "print" });
  expect(await page.locator("button:visible, input:visible, .skip:visible").count()).toBe(0);
  expect(await page.evaluate<string>("getComputedStyle(document.documentElement).backgroundColor")).toBe(
    "rgb(255, 255, 255)",
  );
  expect(await page.locator(".card:visible").count()).toBe(9);
  expect((await page.pdf()).length).toBeGreaterThan(10_000);
});

test("what is folded is printed, and folded again afterwards", async () => {
  const { page } = await open();
  await page.evaluate(notePrinting);
  await page.pdf();
  const printed = await page.locator("body").getAttribute("data-printed");
  const kept = (await page.locator("#days summary").allTextContents()).map(
    (text) => `true ${Number.parseInt(text, 10)}`,
  );
  expect(printed?.split(",")).toEqual(["true 15", ...kept, "true 4"]);
  expect(await page.locator("details[open]").count()).toBe(0);
});

test("without JavaScript what is folded is printed too", async () => {
  const { page } = await open(everyKindReport("en"), { javaScriptEnabled: false });
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".shared tbody tr").first().isVisible()).toBe(true);
});

test("where nothing differs, that is what it says", async () => {
  const { page, complaints } = await open(calmReport("en"));
  expect(await page.getByText("Nothing differs: an up changes no task.").isVisible()).toBe(true);
  await page.getByText("15 unchanged", { exact: true }).click();
  await page.locator("#unchanged li").nth(14).waitFor();
  expect(complaints).toEqual([]);
});

test("one task is one task", async () => {
  const { page } = await open(driftReport());
  expect(await page.getByRole("status").textContent()).toBe("1 task");
  await page.getByRole("searchbox").fill("nothing like it");
  expect(await page.getByRole("status").textContent()).toBe("0 of 1 task");
});

test.each(["en", "zh"] as const)("at 360 px no control cuts what it says, in %s", async (language) => {
  const { page } = await open(everyKindReport(language), { viewport: { width: 360, height: 800 } });
  expect(await page.evaluate<string[]>(cutTexts)).toEqual([]);
});

test("the browser of the tests has Chinese characters, and so what is seen of a page in Chinese is what readers see", async () => {
  const { page } = await open(everyKindReport("zh"));
  expect(new Set(await page.evaluate<string[]>(drawnCharacters)).size).toBe(2);
});

test("a page that had to be shortened is shown and searched too", async () => {
  const { page, complaints } = await open(fleetReport(100, 20, "drift and plan"));
  expect(await page.locator("#length").textContent()).toContain("shortened");
  await page.getByRole("searchbox").fill("stop-99-floor-19-");
  expect(await names(page)).toEqual(["stop-99-floor-19-building-19"]);
  expect(complaints).toEqual([]);
});

test("2,000 tasks that all differ are a page of at most 3 MB, which shows and filters them", async () => {
  const report = largeReport(2000, 2);
  expect(Buffer.byteLength(html(report))).toBeLessThan(3_000_000);
  const { page, complaints } = await open(report);
  expect(await page.locator(".card").count()).toBe(2000);
  await page.getByRole("searchbox").fill("stop-floor-1999-");
  expect(await names(page)).toEqual(["stop-floor-1999-building-39"]);
  expect(complaints).toEqual([]);
});

test("the pictures of the documentation are made, small, and shown there; RECORD=1 makes them anew", async () => {
  const images = join(__dirname, "../../docs/images");
  const temporary = mkdtempSync(join(tmpdir(), "pictures-"));
  const folder = process.env.RECORD ? images : temporary;
  mkdirSync(folder, { recursive: true });
  const docs = readFileSync(join(__dirname, "../../docs/drift-review.md"), "utf8");
  for (const name of await takeScreenshots(browser, folder)) {
    const [made, committed] = [folder, images].map((place) => readFileSync(join(place, name)));
    for (const picture of [made, committed]) {
      expect(picture?.subarray(1, 4).toString()).toBe("PNG");
      expect(picture?.length).toBeGreaterThan(10_000);
      expect(picture?.length).toBeLessThan(150_000);
    }
    // Width and height in pixels.
    expect(made?.subarray(16, 24)).toEqual(committed?.subarray(16, 24));
    expect(docs).toContain(`(images/${name})`);
  }
  rmSync(temporary, { recursive: true, force: true });
});
