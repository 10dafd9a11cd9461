import { access } from "../cloud/access";
import type { Settings } from "../cloud/configuration";
import { QueriesApi } from "../cloud/queriesApi";
import { ScheduledTasksApi, type Surroundings } from "../cloud/scheduledTasksApi";
import { TaskList } from "../cloud/taskList";
import { transport } from "../cloud/transport";
import type { Inputs } from "./fields";
import type { Queried } from "./functions";

/**
 * The project that the settings name, unless the place is given, to be asked.
 *
 * @throws Misconfigured that names everything that is missing
 */
export function queried(settings: Settings, { region, projectId }: Inputs, surroundings: Surroundings): Queried {
  const { place, credentials, explain } = access(settings, region, projectId, surroundings.tell);
  const sent = transport(place, credentials, explain);
  const api = new ScheduledTasksApi(sent, surroundings, settings.owner);
  return { api, list: new TaskList(api), queries: new QueriesApi(sent, surroundings.tell, settings.owner) };
}
