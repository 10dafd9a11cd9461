import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { ApiError, codes } from "./errors";

export interface KeyPair {
  accessKey: string;
  secretKey: string;
}

/** A request as signed: its target as on the request line, its headers by lower-case name. */
export interface SignedRequest {
  method: string;
  target: string;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

const algorithm = "SDK-HMAC-SHA256";
/** Seen: 15 min 1 s is refused. The exact limit is unknown. */
const maxSkewMs = 15 * 60_000;

/** The access key that a request names; undefined when it is not signed. */
export const accessKeyOf = (request: SignedRequest): string | undefined =>
  /Access=([^,]*)/.exec(headerOf(request, "authorization"))?.[1];

/**
 * Throws 401 APIGW.0301 unless the request is signed with the pair. `now` is real time, whatever the emulator's clock
 * says, because the client signs with its own.
 */
export function verifySignature(request: SignedRequest, keys: KeyPair, now: number): void {
  const authorization = headerOf(request, "authorization");
  if (!authorization) throw unauthorized("x-auth-token not found");
  const [, access, signedHeaders = "", signature = ""] =
    /^SDK-HMAC-SHA256 +Access=([^,]*), *SignedHeaders=([^,]*), *Signature=([0-9a-f]{64})$/.exec(authorization) ?? [];
  if (access === undefined) throw unauthorized("verify aksk signature fail");
  if (access !== keys.accessKey) throw unauthorized("ak not exist");
  const signedNames = signedHeaders.split(";");
  const date = headerOf(request, "x-sdk-date");
  if (!signedNames.includes("x-sdk-date") || Math.abs(now - parseSdkDate(date)) > maxSkewMs) {
    throw unauthorized("signature expired");
  }
  const expected = signatureOf(stringToSign(date, canonicalRequest(request, signedNames)), keys.secretKey);
  if (!timingSafeEqual(Buffer.from(expected), Buffer.from(signature))) throw unauthorized("verify aksk signature fail");
}

/**
 * Covers only the headers that the client says it signed: clients differ in which, and some add headers after signing.
 */
export function canonicalRequest(request: SignedRequest, signedNames: string[]): string {
  const [path = "", query = ""] = splitOnce(request.target, "?");
  const uri = decodeURIComponent(path).split("/").map(encode).join("/");
  const headers = signedNames.map((name) => `${name}:${headerOf(request, name)}\n`);
  return [
    request.method,
    uri.endsWith("/") ? uri : `${uri}/`,
    canonicalQuery(query),
    headers.join(""),
    signedNames.join(";"),
    payloadHash(request, signedNames),
  ].join("\n");
}

export function stringToSign(date: string, canonical: string): string {
  return [algorithm, date, sha256(canonical)].join("\n");
}

export const signatureOf = (text: string, secretKey: string) =>
  createHmac("sha256", secretKey).update(text).digest("hex");

/** The vendor's signers sort first and encode then. */
function canonicalQuery(query: string): string {
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...new URLSearchParams(query)]
    .sort((a, b) => order(a[0], b[0]) || order(a[1], b[1]))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join("&");
}

function payloadHash(request: SignedRequest, signedNames: string[]): string {
  const unsigned = headerOf(request, "x-sdk-content-sha256") === "UNSIGNED-PAYLOAD";
  return unsigned && signedNames.includes("x-sdk-content-sha256") ? "UNSIGNED-PAYLOAD" : sha256(request.body);
}

export function headerOf({ headers }: SignedRequest, name: string): string {
  return [headers[name] ?? ""].flat().join(",").trim();
}

/** NaN, which is never within the skew's limit, would be: so a date that is none is infinitely far away. */
function parseSdkDate(text: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at) ? Number.POSITIVE_INFINITY : at;
}

/** RFC 3986: what encodeURIComponent leaves and the signer does not. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");

function splitOnce(text: string, separator: string): [string, string] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}

export const unauthorized = (why: string) =>
  new ApiError(401, codes.unauthorized, `Incorrect IAM authentication information: ${why}`, "gateway");
