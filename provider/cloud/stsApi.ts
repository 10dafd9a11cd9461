import type { Agency } from "./agency";
import type { Credentials, Lease } from "./credentials";
import { type Attempt, NotTheApi } from "./errors";
import type { Call } from "./http";
import { type Ask, leased, objectIn } from "./iamApi";

/** The name of the session in the logs of the cloud: who has assumed the agency. */
const SESSION = "pulumi-huaweicloud-workspace";

/**
 * Keys of an agency, AssumeAgency of STS. The request must be signed: a token is no way to STS.
 *
 * @see huaweicloudsdksts 3.1.219 of PyPI, v1/sts_client.py; the form of the URN is that of buildClientByAgencyV5 of the
 * Terraform provider
 */
export async function assumeAgency(ask: Ask, agency: Agency, credentials: Credentials): Promise<Lease> {
  const attempt = {
    what: `assume agency "${agency.name}" of account ${agency.domainId} through STS`,
    operation: "AssumeAgency",
    remedy: "Check the agency, its account, and that these credentials have the IAM action sts:agencies:assume.",
  };
  const body = {
    agency_urn: `iam::${agency.domainId}:agency:${agency.name}`,
    agency_session_name: SESSION,
    ...(agency.durationSeconds !== undefined && { duration_seconds: agency.durationSeconds }),
  };
  return keysFrom(ask, attempt, { method: "POST", path: "/v5/agencies/assume", body }, credentials);
}

/** An identity provider that IAM trusts, and the agency that its tokens open. */
export interface Federation {
  readonly providerUrn: string;
  readonly agencyUrn: string;
  /** Asked for at each exchange: id tokens are short-lived. */
  idToken(): string;
}

/**
 * Keys in exchange for an OIDC id token, AssumeAgencyWithOIDC of STS: no other credentials are needed.
 *
 * @see OidcStsAccessor in auth/internal.py of huaweicloudsdkcore 3.1.219
 */
export async function assumeAgencyWithOidc(ask: Ask, { providerUrn, agencyUrn, idToken }: Federation): Promise<Lease> {
  const attempt = {
    what: `exchange the OIDC token for keys of ${agencyUrn} at STS`,
    operation: "AssumeAgencyWithOIDC",
    remedy: "Check the URNs, that the agency trusts the provider, and that the id token has not expired.",
    isLogin: true,
  };
  const body = {
    provider_urn: providerUrn,
    agency_urn: agencyUrn,
    agency_session_name: SESSION,
    id_token: idToken(),
  };
  return keysFrom(ask, attempt, { method: "POST", path: "/v5/agencies/assume-with-oidc", body });
}

/**
 * The reason of a denial in clear text, DecodeAuthorizationMessage: JSON, of a form that the vendor does not document
 * in full.
 *
 * @see huaweicloudsdksts 3.1.219; https://support.huaweicloud.com/api-iam5/DecodeAuthorizationMessage.html
 */
export async function decoded(ask: Ask, encodedMessage: string, credentials: Credentials): Promise<string> {
  const attempt = { what: "decode the reason of a denial at STS", operation: "DecodeAuthorizationMessage" };
  const body = { encoded_message: encodedMessage };
  const reply = await ask(attempt, { method: "POST", path: "/v5/decode-authorization-message", body }, credentials);
  if (typeof reply.body.decoded_message !== "string") throw new NotTheApi(attempt, 200, "no decoded_message");
  return reply.body.decoded_message;
}

async function keysFrom(ask: Ask, attempt: Attempt, call: Call, credentials?: Credentials): Promise<Lease> {
  const reply = await ask(attempt, call, credentials);
  const { access_key_id, secret_access_key, security_token, expiration } = objectIn(reply.body.credentials);
  return leased(attempt, access_key_id, secret_access_key, security_token, expiration);
}
