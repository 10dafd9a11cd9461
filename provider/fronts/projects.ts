import type { Settings } from "../cloud/configuration";
import { access, isLoopback } from "../cloud/credentials";
import { ScheduledTasksApi } from "../cloud/scheduledTasksApi";
import { TaskList } from "../cloud/taskList";
import { transport } from "../cloud/transport";
import type { Inputs } from "../scheduledTask/fields";
import type { Project } from "../scheduledTask/lifecycle";
import { say } from "./say";

const projects = new Map<string, Project>();

/** The project that a task lives in: one per region and project id and process, with its client and what is known. */
export function projectOf(settings: Settings, { region, projectId }: Inputs): Project {
  const { place, credentials } = access(settings, region, projectId);
  const key = `${place.endpoint} ${place.projectId}`;
  const known = projects.get(key);
  if (known) return known;
  if (isLoopback(place.endpoint))
    say("huaweicloud-workspace", `this run talks to ${place.endpoint} on this machine, not to the cloud.`);
  const api = new ScheduledTasksApi(transport(place, credentials));
  const project: Project = {
    api,
    list: new TaskList(api),
    overwrites: settings.onConflict === "overwrite",
    say,
    seen: new Map(),
    held: new Map(),
    learned: {},
  };
  projects.set(key, project);
  return project;
}
