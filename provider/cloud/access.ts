import { readFileSync } from "node:fs";
import { type Agency, agencyOf } from "./agency";
import { hasCredential, type Settings } from "./configuration";
import { type CredentialSource, type Credentials, fixed, Renewing } from "./credentials";
import { keysOfInstance, metadata } from "./ecsMetadata";
import { type Endpoints, endpointsOf } from "./endpoints";
import { CloudError, Misconfigured } from "./errors";
import { exchange, serviceAt } from "./http";
import { type Ask, keysOfAgency, projectIdOf, type Scope, tokenOf, waysToGiveProjectId } from "./iamApi";
import { mayPass, realPacing, retried } from "./retry";
import { readProfile } from "./sharedFile";
import { assumeAgency, assumeAgencyWithOidc, decoded } from "./stsApi";
import { authorized, type Explain, type Place } from "./transport";

/** Where a task lives, how to prove who asks, and how to ask why something was denied. */
export interface Access {
  readonly place: Place;
  readonly credentials: CredentialSource;
  readonly explain: Explain;
}

const accounts = new Map<string, Account>();

/**
 * Access to a region and project; settings fill what is not given. Asked for only when a request is due, and asks
 * nobody itself, so a preview without refresh needs none of it. The same settings share tokens and temporary keys.
 *
 * @param tell shows the user what is waited for
 * @throws Misconfigured that names everything that is missing, and every way to give it
 */
export function access(
  given: Settings,
  region?: string,
  projectId?: string,
  tell: (message: string) => void = () => {},
): Access {
  const key = JSON.stringify(given);
  const account = accounts.get(key) ?? new Account(withProfile(given), tell);
  accounts.set(key, account);
  return account.access(region, projectId);
}

/** The profile of the shared file fills settings that have no credential, nor a part of one. */
function withProfile(settings: Settings): Settings {
  if (hasCredential(settings)) return settings;
  const profile = readProfile(settings);
  if (profile === undefined) return settings;
  const { assumeRoleAgencyName, assumeRoleDomainId, assumeRoleDomainName, projectId, ...rest } = profile;
  const agency = { assumeRoleAgencyName, assumeRoleDomainId, assumeRoleDomainName };
  const isThere = settings.region === undefined || settings.region === profile.region;
  return {
    ...rest,
    ...(settings.assumeRoleAgencyName === undefined && agency),
    ...(isThere && { projectId }),
    ...settings,
  };
}

/** What was given, in the order in which it counts. */
type Way =
  | { readonly kind: "given"; readonly credentials: Credentials }
  | { readonly kind: "user"; readonly name: string; readonly password: string; readonly domainName: string }
  | { readonly kind: "oidc"; readonly providerUrn: string; readonly agencyUrn: string; idToken(): string }
  | { readonly kind: "instance" };

function wayOf(settings: Settings): Way | undefined {
  const { accessKey, secretKey, securityToken, authToken, userName, password, domainName } = settings;
  if (accessKey && secretKey) return { kind: "given", credentials: { keys: { accessKey, secretKey, securityToken } } };
  if (authToken) return { kind: "given", credentials: { token: authToken } };
  if (userName && password && domainName) return { kind: "user", name: userName, password, domainName };
  const { oidcProviderUrn, oidcAgencyUrn, oidcIdToken, oidcTokenFile } = settings;
  if (oidcProviderUrn && oidcAgencyUrn && (oidcIdToken || oidcTokenFile))
    return {
      kind: "oidc",
      providerUrn: oidcProviderUrn,
      agencyUrn: oidcAgencyUrn,
      idToken: () => oidcIdToken ?? readIdToken(oidcTokenFile ?? ""),
    };
  return settings.ecsMetadata === "true" && !hasCredential(settings) ? { kind: "instance" } : undefined;
}

function readIdToken(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Misconfigured(
      `huaweicloud-workspace:oidcTokenFile: "${file}" cannot be read (${code}); expected a file with an id token.`,
      { cause: error },
    );
  }
}

/** What of a pair is there without the other. */
function halfOf(settings: Settings): string {
  const { accessKey, secretKey, userName, password, domainName, oidcIdToken, oidcTokenFile } = settings;
  if (accessKey) return " (an access key is given, its secret key is not)";
  if (secretKey) return " (a secret key is given, its access key is not)";
  if (password && !userName) return " (a password is given, its user name is not)";
  if (password && !domainName) return " (a user and password are given, the name of their account is not)";
  if (oidcIdToken || oidcTokenFile) return " (an OIDC token is given, the URN of its provider or of its agency is not)";
  return userName ? " (a user name is given, its password is not)" : "";
}

/** What a process knows of one set of settings. */
class Account {
  private readonly sources = new Map<string, CredentialSource>();
  private readonly projectIds = new Map<string, string | Promise<string>>();
  /** Who was not allowed to have one reason decoded is not asked for the others. */
  private mayDecode = true;

  constructor(
    private readonly settings: Settings,
    private readonly tell: (message: string) => void,
  ) {}

