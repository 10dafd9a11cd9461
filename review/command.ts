/** `huaweicloud-workspace review`: from previews, or from what one has left, to a report and an exit code. */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Language, languageOf } from "../provider/scheduledTask/fields";
import { parseJson } from "../provider/scheduledTask/wire";
import { eventLog, parseEventLog } from "./eventLog";
import { type Failure, type Format, failures, type ReviewFlags } from "./flags";
import { html } from "./html";
import { junit } from "./junit";
import { clearedMarkdown, markdown } from "./markdown";
import { type Preview, readPreview } from "./preview";
import { adoptedId, noneUnmanaged, type Report, type ReviewedStack, reportOf, reviewedStack } from "./report";
import { type Previewed, previewStack } from "./run";
import type { Unmanaged } from "./unmanaged";

const writers: { readonly [F in Format]: (report: Report) => string } = { markdown, html, json, junit };

/**
 * Prints the report, or writes it to a file.
 *
 * @returns the exit code: 0 unless told to fail on what was found
 */
export async function review(flags: ReviewFlags): Promise<number> {
  const report = flags.from === undefined ? await reviewStacks(flags) : reportFrom(flags.from, flags);
  const text = writers[flags.format](report);
  if (flags.output === undefined) process.stdout.write(text);
  else writeFileSync(flags.output, text);
  if (flags.comment) await comment(report);
  if (flags.failOn.includes("drift")) assertRead(report);
  return Math.max(0, ...flags.failOn.filter((failure) => isFound[failure](report)).map((failure) => failures[failure]));
}

/** @throws where nobody could know of drift, which no exit code says */
function assertRead({ stacks }: Report): void {
  const unread = stacks.filter(({ isRefreshed }) => !isRefreshed).map(({ project, stack }) => `${project}/${stack}`);
  if (unread.length > 0)
    throw new Error(
      `--fail-on drift: the live tasks of ${unread.join(", ")} were not read, so nobody knows whether one drifted: preview with --refresh`,
    );
}

async function comment(report: Report): Promise<void> {
  const { keepComment } = await import("./comment.js");
  const stacks = report.stacks.map(({ project, stack }) => `${project}/${stack}`);
  await keepComment(stacks, markdown(report), clearedMarkdown(report), process.env);
}

const isFound: { readonly [F in Failure]: (report: Report) => boolean } = {
  changes: ({ answers }) => answers.code > 0,
  drift: ({ answers }) => answers.cloud > 0,
  guard: ({ openFindings }) => openFindings > 0,
};

async function reviewStacks({ stack: names, cwd, save, unmanaged, ignore, ...flags }: ReviewFlags): Promise<Report> {
  const previewed: Previewed[] = [];
  // One after the other: they may be of one backend, which locks nothing, but each starts an engine and a provider.
  for (const name of names) previewed.push(await previewStack(resolve(cwd), name));
  if (save !== undefined) writeFileSync(save, eventLog(previewed.map(({ events }) => events)));
  const reviewed = previewed.map(({ events, name }) => reviewedStack(readPreview(events, name)));
  const foreign = unmanaged ? await unmanagedIn(previewed, reviewed, ignore) : noneUnmanaged;
  return reportOf(reviewed, foreign, settingsOf(reviewed, flags));
}

/** The review is as of when the previews were made, which a saved one tells too. */
function settingsOf(previews: readonly Preview[], { at, lang }: Pick<ReviewFlags, "at" | "lang">) {
  const made = Math.max(...previews.map((preview) => preview.at ?? Date.now()));
  return { now: at ?? new Date(made), language: lang ?? defaultLanguage() };
}

const defaultLanguage = (): Language => languageOf(process.env.HW_LANG);

/** In each project that one of the stacks works in. */
async function unmanagedIn(
  previewed: readonly Previewed[],
  reviewed: readonly ReviewedStack[],
  ignored: readonly string[],
): Promise<Unmanaged> {
  // Loaded only now: a report of a saved log needs no HTTP.
  const { unmanagedOf } = await import("./unmanaged.js");
  // One that is to be taken over is asked for, to be compared.
  const held = new Set(
    reviewed.flatMap(({ tasks }) => tasks.flatMap((task) => (adoptedId(task) === undefined ? (task.id ?? []) : []))),
  );
  const stacks = await Promise.all(
    previewed.map(async ({ name, settings }, place) => ({
      name,
      settings: await settings(),
      tasks: reviewed[place]?.tasks ?? [],
    })),
  );
  const tell = (message: string): void => console.error(`huaweicloud-workspace: ${message}`);
  return unmanagedOf(stacks, { held, ignored }, { engineRuns: async () => true, tell });
}

/** Saved events, or the report of an earlier review as JSON. */
function reportFrom(file: string, flags: ReviewFlags): Report {
  const text = readFileSync(file, "utf8");
  const saved = savedReport(file, text);
  if (saved === undefined) {
    const reviewed = parseEventLog(text).map((events) => reviewedStack(readPreview(events)));
    if (reviewed.length === 0) throw new Error(`${file} holds no events of a preview`);
    return reportOf(reviewed, noneUnmanaged, settingsOf(reviewed, flags));
  }
  const { lang = saved.language, at } = flags;
  if (lang !== saved.language || at !== undefined)
    throw new Error(
      `${file} is a report as it was made: --at and another --lang than ${saved.language} need the events, which --save keeps`,
    );
  return saved;
}

/** @throws when it is one of another version */
function savedReport(file: string, text: string): Report | undefined {
  const value = parseJson(text);
  if (typeof value !== "object" || value === null || !("version" in value && "stacks" in value)) return undefined;
  const known: Report["version"] = 1;
  if (value.version !== known)
    throw new Error(
      `${file} is a report of version ${JSON.stringify(value.version)}, of which this release reads ${known}: read it with the release that wrote it, or make it anew`,
    );
  return value as Report;
}

function json(report: Report): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
