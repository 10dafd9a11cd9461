import { clientBench } from "./client";
import { fleetBench } from "./fleet";
import { pageBench } from "./page";
import { pluginBench } from "./plugin";
import { previewBench } from "./preview";
import { reviewBench } from "./review";

/** Each part prints its figures; `npm run bench -- NAME` runs one. */
const parts: { readonly [name: string]: () => Promise<void> } = {
  client: clientBench,
  plugin: pluginBench,
  preview: previewBench,
  fleet: fleetBench,
  page: pageBench,
  review: reviewBench,
};

async function main(names: readonly string[]): Promise<void> {
  for (const name of names.length > 0 ? names : Object.keys(parts)) {
    const part = parts[name];
    if (part === undefined) throw new Error(`"${name}" is none of ${Object.keys(parts).join(", ")}`);
    await part();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
