import { row } from "../provider/scheduledTask/fields";
import { equal, isUnknown } from "../provider/scheduledTask/wire";
import { exceptions, taskPolicy } from "./taskPolicy";

interface Config {
  readonly zones?: readonly string[];
}

export const allowedTimeZones = taskPolicy<Config>(
  {
    name: "allowed-time-zones",
    description: "Tasks run in time zones that people here think in.",
    configSchema: {
      properties: {
        zones: {
          type: "array",
          items: { type: "string" },
          description:
            "Names of the tz database; another name of the same zone is one too. Without any, all are allowed.",
        },
        ...exceptions,
      },
    },
  },
  ({ inputs: { timeZone } }, { zones = [] }) => {
    if (zones.length === 0 || timeZone === undefined || isUnknown(timeZone)) return undefined;
    const isAllowed = zones.some((zone) => equal(row("timeZone"), zone, timeZone));
    return isAllowed ? undefined : `its timeZone is none of ${zones.join(", ")}`;
  },
);
