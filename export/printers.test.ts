import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { programOf } from "./program";
import { liveTasks } from "./tasks.fixture";
import { writers } from "./writers";

const fixtures = join(__dirname, "fixtures");

/** Golden files, read as text; `RECORD=1` writes them anew. */
function compare(name: string, files: { readonly [file: string]: string }): void {
  const folder = join(fixtures, name);
  // A name that no tool takes for one of its own: they are text.
  const golden = Object.fromEntries(Object.entries(files).map(([file, text]) => [`${file}.txt`, text]));
  if (process.env.RECORD) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const [file, text] of Object.entries(golden)) writeFileSync(join(folder, file), text);
  }
  const recorded = readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]);
  expect(golden).toEqual(Object.fromEntries(recorded));
}

test.each(Object.entries(writers))("%s in one file", (name, print) => {
  compare(name, print(programOf(liveTasks, false)));
});

test.each(Object.entries(writers).filter(([name]) => name !== "yaml"))("%s in several files", (name, print) => {
  compare(`${name}-split`, print(programOf(liveTasks, true)));
});

test.each(Object.entries(writers))("%s holds no text that may be a secret", (_, print) => {
  const text = Object.values(print(programOf(liveTasks, false))).join("");
  expect(text).not.toContain("planted");
});

test("functions of Go, whose identifiers have no marks, have names of their own", () => {
  const live = ["कि-a", "कि-b", "का-a", "का-b"].map((taskName) => ({
    id: taskName,
    inputs: { taskName, taskType: "STOP", scheduledType: "LIFE_CYCLE" },
  }));
  const text = Object.values(writers.go(programOf(live, true))).join("");
  expect(text.match(/(?<=func )tasks[^(]*/g)).toEqual(["tasksक", "tasksक2"]);
  expect(text).toContain("\t\t\ttasksक(ctx),\n\t\t\ttasksक2(ctx),\n");
});
