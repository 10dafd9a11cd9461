import fc from "fast-check";
import { type Detail, fitting, type Parts } from "./markdownLength";

const of = (length: number): string => "x".repeat(length);
const detail = (brief: number, whole: number): Detail => ({ brief: of(brief), whole: of(whole) });
const parts = (some: Partial<Parts<Detail>>): Parts<Detail> => ({
  notes: [],
  findings: [],
  headlines: [],
  details: [],
  ...some,
});
const lengths = (kept: Parts<string>) =>
  Object.fromEntries(Object.entries(kept).map(([part, texts]) => [part, texts.map((text: string) => text.length)]));
const none = { notes: [], findings: [], headlines: [], details: [] };

test.each<[string, Partial<Parts<Detail>>, object]>([
  ["all where there is room", { notes: [of(1)], details: [detail(5, 50)] }, { notes: [1], details: [50] }],
  ["headlines before details", { headlines: [of(90)], details: [detail(10, 10)] }, { headlines: [90] }],
  [
    "findings in a tenth in any case, and more where headlines leave it",
    { headlines: [of(28), of(28), of(28), of(28)], findings: [of(4), of(3), of(3)] },
    { headlines: [28, 28, 28], findings: [4] },
  ],
  ["findings before details", { findings: [of(48), of(48)], details: [detail(5, 5)] }, { findings: [48, 48] }],
  ["details in brief before one is whole", { details: [detail(10, 88), detail(10, 80)] }, { details: [10, 80] }],
  ["those behind one that is too long", { details: [detail(200, 200), detail(10, 10)] }, { details: [10] }],
  ["notes in a tenth", { notes: [of(8), of(8)], headlines: [of(88)] }, { notes: [8], headlines: [88] }],
])("keeps %s", (_, some, expected) => {
  expect(lengths(fitting(parts(some), 100))).toEqual({ ...none, ...expected });
});

test("never more than there is room for, each with two characters around it", () => {
  const texts = fc.array(fc.nat(300).map(of), { maxLength: 30 });
  const details = fc.array(
    fc.tuple(fc.nat(100), fc.nat(900)).map(([brief, more]) => detail(brief, brief + more)),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(texts, texts, texts, details, fc.nat(10_000), (notes, findings, headlines, all, room) => {
      const kept = fitting({ notes, findings, headlines, details: all }, room);
      const length = Object.values(kept)
        .flat()
        .reduce((sum: number, text: string) => sum + text.length + 2, 0);
      expect(length).toBeLessThanOrEqual(room);
    }),
  );
});
