import type { Run } from "./runs";
import { localText } from "./zones";

const columns = ["id", "start_time", "task_type", "scheduled_type", "status", "success_num", "failed_num", "skip_num"];

/** Records, one a line, with their start in the given zone. */
export function recordsAsCsv(runs: Run[], zone: string): string {
  const lines = runs.map(({ record }) =>
    columns.map((name) => (name === "start_time" ? localText(zone, Date.parse(`${record[name]}`)) : record[name])),
  );
  return [columns, ...lines].map((line) => `${line.join(",")}\n`).join("");
}
