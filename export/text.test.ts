import fc from "fast-check";
import { hasHalfCharacter, javascriptText, quotedText, visibleText, yamlText } from "./text";

test.each([
  ["plain", '"plain"'],
  ['say "hi"\\', '"say \\"hi\\"\\\\"'],
  ["请保存", '"请保存"'],
  ["a\nb\t\u0007", '"a\\nb\\t\\u0007"'],
  ["\u202e\u00a0\u2028\ufeff", '"\\u202e\\u00a0\\u2028\\ufeff"'],
  ["💤", '"💤"'],
])("%j is written %s everywhere", (text, literal) => {
  expect([javascriptText(text), quotedText(text)]).toEqual([literal, literal]);
});

test("what is invisible beyond the basic plane is escaped in each language's way", () => {
  expect([javascriptText("\u{e0001}"), quotedText("\u{e0001}")]).toEqual(['"\\u{e0001}"', '"\\U000e0001"']);
});

test("a literal of JavaScript is the text, and shows all of it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const literal = javascriptText(text);
      expect(new Function(`return ${literal};`)()).toBe(text);
      expect(literal).not.toMatch(/(?! )[\p{C}\p{Z}]/u);
    }),
    { numRuns: 1000 },
  );
});

test("what a terminal would obey is shown instead", () => {
  expect(visibleText('a "b"\u001b[31m\n::error::\u009b\u{e0001} 请')).toBe(
    'a "b"\\u001b[31m\\u000a::error::\\u009b\\u{e0001} 请',
  );
});

test.each([
  ["cut \ud83d", true],
  ["\udca4", true],
  ["💤", false],
])("whether %j holds half of a character: %j", (text, expected) => {
  expect(hasHalfCharacter(text)).toBe(expected);
});

test.each([
  ["MON", "MON"],
  ["Asia/Shanghai", "Asia/Shanghai"],
  ["A description.", "A description."],
  ["晚间-关机", "晚间-关机"],
  ["yes", '"yes"'],
  ["Null", '"Null"'],
  ["007", '"007"'],
  ["1e3", '"1e3"'],
  ["a: b", '"a: b"'],
  ["a #b", '"a #b"'],
  ["ends ", '"ends "'],
  ["-", '"-"'],
  ["", '""'],
])("%j in YAML is %s", (text, literal) => {
  expect(yamlText(text)).toBe(literal);
});
