import type { Settings } from "./configuration";
import { Misconfigured } from "./errors";

/** Where the services answer: scheme, host and port. */
export interface Endpoints {
  readonly workspace: string;
  readonly iam: string;
  readonly sts: string;
}

/**
 * The services of a region. A run against an endpoint on this machine asks it for tokens too, so that no credential of
 * an emulator ever goes to the cloud, nor the other way round.
 *
 * @throws Misconfigured for an address that is not https, but for loopback
 */
export function endpointsOf(settings: Settings, region: string): Endpoints {
  const workspace = checkedEndpoint("endpoint", settings.endpoint ?? hostOf("workspace", region));
  const local = isLoopback(workspace) ? workspace : undefined;
  return {
    workspace,
    iam: checkedEndpoint("iamEndpoint", settings.iamEndpoint ?? local ?? hostOf("iam", region)),
    sts: checkedEndpoint("stsEndpoint", settings.stsEndpoint ?? local ?? hostOf("sts", region)),
  };
}

/**
 * Regions of the European site have a domain of their own, as prefixEuropeRegion of the Terraform provider
 * (huaweicloud/provider.go) and the IAM regions of the vendor's SDK say. eu-west-0 is not one of them.
 */
const hostOf = (service: string, region: string): string =>
  `https://${service}.${region}.myhuaweicloud.${region.startsWith("eu-west-1") ? "eu" : "com"}`;

export const isLoopback = (endpoint: string): boolean =>
  /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(endpoint).hostname);

function checkedEndpoint(setting: string, endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol !== "https:" && !(url?.protocol === "http:" && isLoopback(endpoint)))
    throw new Misconfigured(
      `huaweicloud-workspace:${setting}: "${endpoint}" is not an https address; plain http is allowed on loopback only.`,
    );
  if (url.pathname !== "/" || url.search !== "")
    throw new Misconfigured(
      `huaweicloud-workspace:${setting}: "${endpoint}" has a path; expected only scheme, host and port.`,
    );
  return url.origin;
}
