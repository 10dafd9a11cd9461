/** What happened to a task, and what an `up` does about it, in a sentence each; pure. */
import { type Language, row } from "../provider/scheduledTask/fields";
import { changeSentence, driftSentence, taskSentence } from "../provider/scheduledTask/sentences";
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

/** Null for nothing, or nothing but what the verdict says. */
export function whatUpDoes(task: TaskReview, now: Date, language: Language): string | null {
  const text = words[language];
  const told = [ofTask(task, now, language), ...hiddenTold(task, text)].filter((one) => one !== null);
  return told.length > 0 ? told.join(text.separator) : null;
}

function ofTask(task: TaskReview, now: Date, language: Language): string | null {
  const { verdict, fields, live, wanted } = task;
  const text = words[language];
  switch (verdict) {
    case "removed":
      return live ? text.deletes(taskSentence(live, now, language)) : text.forgets;
    case "released":
      return text.releases;
    case "adopted":
      return adopts(task, language);
    case "accepted":
      return text.accepts;
    default:
      if (task.isUnknown && live) return text.unknownTask;
      return live && wanted && fields.some(({ cause }) => cause !== "accepted")
        ? changeSentence(live, wanted, now, language)
        : null;
  }
}

function adopts({ live, fields }: TaskReview, language: Language): string {
  const text = words[language];
  if (live === undefined) return text.adopts;
  if (fields.length === 0) return text.adoptsEqual;
  return text.adoptsUnequal(fields.map(({ field }) => field.label[language]).join(", "));
}

function hiddenTold({ hidden }: TaskReview, text: Words): string[] {
  return [...Map.groupBy(hidden, ({ cause }) => cause)].map(([cause, some]) =>
    text.hidden[cause](some.map(({ name }) => row(name).label[text.language]).join(", ")),
  );
}
