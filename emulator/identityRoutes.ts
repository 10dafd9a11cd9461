import { ApiError, codes } from "./errors";
import { agencyUrn, decodedDenial, type Identity, principals, type TemporaryKeys } from "./identity";
import { jsonReply, ok, type Reply } from "./reply";
import { headerOf, type SignedRequest } from "./signature";

interface IdentityCall {
  identity: Identity;
  checksCredentials: boolean;
  request: SignedRequest;
  search: URLSearchParams;
  body: unknown;
}

/** One call of IAM, STS or the metadata of an ECS instance: what a client needs before it can ask the Workspace API. */
export interface IdentityRoute {
  operation: string;
  method: string;
  path: string;
  answer(call: IdentityCall): Reply;
}

/**
 * Paths, names, bodies and answers are those of the vendor's PyPI packages huaweicloudsdkiam, huaweicloudsdksts and
 * huaweicloudsdkcore (MetadataAccessor), all 3.1.219. Codes and texts of refusals are the emulator's own choice.
 */
export const identityRoutes: readonly IdentityRoute[] = [
  { operation: "KeystoneCreateUserTokenByPassword", method: "POST", path: "/v3/auth/tokens", answer: createToken },
  { operation: "KeystoneListProjects", method: "GET", path: "/v3/projects", answer: listProjects },
  {
    operation: "CreateTemporaryAccessKeyByAgency",
    method: "POST",
    path: "/v3.0/OS-CREDENTIAL/securitytokens",
    answer: createKeysByAgency,
  },
  { operation: "AssumeAgency", method: "POST", path: "/v5/agencies/assume", answer: assumeAgency },
  { operation: "AssumeAgencyWithOIDC", method: "POST", path: "/v5/agencies/assume-with-oidc", answer: assumeWithOidc },
  { operation: "DecodeAuthorizationMessage", method: "POST", path: "/v5/decode-authorization-message", answer: decode },
  { operation: "CreateMetadataToken", method: "PUT", path: "/meta-data/latest/api/token", answer: metadataToken },
  { operation: "GetSecurityKey", method: "GET", path: "/openstack/latest/securitykey", answer: securityKey },
];

export const findIdentityRoute = (method: string, path: string): IdentityRoute | undefined =>
  identityRoutes.find((route) => route.method === method && route.path === path);

const dayMs = 24 * 60 * 60_000;

function createToken({ identity, checksCredentials, body }: IdentityCall): Reply {
  const auth = objectAt(body, "auth");
  const given = objectAt(auth, "identity");
  if (JSON.stringify(given.methods) !== '["password"]') throw badRequest("methods must be password");
  const user = objectAt(objectAt(given, "password"), "user");
  const domain = objectAt(user, "domain");
  const { userName, password, domainName } = principals;
  const [name, secret, account] = [textAt(user, "name"), textAt(user, "password"), textAt(domain, "name")];
  if (checksCredentials && (name !== userName || secret !== password || account !== domainName))
    throw new ApiError(401, "Unauthorized", "The username or password is wrong.", "iam");
  const projectId = scopedProject(identity, auth.scope);
  const now = Date.now();
  const token = identity.issueToken(projectId, now + dayMs);
  const project = projectId === undefined ? {} : { project: { id: projectId, name: identity.account.region } };
  return jsonReply(
    201,
    { token: { methods: ["password"], issued_at: instant(now), expires_at: instant(now + dayMs), ...project } },
    { "X-Subject-Token": token },
  );
}

/** A token without a scope is one of the account. */
function scopedProject({ account }: Identity, scope: unknown): string | undefined {
  if (scope === undefined || isObject(objectAt({ scope }, "scope").domain)) return undefined;
  const { id, name } = objectAt(objectAt({ scope }, "scope"), "project");
  if (id !== account.projectId && name !== account.region)
    throw new ApiError(401, "Unauthorized", "The project of the scope does not exist.", "iam");
  return account.projectId;
}

function listProjects({ identity, checksCredentials, request, search }: IdentityCall): Reply {
  if (checksCredentials) identity.projectOf(request, Date.now());
  const { projectId, region } = identity.account;
  const name = search.get("name") ?? region;
  const project = { id: projectId, name: region, domain_id: principals.domainId, parent_id: principals.domainId };
  const projects = name === region ? [{ ...project, enabled: true, is_domain: false, description: "" }] : [];
  return ok({ projects, links: { self: "/v3/projects", previous: null, next: null } });
}

function createKeysByAgency({ identity, checksCredentials, request, body }: IdentityCall): Reply {
  if (checksCredentials) identity.projectOf(request, Date.now());
  const given = objectAt(objectAt(body, "auth"), "identity");
  if (JSON.stringify(given.methods) !== '["assume_role"]') throw badRequest("methods must be assume_role");
  const role = objectAt(given, "assume_role");
  const name = textAt(role, "agency_name");
  if (role.domain_id === undefined && role.domain_name === undefined) throw badRequest("give domain_id or domain_name");
  const isThere =
    name === principals.agencyName &&
    (role.domain_id ?? principals.domainId) === principals.domainId &&
    (role.domain_name ?? principals.domainName) === principals.domainName;
  if (checksCredentials && !isThere) throw new ApiError(404, "Not Found", "Could not find the agency.", "iam");
  const seconds = secondsOf(role.duration_seconds, 900, 86_400, 900);
  if (seconds === undefined) throw badRequest("duration_seconds must be from 900 to 86400");
  return jsonReply(201, { credential: iamForm(identity.issueKeys(Date.now() + seconds * 1000)) });
}

