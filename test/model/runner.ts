import type { Inputs } from "../../provider/scheduledTask/fields";
import type { State } from "../../provider/scheduledTask/state";
import type { Cloud } from "../emulated";

/** The tasks that a program declares, by Pulumi name. */
export type Program = ReadonlyMap<string, Inputs>;

/** A task as the state knows it. */
export interface Known {
  readonly id: string;
  readonly state: State;
}

/** Runs a program against an emulator; state outlives a run, nothing else does. */
export interface Runner {
  readonly cloud: Cloud;
  /**
   * `pulumi up --refresh`.
   *
   * @returns what went wrong; undefined when nothing did
   */
  up(program: Program, onExisting?: "adopt"): Promise<string | undefined>;
  known(): Promise<ReadonlyMap<string, Known>>;
}
