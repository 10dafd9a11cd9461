import type { Lease } from "./credentials";
import { NotTheApi } from "./errors";
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
 * @see MetadataAccessor in auth/internal.py of huaweicloudsdkcore 3.1.219
 */
export async function keysOfInstance(service: Service): Promise<Lease> {
  const attempt = {
    what: "get the keys of this ECS instance's agency from its metadata",
    operation: "GetSecurityKey",
    remedy: "Run it on an ECS instance that has an agency, or take back ecsMetadata and give other credentials.",
  };
  const signal = AbortSignal.timeout(LIMIT_MS);
  const plain = { query: "", body: "" };
  const given = await sent(
    service,
    attempt,
    {
      ...plain,
      method: "PUT",
      path: "/meta-data/latest/api/token",
      headers: { "X-Metadata-Token-Ttl-Seconds": String(TOKEN_SECONDS) },
    },
    signal,
  );
  const headers: { [name: string]: string } = given.status === 200 ? { "X-Metadata-Token": given.text.trim() } : {};
  const path = "/openstack/latest/securitykey";
  const answer = await sent(service, attempt, { ...plain, method: "GET", path, headers }, signal);
  if (answer.status !== 200) throw new NotTheApi(attempt, answer.status, "no keys: the instance has no agency");
  return temporaryKeys(attempt, jsonObject(answer.text)?.credential);
}
