import type { Format } from "./flags";
import { goFiles } from "./go";
import { importFiles } from "./importFile";
import type { Program } from "./program";
import { pythonFiles } from "./python";
import { typescriptFiles } from "./typescript";
import { yamlFiles } from "./yaml";

/** The files of a program in each format. */
export const writers: { readonly [F in Format]: (program: Program) => { readonly [file: string]: string } } = {
  typescript: (program) => typescriptFiles(program, "typescript"),
  "typescript-plugin": (program) => typescriptFiles(program, "typescript-plugin"),
  fleet: (program) => typescriptFiles(program, "fleet"),
  python: pythonFiles,
  go: goFiles,
  yaml: yamlFiles,
  import: importFiles,
};
