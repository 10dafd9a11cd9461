/** `huaweicloud-workspace export`: from the tasks of a project to a program that takes them over. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { readSettings, type Settings } from "../provider/cloud/configuration";
import { queried } from "../provider/scheduledTask/queried";
import { selectStack, settingsOf } from "../review/stack";
import type { ExportFlags, Format } from "./flags";
import { goFiles } from "./go";
import { heldIn } from "./held";
import { importFiles } from "./importFile";
import { liveTasks } from "./liveTasks";
import { type Program, programOf } from "./program";
import { projectFiles } from "./project";
import { pythonFiles } from "./python";
import { typescriptFiles } from "./typescript";
import { yamlFiles } from "./yaml";

type Files = { readonly [file: string]: string };

const writers: { readonly [F in Format]: (program: Program) => Files } = {
  typescript: (program) => typescriptFiles(program, "typescript"),
  "typescript-plugin": (program) => typescriptFiles(program, "typescript-plugin"),
  fleet: (program) => typescriptFiles(program, "fleet"),
  python: pythonFiles,
  go: goFiles,
  yaml: yamlFiles,
  import: importFiles,
};

/**
 * Prints the program, or writes it to a folder. What people should know goes to standard error.
 *
 * @throws when there is no task to export, or a file that would be written is there already
 */
export async function exportTasks(flags: ExportFlags): Promise<void> {
  const { format, output, filter, type, split, marked = false, secrets: secretsFile } = flags;
  const tell = (message: string): void => console.error(`huaweicloud-workspace: ${message}`);
  const { settings, ids, names } = await surroundings(flags);
  const cloud = queried(settings, {}, { engineRuns: async () => true, tell });
  const { tasks, notes } = await liveTasks(
    cloud,
    { names: filter, types: type, held: new Set(ids), marked },
    settings.owner,
  );
  notes.forEach(tell);
  if (tasks.length === 0) throw new Error("there is no task to export");
  const program = programOf(tasks, split === true, names);
  const files = writers[format](program);
  const kept = format === "import" ? [] : secretsOf(program, secretsFile, tell);
  if (output === undefined) {
    writeNew(kept);
    process.stdout.write(Object.values(files).join("\n"));
  } else {
    const within = (some: Files): NewFile[] =>
      Object.entries(some).map(([name, text]) => ({ file: join(resolve(output), name), text }));
    const project = within(projectFiles[format]()).filter(({ file }) => !existsSync(file));
    writeNew([...within(files), ...kept, ...project]);
  }
  tell(`${tasks.length} ${tasks.length === 1 ? "task" : "tasks"} exported.`);
}

/** Of the stacks: where they work, and what they hold. Without one, the environment says where. */
async function surroundings({ stack: names, cwd, endpoint }: ExportFlags) {
  const stacks = [];
  for (const name of names) stacks.push(await selectStack(resolve(cwd), name));
  const [first] = stacks;
  const given: Settings = first ? await settingsOf(first) : readSettings(() => undefined, process.env);
  const held = await Promise.all(stacks.map(async (stack) => heldIn(await stack.exportStack())));
  return {
    settings: { ...given, ...(endpoint !== undefined && { endpoint }) },
    ids: held.flatMap(({ ids }) => ids),
    names: held.flatMap(({ names: taken }) => taken),
  };
}

interface NewFile {
  readonly file: string;
  readonly text: string;
  /** @default what the system gives to new files */
  readonly mode?: number;
}

/** The file that the secrets of the program go into, if one is named. */
function secretsOf({ secrets }: Program, file: string | undefined, tell: (message: string) => void): NewFile[] {
  const values = Object.entries(secrets);
  if (values.length === 0) return [];
  const whose = values.length === 1 ? "1 task" : `${values.length} tasks`;
  const what = `extraParams of ${whose} may hold a secret, so the program reads them from the configuration of its stack`;
  if (file === undefined) {
    tell(`${what}. With --secrets FILE they are written for it.`);
    return [];
  }
  tell(`${what}: pulumi config set-all --json "$(cat ${file})", then delete ${file}.`);
  const config = Object.fromEntries(values.map(([key, value]) => [key, { value, secret: true }]));
  return [{ file: resolve(file), text: `${JSON.stringify(config, undefined, 2)}\n`, mode: 0o600 }];
}

/** All of them, or none when one is there already. */
function writeNew(files: readonly NewFile[]): void {
  const taken = files.find(({ file }) => existsSync(file));
  if (taken !== undefined) throw new Error(`${taken.file} is there already: give another place, or move it`);
  for (const { file, text, mode = 0o666 } of files) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: "wx", mode });
  }
}
