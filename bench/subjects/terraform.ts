import { copyFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { terraformCommands } from "../commands";
import { bodiesOf } from "../steps";
import type { Place, Prepared, Subject } from "../subject";
import { command } from "./command";

const { BENCH_TERRAFORM, BENCH_TERRAFORM_PROVIDER } = process.env;

/**
 * Terraform with Mastercard's generic REST provider, when the variables name both executables; else nothing.
 *
 * @param more flags of each of its commands
 */
export const terraformSubjects = (name: string, ...more: readonly string[]): Subject[] =>
  BENCH_TERRAFORM && BENCH_TERRAFORM_PROVIDER
    ? [
        {
          name,
          mayFail: true,
          prepare: (place) => prepare(resolve(BENCH_TERRAFORM), resolve(BENCH_TERRAFORM_PROVIDER), more, place),
        },
      ]
    : [];

/** As many at a time as the provider sends requests, which is more than the ten that Terraform takes by itself. */
const PARALLEL = "-parallelism=50";

async function prepare(
  terraformFile: string,
  provider: string,
  more: readonly string[],
  { emulator, folder }: Place,
): Promise<Prepared> {
  symlinkSync(provider, join(folder, "terraform-provider-restapi"));
  const settings = join(folder, "terraform.rc");
  writeFileSync(settings, `provider_installation {\n  dev_overrides { "Mastercard/restapi" = "${folder}" }\n}\n`);
  copyFileSync(resolve(__dirname, "../peers/terraform/main.tf"), join(folder, "main.tf"));
  const uri = `${emulator.url}/v2/${emulator.projectId}`;
  const env = { ...process.env, TF_CLI_CONFIG_FILE: settings, TF_VAR_uri: uri, CHECKPOINT_DISABLE: "1" };
  return {
    async take(step, tasks) {
      writeFileSync(join(folder, "bodies.json"), JSON.stringify(bodiesOf(tasks)));
      const asked = terraformCommands[step].split(" ");
      const approved = asked[0] === "plan" ? [] : ["-auto-approve"];
      const flags = ["-input=false", "-no-color", PARALLEL, ...approved, ...more];
      await command(terraformFile, [...asked, ...flags], folder, env);
    },
    stateBytes: async () => statSync(join(folder, "terraform.tfstate")).size,
  };
}
