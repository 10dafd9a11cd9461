import type { Settings } from "./configuration";
import { Misconfigured } from "./errors";
import type { Keys } from "./sign";

/** How requests prove who sends them: a token, or a signature. */
export type Credentials = { readonly token: string } | { readonly keys: Keys };

/** The credentials of the settings; asked for only when a request is sent, so a preview without refresh needs none. */
export function credentials(settings: Settings): Credentials {
  const { authToken, accessKey, secretKey, securityToken } = settings;
  if (accessKey && secretKey) return { keys: { accessKey, secretKey, securityToken } };
  if (authToken) return { token: authToken };
  const half = accessKey
    ? " (an access key is given, its secret key is not)"
    : secretKey
      ? " (a secret key is given, its access key is not)"
      : "";
  throw new Misconfigured(
    `No credentials for Huawei Cloud${half}. Give them in one of these ways:
  - environment: HW_ACCESS_KEY and HW_SECRET_KEY (and HW_SECURITY_TOKEN with temporary keys), or HW_AUTH_TOKEN
  - stack config: pulumi config set --secret huaweicloud-workspace:accessKey ..., the same for secretKey (and securityToken)
  - stack config: pulumi config set --secret huaweicloud-workspace:authToken ...`,
  );
}

/** Where a task lives. */
export interface Place {
  readonly endpoint: string;
  readonly projectId: string;
}

/** The address and project of a task of this region and project; settings fill what is not given. */
export function place(settings: Settings, region = settings.region, projectId = settings.projectId): Place {
  const missing = [
    ...(region
      ? []
      : ["a region (HW_REGION_NAME, `pulumi config set huaweicloud-workspace:region`, or the input region)"]),
    ...(projectId
      ? []
      : ["a project id (HW_PROJECT_ID, `pulumi config set huaweicloud-workspace:projectId`, or the input projectId)"]),
  ];
  if (!region || !projectId) throw new Misconfigured(`Missing for the Workspace API: ${missing.join(" and ")}.`);
  return { endpoint: checkedEndpoint(settings.endpoint ?? `https://workspace.${region}.myhuaweicloud.com`), projectId };
}

export const isLoopback = (endpoint: string): boolean =>
  /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(endpoint).hostname);

function checkedEndpoint(endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol !== "https:" && !(url?.protocol === "http:" && isLoopback(endpoint)))
    throw new Misconfigured(
      `huaweicloud-workspace:endpoint: "${endpoint}" is not an https address; plain http is allowed on loopback only.`,
    );
  return url.origin;
}
