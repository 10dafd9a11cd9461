/**
 * Texts of others within Markdown: nothing that they hold is markup, a link or a mention. What GitHub and GitLab make of
 * names such as `@team`, `#12` or an address they make after Markdown, whatever is escaped, but never within code.
 */
import { withoutTurns } from "./direction";

/** A code span; one that holds back-quotes of its own needs more of them around it. */
export function code(text: string): string {
  const shown = oneLine(text);
  const quotes = "`".repeat(Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  // A span that begins and ends with a space would lose both.
  const space = /^`|`$|^ .* $/.test(shown) ? " " : "";
  return `${quotes}${space}${shown}${space}${quotes}`;
}

/** The same within HTML and in a table, where no backslash escapes, and which a bar would split. */
export const codeElement = (text: string): string =>
  `<code>${oneLine(text).replace(/[^\p{L}\p{N} ,.:;/"'(){}=+-]/gu, (sign) => `&#${sign.codePointAt(0)};`)}</code>`;

/** A sentence. A space of no width stands behind what would else begin a mention, a reference or a link. */
export const prose = (text: string): string =>
  oneLine(text)
    .replace(/[@#!~%$&^](?=\S)|:(?=\/\/)|\b(?:www|GH|gh)(?=[.-])|:(?=[a-z][\w+-]*:)/g, "$&\u200b")
    .replace(/[\\`*_{}[\]()#+!|<>~@&]/g, (sign) => (/[<>&@]/.test(sign) ? `&#${sign.charCodeAt(0)};` : `\\${sign}`));

/** On one line, and in the order in which it is written. */
const oneLine = (text: string): string => withoutTurns(text.replace(/\s+/g, " "));
