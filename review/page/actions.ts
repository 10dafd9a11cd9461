/** What people call the actions of tasks. */
import { chinese } from "../../provider/scheduledTask/chinese";
import { english } from "../../provider/scheduledTask/english";
import { type Language, row } from "../../provider/scheduledTask/fields";

const names = { en: english.names, zh: chinese.names };

/** Of every documented action. */
export const actionNames = (language: Language): { readonly [action: string]: string } =>
  Object.fromEntries((row("taskType").values ?? []).map((action) => [action, actionName(action, language)]));

/** The name of an action, or the action itself where there is none. */
export const actionName = (action: string, language: Language): string => names[language].get(action) ?? action;

/** A target, `DESKTOP d1`, as people read it. */
export function targetName(target: string, language: Language): string {
  const [kind = "", ...id] = target.split(" ");
  return [names[language].get(kind) ?? kind, ...id].join(" ").trim();
}
