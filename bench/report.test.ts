import type { Samples } from "./measure";
import { type Part, type Results, ratios, rowOf } from "./record";
import { documentsOf } from "./report";
import { targets } from "./targets";

const load = { tasks: 500, latencyMs: 20 };
const took = (seconds: number, more: object = {}): Samples => ({
  create: { seconds, requests: 506, kilobytes: 400, ...more },
});
const row = (subject: string, ...runs: Samples[]) => ({ subject, ...load, runs });
const partOf = (...rows: Part["rows"]): Results => ({
  compare: { title: "Five hundred", date: "2026-01-02", machine: "2 cores", rows },
});
const pageOf = (results: Results): string => documentsOf(results)["results.md"] ?? "";

const fleet = row("fleet", took(4), took(8), took(3));
const naive = row("naive provider", took(40), took(40), took(60));

test("a ratio compares what was measured in the same run", () => {
  const { compare } = partOf(fleet, naive);
  expect(ratios(rowOf(compare, "fleet"), rowOf(compare, "naive provider"), "create")).toEqual([0.1, 0.2, 0.05]);
  expect(pageOf(partOf(fleet, naive))).toContain(
    "| Fleet, create: naive provider | 0.10 (0.05 to 0.20) | at most 0.2 | yes |",
  );
  expect(pageOf(partOf(row("fleet", took(9)), row("naive provider", took(40))))).toMatch(
    /Fleet, create: naive provider \| 0.23 .*\| \*\*no\*\* \|/,
  );
});

test("what was not measured is no success, and Terraform's stored figures are labelled", () => {
  const page = pageOf(partOf(fleet));
  for (const { what } of targets) expect(page).toContain(`| ${what} | not measured |`);
  expect(page).toContain("Terraform was not given");
  expect(page).toContain("**Stored figures**, of another run");
  expect(pageOf(partOf(fleet, row("Terraform, REST provider", took(14))))).not.toContain("Stored figures");
});

test("what a peer did not do stands beside its time", () => {
  const failure = "500 of 500 tasks live, 25 not as declared";
  expect(pageOf(partOf(fleet, row("naive provider", took(40, { failure }))))).toContain(
    `| naive provider (${failure}) | 40.0 (40.0 to 40.0) | 10.00 |`,
  );
});

test("the fastest comes first", () => {
  const page = pageOf(partOf(naive, fleet));
  expect(page.indexOf("| fleet | 4.00")).toBeGreaterThan(0);
  expect(page.indexOf("| fleet | 4.00")).toBeLessThan(page.indexOf("| naive provider | 40.0"));
});

test.each(["light", "dark"])("the %s picture is sound XML, its bars as long as their seconds", (theme) => {
  const picture = documentsOf(partOf(fleet, naive))[`results-${theme}.svg`] ?? "";
  const widths = [...picture.matchAll(/<rect [^>]*width="(\d+)"/g)].map(([, width]) => Number(width));
  expect(widths[1]).toBeGreaterThan(widths[0] ?? 0);
  expect((widths[0] ?? 0) / (widths[1] ?? 1)).toBeCloseTo(4 / 40, 1);
  expect(picture.match(/<text/g)?.length).toBe(picture.match(/<\/text>/g)?.length);
});
