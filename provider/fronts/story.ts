import { type Inputs, languageOf } from "../scheduledTask/fields";
import type { State } from "../scheduledTask/state";
import { say } from "./say";

/** A task that an update changes, by what messages about it begin with. */
export interface Changed {
  readonly name: string;
  readonly before: State;
  readonly after: Inputs;
}

/** Of a fleet: more would hide the rest of the preview. */
export const toldAtMost = 20;

/** Loaded by the first change: what reckons the next runs is large. */
const sentences = (): typeof import("../scheduledTask/sentences") => require("../scheduledTask/sentences");

/** Tells for each task what changes and when it runs next. */
export function tellStory(changed: readonly Changed[]): void {
  if (changed.length === 0) return;
  const { changeSentence } = sentences();
  const language = languageOf(process.env.HW_LANG);
  for (const { name, before, after } of changed.slice(0, toldAtMost)) {
    say(name, changeSentence(before, after, new Date(), language));
  }
  const more = changed.length - toldAtMost;
  if (more > 0)
    say("ScheduledTaskFleet", `${more} more tasks change: \`npx huaweicloud-workspace review\` tells which.`);
}
