/**
 * The resources as a front sees them: one row of functions each, so that a front decodes, calls and encodes without
 * knowing which resource it is about.
 */
import { type CheckContext, check as checkTask } from "../scheduledTask/check";
import { create as createTask } from "../scheduledTask/create";
import { type Inputs, rows } from "../scheduledTask/fields";
import { readNew } from "../scheduledTask/imported";
import {
  type Projects,
  read as readTask,
  remove as removeTask,
  update as updateTask,
} from "../scheduledTask/lifecycle";
import type { Finding } from "../scheduledTask/shapeFailures";
import { type State, stateOf } from "../scheduledTask/state";
import { check as checkFleet } from "../scheduledTaskFleet/check";
import { type FleetInputs, type FleetState, fleetInputNames } from "../scheduledTaskFleet/fleet";
import { readNewFleet } from "../scheduledTaskFleet/imported";
import * as fleetLife from "../scheduledTaskFleet/lifecycle";
import { packFleet, unpackFleet } from "../scheduledTaskFleet/packed";
import { inputsOfFleet, plannedFleet } from "../scheduledTaskFleet/planned";
import { stepsOf } from "../scheduledTaskFleet/steps";
import { detailedDiff, type Paths } from "./detailedDiff";
import { diffNotes } from "./diffNotes";
import { changedInFleet, fleetNotes, fleetPaths } from "./fleetDiff";
import type { Changed } from "./story";

/** A task that a resource keeps. */
export interface Kept {
  readonly id: string;
  readonly taskName: string;
}

/** What a front tells of a difference. */
export interface Comparison {
  readonly paths: Paths;
  readonly replaces: readonly string[];
  /** Tasks that stay, which nobody else may delete. */
  readonly keeps: readonly Kept[];
  /** What a preview cannot show. */
  readonly notes: readonly string[];
}

export interface Checked<I> {
  readonly inputs: I;
  readonly failures: readonly Finding[];
  readonly warnings: readonly Finding[];
}

export interface Known<S> {
  readonly id: string;
  readonly state: S;
}

export interface Kind<I extends object, S extends object> {
  /** What messages about the resource begin with. */
  nameOf(inputs: I): string;
  readonly inputNames: readonly string[];
  /** What the Pulumi name of a resource declares when the program does not. */
  named(name: string): Partial<I>;
  check(
    declared: { readonly [name: string]: unknown },
    context: Omit<CheckContext, "previous"> & { readonly previous: I | undefined },
  ): Checked<I>;
  compare(id: string, state: S, inputs: I): Comparison;
  /** The tasks that an update changes. */
  changed(state: S, inputs: I): readonly Changed[];
  /** The state that a preview expects. */
  planned(state: S, inputs: I): S;
  /** The inputs that a program with this state would have. */
  inputsOf(state: S): I;
  create(projectOf: Projects, inputs: I): Promise<Known<S>>;
  read(projectOf: Projects, id: string, state: S): Promise<S | undefined>;
  /** What an import finds. */
  find(projectOf: Projects, id: string, declared: I): Promise<Known<S> | undefined>;
  update(projectOf: Projects, id: string, state: S, inputs: I): Promise<S>;
  remove(projectOf: Projects, id: string, state: S): Promise<void>;
  /** Ids of the tasks of a resource. */
  taskIds(id: string, state: S): readonly string[];
  /**
   * The state as the dynamic front keeps it.
   *
   * @param arrived the state that a read, or an update that failed, began with, as it was kept
   */
  pack(state: S, arrived?: object): object;
  /** A state that either front has kept. */
  unpack(kept: object): S;
}

/** A kind seen from the wire: what a Struct holds is whatever arrived, and check is what judges it. */
export type AnyKind = Kind<object, object>;

export const scheduledTask: Kind<Inputs, State> = {
  nameOf: ({ taskName }) => taskName ?? "ScheduledTask",
  inputNames: rows.map(({ name }) => name),
  named: (taskName) => ({ taskName }),
  check: checkTask,
  compare: (id, state, inputs) => {
    const { paths, replaces } = detailedDiff(state, inputs);
    const keeps = replaces.length === 0 ? [{ id, taskName: inputs.taskName ?? id }] : [];
    return { paths, replaces, keeps, notes: diffNotes(id, inputs, replaces) };
  },
  changed: (before, after) => [{ name: scheduledTask.nameOf(after), before, after }],
  planned: (_state, inputs) => stateOf(inputs),
  inputsOf: ({ unmanaged: _, ...inputs }) => inputs,
  create: (projectOf, inputs) => createTask(projectOf(inputs), inputs),
  read: (projectOf, id, state) => readTask(projectOf(state), id, state),
  find: (projectOf, id, declared) => readNew(projectOf(declared), id),
  update: (projectOf, id, state, inputs) => updateTask(projectOf(state), id, state, inputs),
  remove: (projectOf, id, state) => removeTask(projectOf(state), id, state),
  taskIds: (id) => [id],
  pack: (state) => state,
  unpack: (kept) => kept,
};

export const scheduledTaskFleet: Kind<FleetInputs, FleetState> = {
  nameOf: () => "ScheduledTaskFleet",
  inputNames: fleetInputNames,
  named: () => ({}),
  check: checkFleet,
  compare: (_id, state, inputs) => {
    const steps = stepsOf(state, inputs);
    const keeps = steps.flatMap((step) =>
      step.kind === "update" ? [{ id: step.member.id, taskName: step.inputs.taskName ?? step.key }] : [],
    );
    return { paths: fleetPaths(steps, state, inputs), replaces: [], keeps, notes: fleetNotes(steps) };
  },
  changed: changedInFleet,
  planned: plannedFleet,
  inputsOf: inputsOfFleet,
  create: fleetLife.create,
  read: (projectOf, _id, state) => fleetLife.read(projectOf, state),
  find: (projectOf, id) => readNewFleet(projectOf({}), id),
  update: fleetLife.update,
  remove: (projectOf, _id, state) => fleetLife.remove(projectOf, state),
  taskIds: (_id, { taskIds = {} }) => Object.values(taskIds),
  pack: packFleet,
  unpack: unpackFleet,
};

/**
 * The inputs that a read found; none where those that the resource has say the same, since the engine keeps them and a
 * fleet may be large.
 */
export function inputsRead<I extends object, S extends object>(
  kind: Kind<I, S>,
  had: I,
  { id, state }: Known<S>,
): I | undefined {
  const { paths } = kind.compare(id, state, had);
  return Object.keys(paths).length === 0 ? undefined : kind.inputsOf(state);
}

/** The resource that a URN names; its type stands behind those of its parents. */
export const kindOf = (urn: string): AnyKind =>
  /[:$]huaweicloud-workspace:index:ScheduledTaskFleet::/.test(urn) ? scheduledTaskFleet : scheduledTask;
