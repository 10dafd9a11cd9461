import type { Browser } from "playwright-core";
import { html } from "../review/html";
import { largeReport } from "../review/page/report.fixture";
import type { Report } from "../review/report";
import { startBrowser } from "../test/page/browser";
import { openReport } from "../test/page/opened";
import { median } from "./median";

const tasks = 2000;
const runs = 10;
/** One of them is typed in each run, so that every run shows something else. */
const searches = ["building-7", "21:15", "europe", "stop-floor-19", "desktop 3f0c5e1a"];

/** The size of the page of many tasks, and how long it takes from a key to what it shows; a tenth changes, or all do. */
export async function pageBench(): Promise<void> {
  const browser = await startBrowser();
  try {
    console.log(`page: ${tasks} tasks, median of ${runs}`);
    for (const [label, report] of [
      ["a fifth differs", largeReport(tasks, 10)],
      ["all differ", largeReport(tasks, 2)],
    ] as const) {
      const started = performance.now();
      const bytes = Buffer.byteLength(html(report));
      const writtenMs = performance.now() - started;
      const times = await filterTimes(browser, report);
      console.log(`  ${label.padEnd(16)} ${(bytes / 1e6).toFixed(2)} MB, written in ${writtenMs.toFixed(0)} ms
  filter           ${median(times).toFixed(0)} ms (${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)})`);
    }
  } finally {
    await browser.close();
  }
}

/** From the event of a key to the frame after the one that shows its result. */
async function filterTimes(browser: Browser, report: Report): Promise<number[]> {
  const { page, close } = await openReport(browser, report);
  const times: number[] = [];
  for (let run = 0; run < runs; run++)
    times.push(await page.evaluate<number>(timed(searches[run % searches.length] ?? "")));
  await close();
  return times;
}

const timed = (text: string): string => `new Promise((resolve) => {
  const search = document.querySelector("#search");
  search.value = ${JSON.stringify(text)};
  const started = performance.now();
  search.dispatchEvent(new Event("input"));
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - started)));
})`;
