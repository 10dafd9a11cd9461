import { type Bracketed, layout } from "./layout";

const style = { indent: "  " };
const go = { indent: "\t", aligned: true };
const list = (...items: string[]): Bracketed => ({ open: "[", items: items.map((code) => ({ code })), close: "]" });
const long = "x".repeat(60);

test("what fits stands on one line", () => {
  expect(layout(list("a", "b"), style)).toBe("[a, b]");
  expect(layout({ ...list("a"), open: "{", close: "}", style: "padded" }, style)).toBe("{ a }");
  expect(layout({ ...list(), open: "{", close: "}", style: "padded" }, style)).toBe("{}");
});

test("what does not fit has a line for each item, the last with a comma too", () => {
  expect(layout(list(long, long), style)).toBe(`[\n  ${long},\n  ${long},\n]`);
});

test("only what does not fit is broken", () => {
  const code = {
    open: "(",
    items: [
      { key: "a: ", code: list("b") },
      { key: "c: ", code: list(long, long) },
    ],
    close: ")",
  };
  expect(layout(code, style)).toBe(`(\n  a: [b],\n  c: [\n    ${long},\n    ${long},\n  ],\n)`);
});

test("what must be broken breaks what it stands in", () => {
  const broken: Bracketed = { ...list("a"), style: "broken" };
  expect(layout({ open: "(", items: [{ code: broken }], close: ")" }, style)).toBe("(\n  [\n    a,\n  ],\n)");
});

test("values below each other are aligned as gofmt does, an item of several lines apart", () => {
  const items = [
    { key: "A: ", code: "1" },
    { key: "Long: ", code: "2" },
    { key: "Several: ", code: list(long, long) },
    { key: "B: ", code: "3" },
  ];
  expect(layout({ open: "{", items, close: "}", style: "broken" }, go)).toBe(
    `{\n\tA:    1,\n\tLong: 2,\n\tSeveral: [\n\t\t${long},\n\t\t${long},\n\t],\n\tB: 3,\n}`,
  );
});
