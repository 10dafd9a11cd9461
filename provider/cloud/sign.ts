import { createHmac, hash } from "node:crypto";

/** Keys that sign requests; a security token goes with temporary ones. */
export interface Keys {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly securityToken?: string | undefined;
}

/** What of a request is signed. `path` and `query` are percent-encoded, as they are sent. */
export interface Signable {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

const ALGORITHM = "SDK-HMAC-SHA256";
const sha256 = (text: string): string => hash("sha256", text, "hex");

/**
 * The value of the Authorization header: AK/SK signature over all given headers, which must hold X-Sdk-Date. The key is
 * used as it is, without derivation.
 *
 * @see signer/signer.py of the vendor's Python package huaweicloudsdkcore 3.1.219
 */
export function authorization(request: Signable, keys: Keys): string {
  const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value.trim()]));
  const sorted = [...headers.keys()].sort();
  const names = sorted.join(";");
  const canonical = [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.query),
    sorted.map((name) => `${name}:${headers.get(name)}\n`).join(""),
    names,
    sha256(request.body),
  ].join("\n");
  const signature = createHmac("sha256", keys.secretKey)
    .update(`${ALGORITHM}\n${headers.get("x-sdk-date")}\n${sha256(canonical)}`)
    .digest("hex");
  return `${ALGORITHM} Access=${keys.accessKey}, SignedHeaders=${names}, Signature=${signature}`;
}

/** The date of X-Sdk-Date, yyyyMMddTHHmmssZ. */
export const sdkDate = (now: Date): string => now.toISOString().replace(/[-:]|\.\d{3}/g, "");

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Text that percent-encoding leaves as it is. */
const isPlain = /^[\w.~/-]*$/;

/** The signed path always ends in a slash; the one that is sent does not. */
function canonicalPath(path: string): string {
  const encoded = isPlain.test(path) ? path : decodeURIComponent(path).split("/").map(encode).join("/");
  return encoded.endsWith("/") ? encoded : `${encoded}/`;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Sorted before it is encoded, as all of the vendor's signers do: the other order differs where a name is repeated. */
const canonicalQuery = (query: string): string =>
  [...new URLSearchParams(query)]
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join("&");
