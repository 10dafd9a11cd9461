import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const file = join(__dirname, "../../docs/scale.md");
const begin = "<!-- limits: written by `npm run bench -- limits`; do not edit -->";
const end = "<!-- /limits -->";

/** What docs/scale.md says between the marks; the tables, as they were last written. */
export const writtenTables = (): string => parts()[1];

/** Puts the tables into docs/scale.md. */
export function writeTables(tables: string): void {
  const [before, , after] = parts();
  writeFileSync(file, [before, begin, "\n\n", tables, "\n\n", end, after].join(""));
}

function parts(): [before: string, tables: string, after: string] {
  const text = readFileSync(file, "utf8");
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/scale.md has lost its marks: ${begin} and ${end}`);
  return [text.slice(0, from), text.slice(from + begin.length, to).trim(), text.slice(to + end.length)];
}
