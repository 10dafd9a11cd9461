import fc from "fast-check";
import { type Inputs, objectTypes, weekdays } from "../../provider/scheduledTask/fields";

/** Random valid tasks, written in random spellings. */

const two = (value: number): string => String(value).padStart(2, "0");
const hour = fc.integer({ min: 0, max: 23 });
const sixty = fc.integer({ min: 0, max: 59 });

const time = fc.oneof(
  fc.tuple(hour, sixty, sixty).map(([h, m, s]) => `${two(h)}:${two(m)}:${two(s)}`),
  fc.tuple(hour, sixty).map(([h, m]) => `${h}:${two(m)}`),
);
const date = fc
  .tuple(fc.integer({ min: 2030, max: 2099 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([y, m, d]) => `${y}-${two(m)}-${two(d)}`);
const dateTime = fc.tuple(date, fc.constantFrom(" ", "T"), time).map(([d, separator, t]) => `${d}${separator}${t}`);
const zone = fc.constantFrom(
  "Asia/Shanghai",
  "PRC",
  "UTC",
  "Etc/UTC",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Calcutta",
  "Asia/Kolkata",
);
const week = fc.array(
  fc.oneof(fc.constantFrom(...weekdays), fc.integer({ min: 1, max: 7 }), fc.constantFrom(..."1234567")),
  {
    minLength: 1,
    maxLength: 9,
  },
);
const months = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 });
const dates = fc.array(fc.oneof(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 28 }).map(String)), {
  minLength: 1,
  maxLength: 6,
});
const id = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
const targets = fc.array(
  fc.oneof(
    fc.record({ objectType: fc.constantFrom(...objectTypes.filter((type) => type !== "ALL_DESKTOPS")), objectId: id }),
    fc.constant({ objectType: "ALL_DESKTOPS" }),
  ),
  { minLength: 1, maxLength: 6 },
);
const text = fc.string({ unit: "grapheme", maxLength: 40 });
/** The classes of Pulumi's SDK, which stand for the engine where the plugin is tested in process, lose such a key. */
const isKept = (value: unknown): boolean =>
  !process.env.FRONT?.startsWith("plugin") || !JSON.stringify(value).includes('"__proto__":');
const json = fc.oneof(
  fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 4 }).filter(isKept),
  fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value, null, 1)),
);
const small = json.filter((value) => JSON.stringify(value).length < 500);

const common = {
  taskName: fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
  applyObjects: targets,
};
const optional = {
  expireTime: dateTime,
  enable: fc.boolean(),
  forceExecute: fc.boolean(),
  description: text,
  extraParams: small,
};
const timed = { scheduledTime: time, timeZone: zone };
const gray = fc.record(
  {
    grayCount: fc.integer({ min: 0, max: 1000 }),
    grayDesktopIds: fc.array(id, { maxLength: 5 }),
    grayFailThreshold: fc.integer({ min: 1, max: 1000 }),
  },
  { requiredKeys: [] },
);

const schedules = fc.oneof(
  fc.record({ scheduledType: fc.constant("FIXED_TIME"), scheduledDate: date, ...timed }),
  fc.record({ scheduledType: fc.constant("DAY"), dayInterval: fc.integer({ min: 1, max: 31 }), ...timed }),
  fc.record({ scheduledType: fc.constant("WEEK"), weekList: week, ...timed }),
  fc.record({ scheduledType: fc.constant("MONTH"), monthList: months, dateList: dates, ...timed }),
  fc.record(
    {
      scheduledType: fc.constant("LIFE_CYCLE"),
      lifeCycleType: fc.constantFrom("POST_CREATE_DESKTOP_SUCCESS", "POST_DESKTOP_DISCONNECTED"),
      waitTime: fc.integer({ min: 0, max: 43200 }),
      lifeCycleExecPeriod: fc.integer({ min: 1, max: 10080 }),
      priority: fc.integer({ min: 1, max: 50 }),
    },
    { requiredKeys: ["scheduledType", "lifeCycleType"] },
  ),
);

const tasksOf = (taskType: string) =>
  fc
    .tuple(
      schedules,
      fc.record({ ...common, ...optional }, { requiredKeys: ["taskName", "applyObjects"] }),
      taskType === "EXECUTE_SCRIPT" ? gray : fc.constant({}),
    )
    .map(([schedule, rest, rollout]) => ({ taskType, ...schedule, ...rest, ...rollout }) as Inputs);

export const task = fc.oneof(tasksOf("STOP"), tasksOf("EXECUTE_SCRIPT"));
/** Two tasks that one update turns into each other. */
export const pair = fc.oneof(
  fc.tuple(tasksOf("STOP"), tasksOf("STOP")),
  fc.tuple(tasksOf("EXECUTE_SCRIPT"), tasksOf("EXECUTE_SCRIPT")),
);
