/** What the sentences about a task leave out: the zone of a time that stands alone, and why a schedule is not told; pure. */
import { chinese } from "../provider/scheduledTask/chinese";
import { english } from "../provider/scheduledTask/english";
import type { Inputs, Language } from "../provider/scheduledTask/fields";
import { nextRuns } from "../provider/scheduledTask/nextRuns";
import { isTimed, scheduleOf } from "../provider/scheduledTask/schedule";
import { scheduleText } from "../provider/scheduledTask/scheduleText";
import { runText } from "../provider/scheduledTask/sentences";
import type { Untold } from "./untold";
import { words } from "./words";

const languages = { en: english, zh: chinese };

/**
 * A sentence about when a task runs, with what it lacks.
 *
 * @param inputs that the sentence is about
 * @param before the task as it was, which the sentence may tell too
 */
export function whenText(
  sentence: string,
  inputs: Inputs,
  before: Inputs | undefined,
  untold: Untold | null,
  now: Date,
  language: Language,
): string {
  const text = languages[language];
  const schedule = scheduleOf(inputs);
  if (untold !== null && schedule === undefined)
    return sentence.replaceAll(text.noSchedule, words[language].untoldSchedule[untold]);
  if (schedule === undefined || !isTimed(schedule)) return sentence;
  const [run] = nextRuns(inputs, now, 1);
  if (run === undefined) return sentence;
  if (untold !== null) return sentence.replaceAll(`${text.separator}${text.next(runText(run, language))}`, "");
  const old = before && scheduleOf(before);
  const saying = [schedule, ...(old && isTimed(old) && old.timeZone === schedule.timeZone ? [old] : [])];
  if (saying.some((one) => sentence.includes(scheduleText(one, text)))) return sentence;
  const moment = runText({ ...run, doubts: [] }, language);
  const next = text.next(moment);
  const at = sentence.indexOf(next);
  return at < 0
    ? sentence
    : sentence.slice(0, at) + text.next(text.inZone(moment, schedule.timeZone)) + sentence.slice(at + next.length);
}
