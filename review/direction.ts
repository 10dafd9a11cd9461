/** Characters that turn the direction in which a text is read, so that a name can hide what it says. */
const turning = /\p{Bidi_Control}/gu;

/** The text in parts: what stands between such characters, and each one of them as `U+202E`. */
export function directionParts(text: string): { readonly text: string; readonly sign: string | null }[] {
  const parts: { text: string; sign: string | null }[] = [];
  let start = 0;
  for (const { 0: found, index } of text.matchAll(turning)) {
    if (index > start) parts.push({ text: text.slice(start, index), sign: null });
    parts.push({ text: found, sign: signOf(found) });
    start = index + found.length;
  }
  return start < text.length ? [...parts, { text: text.slice(start), sign: null }] : parts;
}

/** The text with each such character written as `U+202E`, which turns nothing. */
export const withoutTurns = (text: string): string => text.replace(turning, signOf);

const signOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
