import type { Lease } from "./credentials";
import { type Attempt, CloudError, Misconfigured, NotTheApi } from "./errors";
import { jsonObject, type Service, sent, serviceAt } from "./http";
import { temporaryKeys } from "./iamApi";

/** The same for every instance, and reached from it alone. */
export const metadata: Service = serviceAt("http://169.254.169.254");

/** Anywhere but on an instance nobody answers at that address: it is not waited for longer than this. */
const LIMIT_MS = 1_000;

const TOKEN_SECONDS = 6 * 60 * 60;

/**
 * Temporary keys of the agency of the ECS instance that this runs on. Instances that want a token for their metadata
 * give one first; others do not know the path.
 *
 * @throws Misconfigured when there are no keys, since somebody has asked for this way
 * @see MetadataAccessor in auth/internal.py of huaweicloudsdkcore 3.1.219
 */
export async function keysOfInstance(service: Service): Promise<Lease> {
  const attempt = { what: "get the keys of this ECS instance's agency from its metadata", operation: "GetSecurityKey" };
  try {
    return await keysFrom(service, attempt);
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    throw new Misconfigured(
      `huaweicloud-workspace:ecsMetadata: ${error.message} Run it on an ECS instance that has an agency, or take ecsMetadata back and give other credentials.`,
      { cause: error },
    );
  }
}

async function keysFrom(service: Service, attempt: Attempt): Promise<Lease> {
  const signal = AbortSignal.timeout(LIMIT_MS);
  const plain = { query: "", body: "" };
  const wish = { "X-Metadata-Token-Ttl-Seconds": String(TOKEN_SECONDS) };
  const tokenPath = "/meta-data/latest/api/token";
  const given = await sent(service, attempt, { ...plain, method: "PUT", path: tokenPath, headers: wish }, signal);
  const headers: { [name: string]: string } = given.status === 200 ? { "X-Metadata-Token": given.text.trim() } : {};
  const keyPath = "/openstack/latest/securitykey";
  const answer = await sent(service, attempt, { ...plain, method: "GET", path: keyPath, headers }, signal);
  if (answer.status !== 200) throw new NotTheApi(attempt, answer.status, "no keys: the instance has no agency");
  return temporaryKeys(attempt, jsonObject(answer.text)?.credential);
}
