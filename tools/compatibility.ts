/**
 * Compares what this version promises to programs and states with what the last recorded one did, and fails on a change
 * that breaks them, unless the version says that it breaks.
 *
 *   tsx tools/compatibility.ts [--record]
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Contract, contractOf, type PackageSchema } from "./compatibility/contract";
import { breakingChanges, mayBreak } from "./compatibility/rules";

const root = join(__dirname, "..");
const recordings = join(root, "test", "upgrade");
const read = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));
const contractFile = (recorded: string): string => join(recordings, recorded, "contract.json");

const { version } = read(join(root, "package.json")) as { version: string };
const now = contractOf(read(join(root, "schema.json")) as PackageSchema);
const byVersion = new Intl.Collator("en", { numeric: true }).compare;

if (process.argv.includes("--record")) {
  mkdirSync(dirname(contractFile(version)), { recursive: true });
  writeFileSync(contractFile(version), `${JSON.stringify(now, undefined, 1)}\n`);
} else {
  const last = readdirSync(recordings)
    .filter((recorded) => existsSync(contractFile(recorded)))
    .sort(byVersion)
    .at(-1);
  if (last === undefined) throw new Error(`no contract.json in a folder of ${recordings}: run it with --record`);
  const broken = mayBreak(last, version) ? [] : breakingChanges(read(contractFile(last)) as Contract, now);
  for (const line of broken) {
    console.error(
      `${line}: that breaks programs or states of ${last}. Keep it, or let the version of package.json say so.`,
    );
  }
  process.exitCode = broken.length > 0 ? 1 : 0;
}
