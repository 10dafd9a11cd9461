import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { junit } from "./junit";
import { markdown } from "./markdown";
import { code } from "./markdownText";
import type { Preview } from "./preview";
import { everyKind, everyUnmanaged, now, preview, resource, weekly } from "./preview.fixture";
import { noneUnmanaged, type Report, reportOf, reviewedStack } from "./report";

/** Texts that people read are compared with files that people have read; `RECORD=1` writes them. */
function expectGolden(name: string, text: string): void {
  const file = join(__dirname, "fixtures", name);
  if (process.env.RECORD) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, "utf8"));
}

const report = (language: "en" | "zh"): Report =>
  reportOf([reviewedStack(everyKind)], everyUnmanaged, { now, language });
const reportIn = (...previews: readonly Preview[]): Report =>
  reportOf(previews.map(reviewedStack), noneUnmanaged, { now, language: "en" });
const ofOne = (name: string): Report =>
  reportIn(preview([resource("one", undefined, undefined, weekly({ taskName: name }))]));

test("Markdown", () => expectGolden("report.md", markdown(report("en"))));
test("Markdown in Chinese", () => expectGolden("report.zh.md", markdown(report("zh"))));
test("JUnit", () => expectGolden("report.xml", junit(report("en"))));
test("JSON", () => expectGolden("report.json", `${JSON.stringify(report("en"), undefined, 2)}\n`));

test("a clean stack has no comment", () => {
  const same = weekly();
  expect(markdown(reportIn(preview([resource("one", same, same, same)])))).toBe("");
});

test("without a refresh it is said that no drift can be seen", () => {
  const one = resource("one", weekly(), weekly(), weekly({ scheduledTime: "01:00" }));
  expect(markdown(reportIn(preview([one], { isRefreshed: false })))).toContain("drift cannot be seen");
  const same = resource("one", weekly(), weekly(), weekly());
  expect(markdown(reportIn(preview([same], { isRefreshed: false })))).toContain("drift cannot be seen");
});

test.each([1, 100, 400, 3_000])(
  "a comment about %i tasks keeps within 60,000 characters, headlines before details",
  (count) => {
    const tasks = Array.from({ length: count }, (_, at) =>
      resource(
        `task-${at}`,
        weekly({ taskName: `task-${at}` }),
        weekly({ taskName: `task-${at}`, enable: false }),
        weekly({ taskName: `task-${at}` }),
      ),
    );
    const text = markdown(reportIn(preview(tasks)));
    expect(text.length).toBeLessThanOrEqual(60_000);
    expect(text.startsWith(`## Scheduled tasks: ${count} drift, 0 unchanged`)).toBe(true);
    const [headlines, details] = [text.match(/^- \*\*/gm)?.length, text.match(/<details>/g)?.length ?? 0];
    if (count <= 400) expect(headlines).toBe(count);
    expect(text.includes("left out here for length")).toBe(details < count);
    expect(text.match(/<\/details>/g)?.length ?? 0).toBe(details);
  },
);

test("no name is markup, in any format", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 30 }), (name) => {
      const lines = markdown(ofOne(`x${name}x`)).split("\n");
      expect(lines.filter((line) => line.startsWith(`- **${code(`x${name}x`)}** (new): `))).toHaveLength(1);
      const xml = junit(ofOne(`x${name}x`));
      expect(xml.match(/</g)).toHaveLength(junit(ofOne("x")).match(/</g)?.length ?? 0);
    }),
  );
});

test("what a command names is one word for a shell", () => {
  const inputs = weekly({ taskName: "$(touch pwned) `id` it's" });
  const found = { tasks: [{ id: "id1", stack: "acme/desktops/dev", inputs }], leftToOwners: {} };
  const [task] = reportOf([], found, { now, language: "en" }).unmanaged;
  expect(task?.waysOut[0]?.code).toBe(
    "pulumi import --stack acme/desktops/dev huaweicloud-workspace:index:ScheduledTask -- '$(touch pwned) `id` it'\\''s' id1",
  );
});

test("of several stacks each task is named with its own", () => {
  const one = resource("one", undefined, undefined, weekly());
  const text = markdown(reportIn(preview([one]), preview([one], { stack: "prod" })));
  expect(text).toContain("**`dev: stop`**");
  expect(text).toContain("**`prod: stop`**");
});
