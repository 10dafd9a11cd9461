import { setTimeout as sleep } from "node:timers/promises";
import { Agent, type Dispatcher } from "undici";
import type { Credentials, Place } from "./credentials";
import { type Attempt, errorOf, NoAnswer, NotTheApi } from "./errors";
import { keepSecret } from "./redaction";
import type { Pacing } from "./retry";
import { authorization, sdkDate } from "./sign";

/** A JSON object of the API. */
export type Wire = { readonly [name: string]: unknown };

/** One request to the API. */
export interface Request extends Attempt {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path below the project, such as `/scheduled-tasks`. */
  readonly path: string;
  readonly query?: { readonly [name: string]: string | number | undefined };
  readonly body?: Wire;
}

/** Sends requests to one project; every failure is a CloudError. */
export interface Transport {
  send(request: Request): Promise<Wire>;
  readonly pacing: Pacing;
}

const CONNECTIONS = 50;
const CONNECT_TIMEOUT_MS = 10_000;
const HEADERS_TIMEOUT_MS = 60_000;
const BODY_TIMEOUT_MS = 60_000;

const realPacing: Pacing = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: async (ms) => void (await sleep(ms)),
};

/** One pool for the process: connections are shared by all resources. Redirects are not followed, so no credential is. */
const pool = new Agent({
  connections: CONNECTIONS,
  connect: { timeout: CONNECT_TIMEOUT_MS },
  headersTimeout: HEADERS_TIMEOUT_MS,
  bodyTimeout: BODY_TIMEOUT_MS,
});

export function transport({ endpoint, projectId }: Place, credentials: Credentials): Transport {
  keepSecret(secretsOf(credentials));
  return {
    pacing: realPacing,
    async send(request) {
      const path = `/v2/${encodeURIComponent(projectId)}${request.path}`;
      const query = queryText(request.query);
      const body = request.body === undefined ? "" : JSON.stringify(request.body);
      const signed = { method: request.method, path, query, body };
      const headers = authenticated(signed, new URL(endpoint).host, projectId, credentials);
      const answer = await sent(request, endpoint, { ...signed, headers });
      return parsed(request, answer);
    },
  };
}

/** The access key is a name, and stands in every signature. */
const secretsOf = (credentials: Credentials): unknown =>
  "token" in credentials ? credentials.token : [credentials.keys.secretKey, credentials.keys.securityToken];

interface Sendable {
  readonly method: Request["method"];
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

async function sent(
  attempt: Attempt,
  endpoint: string,
  { method, path, query, body, headers }: Sendable,
): Promise<Received> {
  try {
    const response = await pool.request({
      origin: endpoint,
      path: query ? `${path}?${query}` : path,
      method,
      headers,
      ...(body && { body }),
    });
    return { status: response.statusCode, headers: response.headers, text: await response.body.text() };
  } catch (error) {
    throw new NoAnswer(attempt, endpoint, { cause: error });
  }
}

function authenticated(
  request: Omit<Sendable, "headers">,
  host: string,
  projectId: string,
  credentials: Credentials,
): Sendable["headers"] {
  const common = { "Content-Type": "application/json", "X-Project-Id": projectId };
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

const queryText = (query: Request["query"] = {}): string => {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return new URLSearchParams(given).toString().replaceAll("+", "%20");
};

function parsed(attempt: Attempt, { status, headers, text }: Received): Wire {
  const isSuccess = status >= 200 && status < 300;
  const body = isSuccess && text === "" ? {} : jsonObject(text);
  if (body === undefined)
    throw new NotTheApi(
      attempt,
      status,
      `a body that is no JSON (${textOf(headers["content-type"]) ?? "no content type"})`,
    );
  if (isSuccess) return body;
  const answer = {
    status,
    ...errorFields(body),
    requestId: textOf(headers["x-request-id"]) ?? textOf(body.request_id),
  };
  throw errorOf(attempt, answer, textOf(headers["retry-after"]));
}

function jsonObject(text: string): Wire | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** The spellings of an error body that the vendor's own clients accept, also one level down. */
function errorFields(body: Wire): { code: string; message: string } {
  const nested = Object.values(body).find((value) => typeof value === "object" && value !== null) ?? {};
  for (const fields of [body, nested as Wire]) {
    const code = textOf(fields.error_code) ?? textOf(fields.errorCode) ?? textOf(fields.code);
    const message = textOf(fields.error_msg) ?? textOf(fields.errorMsg) ?? textOf(fields.message);
    if (code !== undefined || message !== undefined)
      return { code: code ?? "no code", message: message ?? "no message" };
  }
  return { code: "no code", message: "no message" };
}
