import { Misconfigured } from "./errors";
import { keepSecret } from "./redaction";

/** One setting of the provider: stack config `huaweicloud-workspace:<name>`, else the environment variable. */
export interface Setting {
  readonly name: string;
  readonly environment?: string;
  readonly secret?: boolean;
  /** The allowed values, the default first. */
  readonly values?: readonly string[];
  readonly doc: string;
}

const configuration = [
  { name: "region", environment: "HW_REGION_NAME", doc: "Region of the tasks, such as cn-north-4." },
  { name: "projectId", environment: "HW_PROJECT_ID", doc: "Id of the project of the tasks." },
  {
    name: "endpoint",
    doc: "Address of the Workspace API, instead of https://workspace.<region>.myhuaweicloud.com. Plain http only on loopback.",
  },
  { name: "accessKey", environment: "HW_ACCESS_KEY", secret: true, doc: "Access key id (AK)." },
  { name: "secretKey", environment: "HW_SECRET_KEY", secret: true, doc: "Secret access key (SK)." },
  { name: "securityToken", environment: "HW_SECURITY_TOKEN", secret: true, doc: "Security token of temporary keys." },
  {
    name: "authToken",
    environment: "HW_AUTH_TOKEN",
    secret: true,
    doc: "IAM token, sent as X-Auth-Token instead of a signature.",
  },
  { name: "timeZone", doc: "Time zone of timed tasks that declare none, such as Asia/Shanghai." },
  {
    name: "onConflict",
    values: ["warn", "fail", "overwrite"],
    doc: 'What an update does with fields that somebody else changed: "warn" (default) names them and sends only its own, "fail" stops, "overwrite" is silent. With "overwrite" adoptTaskId also takes over a task that differs from its declaration.',
  },
  {
    name: "onExisting",
    environment: "HUAWEICLOUD_WORKSPACE_ON_EXISTING",
    values: ["error", "adopt"],
    doc: 'What a creation does when exactly this task is there already: "error" (default) stops and names it, "adopt" takes it over, as after a run that was killed. The environment variable wins.',
  },
  {
    name: "owner",
    doc: "Who manages the tasks, such as acme/prod: [acme/prod] is appended to their descriptions in the cloud, and a task with this mark is known as one's own after a run that was killed.",
  },
] as const satisfies readonly Setting[];

export type SettingName = (typeof configuration)[number]["name"];
export const settings: readonly (Setting & { readonly name: SettingName })[] = configuration;
type SettingValue<N extends SettingName> =
  Extract<(typeof configuration)[number], { name: N }> extends { values: readonly (infer V)[] } ? V : string;
export type Settings = { readonly [N in SettingName]?: SettingValue<N> };

/**
 * The settings that are given, stack config before environment; an empty text counts as not given.
 *
 * @throws Misconfigured for a value that is not allowed
 */
export function readSettings(
  stackConfig: (key: string) => string | undefined,
  environment: { readonly [name: string]: string | undefined },
): Settings {
  // Credentials come from one source as a whole: a key of one never meets the token of another.
  const hasOwn = settings.some(({ name, secret }) => secret && stackConfig(`huaweicloud-workspace:${name}`));
  const given = settings.map((setting) => [
    setting.name,
    chosenValue(setting, stackConfig, setting.secret && hasOwn ? {} : environment),
  ]);
  const chosen: Settings = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  for (const { name, secret } of settings) if (secret) keepSecret(chosen[name]);
  return chosen;
}

function chosenValue(
  { name, environment: variable = "", values }: Setting,
  stackConfig: (key: string) => string | undefined,
  environment: { readonly [name: string]: string | undefined },
): string | undefined {
  const key = `huaweicloud-workspace:${name}`;
  // A switch is set for one run by its variable, whatever the stack says.
  const value =
    (values ? environment[variable] || stackConfig(key) : stackConfig(key) || environment[variable]) || undefined;
  if (value !== undefined && values?.includes(value) === false)
    throw new Misconfigured(`${key}: "${value}" is not allowed; expected one of ${values.join(", ")}.`);
  return value;
}
