import { readFileSync } from "node:fs";
import { join } from "node:path";
import { closeSessions, openSession, send } from "./fixtures/session";
import { canonicalRequest, type SignedRequest, signatureOf, stringToSign, verifySignature } from "./signature";

afterEach(closeSessions);

interface Vector {
  name: string;
  ak: string;
  sk: string;
  method: string;
  uri: string;
  body: string;
  headers: Record<string, string>;
  canonical_request: string;
  string_to_sign: string;
}

const facts = JSON.parse(readFileSync(join(__dirname, "fixtures/scheduled-tasks.json"), "utf8"));
const vectors: Vector[] = facts.signing_test_vectors.vectors;
const signedAt = Date.parse("2026-01-02T03:04:05Z");
const minuteMs = 60_000;

function requestOf({ method, uri, body, headers }: Vector): SignedRequest {
  const lowered = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { method, target: uri, headers: Object.fromEntries(lowered), body: Buffer.from(body) };
}

const keysOf = ({ ak, sk }: Vector) => ({ accessKey: ak, secretKey: sk });

const refusal = (act: () => void) => {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
};

const unauthorized = (why: string) => ({
  status: 401,
  code: "APIGW.0301",
  message: `Incorrect IAM authentication information: ${why}`,
});

test("there are two vectors", () => {
  expect(vectors.map(({ name }) => name)).toEqual(["list", "create-with-sts"]);
});

describe.each(vectors)("the vendor's vector $name", (vector) => {
  const signedNames = /SignedHeaders=([^,]*)/.exec(vector.headers.Authorization ?? "")?.[1]?.split(";") ?? [];

  test("has our canonical request and string to sign", () => {
    const canonical = canonicalRequest(requestOf(vector), signedNames);
    expect(canonical).toBe(vector.canonical_request);
    expect(stringToSign("20260102T030405Z", canonical)).toBe(vector.string_to_sign);
    expect(vector.headers.Authorization).toContain(signatureOf(vector.string_to_sign, vector.sk));
  });

  test("is accepted up to 15 minutes away", () => {
    for (const skew of [-15, 0, 15]) verifySignature(requestOf(vector), keysOf(vector), signedAt + skew * minuteMs);
  });

  test.each([-15.02, 15.02])("is refused %d minutes away", (skew) => {
    const late = () => verifySignature(requestOf(vector), keysOf(vector), signedAt + skew * minuteMs);
    expect(refusal(late)).toMatchObject(unauthorized("signature expired"));
  });

  test("is refused with another access key", () => {
    const keys = { ...keysOf(vector), accessKey: "ANOTHER" };
    expect(refusal(() => verifySignature(requestOf(vector), keys, signedAt))).toMatchObject(
      unauthorized("ak not exist"),
    );
  });

  test.each<[string, Partial<SignedRequest>]>([
    ["body", { body: Buffer.from("{}") }],
    ["method", { method: "PUT" }],
    ["target", { target: "/v2/other/scheduled-tasks" }],
  ])("is refused with another %s", (_, change) => {
    const forged = () => verifySignature({ ...requestOf(vector), ...change }, keysOf(vector), signedAt);
    expect(refusal(forged)).toMatchObject(unauthorized("verify aksk signature fail"));
  });

  test("is refused with another secret key or another signed header, not with another unsigned one", () => {
    const request = requestOf(vector);
    const withHeader = (name: string) => ({ ...request, headers: { ...request.headers, [name]: "changed" } });
    verifySignature(withHeader("x-domain-id"), keysOf(vector), signedAt);
    expect(refusal(() => verifySignature(withHeader("host"), keysOf(vector), signedAt))).toMatchObject(
      unauthorized("verify aksk signature fail"),
    );
    expect(refusal(() => verifySignature(request, { ...keysOf(vector), secretKey: "x" }, signedAt))).toMatchObject(
      unauthorized("verify aksk signature fail"),
    );
  });
});

