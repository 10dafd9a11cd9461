import type { ReportTask } from "../report";
import { card } from "./card";
import { type Detail, details } from "./length";
import { reportTask } from "./report.fixture";

const [outline, brief, , full] = details as [Detail, Detail, Detail, Detail];
/** The text of a card, with what stands between its elements as spaces. */
const shown = (task: Partial<ReportTask>, detail = full): string =>
  card(reportTask({ verdict: "planned", ...task }), 0, detail, "en")
    .text.replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
const at = (text: string): number => Date.parse(text) / 60_000;
const run = at("2026-11-27T11:30Z");

test("what is not known is not said to be none", () => {
  const secret = { untold: { runs: "secret", targets: "secret" }, runs: { before: null, after: null } } as const;
  expect(shown(secret)).toContain("Next run secret Targets secret");
  const unknown = { untold: { runs: "unknown", targets: "unknown" }, runs: { before: [run], after: null } } as const;
  expect(shown(unknown)).toContain(
    "Next run known after deployment (was Fri 27 Nov 19:30 Asia/Shanghai ) Targets known after deployment",
  );
  const partly = { untold: { runs: null, targets: "unknown" }, targets: ["DESKTOP d1"] } as const;
  expect(shown(partly)).toContain("Targets desktop d1, others: known after deployment");
  expect(shown({})).toContain("Next run none within 14 days Targets none: it acts on nothing");
});

test("a next run stands with its zone, once", () => {
  expect(shown({ runs: { before: [run - 60], after: [run] } })).toContain(
    "Next run Fri 27 Nov 19:30 Asia/Shanghai (was Fri 27 Nov 18:30 )",
  );
  expect(shown({ timeZone: "GMT+2", runs: { before: [run], after: [run] } })).toContain("13:30 +02:00");
  expect(shown({ timeZone: null, runs: { before: [run], after: [run] } })).toContain("11:30 UTC");
  expect(shown({ verdict: "removed", runs: { before: [run], after: [] } })).toContain(
    "Next run none: it is deleted (was Fri 27 Nov 19:30 Asia/Shanghai )",
  );
});

describe("a card that is shortened", () => {
  const ids = Array.from({ length: 60 }, (_, n) => `d${n}`);
  const field = {
    name: "f",
    label: "first",
    cause: "planned",
    old: ids,
    live: ids,
    wanted: ["x"],
    isRead: true,
  } as const;
  const long = {
    willHappen: "w".repeat(500),
    fields: [field],
    waysOut: [{ what: "Keep it", code: "c".repeat(500) }],
  };

  test("says so, and where the whole is", () => {
    expect(shown(long, brief)).toContain("shortened");
    expect(shown(long, brief)).toContain("d0 , d1 , d2 , 57 more, which --format json has");
    expect(shown(long, brief)).toContain("Keep it Too long for this page: --format json has it.");
    expect(shown(long, outline)).toContain(`shortened An up ${"w".repeat(400)}… `);
    expect(shown(long, outline)).not.toContain("d0");
  });

  test("is so only where there is no room", () => {
    expect(shown(long)).not.toContain("shortened");
    expect(shown(long)).toContain("d39 , 20 more, which --format json has");
    expect(shown(long)).toContain("c".repeat(500));
  });
});

test("what is common to all versions of a list stays at its place while the list is short", () => {
  const days = {
    name: "weekList",
    label: "days",
    cause: "drift",
    old: ["MON", "WED"],
    wanted: ["MON", "WED"],
    isRead: true,
  } as const;
  expect(shown({ fields: [{ ...days, live: ["MON", "TUE", "WED"] }] })).toContain("MON, WED MON, TUE , WED MON, WED");
});

test("a target that turns the direction of what follows stands alone", () => {
  const { text } = card(reportTask({ targets: ["DESKTOP a\u202eb", "DESKTOP c"] }), 0, full, "en");
  expect(text).toContain('<bdi>desktop a<bdi data-sign="U+202E">\u202e</bdi>b</bdi>, desktop c');
});
