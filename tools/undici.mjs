// What the plugin takes of undici, whose index loads fetch, caches, mocks and WebSockets too: a third of the bundle.

import request from "../node_modules/undici/lib/api/api-request.js";
import Agent from "../node_modules/undici/lib/dispatcher/agent.js";
import Dispatcher from "../node_modules/undici/lib/dispatcher/dispatcher.js";
import EnvHttpProxyAgent from "../node_modules/undici/lib/dispatcher/env-http-proxy-agent.js";

Dispatcher.prototype.request = request;

export { Agent, EnvHttpProxyAgent };
