import { triggers } from "./rules";

/** The triggers of ListLifeCycleTypeConfigurations: one more than create and update document. */
export const configurableTriggers = [...triggers, "POST_DESKTOP_CANNOT_CONNECT"];

/**
 * The real minutes per trigger and action are UNKNOWN. These minima are the least that the limits of wait_time and
 * life_cycle_exec_period allow, so that they forbid nothing that create documents.
 */
const minutes = { min_wait_time: 0, default_wait_time: 0, min_exec_time: 1, default_exec_time: 1440 };

export function lifeCycleConfigurations(type: string | undefined): object {
  const shown = configurableTriggers.filter((trigger) => type === undefined || trigger === type);
  const actions = ["STOP", "HIBERNATE", "REBOOT", "EXECUTE_SCRIPT"].map((action) => ({ action, ...minutes }));
  return Object.fromEntries(shown.map((trigger) => [trigger, { ...minutes, support_exec_time: true, actions }]));
}
