/** The pictures of the page in docs/drift-review.md. */
import { join } from "node:path";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { everyKindReport } from "../../review/page/report.fixture";
import { openReport } from "./opened";

interface Picture {
  readonly name: string;
  readonly options: BrowserContextOptions;
  /** What stands at its top; the page's own beginning by default. */
  readonly from?: string;
  /** The element that it shows, and nothing else. */
  readonly of?: string;
}

const pictures: readonly Picture[] = [
  { name: "review-light.png", options: { viewport: { width: 1200, height: 860 }, colorScheme: "light" } },
  {
    name: "review-fields.png",
    options: { viewport: { width: 1200, height: 860 }, colorScheme: "light" },
    of: ".card.both",
  },
  {
    name: "review-calendar-dark.png",
    options: { viewport: { width: 1200, height: 720 }, colorScheme: "dark" },
    from: "#calendar-section",
  },
  { name: "review-phone.png", options: { viewport: { width: 390, height: 844 }, colorScheme: "light" } },
];

/** Writes them, and returns their names. */
export async function takeScreenshots(browser: Browser, folder: string): Promise<string[]> {
  for (const { name, options, from, of } of pictures) {
    const { page, close } = await openReport(browser, everyKindReport("en"), options);
    if (from !== undefined) await page.evaluate(`document.querySelector("${from}").scrollIntoView()`);
    await (of === undefined ? page : page.locator(of)).screenshot({ path: join(folder, name), animations: "disabled" });
    await close();
  }
  return pictures.map(({ name }) => name);
}
