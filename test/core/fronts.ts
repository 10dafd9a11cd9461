import type { Deployment as CoreDeployment } from "./deployment";
import type { FleetDeployment } from "./fleetDeployment";
import type { PluginDeployment, PluginFleetDeployment } from "./pluginDeployment";

/** Loaded only when asked for: gRPC takes longer to load than many a suite to run. */
const deployments = {
  dynamic: (): typeof CoreDeployment => require("./deployment").Deployment,
  plugin: (): typeof PluginDeployment => require("./pluginDeployment").PluginDeployment,
  fleet: (): typeof FleetDeployment => require("./fleetDeployment").FleetDeployment,
  pluginFleet: (): typeof PluginFleetDeployment => require("./pluginDeployment").PluginFleetDeployment,
};

/**
 * One task as the engine drives it: through the core, with FRONT=plugin through the plugin, with FRONT=fleet or
 * FRONT=pluginFleet in a fleet.
 */
export const Deployment = deployments[(process.env.FRONT ?? "dynamic") as keyof typeof deployments]();
export type Deployment = CoreDeployment | PluginDeployment | FleetDeployment | PluginFleetDeployment;
