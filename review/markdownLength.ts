/** What of a comment there is room for: headlines before what else there is, and details last; pure. */

/** Text of a task that can be folded, whole and with long values cut. */
export interface Detail {
  readonly whole: string;
  readonly brief: string;
}

/** The parts of a comment that may be too many, each as lines or paragraphs. */
export interface Parts<D> {
  readonly notes: readonly string[];
  readonly findings: readonly string[];
  readonly headlines: readonly string[];
  readonly details: readonly D[];
}

/** Notes and findings have so much of the room in any case; they get what headlines leave. */
const shareOfNotes = 0.1;
const shareOfFindings = 0.1;
/** Most that stands between two of them. */
const separator = 2;

/** Of each part what fits; one that is too long makes way for those behind it. */
export function fitting({ notes, findings, headlines, details }: Parts<Detail>, room: number): Parts<string> {
  const keptNotes = within(notes, room * shareOfNotes);
  const rest = room - lengthOf(keptNotes);
  const keptHeadlines = within(headlines, rest - Math.min(lengthOf(findings), room * shareOfFindings));
  const keptFindings = within(findings, rest - lengthOf(keptHeadlines));
  const left = rest - lengthOf(keptHeadlines) - lengthOf(keptFindings);
  return { notes: keptNotes, findings: keptFindings, headlines: keptHeadlines, details: detailsWithin(details, left) };
}

const sizeOf = (text: string): number => text.length + separator;
const lengthOf = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + sizeOf(text), 0);

function within(texts: readonly string[], room: number): string[] {
  let left = room;
  return texts.filter((text) => {
    const fits = sizeOf(text) <= left;
    if (fits) left -= sizeOf(text);
    return fits;
  });
}

/** All in brief before any is whole. */
function detailsWithin(details: readonly Detail[], room: number): string[] {
  let left = room;
  const kept = details.filter(({ brief }) => {
    const fits = sizeOf(brief) <= left;
    if (fits) left -= sizeOf(brief);
    return fits;
  });
  return kept.map(({ whole, brief }) => {
    const more = whole.length - brief.length;
    if (more > left) return brief;
    left -= more;
    return whole;
  });
}
