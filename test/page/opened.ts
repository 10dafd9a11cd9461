/** A report's page, opened in a browser from a file as a reviewer does. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { html } from "../../review/html";
import type { Report } from "../../review/report";

export interface Opened {
  readonly page: Page;
  /** What the browser complained of: errors, warnings, and what the policy of the page has blocked. */
  readonly complaints: readonly string[];
  /** Everything that was asked for beside the file itself. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export async function openReport(
  browser: Browser,
  report: Report,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), "page-"));
  const file = join(folder, "review.html");
  writeFileSync(file, html(report));
  const url = pathToFileURL(file).href;
  const context = await browser.newContext({ timezoneId: "Europe/Berlin", reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url() !== url && !request.url().startsWith("data:")) requests.push(request.url());
  });
  await page.goto(url);
  const close = async (): Promise<void> => {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { page, complaints, requests, close };
}
