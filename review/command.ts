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
  return Math.max(0, ...flags.failOn.filter((failure) => isFound[failure](report)).map((failure) => failures[failure]));
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
  const foreign = unmanaged ? await unmanagedOf(previewed, reviewed, ignore) : noneUnmanaged;
  return reportOf(reviewed, foreign, settingsOf(reviewed, flags));
}

/** The review is as of when the previews were made, which a saved one tells too. */
function settingsOf(previews: readonly Preview[], { at, lang }: Pick<ReviewFlags, "at" | "lang">) {
  const made = Math.max(...previews.map((preview) => preview.at ?? Date.now()));
  return { now: at ?? new Date(made), language: lang ?? defaultLanguage() };
}

const defaultLanguage = (): Language => languageOf(process.env.HW_LANG);

/** In each project that one of the stacks works in. */
async function unmanagedOf(
  previewed: readonly Previewed[],
  reviewed: readonly ReviewedStack[],
  ignored: readonly string[],
): Promise<Unmanaged> {
  // Loaded only now: a report of a saved log needs no HTTP.
  const { queried } = await import("../provider/scheduledTask/queried.js");
  const { unmanagedTasks } = await import("./unmanaged.js");
  // One that is to be taken over is asked for, to be compared.
  const held = new Set(
    reviewed.flatMap(({ tasks }) => tasks.flatMap((task) => (adoptedId(task) === undefined ? (task.id ?? []) : []))),
  );
  const stacks = await Promise.all(previewed.map(async ({ name, settings }) => ({ name, ...(await settings()) })));
  const places = Map.groupBy(stacks, ({ region, projectId, endpoint }) =>
    JSON.stringify([region, projectId, endpoint]),
  );
  const tell = (message: string): void => console.error(`huaweicloud-workspace: ${message}`);
  const all: Unmanaged[] = [];
  for (const sharing of places.values()) {
    const [first] = sharing;
    if (first === undefined) continue;
    const { name: stack, owner: _, ...settings } = first;
    const owners = sharing.flatMap(({ owner }) => owner ?? []);
    const cloud = queried(settings, {}, { engineRuns: async () => true, tell });
    all.push(await unmanagedTasks(cloud, { stack, owners, held, ignored }));
  }
  // Two stacks may name one project differently: by its id, and by its region.
  const tasks = new Map(all.flatMap((one) => one.tasks).map((task) => [task.id, task]));
  return {
    tasks: [...tasks.values()],
    leftToOwners: Object.assign({}, ...all.map(({ leftToOwners }) => leftToOwners)),
  };
}

/** Saved events, or the report of an earlier review as JSON. */
function reportFrom(file: string, flags: ReviewFlags): Report {
  const text = readFileSync(file, "utf8");
  const saved = savedReport(text);
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

function savedReport(text: string): Report | undefined {
  const value = parseJson(text);
  return typeof value === "object" && value !== null && "version" in value && "stacks" in value
    ? (value as Report)
    : undefined;
}

function json(report: Report): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
