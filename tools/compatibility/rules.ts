import type { Contract, Facts } from "./contract";

interface Rule {
  readonly breaks: string;
  readonly when: (old: Facts, now: Facts) => boolean;
}

const isGiven = ({ direction }: Facts): boolean => direction === "in" || direction === "both";
const isGot = ({ direction }: Facts): boolean => direction === "out" || direction === "both";
/** Whether the first list has all of the second; no list is every value. */
const holds = (list: readonly string[] | undefined, all: readonly string[] | undefined): boolean =>
  list === undefined || (all?.every((one) => list.includes(one)) ?? false);

const rules: readonly Rule[] = [
  { breaks: "has another type", when: (old, now) => JSON.stringify(old.type) !== JSON.stringify(now.type) },
  { breaks: "is required now", when: (old, now) => isGiven(now) && !old.required && now.required === true },
  { breaks: "may be missing now", when: (old, now) => isGot(old) && old.required === true && !now.required },
  { breaks: "has a higher minimum", when: (old, now) => (now.min ?? -Infinity) > (old.min ?? -Infinity) },
  { breaks: "has a lower maximum", when: (old, now) => (now.max ?? Infinity) < (old.max ?? Infinity) },
  { breaks: "accepts fewer values", when: (old, now) => !holds(now.values, old.values) },
  { breaks: "is used by fewer schedule types", when: (old, now) => !holds(now.usedBy, old.usedBy) },
  {
    breaks: "is required by more schedule types",
    when: (old, now) => !holds(old.requiredBy ?? [], now.requiredBy ?? []),
  },
  { breaks: "replaces the task now", when: (old, now) => now.replaces === true && !old.replaces },
  { breaks: "has another default", when: (old, now) => old.default !== now.default },
  { breaks: "is enforced now", when: (old, now) => now.enforced === true && !old.enforced },
];

/** What a program or a state of an earlier version could stumble over, one line each. */
export function breakingChanges(old: Contract, now: Contract): string[] {
  const changed = Object.entries(old).flatMap(([place, facts]) => {
    const current = now[place];
    if (!current) return [`${place} is gone`];
    return rules.filter(({ when }) => when(facts, current)).map(({ breaks }) => `${place} ${breaks}`);
  });
  const demanded = Object.entries(now)
    .filter(([place, facts]) => !(place in old) && isGiven(facts) && facts.required && isOld(place, old))
    .map(([place]) => `${place} is new, and required`);
  return [...changed, ...demanded];
}

/** Whether what the place belongs to was there before: a new function may ask for what it wants. */
const isOld = (place: string, old: Contract): boolean => {
  const owner = place.split(" ", 1)[0];
  return Object.keys(old).some((one) => /^(resource|function|type) /.test(one) && one.endsWith(` ${owner}`));
};

/** Whether a version may break what another one promised: the first number that is not zero differs. */
export function mayBreak(old: string, now: string): boolean {
  const [before, after] = [old, now].map((version) => version.split(".").map(Number));
  const leading = (numbers: number[] = []): number[] => numbers.slice(0, numbers.findIndex((one) => one > 0) + 1);
  return JSON.stringify(leading(before)) !== JSON.stringify(leading(after));
}
