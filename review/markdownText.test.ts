import { code, codeElement, prose } from "./markdownText";

test.each([
  ["ask @team", "ask &#64;\u200bteam"],
  ["mail a@b.example", "mail a&#64;\u200bb.example"],
  ["see #12, !3 and GH-4", "see \\#\u200b12, \\!\u200b3 and GH\u200b-4"],
  ["https://x.example", "https:\u200b//x.example"],
  ["www.x.example", "www\u200b.x.example"],
  ["a :bomb: at 19:30:00", "a :\u200bbomb: at 19:30:00"],
  ["~label %milestone $1 &epic", "\\~\u200blabel %\u200bmilestone $\u200b1 &#38;\u200bepic"],
  ["<b>*x*</b>", "&#60;b&#62;\\*x\\*&#60;/b&#62;"],
  ["5 % of 100 & more # here", "5 % of 100 &#38; more \\# here"],
  ["two\nlines", "two lines"],
])("in a sentence %j begins no mention, reference, link or markup", (text, expected) => {
  expect(prose(text)).toBe(expected);
});

test.each([
  ["@team #12 https://x.example", "`@team #12 https://x.example`"],
  ["a`b", "``a`b``"],
  ["`a`", "`` `a` ``"],
  [" a ", "`  a  `"],
  ["a\n\n# b", "`a # b`"],
])("a code span holds %j as it is", (text, expected) => {
  expect(code(text)).toBe(expected);
});

test.each([code, codeElement, prose])("no text turns the direction of what stands around it", (written) => {
  const turning = ["\u061c", "\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e"];
  const isolating = ["\u2066", "\u2067", "\u2068", "\u2069"];
  for (const sign of [...turning, ...isolating]) expect(written(`a${sign}b`)).not.toContain(sign);
  expect(written("a\u202eb")).toMatch(/aU.*202Eb/);
  expect(written("\u05d0\u05d1")).not.toContain("U+");
});

test("within HTML and tables no sign is one of markup", () => {
  expect(codeElement("<b>|`@team`&amp;")).toBe("<code>&#60;b&#62;&#124;&#96;&#64;team&#96;&#38;amp;</code>");
});
