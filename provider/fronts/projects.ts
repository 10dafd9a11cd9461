import type { Settings } from "../cloud/configuration";
import { access, isLoopback } from "../cloud/credentials";
import { ScheduledTasksApi } from "../cloud/scheduledTasksApi";
import { TaskList } from "../cloud/taskList";
import { transport } from "../cloud/transport";
import type { Inputs } from "../scheduledTask/fields";
import type { Project } from "../scheduledTask/lifecycle";
import { engineRuns } from "./engine";
import { say } from "./say";

const projects = new Map<string, Project>();

/** Ids that a resource of this process manages, with its task's name: never created again for another, nor deleted. */
const held = new Map<string, string>();

/** Ids that this process has deleted or found deleted. */
const gone = new Set<string>();

/** A resource keeps its task; two that name the same one would each undo the other. */
export function hold(id: string, taskName: string): void {
  const holder = held.get(id);
  if (holder !== undefined && holder !== taskName)
    throw new Error(
      `ScheduledTask "${taskName}": its task ${id} is also managed as "${holder}". Remove one of the two declarations, with retainOnDelete.`,
    );
  held.set(id, taskName);
}

/** The project that a task lives in: one per region and project id and process, with its client and what is known. */
export function projectOf(settings: Settings, { region, projectId }: Inputs): Project {
  const { place, credentials } = access(settings, region, projectId);
  const key = `${place.endpoint} ${place.projectId}`;
  const known = projects.get(key);
  if (known) return known;
  if (isLoopback(place.endpoint))
    say("huaweicloud-workspace", `this run talks to ${place.endpoint} on this machine, not to the cloud.`);
  const surroundings = { engineRuns, tell: (message: string) => say("huaweicloud-workspace", message) };
  const api = new ScheduledTasksApi(transport(place, credentials), surroundings, settings.owner);
  const project: Project = {
    api,
    list: new TaskList(api),
    onConflict: settings.onConflict ?? "warn",
    onExisting: settings.onExisting ?? "error",
    say,
    seen: new Map(),
    held,
    gone,
    learned: {},
  };
  projects.set(key, project);
  return project;
}
