import type { Counts, Limits, Quota } from "./gateway";
import { type Case, type Operation, type Outcome, simulate, stages } from "./simulation";

const quota = (calls: number, perSeconds: number): Quota => ({ calls, perSeconds });

const together = (calls: number, perSeconds: number, where: string): Limits => ({
  name: `${calls} calls in ${perSeconds} s`,
  where,
  reads: quota(calls, perSeconds),
  writes: quota(calls, perSeconds),
  isPerApi: false,
});

/** The limits of this API are unknown: these are some that it may have. */
export const someLimits: readonly Limits[] = [
  {
    name: "200 reads and 100 writes in 60 s",
    where: "each API on its own, as documented for others of Workspace",
    reads: quota(200, 60),
    writes: quota(100, 60),
    isPerApi: true,
  },
  together(200, 300, "all APIs together, as another API of the vendor has answered"),
  together(200, 60, "all APIs together"),
  together(100, 60, "all APIs together"),
  together(5, 1, "all APIs together, as another API of the vendor has answered"),
];

const strictest = someLimits[1] as Limits;

/** Tasks, and users with one stack each that share them. */
const sizes: readonly (readonly [tasks: number, users: number])[] = [
  [1_000, 1],
  [10_000, 1],
  [100_000, 1],
  [100_000, 4],
  [100_000, 16],
];

const number = (value: number): string => value.toLocaleString("en-US");

/** Hours, minutes or seconds, as exact as anybody needs. */
function duration(ms: number): string {
  const [seconds, minutes, hours] = [ms / 1000, ms / 60_000, ms / 3_600_000];
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (minutes < 90) return `${Math.round(minutes)} min`;
  return hours < 10 ? `${hours.toFixed(1)} h` : `${Math.round(hours)} h`;
}

const cell = ({ ms, failures }: Outcome): string =>
  failures.length > 0 ? `${number(failures.length)} fail` : duration(ms);

const line = (...cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

const head = (first: string, ...others: readonly string[]): string =>
  `${line(first, ...others)}\n|${" --- |".repeat(others.length + 1)}`;

/** How long the commands take, and how many times the shortest time that is at most. */
export async function hoursOf(
  limits: Limits,
  tasks: number,
  users: number,
): Promise<{ readonly row: string; readonly ratio: number }> {
  const by = (operation: Operation): Case => ({ limits, operation, tasks, stacks: users, users });
  const outcomes = [
    ...(await stages(by("refreshAndChange"))),
    await simulate(by("create")),
    await simulate(by("destroy")),
  ];
  const [refresh, change, create, destroy] = outcomes.map(cell);
  const size = users === 1 ? number(tasks) : `${number(tasks)}, ${users} users`;
  return {
    row: line(size, String(refresh), String(create), String(change), String(destroy)),
    ratio: Math.max(...outcomes.map(({ ms, shortestMs }) => (shortestMs > 0 ? ms / shortestMs : 1))),
  };
}

async function hoursTable(limits: Limits): Promise<string> {
  const rows: string[] = [];
  let most = 1;
  for (const [tasks, users] of sizes) {
    const { row, ratio } = await hoursOf(limits, tasks, users);
    rows.push(row);
    most = Math.max(most, ratio);
  }
  return `**${limits.name}**, ${limits.where}; at most ${most.toFixed(2)} times the shortest time:

${head("tasks", "drift check", "create", "change 10 %", "destroy")}
${rows.join("\n")}`;
}

/** Commands, and by which rule they send how much for N tasks. */
const costs: readonly (readonly [command: string, rule: string, operation: Operation])[] = [
  ["drift check, refresh", "N details, N/50 pages of a list", "refresh"],
  ["create", "N POST, and 6 more", "create"],
  ["create disabled, or with a `priority`", "N POST, PUT and GET, and 4 more", "createDisabled"],
  ["change 10 %, with refresh", "those of the refresh, N/10 PUT and GET", "refreshAndChange"],
  ["change 10 %, `--refresh=false`", "N/10 GET, PUT and GET", "change"],
  ["destroy single tasks", "N DELETE", "destroy"],
  ["destroy a fleet", "one batch-delete for 5,000, the list of what is left", "fleetDestroy"],
];

const sum = (counts: Counts): number => Object.values(counts).reduce((total, count) => total + count, 0);

/** What commands send for 1,000 tasks. */
export async function requestsTable(): Promise<string> {
  const rows: string[] = [];
  for (const [command, rule, operation] of costs) {
    const { requests } = await simulate({ limits: strictest, operation, tasks: 1_000, stacks: 1, users: 1 });
    rows.push(line(command, rule, number(sum(requests))));
  }
  return `${head("command", "for N tasks", "for 1,000")}\n${rows.join("\n")}`;
}

/** Ten thousand tasks under the strictest limits, by stacks that share one user, and in one fleet. */
async function sharedTable(): Promise<string> {
  const tasks = 10_000;
  const rows: string[] = [];
  for (const stacks of [1, 4, 16]) {
    const by = (operation: Operation): Case => ({ limits: strictest, operation, tasks, stacks, users: 1 });
    const outcomes = [await simulate(by("refresh")), await simulate(by("create")), await simulate(by("destroy"))];
    rows.push(line(stacks === 1 ? "1 stack" : `${stacks} stacks`, ...outcomes.map(cell)));
  }
  const by = (operation: Operation): Case => ({ limits: strictest, operation, tasks, stacks: 1, users: 1 });
  const fleet = [
    await simulate(by("fleetRefresh")),
    await simulate(by("fleetCreate")),
    await simulate(by("fleetDestroy")),
  ];
  rows.push(line("1 fleet", ...fleet.map(cell)));
  return `**${number(tasks)} tasks of one user**, ${strictest.name}:

${head("in", "drift check", "create", "destroy")}
${rows.join("\n")}`;
}

/** All tables, as docs/scale.md has them. */
export async function limitsTables(): Promise<string> {
  const tables = [await requestsTable()];
  for (const limits of someLimits) tables.push(await hoursTable(limits));
  tables.push(await sharedTable());
  return tables.join("\n\n");
}
