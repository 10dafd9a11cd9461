import { Misconfigured } from "./errors";
import { keepSecret } from "./redaction";

/** One setting of the provider: stack config `huaweicloud-workspace:<name>`, else the environment variable. */
export interface Setting {
  readonly name: string;
  readonly environment?: string;
  /** Another name of the variable; the first one wins. */
  readonly alias?: string;
  readonly secret?: boolean;
  /** Whether it leads to a credential without being one. */
  readonly leadsToSecret?: boolean;
  /** The allowed values, the default first. */
  readonly values?: readonly string[];
  readonly doc: string;
}

const configuration = [
  { name: "region", environment: "HW_REGION_NAME", doc: "Region of the tasks, such as cn-north-4." },
  {
    name: "projectId",
    environment: "HW_PROJECT_ID",
    doc: "Id of the project of the tasks. Looked up in IAM by the region when it is not given.",
  },
  {
    name: "endpoint",
    doc: "Address of the Workspace API, instead of https://workspace.<region>.myhuaweicloud.com (.eu for eu-west-1xx). Plain http only on loopback.",
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
  { name: "userName", environment: "HW_USER_NAME", doc: "Name of an IAM user, who logs in with the password." },
  {
    name: "password",
    environment: "HW_USER_PASSWORD",
    alias: "HW_PASSWORD",
    secret: true,
    doc: "Password of the IAM user. The token that it gives is kept in memory and renewed.",
  },
  { name: "domainName", environment: "HW_DOMAIN_NAME", doc: "Name of the account that the IAM user belongs to." },
  {
    name: "oidcProviderUrn",
    environment: "HUAWEICLOUD_OIDC_PROVIDER_URN",
    doc: "URN of the OIDC identity provider, for keys in exchange for an id token.",
  },
  {
    name: "oidcAgencyUrn",
    environment: "HUAWEICLOUD_OIDC_AGENCY_URN",
    doc: "URN of the trust agency that the id token opens.",
  },
  { name: "oidcIdToken", environment: "HUAWEICLOUD_OIDC_ID_TOKEN", secret: true, doc: "The OIDC id token." },
  {
    name: "oidcTokenFile",
    environment: "HUAWEICLOUD_OIDC_TOKEN_FILE",
    leadsToSecret: true,
    doc: "File with the OIDC id token, read again at each exchange.",
  },
  {
    name: "sharedConfigFile",
    environment: "HW_SHARED_CONFIG_FILE",
    doc: "Configuration file of the vendor's CLI, read when no other credentials are given; ~/.hcloud/config.json unless named. It must not be encrypted: `hcloud configure set --cli-auth-encrypt=false`.",
  },
  {
    name: "profile",
    environment: "HW_PROFILE",
    doc: "Profile of that file; its `current` one unless named.",
  },
  {
    name: "ecsMetadata",
    environment: "HUAWEICLOUD_WORKSPACE_ECS_METADATA",
    values: ["false", "true"],
    doc: 'With "true", and when no other credentials are given, the keys of the agency of the ECS instance that this runs on. The environment variable wins.',
  },
  {
    name: "assumeRoleAgencyName",
    environment: "HW_ASSUME_ROLE_AGENCY_NAME",
    doc: "Name of an agency to assume with the credentials; its domain goes with it.",
  },
  {
    name: "assumeRoleDomainId",
    environment: "HW_ASSUME_ROLE_DOMAIN_ID",
    doc: "Id of the account that the agency belongs to: it is assumed through STS.",
  },
  {
    name: "assumeRoleDomainName",
    environment: "HW_ASSUME_ROLE_DOMAIN_NAME",
    doc: "Name of that account, when its id is not given: the agency is assumed through IAM v3.",
  },
  {
    name: "assumeRoleDuration",
    environment: "HW_ASSUME_ROLE_DURATION",
    doc: "Seconds that the keys of the agency last, 900 to 43200; renewed before they end. The cloud's default is 3600 (STS) or 900 (IAM v3).",
  },
  {
    name: "iamEndpoint",
    environment: "HUAWEICLOUD_SDK_IAM_ENDPOINT",
    doc: "Address of IAM, instead of https://iam.<region>.myhuaweicloud.com; the endpoint itself when that is on loopback.",
  },
  {
    name: "stsEndpoint",
    environment: "HUAWEICLOUD_SDK_STS_ENDPOINT",
    doc: "Address of STS, instead of https://sts.<region>.myhuaweicloud.com; the endpoint itself when that is on loopback.",
  },
  {
    name: "cacertFile",
    environment: "OS_CACERT",
    doc: "PEM file with certificate authorities to trust beside the usual ones, as a proxy that inspects TLS needs. NODE_EXTRA_CA_CERTS works too.",
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
    name: "review",
    doc: 'Read by `npx huaweicloud-workspace review` alone: thresholds and acknowledgements as JSON, such as {"maxTargets": 50, "acknowledged": ["rebuild:monthly"]}.',
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
  const hasOwn = settings.some((one) => isCredential(one) && stackConfig(`huaweicloud-workspace:${one.name}`));
  const given = settings.map((setting) => [
    setting.name,
    chosenValue(setting, stackConfig, isCredential(setting) && hasOwn ? {} : environment),
  ]);
  const chosen: Settings = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  for (const { name, secret } of settings) if (secret) keepSecret(chosen[name]);
  return chosen;
}

const isCredential = ({ secret, leadsToSecret }: Setting): boolean => secret === true || leadsToSecret === true;

/** Whether a credential is given, or a part of one. */
export const hasCredential = (given: Settings): boolean =>
  settings.some((one) => isCredential(one) && given[one.name] !== undefined);

function chosenValue(
  { name, environment: variable = "", alias = "", values }: Setting,
  stackConfig: (key: string) => string | undefined,
  environment: { readonly [name: string]: string | undefined },
): string | undefined {
  const key = `huaweicloud-workspace:${name}`;
  const fromEnvironment = environment[variable] || environment[alias];
  // A switch is set for one run by its variable, whatever the stack says.
  const value = (values ? fromEnvironment || stackConfig(key) : stackConfig(key) || fromEnvironment) || undefined;
  if (value !== undefined && values?.includes(value) === false)
    throw new Misconfigured(`${key}: "${value}" is not allowed; expected one of ${values.join(", ")}.`);
  return value;
}
