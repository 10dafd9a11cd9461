import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { argsSource } from "./generate/args";
import { packageSchema } from "./generate/packageSchema";
import { referencePage } from "./generate/referencePage";
import { validatorSource } from "./generate/validator";

/** Everything that derives from the field table; each file is committed and checked for staleness. */
const generated: { readonly [path: string]: () => string } = {
  "provider/scheduledTask/generated/validate.ts": validatorSource,
  "sdk/nodejs/generated/args.ts": argsSource,
  "schema.json": packageSchema,
  "docs/scheduled-task.md": referencePage,
};

const root = join(__dirname, "..");
const onlyCheck = process.argv.includes("--check");
let stale = 0;

for (const [path, content] of Object.entries(generated)) {
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
