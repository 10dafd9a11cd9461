/** On paper nothing can be opened: all that is folded is open there, as long as it is printed. */
export function startPrinting(): void {
  let opened: readonly HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
    for (const details of opened) {
      details.open = true;
      // The browser tells of it too late for those that make their list then.
      details.dispatchEvent(new Event("toggle"));
    }
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
}
