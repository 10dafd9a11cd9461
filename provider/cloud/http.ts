import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import { Agent, type Dispatcher, EnvHttpProxyAgent } from "undici";
import type { Credentials } from "./credentials";
import { type Answer, type Attempt, errorOf, Misconfigured, NoAnswer, NotTheApi } from "./errors";
import { authorization, sdkDate } from "./sign";
import { signalOf } from "./stop";

/** A JSON object of the API. */
export type Wire = { readonly [name: string]: unknown };

/** One request, JSON both ways. */
export interface Call {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Percent-encoded. */
  readonly path: string;
  readonly query?: { readonly [name: string]: string | number | undefined } | undefined;
  readonly body?: Wire | undefined;
  readonly headers?: { readonly [name: string]: string };
}

/** A service, and the connections that lead to it. */
export interface Service {
  readonly origin: string;
  readonly host: string;
  readonly dispatcher: Dispatcher;
}

export interface Reply {
  readonly body: Wire;
  header(name: string): string | undefined;
}

const CONNECTIONS = 50;
const CONNECT_TIMEOUT_MS = 10_000;
const HEADERS_TIMEOUT_MS = 60_000;
const BODY_TIMEOUT_MS = 60_000;

const timeouts = { headersTimeout: HEADERS_TIMEOUT_MS, bodyTimeout: BODY_TIMEOUT_MS };

/** Plain http leads to this machine only, and a proxy would see its credentials: it is never asked. */
const direct = new Agent({ connections: CONNECTIONS, connect: { timeout: CONNECT_TIMEOUT_MS }, ...timeouts });

const proxied = new Map<string | undefined, Dispatcher>();

/**
 * The service at an address; connections are shared by the whole process. https goes through the proxy of HTTPS_PROXY,
 * but for the hosts of NO_PROXY.
 *
 * @param cacertFile certificate authorities to trust beside the usual ones
 */
export function serviceAt(origin: string, cacertFile?: string): Service {
  const { host, protocol } = new URL(origin);
  if (protocol === "http:") return { origin, host, dispatcher: direct };
  const dispatcher = proxied.get(cacertFile) ?? secure(cacertFile);
  proxied.set(cacertFile, dispatcher);
  return { origin, host, dispatcher };
}

function secure(cacertFile: string | undefined): Dispatcher {
  const ca = cacertFile === undefined ? {} : { ca: [...rootCertificates, readCertificates(cacertFile)] };
  try {
    return new EnvHttpProxyAgent({
      connections: CONNECTIONS,
      connect: { timeout: CONNECT_TIMEOUT_MS, ...ca },
      requestTls: { timeout: CONNECT_TIMEOUT_MS, ...ca },
      proxyTls: { timeout: CONNECT_TIMEOUT_MS, ...ca },
      // What https must go through says HTTPS_PROXY alone, as in the vendor's tools.
      httpProxy: "",
      httpsProxy: proxyAddress(process.env.https_proxy ?? process.env.HTTPS_PROXY ?? ""),
      ...timeouts,
    });
  } catch {
    // The address may hold the proxy's password: neither it nor the cause, which quotes it, is shown.
    throw new Misconfigured(
      "HTTPS_PROXY: not the address of a proxy; expected http://host:port or http://user:password@host:port.",
    );
  }
}

/** Many write it without a scheme. */
const proxyAddress = (given: string): string => (given === "" || given.includes("://") ? given : `http://${given}`);

function readCertificates(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Misconfigured(
      `huaweicloud-workspace:cacertFile: "${file}" cannot be read (${(error as NodeJS.ErrnoException).code}); expected a PEM file.`,
      { cause: error },
    );
  }
}

/**
 * Sends a request, signed or with a token when there are credentials. A redirect is not followed, so no credential is.
 * Every failure is a CloudError.
 */
