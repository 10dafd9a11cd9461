/** Tasks of a preview as the rules judge them; pure. */
import { type Inputs, type Language, rows, UNKNOWN } from "../provider/scheduledTask/fields";
import { type Finding, findingsOf, type RuleSettings, type Touched } from "./rules";
import type { TaskReview } from "./tasks";

/** What the rules say of each task of one stack, of which these are all. */
export function judging(
  tasks: readonly TaskReview[],
  settings: RuleSettings,
  now: Date,
  language: Language,
): (task: TaskReview) => Finding[] {
  const leaving = new Set(tasks.filter(leavesGap).map(placeInFleet));
  return (task) => {
    if (task.verdict === "same" || task.verdict === "accepted") return [];
    const isReplaced = task.verdict === "replaced" || (task.verdict === "new" && leaving.has(placeInFleet(task)));
    return findingsOf(touched(task, isReplaced), settings, now, language);
  };
}

/** Of a fleet, whose removed tasks are deleted before new ones are made: that may be the same task under another key. */
const leavesGap = ({ verdict, fleet, live }: TaskReview): boolean =>
  verdict === "removed" && fleet !== undefined && live !== undefined && live.enable !== false;
const placeInFleet = ({ urn, fleet, name }: TaskReview): string => JSON.stringify([urn, fleet, name]);

const allUnknown = Object.fromEntries(rows.map(({ name }) => [name, UNKNOWN])) as Inputs;

function touched(task: TaskReview, isReplaced: boolean): Touched {
  const { verdict, name, live, wanted, isUnknown, secret, hidden } = task;
  const secretChanges = hidden.filter(({ cause }) => cause !== "accepted" && cause !== "possible");
  return {
    name,
    // One that is taken over is written to only where it is known to differ.
    before: verdict === "adopted" ? (live ?? wanted) : live,
    after: isUnknown ? allUnknown : wanted,
    isReplaced,
    secret,
    secretChanges: secretChanges.map(({ name: field }) => field),
  };
}
