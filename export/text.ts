/** Texts as literals of languages. */

/** What cannot be seen, or changes how the rest is shown: control, format and unassigned characters, odd spaces. */
const invisible = /(?! )[\p{C}\p{Z}]/gu;

const escaped = (text: string, astral: (hex: string) => string): string =>
  text.replace(invisible, (character) => {
    const hex = (character.codePointAt(0) ?? 0).toString(16);
    return hex.length > 4 ? astral(hex) : `\\u${hex.padStart(4, "0")}`;
  });

export const javascriptText = (text: string): string => escaped(JSON.stringify(text), (hex) => `\\u{${hex}}`);

/** In double quotes, Python, Go and YAML escape alike. */
export const quotedText = (text: string): string =>
  escaped(JSON.stringify(text), (hex) => `\\U${hex.padStart(8, "0")}`);

/** In one line, and nothing in it that a terminal obeys. */
export const visibleText = (text: string): string => escaped(text, (hex) => `\\u{${hex}}`);

/** The half of a character, as a cut text ends in: neither the engine nor a file can carry it. */
export const hasHalfCharacter = (text: string): boolean => /\p{Surrogate}/u.test(text);

const plainYaml = /^\p{L}(?:[\p{L}\p{M}\p{Nd} _./-]*[\p{L}\p{M}\p{Nd}_./-])?$/u;
const reservedYaml = /^(?:true|false|yes|no|on|off|y|n|null)$/i;

/** Without quotes where every version of YAML reads the same text. */
export const yamlText = (text: string): string =>
  plainYaml.test(text) && !reservedYaml.test(text) ? text : quotedText(text);
