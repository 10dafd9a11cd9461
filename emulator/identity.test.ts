import { closeSessions, openSession, send } from "./fixtures/session";
import { agencyUrn, principals } from "./identity";

afterEach(closeSessions);

const { userName: name, password, domainName } = principals;
const login = (change: object = {}, scope: object = { project: { name: "cn-north-4" } }) => ({
  auth: {
    identity: {
      methods: ["password"],
      password: { user: { name, password, domain: { name: domainName }, ...change } },
    },
    scope,
  },
});
const oidc = {
  provider_urn: principals.oidcProviderUrn,
  agency_urn: agencyUrn,
  agency_session_name: "a-session",
  id_token: principals.oidcIdToken,
};

describe("IAM of an emulator that looks at credentials", () => {
  test("gives a token that opens the project of its scope until it is ended", async () => {
    const { emulator, control } = await openSession({ requireSignature: true });
    const { status, body, headers } = await send(`${emulator.url}/v3/auth/tokens`, "POST", login());
    expect([status, body.token.project]).toEqual([201, { id: emulator.projectId, name: emulator.region }]);
    const list = async (project = emulator.projectId) =>
      (
        await send(`${emulator.url}/v2/${project}/scheduled-tasks?offset=0&limit=1`, "GET", undefined, {
          "X-Auth-Token": headers.get("x-subject-token") ?? "",
        })
      ).status;
    expect([await list(), await list("another")]).toEqual([200, 403]);
    await control("POST", "/expire");
    expect(await list()).toBe(401);
  });

  test("gives a token of the account that opens no project", async () => {
    const { emulator } = await openSession({ requireSignature: true });
    const scope = { domain: { name: domainName } };
    const { headers } = await send(`${emulator.url}/v3/auth/tokens`, "POST", login({}, scope));
    const token = { "X-Auth-Token": headers.get("x-subject-token") ?? "" };
    const url = `${emulator.url}/v2/${emulator.projectId}/scheduled-tasks?offset=0&limit=1`;
    expect((await send(url, "GET", undefined, token)).status).toBe(403);
    const found = await send(`${emulator.url}/v3/projects?name=${emulator.region}`, "GET", undefined, token);
    expect(found.body.projects).toMatchObject([{ id: emulator.projectId, name: emulator.region }]);
    const none = await send(`${emulator.url}/v3/projects?name=elsewhere`, "GET", undefined, token);
    expect(none.body.projects).toEqual([]);
  });

  test.each([
    ["another password", login({ password: "x" }), 401],
    ["another user", login({ name: "x" }), 401],
    ["another account", login({ domain: { name: "x" } }), 401],
    ["another region", login({}, { project: { name: "elsewhere" } }), 401],
    ["no password", login({ password: undefined }), 400],
    ["no body", undefined, 400],
  ])("refuses %s", async (_, body, status) => {
    const { emulator } = await openSession({ requireSignature: true });
    const answer = await send(`${emulator.url}/v3/auth/tokens`, "POST", body);
    expect([answer.status, answer.body.error.code]).toEqual([status, status]);
    expect(answer.headers.get("x-subject-token")).toBeNull();
  });

  test("and STS want credentials", async () => {
    const { emulator } = await openSession({ requireSignature: true });
    const status = async (method: string, path: string, body?: object) =>
      (await send(`${emulator.url}${path}`, method, body, { "X-Auth-Token": "MII" })).status;
    expect([
      await status("GET", "/v3/projects"),
      await status("POST", "/v3.0/OS-CREDENTIAL/securitytokens", {}),
      await status("POST", "/v5/agencies/assume", {}),
      await status("POST", "/v5/decode-authorization-message", {}),
      await status("GET", "/openstack/latest/securitykey"),
    ]).toEqual([401, 401, 401, 401, 401]);
  });

  test.each([
    ["a wrong id token", { ...oidc, id_token: "x" }, 403],
    ["another agency", { ...oidc, agency_urn: "iam::d:agency:x" }, 403],
    ["a malformed URN", { ...oidc, agency_urn: "x" }, 400],
    ["a session name with a space", { ...oidc, agency_session_name: "a session" }, 400],
    ["a session that is too short", { ...oidc, duration_seconds: 899 }, 400],
  ])("STS refuses %s", async (_, body, status) => {
    const { emulator } = await openSession({ requireSignature: true });
    expect((await send(`${emulator.url}/v5/agencies/assume-with-oidc`, "POST", body)).status).toBe(status);
  });
});

test("an emulator that does not look at credentials lets everybody log in, and records no password", async () => {
  const { emulator, control } = await openSession();
  const body = login({ name: "anybody", password: "a-password-of-somebody" });
  expect((await send(`${emulator.url}/v3/auth/tokens`, "POST", body)).status).toBe(201);
  const { requests } = (await control("GET", "/requests")).body;
  expect(requests).toEqual([
    {
      operation: "KeystoneCreateUserTokenByPassword",
      method: "POST",
      path: "/v3/auth/tokens",
      status: 201,
      body: null,
    },
  ]);
});

test("a denied operation holds a reason that STS decodes, and nothing else is decoded", async () => {
  const { emulator, api, control } = await openSession();
  await control("PUT", "/denied", ["ShowScheduledTasks"]);
  const { status, body } = await api("GET", "/scheduled-tasks/1");
  expect([status, body.error_code]).toEqual([403, "WKS.00170403"]);
  const decode = (encoded_message: string) =>
    send(`${emulator.url}/v5/decode-authorization-message`, "POST", { encoded_message });
  const decoded = await decode(body.encoded_authorization_message);
  expect(JSON.parse(decoded.body.decoded_message).failure).toBe("implicit deny by identity-based policy");
  expect((await decode("HY0L8G1lOe3rcfgxfKVP")).status).toBe(400);
  expect((await control("PUT", "/denied", ["Nothing"])).status).toBe(400);
  await control("POST", "/reset");
  expect((await api("GET", "/scheduled-tasks/1")).status).toBe(404);
});
