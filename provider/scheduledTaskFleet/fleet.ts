import { type Inputs, UNKNOWN } from "../scheduledTask/fields";
import type { State } from "../scheduledTask/state";

export type ByKey<T> = { readonly [key: string]: T };

/** What a program declares: tasks by a key of its choice, which is the name of a task that declares none. */
export interface FleetInputs {
  readonly tasks?: ByKey<Inputs>;
}

/** What is known of the deployed tasks. */
export interface FleetState {
  readonly tasks?: ByKey<State>;
  /** Ids of the tasks that are live. */
  readonly taskIds?: ByKey<string>;
}

/** A live task of a fleet. */
export interface Member {
  readonly key: string;
  readonly id: string;
  readonly state: State;
}

export const membersOf = ({ tasks = {}, taskIds = {} }: FleetState): Member[] =>
  Object.entries(taskIds).map(([key, id]) => ({ key, id, state: tasks[key] ?? {} }));

export const fleetOf = (members: readonly Member[]): FleetState => ({
  tasks: Object.fromEntries(members.map(({ key, state }) => [key, state])),
  taskIds: Object.fromEntries(members.map(({ key, id }) => [key, id])),
});

/** Where a task stands in the inputs, as the engine writes paths. */
export const pathOfKey = (key: string): string =>
  /^[\w-]+$/.test(key) ? `tasks.${key}` : `tasks[${JSON.stringify(key)}]`;

/** Whether nothing of a value is known in this preview; of one that holds an unknown the rest is known. */
export const isAllUnknown = (value: unknown): boolean => value === UNKNOWN;
