/**
 * Reports what the package offers to TypeScript, for reviewers to see each change of it: sdk/nodejs.api.md for
 * `pulumi-huaweicloud-workspace`, sdk/plugin.api.md for `pulumi-huaweicloud-workspace/plugin`.
 *
 *   node tools/api.mjs [--check]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";
import { prepareBuild, repository } from "./prepare.mjs";

const silent = { default: { logLevel: "none" } };
const compilerOptions = {
  target: "es2022",
  module: "node16",
  moduleResolution: "node16",
  lib: ["es2024"],
  types: ["node"],
  strict: true,
  skipLibCheck: true,
};

/** @param name of the folder in sdk/ */
function configOf(name, reportTempFolder) {
  const entry = join(repository, "dist", "sdk", name, "index.d.ts");
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: repository,
      mainEntryPointFilePath: entry,
      newlineKind: "lf",
      compiler: { overrideTsconfig: { compilerOptions, files: [entry] } },
      apiReport: {
        enabled: true,
        includeForgottenExports: true,
        reportFileName: name,
        reportFolder: join(repository, "sdk"),
        reportTempFolder,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: { compilerMessageReporting: silent, extractorMessageReporting: silent, tsdocMessageReporting: silent },
    },
    packageJsonFullPath: join(repository, "package.json"),
  });
}

const onlyCheck = process.argv.includes("--check");
await prepareBuild();
const work = mkdtempSync(join(tmpdir(), "api-"));
try {
  for (const name of ["nodejs", "plugin"]) {
    const quiet = (message) => (message.handled = true);
    const { apiReportChanged } = Extractor.invoke(configOf(name, work), {
      localBuild: !onlyCheck,
      messageCallback: quiet,
    });
    if (!apiReportChanged) continue;
    if (onlyCheck) process.exitCode = 1;
    console.error(
      onlyCheck
        ? `sdk/${name}.api.md is stale: run "npm run generate:api" and commit what it writes.`
        : `sdk/${name}.api.md written`,
    );
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
