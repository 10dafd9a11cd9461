/** `huaweicloud-workspace export`: from the tasks of a project to a program that takes them over. */
import { accessSync, constants, existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import { readSettings, type Settings } from "../provider/cloud/configuration";
import { queried } from "../provider/scheduledTask/queried";
import { shellWord } from "../review/shellWord";
import { selectStack, settingsOf } from "../review/stack";
import type { ExportFlags } from "./flags";
import { heldIn } from "./held";
import { liveTasks } from "./liveTasks";
import { programOf, type Secret } from "./program";
import { projectFiles } from "./project";
import { writers } from "./writers";

type Files = { readonly [file: string]: string };

/**
 * Prints the program, or writes it to a folder. What people should know goes to standard error.
 *
 * @throws when there is no task to export, a file that would be written is there already, or a program in a folder would lack
 *   its secrets
 */
export async function exportTasks(flags: ExportFlags): Promise<void> {
  const { format, output, filter, type, split, marked = false, secrets: secretsFile } = flags;
  const tell = (message: string): void => console.error(`huaweicloud-workspace: ${message}`);
  const { settings, ids, taken, keys } = await surroundings(flags);
  const cloud = queried(settings, {}, { engineRuns: async () => true, tell });
  const wanted = { names: filter, types: type, held: new Set(ids), taken: [...taken, ...keys], marked };
  const { tasks, names, notes } = await liveTasks(cloud, wanted, settings.owner);
  notes.forEach(tell);
  if (tasks.length === 0) throw new Error("there is no task to export");
  const program = programOf(tasks, split === true, { names, taken, keys });
  const files = writers[format](program);
  const secrets = format === "import" ? [] : program.secrets;
  const secret = whatIsSecret(secrets);
  if (secrets.length > 0 && secretsFile === undefined && output !== undefined)
    throw new Error(`${secret}: give --secrets FILE too, for their values. Nothing was written`);
  const kept = secretsFile === undefined ? [] : [secretsIn(resolve(secretsFile), secrets)];
  if (output === undefined) {
    writeNew(kept);
    process.stdout.write(Object.values(files).join("\n"));
  } else {
    const within = (some: Files): NewFile[] =>
      Object.entries(some).map(([name, text]) => ({ file: join(resolve(output), name), text }));
    const project = within(projectFiles[format]()).filter(({ file }) => !existsSync(file));
    writeNew([...within(files), ...kept, ...project]);
  }
  for (const { file } of kept)
    tell(
      secrets.length === 0
        ? `no extraParams may hold a secret: ${file} holds none.`
        : `${secret}. In its folder: pulumi config set-all --json "$(cat ${shellWord(file)})", then delete ${file}.`,
    );
  if (secrets.length > 0 && kept.length === 0) tell(`${secret}. With --secrets FILE they are written for it.`);
  tell(`${tasks.length} ${tasks.length === 1 ? "task" : "tasks"} exported.`);
}

/** Of the stacks: where they work, and what they hold. Without one, the environment says where. */
async function surroundings({ stack: names, cwd, endpoint }: ExportFlags) {
  const stacks = [];
  for (const name of names) stacks.push(await selectStack(resolve(cwd), name));
  const [first] = stacks;
  const given: Settings = first ? await settingsOf(first) : readSettings(() => undefined, process.env);
  const held = await Promise.all(stacks.map(async (stack) => heldIn(await stack.exportStack())));
  const keys = await Promise.all(stacks.map(keysOf));
  return {
    settings: { ...given, ...(endpoint !== undefined && { endpoint }) },
    ids: held.flatMap(({ ids }) => ids),
    taken: held.flatMap(({ names: own }) => own),
    keys: keys.flat(),
  };
}

/** Of the configuration of a stack, those of the project itself. */
async function keysOf(stack: Stack): Promise<string[]> {
  const { name } = await stack.workspace.projectSettings();
  const keys = Object.keys(await stack.getAllConfig());
  return keys.flatMap((key) => (key.startsWith(`${name}:`) ? [key.slice(name.length + 1)] : []));
}

interface NewFile {
  readonly file: string;
  readonly text: string;
  /** @default what the system gives to new files */
  readonly mode?: number;
}

function whatIsSecret({ length }: readonly Secret[]): string {
  const whose = length === 1 ? "1 task" : `${length} tasks`;
  return `extraParams of ${whose} may hold a secret, so the program reads them from the configuration of its stack`;
}

function secretsIn(file: string, secrets: readonly Secret[]): NewFile {
  const config = Object.fromEntries(secrets.map(({ key, value }) => [key, { value, secret: true }]));
  return { file, text: `${JSON.stringify(config, undefined, 2)}\n`, mode: 0o600 };
}

/** All of them, or none when one has no place. */
function writeNew(files: readonly NewFile[]): void {
  const places = new Set<string>();
  for (const { file } of files) {
    if (places.has(file) || existsSync(file))
      throw new Error(`${file} is there already: give another place, or move it`);
    places.add(file);
    checkFolder(dirname(file));
  }
  for (const { file, text, mode = 0o666 } of files) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: "wx", mode });
  }
}

/** @throws unless the folder, or where it is to be made, can be written to */
function checkFolder(folder: string): void {
  if (!existsSync(folder)) checkFolder(dirname(folder));
  else if (!statSync(folder).isDirectory()) throw new Error(`${folder} is no folder: give another place`);
  else accessSync(folder, constants.W_OK);
}
