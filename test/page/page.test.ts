import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Result } from "axe-core";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { html } from "../../review/html";
import { calmReport, everyKindReport, hostileName, largeReport } from "../../review/page/report.fixture";
import type { Report } from "../../review/report";
import { startBrowser } from "./browser";
import { type Opened, openReport } from "./opened";
import { takeScreenshots } from "./screenshots";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
jest.setTimeout(60_000);

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

test("where nothing differs, that is what it says", async () => {
  const { page, complaints } = await open(calmReport("en"));
  expect(await page.getByText("Nothing differs: an up changes no task.").isVisible()).toBe(true);
  await page.getByText("15 unchanged", { exact: true }).click();
  await page.locator("#unchanged li").nth(14).waitFor();
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
