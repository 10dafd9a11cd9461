import type { Settings } from "../cloud/configuration";
import { credentials, isLoopback, place } from "../cloud/credentials";
import { ScheduledTasksApi } from "../cloud/scheduledTasksApi";
import { TaskList } from "../cloud/taskList";
import { transport } from "../cloud/transport";
import type { Inputs } from "../scheduledTask/fields";
import type { Project } from "../scheduledTask/lifecycle";
import { say } from "./say";

const projects = new Map<string, Project>();

/** The project that a task lives in: one per region and project id and process, with its client and what is known. */
export function projectOf(settings: Settings, { region, projectId }: Inputs): Project {
  const where = place(settings, region, projectId);
  const key = `${where.endpoint} ${where.projectId}`;
  const known = projects.get(key);
  if (known) return known;
  if (isLoopback(where.endpoint))
    say("huaweicloud-workspace", `this run talks to ${where.endpoint} on this machine, not to the cloud.`);
  const api = new ScheduledTasksApi(transport(where, () => credentials(settings)));
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
