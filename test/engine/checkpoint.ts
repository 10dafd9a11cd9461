import { copyFileSync, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Stack } from "./stack";

/** A kill in the moment in which the engine writes its checkpoint leaves that file empty; the one before lies beside it. */
export function mendCheckpoint({ folder }: Stack): void {
  const file = join(folder, "..", "backend", ".pulumi", "stacks", "harness", "test.json");
  if (existsSync(`${file}.bak`) && statSync(file).size === 0) copyFileSync(`${file}.bak`, file);
}
