import { loadResults } from "../../bench/record";
import { documentsOf } from "../../bench/report";
import { argsSource } from "./args";
import { functionsPage } from "./functionsPage";
import { functionsSource } from "./functionsSource";
import { packageSchema } from "./packageSchema";
import { pageSource } from "./page";
import { referencePage } from "./referencePage";
import { validatorSource } from "./validator";

const benchDocuments = Object.fromEntries(
  Object.entries(documentsOf(loadResults())).map(([file, text]) => [`bench/${file}`, () => text]),
);

/**
 * Everything that derives from the field table, the page's script, and what shows the results of the bench; each file is
 * committed and checked for staleness.
 */
export const outputs: { readonly [path: string]: () => string } = {
  "provider/scheduledTask/generated/validate.ts": validatorSource,
  "sdk/nodejs/generated/args.ts": argsSource,
  "sdk/nodejs/generated/functions.ts": functionsSource,
  "schema.json": packageSchema,
  "docs/scheduled-task.md": referencePage,
  "docs/functions.md": functionsPage,
  "review/generated/page.ts": pageSource,
  ...benchDocuments,
};
