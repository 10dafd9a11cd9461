/** What tests ask of a page: scripts that run within it. */

/** Texts of the controls that have no room for them. */
export const cutTexts = `[...document.querySelectorAll("input, select, .bar > button")].flatMap((control) => {
  const text = control.placeholder ?? control.selectedOptions?.[0].text ?? control.textContent;
  const style = getComputedStyle(control);
  const measure = document.createElement("span");
  Object.assign(measure.style, { font: style.font, whiteSpace: "nowrap", position: "absolute" });
  measure.textContent = text;
  document.body.append(measure);
  const arrow = control.matches("select") ? 20 : 0;
  const room = control.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - arrow;
  return measure.getBoundingClientRect().width <= room ? [] : [text];
})`;

/** How far to the right each text of the first heading of a card begins, in the order of the document. */
export const lefts = `[...document.querySelector("h4").childNodes].filter((node) => node instanceof Text).map((text) => {
  const range = document.createRange();
  range.selectNodeContents(text);
  return range.getBoundingClientRect().left;
})`;

/** Has the page note, when it is printed, which of its folded parts are open, and how many items each holds. */
export const notePrinting = `addEventListener("beforeprint", () => {
  document.body.dataset.printed = [...document.querySelectorAll("details")]
    .map((details) => details.open + " " + details.querySelectorAll("li, tbody tr").length);
})`;

/** Two Chinese characters, as the browser draws them. */
export const drawnCharacters = `["定", "任"].map((character) => {
  const context = document.createElement("canvas").getContext("2d");
  context.font = "30px sans-serif";
  context.fillText(character, 2, 32);
  return context.canvas.toDataURL();
})`;
