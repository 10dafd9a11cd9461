import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { outputs } from "./generate/outputs";

const root = join(__dirname, "..");
const onlyCheck = process.argv.includes("--check");
let stale = 0;

for (const [path, content] of Object.entries(outputs)) {
  const file = join(root, path);
  const wanted = content();
  if (current(file) === wanted) continue;
  if (onlyCheck) {
    stale++;
    console.error(`${path} is stale: run "npm run generate" and commit what it writes.`);
  } else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, wanted);
    console.error(`${path} written`);
  }
}
process.exitCode = stale > 0 ? 1 : 0;

function current(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
