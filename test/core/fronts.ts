import { Deployment as CoreDeployment } from "./deployment";
import { PluginDeployment } from "./pluginDeployment";

/** One resource as the engine drives it: through the core, or with FRONT=plugin through the plugin front. */
export const Deployment = process.env.FRONT === "plugin" ? PluginDeployment : CoreDeployment;
export type Deployment = CoreDeployment | PluginDeployment;
