/** `huaweicloud-workspace review`: from previews, or from what one has left, to a report and an exit code. */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Failure, type Format, failures, type ReviewFlags } from "./flags";
import { html } from "./html";
import { junit } from "./junit";
import { clearedMarkdown, markdown } from "./markdown";
import { eventLog, type Preview, parseEventLog, readPreview } from "./preview";
import { type Report, reportOf } from "./report";
import { type Previewed, previewStack } from "./run";
import { reviewTasks } from "./tasks";
import { type UnmanagedTask, unmanagedTasks } from "./unmanaged";

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
  return Math.max(0, ...flags.failOn.filter((failure) => isFound[failure](report)).map((failure) => failures[failure]));
}

async function comment(report: Report): Promise<void> {
  const { keepComment } = await import("./comment.js");
  const stacks = report.stacks.map(({ project, stack }) => `${project}/${stack}`);
  await keepComment(stacks, markdown(report), clearedMarkdown(report), process.env);
}

const isFound: { readonly [F in Failure]: (report: Report) => boolean } = {
  changes: ({ counts }) => counts.planned + counts.both + counts.new + counts.removed + counts.replaced > 0,
  drift: ({ counts }) => counts.drift + counts.both + counts.gone > 0,
  guard: ({ openFindings }) => openFindings > 0,
};

async function reviewStacks({ stack: names, cwd, save, lang, unmanaged, ignore }: ReviewFlags): Promise<Report> {
  const previewed: Previewed[] = [];
  // One after the other: they may be of one backend, which locks nothing, but each starts an engine and a provider.
  for (const name of names) previewed.push(await previewStack(resolve(cwd), name));
  if (save !== undefined) writeFileSync(save, eventLog(previewed.map(({ events }) => events)));
  const previews = previewed.map(({ events }) => readPreview(events));
  const foreign = unmanaged ? await unmanagedOf(previewed, previews, ignore) : [];
  return reportOf(previews, foreign, { now: new Date(), language: lang });
}

/** In each project that one of the stacks works in. */
async function unmanagedOf(
  previewed: readonly Previewed[],
  previews: readonly Preview[],
  ignored: readonly string[],
): Promise<UnmanagedTask[]> {
  // Loaded only now: a report of a saved log needs no HTTP.
  const { queried } = await import("../provider/scheduledTask/queried.js");
  const held = new Set(previews.flatMap(reviewTasks).flatMap(({ id }) => id ?? []));
  const places = new Map<string, Awaited<ReturnType<Previewed["settings"]>>>();
  for (const { settings } of previewed) {
    const given = await settings();
    places.set(JSON.stringify([given.region, given.projectId, given.endpoint]), given);
  }
  const tell = (message: string): void => console.error(`huaweicloud-workspace: ${message}`);
  const found = new Map<string, UnmanagedTask>();
  for (const settings of places.values()) {
    const cloud = queried(settings, {}, { engineRuns: async () => true, tell });
    for (const task of await unmanagedTasks(cloud, { held, ignored })) found.set(task.id, task);
  }
  return [...found.values()];
}

/** Saved events, or the report of an earlier review as JSON. */
function reportFrom(file: string, { lang }: ReviewFlags): Report {
  const text = readFileSync(file, "utf8");
  const saved = savedReport(text);
  const previews = saved ? [] : parseEventLog(text);
  if (!saved && previews.length === 0) throw new Error(`${file} holds no events of a preview`);
  return saved ?? reportOf(previews.map(readPreview), [], { now: new Date(), language: lang });
}

function savedReport(text: string): Report | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "version" in value && "stacks" in value
      ? (value as Report)
      : undefined;
  } catch {
    return undefined;
  }
}

function json(report: Report): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
