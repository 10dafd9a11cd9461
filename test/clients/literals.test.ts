import { spawnSync } from "node:child_process";
import { join } from "node:path";
import fc from "fast-check";
import { quotedText } from "../../export/text";
import { preparePython } from "../../tools/pythonEnvironment";
import { hasGo } from "../engine/languages";
import { vendorsSdk } from "./vendorsSdk";

const seed = Date.now() % 2 ** 31;
const texts = [
  ...fc.sample(fc.string({ unit: "binary" }), { numRuns: 1000, seed }),
  ...fc.sample(fc.string({ unit: "grapheme" }), { numRuns: 1000, seed }),
  "\0\u007f\u0085\u2028\ufeff\u{e0001}\u{10ffff}",
];
const input = texts.map(quotedText).join("\n");
const differing = (lines: readonly string[]) =>
  texts.filter((text, index) => JSON.parse(lines[index] ?? "null") !== text).slice(0, 3);

const readers = [
  {
    language: "Python",
    read: async () => (await preparePython(vendorsSdk("requirements.txt"))).run(vendorsSdk("literals.py"), [], input),
  },
  {
    language: "Go",
    read: async () => {
      const { stdout } = spawnSync("go", ["run", join(__dirname, "go", "literals.go")], { input, encoding: "utf8" });
      return stdout.trimEnd().split("\n");
    },
  },
].filter(({ language }) => language !== "Go" || hasGo);

test.each(readers)(
  "a text that export writes is the same text to $language",
  async ({ read }) => {
    expect({ seed, differing: differing(await read()) }).toEqual({ seed, differing: [] });
  },
  300_000,
);
