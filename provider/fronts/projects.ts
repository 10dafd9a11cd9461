import { access } from "../cloud/access";
import type { Settings } from "../cloud/configuration";
import { isLoopback } from "../cloud/endpoints";
import { ScheduledTasksApi } from "../cloud/scheduledTasksApi";
import { TaskList } from "../cloud/taskList";
import { transport } from "../cloud/transport";
import { Creations } from "../scheduledTask/creations";
import type { Inputs } from "../scheduledTask/fields";
import type { Queried } from "../scheduledTask/functions";
import type { Project } from "../scheduledTask/lifecycle";
import { queried } from "../scheduledTask/queried";
import { engineRuns } from "./engine";
import { held } from "./held";
import { say } from "./say";

const projects = new Map<string, Project>();

const surroundings = { engineRuns, tell: (message: string) => say("huaweicloud-workspace", message) };

/** Ids that this process has deleted or found deleted. */
const gone = new Set<string>();

/** The project that a task lives in: one per region and project id and process, with its client and what is known. */
export function projectOf(settings: Settings, { region, projectId }: Inputs): Project {
  const { place, credentials, explain } = access(settings, region, projectId, surroundings.tell);
  const key = JSON.stringify([
    place.endpoint,
    typeof place.projectId === "string" ? place.projectId : { region: region ?? settings.region },
  ]);
  const known = projects.get(key);
  if (known) return known;
  if (isLoopback(place.endpoint))
    say("huaweicloud-workspace", `this run talks to ${place.endpoint} on this machine, not to the cloud.`);
  const api = new ScheduledTasksApi(transport(place, credentials, explain), surroundings, settings.owner);
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
    creations: new Creations(),
  };
  projects.set(key, project);
  return project;
}

/**
 * The same project, for questions that no resource asks.
 *
 * @public the plugin loads this file by name, when it needs it
 */
export const queriedOf = (settings: Settings, place: Inputs): Queried => queried(settings, place, surroundings);
