import { copyFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { bodiesOf, type Step } from "../steps";
import type { Place, Prepared, Subject } from "../subject";
import { command } from "./command";

const { BENCH_TERRAFORM, BENCH_TERRAFORM_PROVIDER } = process.env;

/** Terraform with Mastercard's generic REST provider, when the variables name both executables. */
export const terraform: Subject | undefined =
  BENCH_TERRAFORM && BENCH_TERRAFORM_PROVIDER
    ? {
        name: "Terraform, REST provider",
        mayFail: true,
        prepare: (place) => prepare(resolve(BENCH_TERRAFORM), resolve(BENCH_TERRAFORM_PROVIDER), place),
      }
    : undefined;

/** As many at a time as the provider sends requests, which is more than the ten that Terraform takes by itself. */
const PARALLEL = "-parallelism=50";
const quietly = ["-input=false", "-no-color", PARALLEL];

const commands: { readonly [S in Step]: readonly string[] } = {
  create: ["apply", "-auto-approve", ...quietly],
  "nothing changed": ["plan", ...quietly],
  "drift check": ["plan", "-refresh-only", ...quietly],
  "change 10%": ["apply", "-auto-approve", ...quietly],
  "repair drift of 5%": ["apply", "-auto-approve", ...quietly],
  destroy: ["destroy", "-auto-approve", ...quietly],
};

async function prepare(terraformFile: string, provider: string, { emulator, folder }: Place): Promise<Prepared> {
  symlinkSync(provider, join(folder, "terraform-provider-restapi"));
  const settings = join(folder, "terraform.rc");
  writeFileSync(settings, `provider_installation {\n  dev_overrides { "Mastercard/restapi" = "${folder}" }\n}\n`);
  copyFileSync(resolve(__dirname, "../peers/terraform/main.tf"), join(folder, "main.tf"));
  const uri = `${emulator.url}/v2/${emulator.projectId}`;
  const env = { ...process.env, TF_CLI_CONFIG_FILE: settings, TF_VAR_uri: uri, CHECKPOINT_DISABLE: "1" };
  return {
    async take(step, tasks) {
      writeFileSync(join(folder, "bodies.json"), JSON.stringify(bodiesOf(tasks)));
      await command(terraformFile, commands[step], folder, env);
    },
    stateBytes: async () => statSync(join(folder, "terraform.tfstate")).size,
  };
}