export async function exchange(
  service: Service,
  attempt: Attempt,
  call: Call,
  credentials?: Credentials,
): Promise<Reply> {
  const query = queryText(call.query);
  const body = call.body === undefined ? "" : JSON.stringify(call.body);
  const signed = { method: call.method, path: call.path, query, body };
  const common = { "Content-Type": "application/json", ...call.headers };
  const headers = credentials ? authenticated(signed, common, service.host, credentials) : common;
  const { status, headers: got, text } = await sent(service, attempt, { ...signed, headers });
  const header = (name: string) => textOf(got[name]);
  return { body: parsed(attempt, status, header, text), header };
}

interface Sendable {
  readonly method: Call["method"];
  readonly path: string;
  readonly query: string;
  readonly body: string;
  readonly headers: { readonly [name: string]: string };
}

interface Received {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData["headers"];
  readonly text: string;
}

/** Sends a request as it is. @param signal ends the wait for an answer */
export async function sent(
  { origin, dispatcher }: Service,
  attempt: Attempt,
  { method, path, query, body, headers }: Sendable,
  signal = signalOf(method),
): Promise<Received> {
  try {
    const response = await dispatcher.request({
      origin,
      path: query ? `${path}?${query}` : path,
      method,
      headers,
      ...(body && { body }),
      ...(signal && { signal }),
    });
    return { status: response.statusCode, headers: response.headers, text: await response.body.text() };
  } catch (error) {
    throw new NoAnswer(attempt, origin, { cause: error });
  }
}

function authenticated(
  request: Omit<Sendable, "headers">,
  common: Sendable["headers"],
  host: string,
  credentials: Credentials,
): Sendable["headers"] {
  if ("token" in credentials) return { ...common, "X-Auth-Token": credentials.token };
  const { keys } = credentials;
  const headers = {
    ...common,
    Host: host,
    "X-Sdk-Date": sdkDate(new Date()),
    ...(keys.securityToken && { "X-Security-Token": keys.securityToken }),
  };
  return { ...headers, Authorization: authorization({ ...request, headers }, keys) };
}

const queryText = (query: Call["query"] = {}): string => {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return new URLSearchParams(given).toString().replaceAll("+", "%20");
};

function parsed(attempt: Attempt, status: number, header: Reply["header"], text: string): Wire {
  const isSuccess = status >= 200 && status < 300;
  const body = isSuccess && text === "" ? {} : jsonObject(text);
  if (status >= 300 && status < 400)
    throw new NotTheApi(attempt, status, "a redirect, which is not followed, so that no credential goes elsewhere");
  if (body === undefined)
    throw new NotTheApi(attempt, status, `a body that is no JSON (${header("content-type") ?? "no content type"})`);
  if (isSuccess) return body;
  const answer = {
    status,
    ...errorFields(body),
    requestId: header("x-request-id") ?? textOf(body.request_id),
  };
  throw errorOf(attempt, answer, header("retry-after"));
}

const isWire = (value: unknown): value is Wire => typeof value === "object" && value !== null;

export function jsonObject(text: string): Wire | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isWire(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** IAM writes the status here, as a number. */
const codeOf = (value: unknown): string | undefined => (typeof value === "number" ? String(value) : textOf(value));

/** The spellings of an error body that the vendor's own clients accept, also one level down. */
function errorFields(body: Wire): Pick<Answer, "code" | "message" | "encodedMessage"> {
  const nested = Object.values(body).find((value) => typeof value === "object" && value !== null) ?? {};
  for (const fields of [body, nested as Wire]) {
    const code = textOf(fields.error_code) ?? textOf(fields.errorCode) ?? codeOf(fields.code);
    const message = textOf(fields.error_msg) ?? textOf(fields.errorMsg) ?? textOf(fields.message);
    const encodedMessage = textOf(fields.encoded_authorization_message);
    if (code !== undefined || message !== undefined)
      return { code: code ?? "no code", message: message ?? "no message", encodedMessage };
  }
  return { code: "no code", message: "no message" };
}
