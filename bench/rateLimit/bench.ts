import { writeTables } from "./document";
import { limitsTables } from "./table";

/** Plays commands under rate limits on a virtual clock, and writes how long they take into docs/scale.md. */
export async function limitsBench(): Promise<void> {
  const tables = await limitsTables();
  console.log(`limits: on a virtual clock\n\n${tables}`);
  writeTables(tables);
}
