import { filledIn } from "../scheduledTask/check";
import { readNew } from "../scheduledTask/imported";
import type { Project } from "../scheduledTask/lifecycle";
import { type FleetState, fleetOf, isSharedName, type Member, type Shared } from "./fleet";
import { newFleetId } from "./lifecycle";

/**
 * The fleet of the tasks that an import names: ids or exact names between commas, or a prefix of names with a `*` behind
 * it. A key is the task's name, with the id behind it where several tasks have the name.
 *
 * @returns undefined when none of a prefix exists
 * @throws when one of the named tasks does not exist
 */
export async function readNewFleet(
  project: Project,
  named: string,
): Promise<{ id: string; state: FleetState } | undefined> {
  const ids = named.endsWith("*") ? await idsOfPrefix(project, named.slice(0, -1)) : listed(named);
  const found = await Promise.all(ids.map(async (id) => ({ asked: id, task: await readNew(project, id) })));
  const missing = found.filter(({ task }) => task === undefined).map(({ asked }) => asked);
  if (missing.length > 0)
    throw new Error(`import ScheduledTaskFleet: no task has the id or the name ${missing.join(", ")}.`);
  const tasks = found.flatMap(({ task }) => task ?? []);
  if (tasks.length === 0) return undefined;
  const names = tasks.map(({ state }) => state.taskName ?? "");
  const members = tasks.map(({ id, state }, index): Member => {
    const name = names[index] ?? "";
    const isUnique = names.filter((other) => other === name).length === 1;
    return { key: isUnique ? name : `${name}-${id}`, id, state };
  });
  return { id: newFleetId(), state: fleetOf(members, commonOf(members)) };
}

/** What check would write on the fleet, where all the tasks have it alike; the rest stays with each task. */
function commonOf(members: readonly Member[]): Shared {
  const [first, ...others] = members.map(({ state }) => state);
  const filled = Object.keys(filledIn({})).filter(isSharedName);
  const common = filled.filter((name) => others.every((other) => other[name] === first?.[name]));
  return Object.fromEntries(common.map((name) => [name, first?.[name]]));
}

const listed = (named: string): string[] => [
  ...new Set(
    named
      .split(",")
      .map((one) => one.trim())
      .filter((one) => one !== ""),
  ),
];

async function idsOfPrefix({ api }: Project, prefix: string): Promise<string[]> {
  const filter = prefix === "" ? {} : { task_name: prefix };
  const rows = [...(await api.list(filter)), ...(await api.list({ ...filter, scheduled_type: "LIFE_CYCLE" }))];
  return rows.filter(({ task_name }) => String(task_name).startsWith(prefix)).map(({ id }) => String(id));
}
