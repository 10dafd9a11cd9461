import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadResults } from "./record";
import { documentsOf } from "./report";

/** Writes the results for people: the page and its pictures. */
export function writeDocuments(): void {
  for (const [file, text] of Object.entries(documentsOf(loadResults()))) writeFileSync(join(__dirname, file), text);
}
