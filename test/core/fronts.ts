import { Deployment as CoreDeployment } from "./deployment";
import { FleetDeployment } from "./fleetDeployment";
import { PluginDeployment } from "./pluginDeployment";

const deployments = { dynamic: CoreDeployment, plugin: PluginDeployment, fleet: FleetDeployment };

/** One task as the engine drives it: through the core, with FRONT=plugin through the plugin, with FRONT=fleet in a fleet. */
export const Deployment = deployments[(process.env.FRONT ?? "dynamic") as keyof typeof deployments];
export type Deployment = CoreDeployment | PluginDeployment | FleetDeployment;
