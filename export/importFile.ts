/** What `pulumi import --file` reads. */
import type { Program } from "./program";

const TYPE = "huaweicloud-workspace:index:ScheduledTask";

export function importFiles({ parts }: Program): { [file: string]: string } {
  const files = parts.map(({ word, tasks }) => {
    const resources = tasks.map(({ name, id }) => ({ type: TYPE, name, id }));
    return [
      word === undefined ? "import.json" : `import-${word}.json`,
      `${JSON.stringify({ resources }, undefined, 2)}\n`,
    ];
  });
  return Object.fromEntries(files);
}