test("a path and a query are signed in their normal form", () => {
  const request = { method: "GET", target: "/v2/p/a b?b=2&a=x+y&a=%7E*&c", headers: {}, body: Buffer.of() };
  const [, uri, query] = canonicalRequest(request, []).split("\n");
  expect(uri).toBe("/v2/p/a%20b/");
  expect(query).toBe("a=x%20y&a=~%2A&b=2&c=");
});

test("an unsigned payload is accepted when the header that says so is signed", () => {
  const headers = { "x-sdk-content-sha256": "UNSIGNED-PAYLOAD" };
  const request = { method: "POST", target: "/", headers, body: Buffer.from("{}") };
  expect(canonicalRequest(request, ["x-sdk-content-sha256"])).toMatch(/UNSIGNED-PAYLOAD$/);
  expect(canonicalRequest(request, [])).not.toMatch(/UNSIGNED-PAYLOAD/);
});

describe("an emulator that requires signatures", () => {
  const path = "/scheduled-tasks?offset=0&limit=1";

  async function signed(change: { secretKey?: string; project?: string } = {}) {
    const { emulator } = await openSession({ requireSignature: true });
    const target = `/v2/${change.project ?? emulator.projectId}${path}`;
    const date = `${new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
    const request = { method: "GET", target, headers: { "x-sdk-date": date }, body: Buffer.of() };
    const text = stringToSign(date, canonicalRequest(request, ["x-sdk-date"]));
    const signature = signatureOf(text, change.secretKey ?? emulator.secretKey);
    return send(`${emulator.url}${target}`, "GET", undefined, {
      "X-Sdk-Date": date,
      Authorization: `SDK-HMAC-SHA256 Access=${emulator.accessKey}, SignedHeaders=x-sdk-date, Signature=${signature}`,
    });
  }

  test("accepts its own pair", async () => {
    expect((await signed()).status).toBe(200);
  });

  test("refuses a wrong secret key as the gateway does", async () => {
    const { status, body, headers } = await signed({ secretKey: "wrong" });
    expect({ status, body }).toEqual({
      status: 401,
      body: {
        error_code: "APIGW.0301",
        error_msg: "Incorrect IAM authentication information: verify aksk signature fail",
        request_id: headers.get("X-Request-Id"),
      },
    });
  });

  test("refuses another project", async () => {
    const { status, body } = await signed({ project: "another" });
    expect(status).toBe(403);
    expect(body).toMatchObject({
      error_code: "APIGW.0302",
      error_msg: "The credentials do not belong to this project",
    });
  });

  test("refuses no credentials and broken ones", async () => {
    const { emulator, api } = await openSession({ requireSignature: true });
    const message = (why: string) => `Incorrect IAM authentication information: ${why}`;
    expect((await api("GET", path)).body.error_msg).toBe(message("x-auth-token not found"));
    const url = `${emulator.url}/v2/${emulator.projectId}${path}`;
    const { body } = await send(url, "GET", undefined, { Authorization: "Basic x" });
    expect(body.error_msg).toBe(message("verify aksk signature fail"));
  });

  test("refuses a date that is none", async () => {
    const { emulator } = await openSession({ requireSignature: true });
    const { body } = await send(`${emulator.url}/v2/${emulator.projectId}${path}`, "GET", undefined, {
      "X-Sdk-Date": "today",
      Authorization: `SDK-HMAC-SHA256 Access=${emulator.accessKey}, SignedHeaders=x-sdk-date, Signature=${"0".repeat(64)}`,
    });
    expect(body.error_msg).toBe("Incorrect IAM authentication information: signature expired");
  });

  test("refuses a token that it has not issued", async () => {
    const { emulator } = await openSession({ requireSignature: true });
    const url = `${emulator.url}/v2/${emulator.projectId}${path}`;
    const { status, body } = await send(url, "GET", undefined, { "X-Auth-Token": "MII" });
    expect([status, body.error_msg]).toEqual([401, "Incorrect IAM authentication information: verify token failed"]);
  });

  test("leaves the control interface open", async () => {
    const { control } = await openSession({ requireSignature: true });
    expect((await control("GET", "/state")).status).toBe(200);
  });
});
