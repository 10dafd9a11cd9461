import { isUnknown } from "../provider/scheduledTask/wire";
import { exceptions, taskPolicy } from "./taskPolicy";

interface Config {
  readonly pattern?: string;
}

export const naming = taskPolicy<Config>(
  {
    name: "naming",
    description: "Names of tasks follow one pattern.",
    configSchema: {
      properties: {
        pattern: {
          type: "string",
          description: "A regular expression of JavaScript for taskName; ^ and $ tie it to the whole name.",
        },
        ...exceptions,
      },
    },
  },
  ({ inputs: { taskName } }, { pattern }) => {
    if (pattern === undefined || isUnknown(taskName)) return undefined;
    return compiled(pattern).test(String(taskName)) ? undefined : `its taskName does not match ${pattern}`;
  },
);

function compiled(pattern: string): RegExp {
  try {
    return new RegExp(pattern, "u");
  } catch (error) {
    throw new Error(`naming.pattern: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}
