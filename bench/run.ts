import { clientBench } from "./client";
import { pageBench } from "./page";
import { measurePart } from "./parts";
import { pluginBench } from "./plugin";
import { previewBench } from "./preview";
import { limitsBench } from "./rateLimit/bench";
import { reviewBench } from "./review";
import { writeDocuments } from "./write";

/** `npm run bench -- NAME` runs one. The first ones are kept in results.json, the others print their figures. */
const parts: { readonly [name: string]: () => Promise<void> } = {
  compare: () => measurePart("compare"),
  naive: () => measurePart("naive"),
  floor: () => measurePart("floor"),
  inside: () => measurePart("inside"),
  unrefreshed: () => measurePart("unrefreshed"),
  latency: () => measurePart("latency"),
  growth: () => measurePart("growth"),
  singleGrowth: () => measurePart("singleGrowth"),
  limits: limitsBench,
  client: clientBench,
  plugin: pluginBench,
  preview: previewBench,
  page: pageBench,
  review: reviewBench,
};

async function main(names: readonly string[]): Promise<void> {
  for (const name of names.length > 0 ? names : Object.keys(parts)) {
    const part = parts[name];
    if (part === undefined) throw new Error(`"${name}" is none of ${Object.keys(parts).join(", ")}`);
    await part();
    writeDocuments();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
