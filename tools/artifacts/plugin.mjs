import { copyFileSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle, executable } from "../bundle.mjs";
import { repository } from "../prepare.mjs";
import { archive } from "./archive.mjs";
import { writeSbom } from "./sbom.mjs";

const systems = ["linux", "darwin", "windows"];
/** The same bytes for both: JavaScript. They are two files because the engine asks for one by this name. */
const processors = ["amd64", "arm64"];

/** On Windows the engine starts no file without an extension: it looks for `.exe`, then for `.cmd`. */
const windowsLauncher = `@echo off\r\nnode "%~dp0${executable}" %*\r\n`;

/** The plugin as `pulumi plugin install` takes it, for each platform, and what it is made of. */
export async function writePlugin(folder, version, work) {
  const plugin = join(work, "plugin");
  const packages = await bundle(plugin);
  copyFileSync(join(repository, "LICENSE"), join(plugin, "LICENSE"));
  for (const system of systems) {
    const content = join(work, `plugin-${system}`);
    mkdirSync(content);
    cpSync(plugin, content, { recursive: true });
    if (system === "windows") writeFileSync(join(content, `${executable}.cmd`), windowsLauncher);
    for (const processor of processors) {
      await archive(join(folder, `${executable}-v${version}-${system}-${processor}.tar.gz`), content);
    }
  }
  writeSbom(join(folder, `${executable}-v${version}.cdx.json`), packages);
}
