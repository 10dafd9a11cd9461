import fc from "fast-check";
import { embeddedCode, embeddedJson, markup } from "./markup";

const shown = (html: string): string =>
  html
    .replace(/<bdi data-sign="U\+[0-9A-F]{4}">(.)<\/bdi>/gs, "$1")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

test("no text is markup, in an element or in an attribute, and each one shows as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const { text: html } = markup`<p title="${text}">${text}</p>`;
      const [, attribute = "", content = ""] = /^<p title="([^"<>]*)">(.*)<\/p>$/s.exec(html) ?? [];
      expect([shown(attribute), shown(content)]).toEqual([text, text]);
    }),
  );
});

test("what turns the direction of a text is shown in it and turns nothing, but in an attribute, which is no text", () => {
  const name = "a\u202eb";
  expect(markup`<p title="${name}" class="${name}">${name}<b>${name}</b></p>`.text).toBe(
    '<p title="a\u202eb" class="a\u202eb">a<bdi data-sign="U+202E">\u202e</bdi>b<b>a<bdi data-sign="U+202E">\u202e</bdi>b</b></p>',
  );
});

test("markup within markup stays, lists are joined, and null is nothing", () => {
  expect(markup`<ul>${["<", markup`<li>`, 3, null]}</ul>`.text).toBe("<ul>&#60;<li>3</ul>");
});

test("data within a script element is the same data, and cannot end the element", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom("</script>", "<!--", "\u2028", "&"), (value, tail) => {
      const { text } = embeddedJson([value, tail]);
      expect(text).not.toMatch(/[<>&\u2028\u2029]/);
      expect(text).toBe(embeddedJson(JSON.parse(text)).text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify([value, tail])));
    }),
  );
});

test.each(["</script>", "</STYLE >", "<!--"])("code that holds %s is refused", (text) => {
  expect(() => embeddedCode(text)).toThrow("would end the element");
});
