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
const toldAtMost = 20;

/** Tells for each task what changes and when it runs next. Loaded by the first change: what reckons that is large. */
export async function tellStory(changed: readonly Changed[]): Promise<void> {
  if (changed.length === 0) return;
  const { changeSentence } = await import("../scheduledTask/sentences.js");
  const language = languageOf(process.env.HW_LANG);
  for (const { name, before, after } of changed.slice(0, toldAtMost)) {
    say(name, changeSentence(before, after, new Date(), language));
  }
  const more = changed.length - toldAtMost;
  if (more > 0)
    say("ScheduledTaskFleet", `${more} more tasks change: \`npx huaweicloud-workspace review\` tells which.`);
}
