import type { Settings } from "./configuration";
import { Misconfigured } from "./errors";
import type { Keys } from "./sign";

/** How requests prove who sends them: a token, or a signature. */
export type Credentials = { readonly token: string } | { readonly keys: Keys };

/** Where a task lives. */
export interface Place {
  readonly endpoint: string;
  readonly projectId: string;
}

/**
 * Where a task of this region and project lives, and how to prove who asks; settings fill what is not given. Asked for
 * only when a request is due, so a preview without refresh needs none of it.
 *
 * @throws Misconfigured that names everything that is missing, and every way to give it
 */
export function access(
  settings: Settings,
  region = settings.region,
  projectId = settings.projectId,
): { place: Place; credentials: Credentials } {
  const credentials = credentialsOf(settings);
  if (region && projectId && credentials) {
    const endpoint = checkedEndpoint(settings.endpoint ?? `https://workspace.${region}.myhuaweicloud.com`);
    return { place: { endpoint, projectId }, credentials };
  }
  const missing = [
    ...(region
      ? []
      : ["a region: HW_REGION_NAME, `pulumi config set huaweicloud-workspace:region ...`, or the input region"]),
    ...(projectId
      ? []
      : [
          "a project id: HW_PROJECT_ID, `pulumi config set huaweicloud-workspace:projectId ...`, or the input projectId",
        ]),
    ...(credentials ? [] : [`credentials${halfOf(settings)}, in one of these ways:\n${waysToGiveCredentials}`]),
  ];
  throw new Misconfigured(`Missing for Huawei Cloud Workspace:\n${missing.map((item) => `  - ${item}`).join("\n")}`);
}

function credentialsOf({ authToken, accessKey, secretKey, securityToken }: Settings): Credentials | undefined {
  if (accessKey && secretKey) return { keys: { accessKey, secretKey, securityToken } };
  return authToken ? { token: authToken } : undefined;
}

function halfOf({ accessKey, secretKey }: Settings): string {
  if (accessKey) return " (an access key is given, its secret key is not)";
  return secretKey ? " (a secret key is given, its access key is not)" : "";
}

const waysToGiveCredentials = `      environment: HW_ACCESS_KEY and HW_SECRET_KEY (and HW_SECURITY_TOKEN with temporary keys), or HW_AUTH_TOKEN
      stack config: \`pulumi config set --secret huaweicloud-workspace:accessKey ...\`, the same for secretKey (and securityToken)
      stack config: \`pulumi config set --secret huaweicloud-workspace:authToken ...\``;

export const isLoopback = (endpoint: string): boolean =>
  /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(endpoint).hostname);

function checkedEndpoint(endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol !== "https:" && !(url?.protocol === "http:" && isLoopback(endpoint)))
    throw new Misconfigured(
      `huaweicloud-workspace:endpoint: "${endpoint}" is not an https address; plain http is allowed on loopback only.`,
    );
  if (url.pathname !== "/" || url.search !== "")
    throw new Misconfigured(
      `huaweicloud-workspace:endpoint: "${endpoint}" has a path; expected only scheme, host and port.`,
    );
  return url.origin;
}
