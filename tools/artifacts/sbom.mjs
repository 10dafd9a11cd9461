import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../prepare.mjs";

/** Writes in CycloneDX what the plugin is made of: the packages whose code is in the bundle, by their folders. */
export function writeSbom(file, folders) {
  const bundled = new Set(folders.map(idOf));
  // A number by chance and the time are left out: the same plugin has the same list.
  const { serialNumber: _, metadata, components, dependencies, ...rest } = lockedPackages();
  const { timestamp: __, component, ...about } = metadata;
  const listed = components.filter((one) => bundled.has(one["bom-ref"]) && !isForDevelopment(one));
  refuseUnlisted(bundled, listed);

  const refs = new Set([component["bom-ref"], ...bundled]);
  const content = {
    ...rest,
    // npm names it after the folder.
    metadata: { ...about, component: { ...component, name: manifestOf(repository).name } },
    components: listed,
    dependencies: dependencies
      .filter(({ ref }) => refs.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((id) => id !== ref && refs.has(id)) })),
  };
  writeFileSync(file, `${JSON.stringify(content, undefined, 2)}\n`);
}

/** What package-lock.json says of every package. Not with `--omit dev`, which omits ajv and commander too. */
function lockedPackages() {
  const args = ["sbom", "--package-lock-only", "--sbom-format", "cyclonedx"];
  const stdio = ["ignore", "pipe", "pipe"];
  return JSON.parse(execFileSync("npm", args, { cwd: repository, maxBuffer: 64 * 1024 * 1024, stdio }));
}

const isForDevelopment = ({ properties }) => properties.some(({ name }) => name === "cdx:npm:package:development");

function refuseUnlisted(bundled, listed) {
  const known = new Set(listed.map((one) => one["bom-ref"]));
  const unlisted = [...bundled].filter((id) => !known.has(id));
  if (unlisted.length === 0) return;
  throw new Error(
    `The plugin holds code of ${unlisted.join(", ")}, which package-lock.json does not give to users. ` +
      "Run `npm install`; what the plugin imports belongs to the dependencies of package.json.",
  );
}

const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

function idOf(folder) {
  const { name, version } = manifestOf(folder);
  return `${name}@${version}`;
}
