import { randomUUID } from "node:crypto";
import { create as createTask } from "../scheduledTask/create";
import { type Projects, read as readTask, Unfinished, update as updateTask } from "../scheduledTask/lifecycle";
import { type FleetInputs, type FleetState, fleetOf, type Member, membersOf } from "./fleet";
import { removeAll } from "./removal";
import { type Step, stepsOf } from "./steps";

/** What a step ended in: the task that is live, if any, and what went wrong, if anything did. */
interface Outcome {
  readonly key: string;
  readonly live?: Member | undefined;
  readonly error?: unknown;
}

/** The id of a fleet means nothing to the cloud. */
export const newFleetId = (): string => `fleet-${randomUUID()}`;

/** Creates all tasks; of those that fail the others are kept. Without any there is no fleet. */
export async function create(projectOf: Projects, inputs: FleetInputs): Promise<{ id: string; state: FleetState }> {
  const id = newFleetId();
  return { id, state: await bring(projectOf, id, {}, inputs) };
}

/** Brings each task from its state to the inputs, deletions first. */
export const update = (projectOf: Projects, id: string, state: FleetState, inputs: FleetInputs): Promise<FleetState> =>
  bring(projectOf, id, state, inputs);

/** The live tasks; one that certainly no longer exists is left out. */
export async function read(projectOf: Projects, state: FleetState): Promise<FleetState> {
  const outcomes = await Promise.all(
    membersOf(state).map((member) =>
      settled(member.key, undefined, async () => {
        const live = await readTask(projectOf(member.state), member.id, member.state);
        return live && { ...member, state: live };
      }),
    ),
  );
  const failed = outcomes.filter(hasFailed);
  if (failed.length > 0) throw new Error(`read ScheduledTaskFleet: ${failuresOf(failed, outcomes.length)}`);
  return fleetOf(liveOf(outcomes), state);
}

/** Deletes all tasks; those that no longer exist are deleted. */
export async function remove(projectOf: Projects, state: FleetState): Promise<void> {
  const members = membersOf(state);
  const errors = await removeAll(projectOf, members);
  if (errors.size === 0) return;
  const failed = members.filter(({ key }) => errors.has(key)).map(({ key }) => ({ key, error: errors.get(key) }));
  throw new Error(`delete ScheduledTaskFleet: ${failuresOf(failed, members.length)}`);
}

async function bring(projectOf: Projects, id: string, state: FleetState, inputs: FleetInputs): Promise<FleetState> {
  const steps = stepsOf(state, inputs);
  const doomed = steps.flatMap((step) => (step.kind === "delete" || step.kind === "replace" ? [step.member] : []));
  const undeleted = await removeAll(projectOf, doomed);
  const outcomes = await Promise.all(steps.map((step) => takeStep(projectOf, step, undeleted)));
  const brought = fleetOf(liveOf(outcomes), inputs);
  const failed = outcomes.filter(hasFailed);
  if (failed.length === 0) return brought;
  if (Object.keys(brought.taskIds ?? {}).length === 0 && membersOf(state).length === 0)
    throw new Error(`create ScheduledTaskFleet: ${failuresOf(failed, steps.length)}`);
  const cause = new Error(
    `${failuresOf(failed, steps.length)}\nWhat the others were to become is done and kept; the next \`pulumi up\` does only the rest.`,
  );
  throw new Unfinished(id, brought, "ScheduledTaskFleet", { cause });
}

async function takeStep(projectOf: Projects, step: Step, undeleted: ReadonlyMap<string, unknown>): Promise<Outcome> {
  if (step.kind === "delete" || step.kind === "replace") {
    const { member } = step;
    if (undeleted.has(member.key)) return { key: member.key, live: member, error: undeleted.get(member.key) };
    if (step.kind === "delete") return { key: member.key };
  }
  const { key, inputs } = step;
  if (step.kind !== "update")
    return settled(key, undefined, async () => ({ key, ...(await createTask(projectOf(inputs), inputs)) }));
  const { id, state } = step.member;
  return settled(key, { key, id, state }, async () => ({
    key,
    id,
    state: await updateTask(projectOf(state), id, state, inputs),
  }));
}

/** @param before what is live as long as nothing was written */
async function settled(
  key: string,
  before: Member | undefined,
  step: () => Promise<Member | undefined>,
): Promise<Outcome> {
  try {
    return { key, live: await step() };
  } catch (error) {
    return { key, live: error instanceof Unfinished ? { key, id: error.id, state: error.state } : before, error };
  }
}

const hasFailed = ({ error }: Outcome): boolean => error !== undefined;
const liveOf = (outcomes: readonly Outcome[]): Member[] => outcomes.flatMap(({ live }) => live ?? []);

const failuresOf = (failed: readonly Outcome[], total: number): string =>
  `${failed.length} of ${total} tasks failed.\n${failed
    .map(({ key, error }) => `  - ${key}: ${error instanceof Error ? error.message : String(error)}`)
    .join("\n")}`;
