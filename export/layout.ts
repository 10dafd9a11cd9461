/** Brackets on one line where they fit, else an item a line: what formatters of TypeScript, Python and Go do. */

export type Code = string | Bracketed;

export interface Bracketed {
  readonly open: string;
  readonly items: readonly Item[];
  readonly close: string;
  /** `padded`: spaces inside of the brackets. `broken`: an item a line even if they would fit. */
  readonly style?: "padded" | "broken";
}

export interface Item {
  /** What stands before the code, such as `taskType: `. */
  readonly key?: string;
  readonly code: Code;
}

export interface Style {
  readonly indent: string;
  /** Whether values of neighbouring lines stand below each other, as gofmt wants. */
  readonly aligned?: boolean;
}

const WIDTH = 100;

export const layout = (code: Code, style: Style, depth = 0): string => laidOut(code, style, depth, 0);

/** @param before columns that the line holds already, beside its indentation */
function laidOut(code: Code, style: Style, depth: number, before: number): string {
  if (typeof code === "string") return code;
  const line = flat(code);
  // A comma follows.
  if (line !== undefined && depth * 4 + before + line.length + 1 <= WIDTH) return line;
  const indent = style.indent.repeat(depth);
  const items = code.items.map(({ key = "", code: value }) => ({
    key,
    text: laidOut(value, style, depth + 1, key.length),
  }));
  const keys = style.aligned ? aligned(items) : items.map(({ key }) => key);
  const lines = items.map(({ text }, index) => `${indent}${style.indent}${keys[index]}${text},\n`);
  return `${code.open}\n${lines.join("")}${indent}${code.close}`;
}

function flat(code: Code): string | undefined {
  if (typeof code === "string") return code;
  const items = code.items.map(({ key = "", code: value }) => {
    const text = flat(value);
    return text === undefined ? undefined : key + text;
  });
  if (code.style === "broken" || items.includes(undefined)) return undefined;
  const space = code.style === "padded" && items.length > 0 ? " " : "";
  return code.open + space + items.join(", ") + space + code.close;
}

/** Keys of neighbouring lines are of one length; an item of several lines stands alone. */
function aligned(items: readonly { key: string; text: string }[]): string[] {
  const keys = items.map(({ key }) => key);
  let start = 0;
  for (let end = 0; end <= items.length; end++) {
    if (end < items.length && items[end]?.text.includes("\n") === false) continue;
    const width = Math.max(0, ...keys.slice(start, end).map((key) => key.length));
    for (let at = start; at < end; at++) keys[at] = (keys[at] ?? "").padEnd(width);
    start = end + 1;
  }
  return keys;
}
