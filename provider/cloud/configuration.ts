/** One setting of the provider: stack config `huaweicloud-workspace:<name>`, else the environment variable. */
export interface Setting {
  readonly name: string;
  readonly environment?: string;
  readonly secret?: boolean;
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
    doc: 'What adoptTaskId does with a task that differs from its declaration: "fail" (default) or "overwrite".',
  },
] as const satisfies readonly Setting[];

export type SettingName = (typeof configuration)[number]["name"];
export const settings: readonly (Setting & { readonly name: SettingName })[] = configuration;
export type Settings = { readonly [N in SettingName]?: string };

/** The settings that are given, stack config before environment; an empty text counts as not given. */
export function readSettings(
  stackConfig: (key: string) => string | undefined,
  environment: { readonly [name: string]: string | undefined },
): Settings {
  const given = settings.map((setting) => [
    setting.name,
    stackConfig(`huaweicloud-workspace:${setting.name}`) ||
      (setting.environment && environment[setting.environment]) ||
      undefined,
  ]);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}
