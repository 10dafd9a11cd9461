import { badValue, missingValue, unknownName } from "./errors";
import { checkValue, type Rule } from "./rules";

export type QueryRules = Record<string, Rule & { required?: boolean }>;

/** The checked query of a request: each name known, at most once, each value within its rule. */
export class Query {
  private readonly values = new Map<string, string>();

  constructor(search: URLSearchParams, rules: QueryRules) {
    for (const [name, value] of search) {
      const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
      if (!rule) throw unknownName(name);
      if (this.values.has(name)) throw badValue(name, "must be given once");
      if (rule.kind === "integer" && !/^\d{1,9}$/.test(value)) throw badValue(name, "must be an integer");
      checkValue(name, rule.kind === "integer" ? Number(value) : value, rule);
      this.values.set(name, value);
    }
    for (const [name, rule] of Object.entries(rules)) {
      if (rule.required && !this.values.has(name)) throw missingValue(name, "the query must hold it");
    }
  }

  /** undefined when absent or empty: an empty filter filters nothing. */
  text(name: string): string | undefined {
    return this.values.get(name) || undefined;
  }

  integer(name: string, absent: number): number {
    const value = this.values.get(name);
    return value === undefined ? absent : Number(value);
  }

  page<T>(items: readonly T[], defaultLimit: number): T[] {
    const offset = this.integer("offset", 0);
    return items.slice(offset, offset + this.integer("limit", defaultLimit));
  }
}
