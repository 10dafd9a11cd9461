/** What happened to a task, and what an `up` does about it, in a sentence each; pure. */
import { type Language, row } from "../provider/scheduledTask/fields";
import { changeSentence, driftSentence, taskSentence } from "../provider/scheduledTask/sentences";
import { isUnknown } from "../provider/scheduledTask/wire";
import type { TaskReview } from "./tasks";
import { type Words, words } from "./words";

/** What somebody did in the cloud; null for nothing that is known. */
export function happenedTo({ verdict, fields, state, live, wanted }: TaskReview, language: Language): string | null {
  const text = words[language];
  if (verdict === "gone") return text.gone;
  if (state !== undefined && live === undefined && wanted === undefined) return text.goneToo;
  const isDrifted = fields.some(({ cause }) => cause !== "planned" && cause !== "differs");
  return isDrifted && state && live ? driftSentence(state, live, language) : null;
}

/** With when the task runs next, where that is known; null for nothing, or nothing but what the verdict says. */
export function whatUpDoes(task: TaskReview, now: Date, language: Language): string | null {
  const text = words[language];
  const own = ofTask(task, now, language);
  const hidden = hiddenTold(task, text);
  if (own === null && hidden.length === 0) return null;
  const told = own === null ? [...hidden, taskSentence(task.wanted ?? {}, now, language)] : [own, ...hidden];
  return told.join(text.separator);
}

function ofTask(task: TaskReview, now: Date, language: Language): string | null {
  const { verdict, fields, live, wanted } = task;
  const text = words[language];
  switch (verdict) {
    case "gone":
      return comesBack(task, now, language);
    case "removed":
      return live ? text.deletes(taskSentence(live, now, language)) : text.forgets;
    case "released":
      return live ? text.releases(taskSentence(live, now, language)) : text.forgets;
    case "adopted":
      return adopts(task, now, language);
    case "accepted":
      return text.accepts(taskSentence(wanted ?? {}, now, language));
    default:
      if (task.isUnknown && live) return text.unknownTask;
      return live && wanted && fields.some(({ cause }) => cause !== "accepted")
        ? changeSentence(live, wanted, now, language)
        : null;
  }
}

function comesBack(task: TaskReview, now: Date, language: Language): string {
  const text = words[language];
  if (task.isUnknown) return text.makesAgain(text.unknownTask);
  const sentence = text.makesAgain(taskSentence(task.wanted ?? {}, now, language));
  const changes = changesOfCode(task, language);
  return changes.length === 0
    ? sentence
    : [sentence, text.codeChanged(changes.join(text.separator))].join(text.separator);
}

/** Of a task that is gone: where it is to be is no field of the API, of which the other sentence tells. */
function changesOfCode({ state, wanted, fields }: TaskReview, language: Language): string[] {
  const text = words[language];
  const moves = fields.filter(({ field }) => field.wireName === undefined);
  const shown = (value: unknown): string => (isUnknown(value) ? text.unknown : String(value ?? text.none));
  return [
    ...(state && wanted && moves.length < fields.length ? [driftSentence(state, wanted, language)] : []),
    ...moves.map(({ field, old, wanted: next }) => text.becomes(field.label[language], shown(old), shown(next))),
  ];
}

function adopts({ live, wanted, fields }: TaskReview, now: Date, language: Language): string {
  const text = words[language];
  const sentence = taskSentence(wanted ?? {}, now, language);
  if (live === undefined) return text.adopts(sentence);
  if (fields.length === 0) return text.adoptsEqual(sentence);
  const labels = fields.map(({ field }) => field.label[language]).join(", ");
  return text.adoptsUnequal(labels, taskSentence(live, now, language), sentence);
}

function hiddenTold({ hidden }: TaskReview, text: Words): string[] {
  return [...Map.groupBy(hidden, ({ cause }) => cause)].map(([cause, some]) =>
    text.hidden[cause](some.map(({ name }) => row(name).label[text.language]).join(", ")),
  );
}