function assumeAgency({ identity, checksCredentials, request, body }: IdentityCall): Reply {
  if (checksCredentials) identity.assertSigned(request, Date.now());
  const given = objectOf(body);
  const urn = stsText(given, "agency_urn", /^[^:]+:[^:]*:[^:]+:agency:.+$/);
  if (checksCredentials && urn !== agencyUrn)
    throw new ApiError(403, codes.stsDenied, `The agency ${urn} may not be assumed`);
  // A session of temporary keys lasts an hour at most.
  const longest = headerOf(request, "x-security-token") ? 3600 : 43_200;
  return ok({ assumed_agency: { urn, id: "agency:session" }, credentials: stsKeys(identity, given, longest) });
}

function assumeWithOidc({ identity, checksCredentials, body }: IdentityCall): Reply {
  const given = objectOf(body);
  const urn = stsText(given, "agency_urn", /^[^:]+:[^:]*:[^:]+:agency:.+$/);
  const provider = stsText(given, "provider_urn", /^[^:]+:[^:]*:[^:]+:[^:]+:.+$/);
  const token = stsText(given, "id_token", /./);
  const { oidcProviderUrn, oidcIdToken } = principals;
  if (checksCredentials && (urn !== agencyUrn || provider !== oidcProviderUrn || token !== oidcIdToken))
    throw new ApiError(403, codes.stsDenied, "The id token is not accepted");
  return ok({ provider, assumed_agency: { urn, id: "agency:session" }, credentials: stsKeys(identity, given, 43_200) });
}

function stsKeys(identity: Identity, given: Record<string, unknown>, longest: number): object {
  stsText(given, "agency_session_name", /^[\w+=,.@-]{2,128}$/);
  const seconds = secondsOf(given.duration_seconds, 900, longest, 3600);
  if (seconds === undefined) throw stsInvalid("duration_seconds", `must be from 900 to ${longest}`);
  const { accessKey, secretKey, securityToken, endsAt } = identity.issueKeys(Date.now() + seconds * 1000);
  return {
    access_key_id: accessKey,
    secret_access_key: secretKey,
    security_token: securityToken,
    expiration: instant(endsAt),
  };
}

function decode({ identity, checksCredentials, request, body }: IdentityCall): Reply {
  if (checksCredentials) identity.assertSigned(request, Date.now());
  const decoded = decodedDenial(stsText(objectOf(body), "encoded_message", /^.{1,10240}$/s));
  if (decoded === undefined) throw stsInvalid("encoded_message", "cannot be decoded");
  return ok({ decoded_message: decoded });
}

const metadataTokenText = "emulator-metadata-token";

function metadataToken({ request }: IdentityCall): Reply {
  if (!/^\d+$/.test(headerOf(request, "x-metadata-token-ttl-seconds")))
    throw new ApiError(400, "Bad Request", "X-Metadata-Token-Ttl-Seconds is required", "iam");
  return { status: 200, headers: { "Content-Type": "text/plain" }, body: metadataTokenText };
}

/** As an instance that lets nobody without a token read its metadata. */
function securityKey({ identity, request }: IdentityCall): Reply {
  if (headerOf(request, "x-metadata-token") !== metadataTokenText)
    throw new ApiError(401, "Unauthorized", "X-Metadata-Token is required", "iam");
  return ok({ credential: iamForm(identity.issueKeys(Date.now() + dayMs)) });
}

const iamForm = ({ accessKey, secretKey, securityToken, endsAt }: TemporaryKeys): object => ({
  access: accessKey,
  secret: secretKey,
  securitytoken: securityToken,
  expires_at: instant(endsAt),
});

/** With six digits of a second, as _TIME_FORMAT of the vendor's SDK reads it. */
const instant = (at: number): string => new Date(at).toISOString().replace("Z", "000Z");

function secondsOf(value: unknown, least: number, most: number, absent: number): number | undefined {
  if (value === undefined) return absent;
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most ? value : undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

const objectOf = (value: unknown): Record<string, unknown> => {
  if (!isObject(value)) throw stsInvalid("the body", "must be a JSON object");
  return value;
};

function stsText(object: Record<string, unknown>, name: string, form: RegExp): string {
  const value = object[name];
  if (typeof value !== "string" || !form.test(value)) throw stsInvalid(name, "is missing or malformed");
  return value;
}

const stsInvalid = (name: string, why: string) => new ApiError(400, codes.stsInvalid, `${name} ${why}`);

const badRequest = (why: string) => new ApiError(400, "Bad Request", why, "iam");

function objectAt(value: unknown, name: string): Record<string, unknown> {
  const found = isObject(value) ? value[name] : undefined;
  if (!isObject(found)) throw badRequest(`${name} is missing`);
  return found;
}

function textAt(object: Record<string, unknown>, name: string): string {
  const value = object[name];
  if (typeof value !== "string" || value === "") throw badRequest(`${name} is missing`);
  return value;
}
