/** Elements, made without ever reading a text as HTML. */
import { directionParts } from "../../direction";

type Attributes = { readonly [name: string]: string };

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.flatMap((child) => (typeof child === "string" ? textNodes(child) : [child])));
  return element;
}

/** As everywhere on the page, what would turn the direction of the text around it is shown, and turns nothing. */
const textNodes = (text: string): (Node | string)[] =>
  directionParts(text).map((part) => {
    if (part.sign === null) return part.text;
    const sign = document.createElement("bdi");
    sign.dataset.sign = part.sign;
    sign.textContent = part.text;
    return sign;
  });

/**
 * An element of the page.
 *
 * @throws when the page has none: it was made by another version
 */
export function find<T extends Element>(selector: string, type: new () => T): T {
  const element = document.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`the page has no ${selector}`);
  return element;
}
