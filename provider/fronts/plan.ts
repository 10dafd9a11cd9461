import type { Settings } from "../cloud/configuration";
import { markOf } from "../cloud/ownerMark";
import { redacted } from "../cloud/redaction";
import type { Finding } from "../scheduledTask/shapeFailures";
import { sortedJson } from "../scheduledTask/wire";
import type { Checked, Kind } from "./kinds";

/**
 * What the program of this run declares. The engine also asks for a diff after each read of a refresh, with the inputs of
 * the last run: that one says nothing about what the program keeps.
 */
export class Plan {
  private readonly checked = new Set<string>();

  /** Checks the inputs of a resource; `previous` are those of the last run, empty for a new one. */
  check<I extends object, S extends object>(
    kind: Kind<I, S>,
    settings: Settings,
    previous: I,
    declared: { readonly [name: string]: unknown },
  ): Checked<I> {
    const checked = kind.check(declared, {
      now: new Date(),
      previous: Object.keys(previous).length > 0 ? previous : undefined,
      defaults: settings,
      markLength: settings.owner === undefined ? 0 : markOf(settings.owner).length,
    });
    this.checked.add(sortedJson(checked.inputs));
    return checked;
  }

  /** Whether check has passed these inputs in this run. */
  holds(inputs: object): boolean {
    return this.checked.has(sortedJson(inputs));
  }
}

/** A failure or a warning in one line, without the secrets that it may name. */
export const lineOf = ({ path, reason }: Finding): string => redacted(`${path}: ${reason}`);
