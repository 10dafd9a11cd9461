import { join } from "node:path";
import fc from "fast-check";
import { type Inputs, weekdays } from "../../provider/scheduledTask/fields";
import { nextRuns } from "../../provider/scheduledTask/nextRuns";
import { type Python, preparePython } from "../../tools/pythonEnvironment";

const seed = Date.now() % 2 ** 31;
const schedules = 2000;
const runsOfEach = 40;

/** Without summer time, with it in either half of the year, by half an hour, at midnight, across Ramadan. */
const zones = [
  "Africa/Cairo",
  "Africa/Casablanca",
  "Africa/Johannesburg",
  "America/Havana",
  "America/Los_Angeles",
  "America/New_York",
  "America/Nuuk",
  "America/Santiago",
  "America/St_Johns",
  "Asia/Beirut",
  "Asia/Jerusalem",
  "Asia/Kathmandu",
  "Asia/Shanghai",
  "Atlantic/Azores",
  "Australia/Lord_Howe",
  "Australia/Sydney",
  "Europe/Berlin",
  "Europe/London",
  "Pacific/Chatham",
  "UTC",
];

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const someOf = <T>(items: readonly T[]) => fc.subarray([...items], { minLength: 1 });
const clock = (parts: readonly number[]): string => parts.map((part) => String(part).padStart(2, "0")).join(":");

/** Most at night, when summer time begins and ends. */
const time = fc
  .oneof(
    { arbitrary: fc.tuple(fc.constantFrom(0, 1, 2, 23), fc.constantFrom(0, 30, 59), fc.constant(0)), weight: 3 },
    { arbitrary: fc.tuple(fc.nat(23), fc.nat(59), fc.nat(59)), weight: 1 },
  )
  .map(clock);
/** Many shortly before the clocks of some zones change. */
const instant = fc
  .tuple(
    fc.integer({ min: 2026, max: 2045 }),
    fc.oneof(fc.constantFrom(2, 3, 8, 9, 10), fc.nat(11)),
    fc.integer({ min: 1, max: 28 }),
    fc.nat(86_399),
  )
  .map(([year, month, day, second]) => new Date(Date.UTC(year, month, day, 0, 0, second)));
const date = instant.map((at) => at.toISOString().slice(0, 10));
const monthly = (dates: readonly string[]) =>
  fc.record({ scheduledType: fc.constant("MONTH"), monthList: someOf(upTo(12)), dateList: someOf(dates) });
const days = fc.oneof(
  fc.record({ scheduledType: fc.constant("FIXED_TIME"), scheduledDate: date }),
  fc.record({ scheduledType: fc.constant("WEEK"), weekList: someOf(weekdays) }),
  monthly([...upTo(31).map(String), "L"]),
  monthly(["29", "30", "31", "L"]),
);
const ending = fc.record({ expireTime: fc.tuple(date, time).map((parts) => parts.join(" ")) });
const schedule = fc
  .tuple(
    days,
    fc.record({ timeZone: fc.constantFrom(...zones), scheduledTime: time }),
    fc.oneof({ arbitrary: fc.constant({}), weight: 3 }, { arbitrary: ending, weight: 1 }),
    instant,
  )
  .map(([on, at, end, after]) => ({ inputs: { ...on, ...at, ...end } as Inputs, after }));

let python: Python;
beforeAll(async () => {
  python = await preparePython(join(__dirname, "dateutil", "requirements.txt"));
}, 300_000);

test(`the next runs agree with dateutil on 2,000 of 2,000 random schedules in ${zones.length} zones (seed ${seed})`, async () => {
  const sample = fc.sample(schedule, { numRuns: schedules, seed });
  const asked = sample.map(({ inputs, after }) =>
    JSON.stringify({ ...inputs, after: after.getTime() / 1000, count: runsOfEach }),
  );
  const theirs = await python.run(join(__dirname, "dateutil", "next_runs.py"), [], asked.join("\n"));
  const ours = sample.map(({ inputs, after }) =>
    nextRuns(inputs, after, runsOfEach).map(({ at, doubts }) => [at.epochMilliseconds / 1000, doubts.join()]),
  );
  const differing = asked.flatMap((question, index) => {
    const [their, our] = [JSON.parse(theirs[index] ?? "null"), ours[index]];
    return JSON.stringify(their) === JSON.stringify(our) ? [] : [{ question, their, our }];
  });
  expect({ seed, count: theirs.length, differing: differing.slice(0, 3) }).toEqual({
    seed,
    count: schedules,
    differing: [],
  });
  // The sample says something only if it holds what is hard.
  const doubts = ours.flat().map(([, doubt]) => doubt);
  for (const doubt of ["gap", "overlap"]) expect(doubts.filter((one) => one === doubt).length).toBeGreaterThan(5);
}, 300_000);
