/** A button beside each command and edit, which copies it. */
import type { PageData } from "../data";
import { fill } from "../words";
import { el, find } from "./dom";

export function addCopyButtons({ words }: PageData): void {
  const status = find("#status", HTMLElement);
  for (const code of document.querySelectorAll<HTMLElement>(".ways code")) {
    const text = code.textContent;
    const button = el(
      "button",
      { type: "button", class: "copy-button", "aria-label": fill(words.copyWhat, text) },
      words.copy,
    );
    button.addEventListener("click", async () => {
      const said = (await copied(text)) ? words.copied : words.selected;
      if (said === words.selected) getSelection()?.selectAllChildren(code);
      button.textContent = said;
      status.textContent = said;
      setTimeout(() => {
        button.textContent = words.copy;
      }, 2000);
    });
    code.after(button);
  }
}

/** A page that came over plain HTTP has no clipboard, and a browser may refuse it. */
async function copied(text: string): Promise<boolean> {
  if (!isSecureContext) return false;
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}
