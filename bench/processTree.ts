import { readdirSync, readFileSync } from "node:fs";

/** What processes took. */
export interface Usage {
  /** User and system time of all of them. */
  readonly cpuSeconds: number;
  /** The most resident memory that all of them had at once; pages that they share count once for each. */
  readonly peakMb: number;
}

interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  readonly cpuSeconds: number;
  readonly rssMb: number;
}

const SAMPLE_MS = 100;
const TICKS_PER_SECOND = 100;
const PAGE_MB = 4096 / 1024 / 1024;

/** What all processes that descend from this one take, but for one of them, until the returned function is called. */
export function watchDescendants(except: number): () => Usage | undefined {
  // Only Linux tells it in this way.
  if (process.platform !== "linux") return () => undefined;
  const taken = new Map<number, number>();
  let peakMb = 0;
  const sample = (): void => {
    const found = descendants(process.pid, except);
    for (const { pid, cpuSeconds } of found) taken.set(pid, cpuSeconds);
    peakMb = Math.max(peakMb, sum(found.map(({ rssMb }) => rssMb)));
  };
  const ended = endedChildrenSeconds();
  const timer = setInterval(sample, SAMPLE_MS);
  return () => {
    clearInterval(timer);
    sample();
    // Those that came and went between two samples count where their parents waited for them.
    const cpuSeconds = Math.max(sum([...taken.values()]), endedChildrenSeconds() - ended);
    return { cpuSeconds, peakMb };
  };
}

/** CPU seconds of the children that this process has seen end, with those that they have waited for. */
function endedChildrenSeconds(): number {
  const [, after = ""] = /.*\) (.*)/s.exec(readFileSync("/proc/self/stat", "utf8")) ?? [];
  const fields = after.split(" ");
  return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
}

function descendants(root: number, except: number): ProcessStat[] {
  const all = readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? (statOf(Number(name)) ?? []) : []));
  const found: ProcessStat[] = [];
  let parents = new Set([root]);
  while (parents.size > 0) {
    const children = all.filter(({ pid, parent }) => parents.has(parent) && pid !== except);
    found.push(...children);
    parents = new Set(children.map(({ pid }) => pid));
  }
  return found;
}

/** The fields behind the name of the command, which may hold spaces; undefined when the process has gone. */
function statOf(pid: number): ProcessStat | undefined {
  try {
    const [, after = ""] = /.*\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    const fields = after.split(" ");
    const cpuSeconds = (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
    return { pid, parent: Number(fields[1]), cpuSeconds, rssMb: Number(fields[21]) * PAGE_MB };
  } catch {
    return undefined;
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
