import type { Agency } from "./agency";
import type { Credentials, Lease } from "./credentials";
import { type Attempt, Misconfigured, NotTheApi } from "./errors";
import type { Call, Reply } from "./http";

/** Asks one service, and again after failures that may pass. */
export type Ask = (attempt: Attempt, call: Call, credentials?: Credentials) => Promise<Reply>;

/** What a token is good for. */
export type Scope =
  | { readonly project: { readonly id: string } | { readonly name: string } }
  | { readonly domain: { readonly name: string } };

/** An IAM user and the account that it belongs to. */
export interface User {
  readonly name: string;
  readonly password: string;
  readonly domainName: string;
}

/**
 * The token of a user, KeystoneCreateUserTokenByPassword: it comes in a header, and lasts 24 hours.
 *
 * @see huaweicloudsdkiam 3.1.219 of PyPI, v3/iam_client.py and v3/model/pwd_*.py
 */
export async function tokenOf(ask: Ask, { name, password, domainName }: User, scope: Scope): Promise<Lease> {
  const attempt = {
    what: `log in to IAM as user "${name}" of account "${domainName}"`,
    operation: "KeystoneCreateUserTokenByPassword",
    remedy: "Check HW_USER_NAME, HW_USER_PASSWORD and HW_DOMAIN_NAME, and that the user may log in by programs.",
    isLogin: true,
  };
  const user = { name, password, domain: { name: domainName } };
  const body = { auth: { identity: { methods: ["password"], password: { user } }, scope } };
  const reply = await ask(attempt, { method: "POST", path: "/v3/auth/tokens", body });
  const token = reply.header("x-subject-token");
  if (token === undefined) throw new NotTheApi(attempt, 201, "no X-Subject-Token");
  return { credentials: { token }, endsAt: instantOf(attempt, objectIn(reply.body.token).expires_at) };
}

/**
 * The id of the project of a region, KeystoneListProjects: the one that has its name.
 *
 * @see auth/internal.py of huaweicloudsdkcore 3.1.219, which also takes none and several for an error
 */
export async function projectIdOf(ask: Ask, region: string, credentials: Credentials): Promise<string> {
  const attempt = {
    what: `look up the project of region ${region} in IAM`,
    operation: "KeystoneListProjects",
    remedy: `Give its id, which then is not looked up: ${waysToGiveProjectId}.`,
  };
  const reply = await ask(attempt, { method: "GET", path: "/v3/projects", query: { name: region } }, credentials);
  const { projects } = reply.body;
  if (!Array.isArray(projects)) throw new NotTheApi(attempt, 200, "no projects");
  const ids = projects.map((project) => String(objectIn(project).id));
  const [id] = ids;
  if (id !== undefined && ids.length === 1) return id;
  const found = id === undefined ? "there is none that these credentials see" : `there are several: ${ids.join(", ")}`;
  throw new Misconfigured(`${attempt.what}: ${found}. ${attempt.remedy}`);
}

export const waysToGiveProjectId =
  "HW_PROJECT_ID, `pulumi config set huaweicloud-workspace:projectId ...`, or the input projectId";

/**
 * Keys of an agency, CreateTemporaryAccessKeyByAgency: the older way, which a token and the name of an account do for.
 *
 * @see huaweicloudsdkiam 3.1.219, v3/model/identity_assumerole.py; buildClientByAgency of the Terraform provider
 */
export async function keysOfAgency(ask: Ask, agency: Agency, credentials: Credentials): Promise<Lease> {
  const attempt = {
    what: `assume agency "${agency.name}" through IAM`,
    operation: "CreateTemporaryAccessKeyByAgency",
    remedy: "Check the agency, its account, and that these credentials may assume it.",
  };
  const assume_role = {
    agency_name: agency.name,
    ...(agency.domainId === undefined ? { domain_name: agency.domainName } : { domain_id: agency.domainId }),
    ...(agency.durationSeconds !== undefined && { duration_seconds: agency.durationSeconds }),
  };
  const body = { auth: { identity: { methods: ["assume_role"], assume_role } } };
  const path = "/v3.0/OS-CREDENTIAL/securitytokens";
  const reply = await ask(attempt, { method: "POST", path, body }, credentials);
  return temporaryKeys(attempt, reply.body.credential);
}

/** Temporary keys as IAM and the metadata of an ECS instance give them. */
export function temporaryKeys(attempt: Attempt, credential: unknown): Lease {
  const { access, secret, securitytoken, expires_at } = objectIn(credential);
  return leased(attempt, access, secret, securitytoken, expires_at);
}

/** @throws NotTheApi that names no value */
export function leased(attempt: Attempt, access: unknown, secret: unknown, token: unknown, end: unknown): Lease {
  if (typeof access !== "string" || typeof secret !== "string" || typeof token !== "string")
    throw new NotTheApi(attempt, 200, "no temporary keys");
  const keys = { accessKey: access, secretKey: secret, securityToken: token };
  return { credentials: { keys }, endsAt: instantOf(attempt, end) };
}

function instantOf(attempt: Attempt, text: unknown): number {
  const at = typeof text === "string" ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new NotTheApi(attempt, 200, "no time at which the credentials end");
  return at;
}

export const objectIn = (value: unknown): { readonly [name: string]: unknown } =>
  typeof value === "object" && value !== null ? { ...value } : {};
