import { join } from "node:path";
import ts from "typescript";

const root = join(__dirname, "../..");

/** Whether each statement compiles, in a program that imports the SDK as a user does. */
function compiles(statements: readonly string[]): boolean[] {
  const imports = 'import { daily, monthly, onEvent, once, ScheduledTask, weekly } from "./index";';
  const file = join(root, "sdk/nodejs/snippet.ts");
  const text = [imports, ...statements].join("\n");
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile).config,
    ts.sys,
    root,
  );
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (path) => path === file || fileExists(path);
  host.readFile = (path) => (path === file ? text : readFile(path));
  host.getSourceFile = (path, target) =>
    path === file ? ts.createSourceFile(path, text, target) : getSourceFile(path, target);
  const program = ts.createProgram([file], options, host);
  const source = program.getSourceFile(file);
  const broken = new Set(
    ts.getPreEmitDiagnostics(program, source).map(({ start = 0 }) => source?.getLineAndCharacterOfPosition(start).line),
  );
  return statements.map((_, index) => !broken.has(index + 1));
}

test("the schedule helpers make a wrong combination a compile error", () => {
  const task = (args: string) => `new ScheduledTask("t", { taskType: "STOP", ${args} });`;
  const good = [
    task('...weekly({ on: ["MON", "FRI"], at: "19:30", timeZone: "Asia/Shanghai" })'),
    task('...once({ on: "2030-12-23", at: "09:00" }), expireTime: "2030-12-31 09:00:00"'),
    task('...daily({ at: "09:00" }), enable: false'),
    task('...daily({ every: 2, at: "09:00" }), applyObjects: [{ objectType: "ALL_DESKTOPS" }]'),
    task('...monthly({ on: [1, "15", "L"], at: "09:00", months: [1] })'),
    task('...onEvent("POST_DESKTOP_DISCONNECTED", { waitTime: 30, priority: 1 })'),
    task('...onEvent("A_FUTURE_EVENT")'),
    task('scheduledType: "WEEK", weekList: ["MON", 7], scheduledTime: "19:30"'),
    'new ScheduledTask("t", { taskType: "A_FUTURE_ACTION", ...daily({ at: "9:00" }), grayCount: 1 });',
    `new ScheduledTask("t", { taskType: "STOP", ...weekly({ on: ["MON"], at: new ScheduledTask("o", { taskType: "STOP", ...daily({ at: "9:00" }) }).id }) });`,
  ];
  const bad = [
    task('...weekly({ on: ["MON"], at: "19:30" }), dayInterval: 2'),
    task('...weekly({ on: ["MONDAY"], at: "19:30" })'),
    task('...weekly({ on: [8], at: "19:30" })'),
    task('...weekly({ on: ["MON"] })'),
    task('...daily({ every: "2", at: "09:00" })'),
    task('...onEvent("POST_DESKTOP_DISCONNECTED"), scheduledTime: "09:00"'),
    task('...onEvent("POST_DESKTOP_DISCONNECTED", { dayInterval: 1 })'),
    task('...once({ on: "2030-12-23", at: "09:00" }), weekList: ["MON"]'),
    task('scheduledType: "WEEK", scheduledTime: "19:30"'),
    task('scheduledType: "YEAR", scheduledTime: "19:30"'),
    task('...daily({ at: "09:00" }), weeklist: ["MON"]'),
    task('...daily({ at: "09:00" }), applyObjects: [{ objectID: "d1", objectType: "DESKTOP" }]'),
    'new ScheduledTask("t", { ...daily({ at: "09:00" }) });',
  ];
  const results = compiles([...good, ...bad]);
  expect(good.filter((_, index) => !results[index])).toEqual([]);
  expect(bad.filter((_, index) => results[good.length + index])).toEqual([]);
});
