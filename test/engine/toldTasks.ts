/** A field as a report shows it. */
type Field = readonly [label: string, lastRun: string, live: string, code: string];
type Task = readonly [verdict: string, ...fields: Field[]];

/** The tasks that a report says to differ, by name. */
export type Told = { readonly [name: string]: Task };

export type TextFormat = "markdown" | "html" | "junit";

/** Read back from a report in English, so that nothing counts but what its text says; one that it tells twice is refused. */
export const toldTasks: { readonly [F in TextFormat]: (text: string) => Told } = {
  markdown(text) {
    const details = [...text.matchAll(/<details><summary><code>(.*?)<\/code>.*?<\/details>/gs)];
    const fields = distinct(details.map(([block, name = ""]) => [plain(name), rowsOf(block)]));
    const headlines = [...text.matchAll(/^- \*\*`(.*?)`\*\* \((.*?)\): /gm)];
    const tasks = distinct(
      headlines.map(([, name = "", verdict = ""]): [string, Task] => [name, [verdict, ...(fields[name] ?? [])]]),
    );
    expect(Object.keys(tasks)).toEqual(expect.arrayContaining(Object.keys(fields)));
    return tasks;
  },
  html(text) {
    const cards = [...text.matchAll(/<article class="card (\w+)".*?<\/article>/gs)];
    return distinct(
      cards.map(([card, verdict = ""]): [string, Task] => {
        const rows = card.matchAll(/<tr><th scope="row">(.*?)<td>(.*?)<td>(.*?)<td>(.*?)<td class="why">/gs);
        return [plain(/<h4[^>]*>(.*?)<\/h4>/s.exec(card)?.[1] ?? ""), [verdict, ...[...rows].map(fieldOf)]];
      }),
    );
  },
  junit(text) {
    const failed = [...text.matchAll(/<testcase [^>]*?name="([^"]*)" time="0">(.*?)<\/testcase>/gs)];
    return distinct(
      failed.map(([, name = "", content = ""]): [string, Task] => {
        const [, verdict = "", body = ""] = /<failure type="(\w+)"[^>]*>(.*)<\/failure>/s.exec(content) ?? [];
        const lines = plain(body).matchAll(/^(.*?): last run (.*); live (.*); code (.*) \(.*\)$/gm);
        return [plain(name), [verdict, ...[...lines].map(fieldOf)]];
      }),
    );
  },
};

/** The rows of a table in Markdown, without its head. */
const rowsOf = (block: string): Field[] =>
  [...block.matchAll(/^\| (.*?) \| (.*?) \| (.*?) \| (.*?) \| .* \|$/gm)].slice(2).map(fieldOf);

const fieldOf = ([, ...cells]: RegExpMatchArray): Field => {
  const [label = "", lastRun = "", live = "", code = ""] = cells.map(plain);
  return [label, lastRun, live, code];
};

/** What a reader sees of markup. */
const plain = (text: string): string =>
  text.replace(/<[^>]*>/g, "").replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

function distinct<T>(entries: readonly (readonly [name: string, value: T])[]): { [name: string]: T } {
  const names = entries.map(([name]) => name);
  expect(names).toEqual([...new Set(names)]);
  return Object.fromEntries(entries);
}
