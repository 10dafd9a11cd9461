/** One line about a task, about one of its runs, or about a change of it, for people; pure. */
import { wallClock } from "./calendar";
import { chinese } from "./chinese";
import { type Change, diff, meant } from "./diff";
import { english } from "./english";
import { fieldChange } from "./fieldChange";
import { type Inputs, type Language, row } from "./fields";
import { nextRuns, type Run } from "./nextRuns";
import { isScheduleField, isTimed, scheduleOf, type Timed, type Triggered } from "./schedule";
import { daysAndTime, momentText, scheduleText, timeText } from "./scheduleText";
import type { State } from "./state";
import type { Words } from "./words";

const languages: { readonly [L in Language]: Words } = { en: english, zh: chinese };

/**
 * When a task runs, until when, and when next: "Mon and Fri 19:30 Asia/Shanghai; next Fri 27 Nov 2026 19:30".
 *
 * @param inputs in any spelling that check accepts; values may be unknown
 */
export function taskSentence(inputs: Inputs, now: Date, language: Language): string {
  const words = languages[language];
  const schedule = scheduleOf(inputs);
  return sentence([scheduleText(schedule, words), endText(schedule, now, words), prospect(inputs, now, words)], words);
}

/**
 * What an update changes, and when the task runs next: "Mon-Fri 19:30 Asia/Shanghai becomes Mon-Sat 19:30; next Sat 28
 * Nov 2026 19:30". Free texts are named, but never told.
 *
 * @param before the state of the task
 * @param after the checked inputs of the program; values may be unknown
 */
export function changeSentence(before: State, after: Inputs, now: Date, language: Language): string {
  const words = languages[language];
  const { changes, replaces } = diff(before, after);
  // No body holds where a task is, so a move is only in `replaces`.
  const moves = replaces.filter((name) => changes.every(({ field }) => field.name !== name));
  const all: Change[] = [...moves.map((name): Change => ({ field: row(name), kind: "set" })), ...changes];
  if (all.length === 0) return words.noChange;
  const told = changesTold(all, before, after, words);
  const ending = isExpired(scheduleOf(after), now) ? endText(scheduleOf(after), now, words) : undefined;
  return sentence(
    [replaces.length > 0 ? words.replaced : undefined, ...told, ending, prospect(after, now, words)],
    words,
  );
}

/**
 * What somebody else has changed: as of an update, but what is no more there is gone, whatever an update could clear, and
 * when the task runs next is left to what is done about it.
 */
export function driftSentence(before: State, live: State, language: Language): string {
  const words = languages[language];
  const changes = diff(before, live).changes.map(
    (change): Change => (change.kind === "leave" ? { ...change, kind: "clear" } : change),
  );
  return changes.length === 0 ? words.noChange : sentence(changesTold(changes, before, live, words), words);
}

function changesTold(changes: readonly Change[], before: Inputs, after: Inputs, words: Words): string[] {
  const schedule = scheduleChange(before, after, words);
  const others = changes.filter(({ field }) => schedule === undefined || !isScheduleField(after, field));
  const told = others.map((change) => fieldChange(change, meant(before), meant(after), words));
  return schedule === undefined ? told : [schedule, ...told];
}

/** When a run is, in the zone of its task, with what is only expected of it: "Fri 27 Nov 2026 19:30". */
export const runText = (run: Run, language: Language): string => momentOf(run, languages[language]);

/** A part that says what another has said (that a task is switched off) is left out. */
const sentence = (parts: readonly (string | undefined)[], { separator }: Words): string =>
  [...new Set(parts.filter((part) => part !== undefined))].join(separator);

/** The old schedule and the new one; undefined when they read the same. */
function scheduleChange(before: Inputs, after: Inputs, words: Words): string | undefined {
  const [old, wanted] = [scheduleOf(before), scheduleOf(after)];
  const [oldText, wantedText] = [scheduleText(old, words), scheduleText(wanted, words)];
  if (oldText === wantedText) return undefined;
  const isSameZone = old && wanted && isTimed(old) && isTimed(wanted) && old.timeZone === wanted.timeZone;
  return words.becomes(oldText, isSameZone ? daysAndTime(wanted, words) : wantedText);
}

function endText(schedule: Timed | Triggered | undefined, now: Date, words: Words): string | undefined {
  if (schedule?.expiry === undefined) return undefined;
  const moment = momentText(schedule.expiry, words);
  return words.remarked(isExpired(schedule, now) ? words.expired(moment) : words.until(moment), [words.expiryZone]);
}

/** In the task's zone, as nextRuns reads it; a task that an event triggers may have none. */
const isExpired = (schedule: Timed | Triggered | undefined, now: Date): boolean =>
  schedule?.expiry !== undefined && schedule.expiry < wallClock(now, isTimed(schedule) ? schedule.zone : "UTC");

/** What comes next; undefined where the other parts say all. */
function prospect(inputs: Inputs, now: Date, words: Words): string | undefined {
  if (inputs.enable === false) return words.off;
  const schedule = scheduleOf(inputs);
  if (schedule === undefined || !isTimed(schedule) || isExpired(schedule, now)) return undefined;
  const [run] = nextRuns(inputs, now, 1);
  const { days, time, zone } = schedule;
  if (days.type !== "FIXED_TIME") return run ? words.next(momentOf(run, words)) : words.noRun;
  if (run) return run.doubts.length > 0 ? words.next(momentOf(run, words)) : undefined;
  return `${days.date} ${time}` <= wallClock(now, zone) ? words.passed : words.noRun;
}

function momentOf({ at, declared, doubts }: Run, words: Words): string {
  const declaredTime = timeText(declared.toPlainTime().toString());
  const time = timeText(at.toPlainTime().toString());
  const text = `${words.dayAndDate(at.toPlainDate().toString())} ${time}`;
  const remarks = doubts.map((doubt) => words.doubts[doubt](declaredTime, time));
  return remarks.length > 0 ? words.remarked(text, remarks) : text;
}