  access(region = this.settings.region, projectId = this.settings.projectId): Access {
    const way = wayOf(this.settings);
    if (!region || way === undefined) throw new Misconfigured(missing(this.settings, region, projectId, way));
    const endpoints = endpointsOf(this.settings, region);
    const credentials = this.source(way, endpoints, projectId ? { id: projectId } : { name: region });
    const { cacertFile } = this.settings;
    return {
      place: {
        endpoint: endpoints.workspace,
        projectId: projectId ?? (() => this.projectId(region, endpoints, credentials)),
        cacertFile,
      },
      credentials,
      explain: (denied, by) => this.reason(endpoints, denied.answer.encodedMessage, by),
    };
  }

  /** A token is good for one project; keys are for all. */
  private source(way: Way, endpoints: Endpoints, project: { id: string } | { name: string }): CredentialSource {
    const agency = agencyOf(this.settings);
    const scope = way.kind === "user" ? scopeOf(way.domainName, project, agency) : undefined;
    const key = JSON.stringify([endpoints, scope]);
    const known = this.sources.get(key);
    if (known) return known;
    const own = this.ownSource(way, endpoints, scope);
    const source = agency ? this.assumed(agency, endpoints, own) : own;
    this.sources.set(key, source);
    return source;
  }

  private ownSource(way: Way, endpoints: Endpoints, scope: Scope | undefined): CredentialSource {
    switch (way.kind) {
      case "given":
        return fixed(way.credentials);
      case "user":
        return new Renewing(() =>
          tokenOf(this.asking(endpoints.iam), way, scope ?? { domain: { name: way.domainName } }),
        );
      case "oidc":
        return new Renewing(() => assumeAgencyWithOidc(this.asking(endpoints.sts), way));
      case "instance":
        return new Renewing(() => keysOfInstance(metadata));
    }
  }

  /** STS wants the id of the account, and a signature. */
  private assumed(agency: Agency, endpoints: Endpoints, own: CredentialSource): CredentialSource {
    const attempt = { what: `assume agency "${agency.name}"`, operation: "AssumeAgency" };
    return new Renewing(() =>
      authorized(attempt, own, (credentials) =>
        "keys" in credentials && agency.domainId !== undefined
          ? assumeAgency(this.asking(endpoints.sts), agency, credentials)
          : keysOfAgency(this.asking(endpoints.iam), agency, credentials),
      ),
    );
  }

  /** At once when it is known; all that ask at the same time wait for one look-up. */
  private projectId(region: string, endpoints: Endpoints, source: CredentialSource): string | Promise<string> {
    const known = this.projectIds.get(region);
    if (known !== undefined) return known;
    const attempt = { what: `look up the project of region ${region}`, operation: "KeystoneListProjects" };
    const found = authorized(attempt, source, (credentials) =>
      projectIdOf(this.asking(endpoints.iam), region, credentials),
    );
    this.projectIds.set(region, found);
    found.then(
      (id) => this.projectIds.set(region, id),
      () => this.projectIds.delete(region),
    );
    return found;
  }

  private async reason(endpoints: Endpoints, encoded = "", credentials: Credentials): Promise<string | undefined> {
    if (!("keys" in credentials) || !this.mayDecode) return undefined;
    try {
      // Not repeated: whoever was denied something need not wait for the reason.
      return await decoded(this.askingOnce(endpoints.sts), encoded, credentials);
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      this.mayDecode = false;
      return undefined;
    }
  }

  private asking(origin: string): Ask {
    const once = this.askingOnce(origin);
    return (...request) => retried(() => once(...request), mayPass, realPacing, this.tell);
  }

  private askingOnce(origin: string): Ask {
    const service = serviceAt(origin, this.settings.cacertFile);
    return (...request) => exchange(service, ...request);
  }
}

/** An agency may live in another account, where the project is not the user's own: then the token is for the account. */
const scopeOf = (domainName: string, project: { id: string } | { name: string }, agency?: Agency): Scope =>
  agency ? { domain: { name: domainName } } : { project };

function missing(settings: Settings, region?: string, projectId?: string, way?: Way): string {
  const items = [
    ...(region
      ? []
      : ["a region: HW_REGION_NAME, `pulumi config set huaweicloud-workspace:region ...`, or the input region"]),
    // With a region it is looked up.
    ...(region || projectId ? [] : [`a project id: ${waysToGiveProjectId}; with a region alone it is looked up`]),
    ...(way ? [] : [`credentials${halfOf(settings)}, in one of these ways:\n${waysToGiveCredentials}`]),
  ];
  return `Missing for Huawei Cloud Workspace:\n${items.map((item) => `  - ${item}`).join("\n")}`;
}

const waysToGiveCredentials = `      environment: HW_ACCESS_KEY and HW_SECRET_KEY (and HW_SECURITY_TOKEN with temporary keys), or HW_AUTH_TOKEN
      environment: HW_USER_NAME, HW_USER_PASSWORD and HW_DOMAIN_NAME of an IAM user
      environment: HUAWEICLOUD_OIDC_PROVIDER_URN, HUAWEICLOUD_OIDC_AGENCY_URN and HUAWEICLOUD_OIDC_TOKEN_FILE
      stack config: \`pulumi config set --secret huaweicloud-workspace:accessKey ...\`, the same for secretKey (and securityToken)
      stack config: \`pulumi config set --secret huaweicloud-workspace:authToken ...\`
      the file of the vendor's CLI: ~/.hcloud/config.json, or the one of HW_SHARED_CONFIG_FILE, not encrypted
      on an ECS instance with an agency: HUAWEICLOUD_WORKSPACE_ECS_METADATA=true`;
