/** HTML in which every inserted text is escaped, by construction; pure. */
import { directionParts } from "../direction";

/** Text that is HTML already; only `markup` makes it. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What may stand in HTML: nothing, a text, which is escaped, or HTML. */
export type Part = string | number | null | Markup | readonly Part[];

/** A template whose parts are escaped unless they are markup themselves. */
export function markup(literals: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let isInTag = false;
  const texts = literals.map((literal, place) => {
    const [opens, closes] = [literal.lastIndexOf("<"), literal.lastIndexOf(">")];
    if (opens !== closes) isInTag = opens > closes;
    return literal + htmlOf(parts[place] ?? null, isInTag ? escaped : escapedContent);
  });
  return new Markup(texts.join(""));
}

function htmlOf(part: Part, written: (text: string) => string): string {
  if (part === null) return "";
  if (part instanceof Markup) return part.text;
  return typeof part === "object" ? part.map((one) => htmlOf(one, written)).join("") : written(String(part));
}

/** A text which turns the direction of nothing around it. */
export const isolated = (text: string): Part => (/^[ -~]*$/.test(text) ? text : markup`<bdi>${text}</bdi>`);

/** What would turn the direction of the text around it is shown, and turns nothing. */
const escapedContent = (text: string): string =>
  directionParts(text)
    .map((part) => (part.sign === null ? escaped(part.text) : `<bdi data-sign="${part.sign}">${part.text}</bdi>`))
    .join("");

/** Also within an attribute in quotes. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** JSON within a script element: nothing in it ends the element, or a line of an older JavaScript. */
export const embeddedJson = (value: unknown): Markup =>
  new Markup(
    JSON.stringify(value).replace(
      /[<>&\u2028\u2029]/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  );

/** A script or style of our own, as it is. */
export function embeddedCode(text: string): Markup {
  if (/<\/(script|style)|<!--/i.test(text)) throw new Error("code that would end the element in which it stands");
  return new Markup(text);
}
