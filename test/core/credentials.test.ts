import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { agencyUrn, principals } from "../../emulator/identity";
import { access } from "../../provider/cloud/access";
import { readSettings, type Settings } from "../../provider/cloud/configuration";
import { keysOfInstance } from "../../provider/cloud/ecsMetadata";
import { serviceAt } from "../../provider/cloud/http";
import { ScheduledTasksApi } from "../../provider/cloud/scheduledTasksApi";
import { transport } from "../../provider/cloud/transport";
import { type Cloud, startCloud } from "../emulated";

let cloud: Cloud;
let folder: string;

beforeEach(async () => {
  cloud = await startCloud({ requireSignature: true });
  folder = mkdtempSync(join(tmpdir(), "credentials-"));
});
afterEach(async () => {
  await cloud.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A client that knows of the emulator's account what the environment says. */
function clientOf(
  environment: { [name: string]: string },
  more: Settings = {},
  engineRuns = async () => true,
): ScheduledTasksApi {
  const { url, region } = cloud.emulator;
  const settings = readSettings(() => undefined, { HW_REGION_NAME: region, ...environment });
  const { place, credentials, explain } = access({ ...settings, endpoint: url, ...more });
  return new ScheduledTasksApi(transport(place, credentials, explain), { engineRuns, tell: () => {} });
}

const user = {
  HW_USER_NAME: principals.userName,
  HW_USER_PASSWORD: principals.password,
  HW_DOMAIN_NAME: principals.domainName,
};
const keys = () => ({ HW_ACCESS_KEY: cloud.emulator.accessKey, HW_SECRET_KEY: cloud.emulator.secretKey });
const failureOf = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "no failure",
    (error: unknown) => String(error),
  );

describe("an IAM user with a password", () => {
  test("logs in once for all requests, into the project of the region", async () => {
    const client = clientOf(user);
    await Promise.all(Array.from({ length: 10 }, () => client.list({})));
    expect(await cloud.counts()).toEqual({
      KeystoneCreateUserTokenByPassword: 1,
      KeystoneListProjects: 1,
      ListScheduledTasks: 10,
    });
    expect(JSON.stringify(await cloud.newRequests())).not.toContain(principals.password);
  });

  test("may be given by HW_PASSWORD too, and the same settings share a token", async () => {
    const { HW_USER_PASSWORD: HW_PASSWORD, ...rest } = user;
    for (let time = 0; time < 2; time++) await clientOf({ ...rest, HW_PASSWORD }).list({});
    expect((await cloud.counts()).KeystoneCreateUserTokenByPassword).toBe(1);
  });

  test("logs in again, once, when the token is refused, and no request fails", async () => {
    const client = clientOf({ ...user, HW_PROJECT_ID: cloud.emulator.projectId });
    await client.list({});
    await cloud.control("POST", "expire");
    await Promise.all(Array.from({ length: 5 }, (_, index) => client.create(`t${index}`, taskOf(`t${index}`))));
    expect((await cloud.counts()).KeystoneCreateUserTokenByPassword).toBe(2);
    expect(await cloud.tasks()).toHaveLength(5);
  });

  test("with a wrong password is told what to check, and the password is not shown", async () => {
    const failure = await failureOf(clientOf({ ...user, HW_USER_PASSWORD: "wrong-password" }).list({}));
    expect(failure).toContain(
      'list ScheduledTasks: not sent. log in to IAM as user "emulator-user" of account "emulator-account": 401 "The username or password is wrong."',
    );
    expect(failure).toContain("Check HW_USER_NAME, HW_USER_PASSWORD and HW_DOMAIN_NAME");
    expect(failure).not.toContain("wrong-password");
  });

  test("is told that a part is missing", () => {
    expect(() => clientOf({ HW_USER_NAME: "u", HW_PASSWORD: "p" })).toThrow(
      "credentials (a user and password are given, the name of their account is not)",
    );
  });
});

test("a POST that was not sent for want of a token is not taken for one whose answer was lost", async () => {
  await cloud.control("PUT", "faults", [
    { operation: "KeystoneCreateUserTokenByPassword", times: 2, do: { status: 503, body: {} } },
    {
      operation: "KeystoneCreateUserTokenByPassword",
      do: { status: 400, body: { error: { code: 400, message: "no" } } },
    },
  ]);
  const failure = await failureOf(
    clientOf({ ...user, HW_PROJECT_ID: cloud.emulator.projectId }).create("nightly", taskOf("nightly")),
  );
  expect(failure).toMatch(/^NotSent: create ScheduledTask "nightly": not sent\. log in to IAM .*: 400 "no"/);
  expect(await cloud.counts()).toEqual({ KeystoneCreateUserTokenByPassword: 3 });
});

test("a write is not sent when the engine went while credentials were fetched", async () => {
  const runs = async () => (await cloud.counts()).KeystoneCreateUserTokenByPassword === undefined;
  const client = clientOf({ ...user, HW_PROJECT_ID: cloud.emulator.projectId }, {}, runs);
  expect(await failureOf(client.create("nightly", taskOf("nightly")))).toContain("not sent, for the engine is gone");
  expect(await cloud.counts()).toEqual({ KeystoneCreateUserTokenByPassword: 1 });
});

describe("the project's id", () => {
  test("is looked up once, with access keys too", async () => {
    const client = clientOf(keys());
    await client.list({});
    await client.list({});
    expect(await cloud.counts()).toEqual({ KeystoneListProjects: 1, ListScheduledTasks: 2 });
  });

  test("is not what to look at when the keys are wrong", async () => {
    const failure = await failureOf(clientOf({ ...keys(), HW_SECRET_KEY: "wrong" }).list({}));
    expect(failure).toMatch(
      /project of region cn-north-4 in IAM: 401 APIGW\.0301 .*Check the access keys or the token/,
    );
  });

  test("is asked for when there is none or several of that name", async () => {
    const elsewhere = await failureOf(clientOf({ ...keys(), HW_REGION_NAME: "cn-south-1" }).list({}));
    expect(elsewhere).toContain("project of region cn-south-1 in IAM: there is none that these credentials see");
    expect(elsewhere).toContain("HW_PROJECT_ID");
    const two = { projects: [{ id: "p1" }, { id: "p2" }] };
    await cloud.control("PUT", "faults", [{ operation: "KeystoneListProjects", do: { status: 200, body: two } }]);
    expect(await failureOf(clientOf(keys()).list({}))).toContain("there are several: p1, p2");
  });
});

describe("an agency", () => {
  const named = { HW_ASSUME_ROLE_AGENCY_NAME: principals.agencyName };
  const byId = { ...named, HW_ASSUME_ROLE_DOMAIN_ID: principals.domainId };
  const byName = { ...named, HW_ASSUME_ROLE_DOMAIN_NAME: principals.domainName };

  test("is assumed through STS with access keys and the id of its account", async () => {
    const client = clientOf({ ...keys(), ...byId, HW_ASSUME_ROLE_DURATION: "900" });
    await Promise.all([client.list({}), client.list({})]);
    await cloud.control("POST", "expire");
    await client.list({});
    expect(await cloud.counts()).toEqual({ AssumeAgency: 2, KeystoneListProjects: 1, ListScheduledTasks: 4 });
  });

  test("is assumed through IAM with the name of its account, or with a token", async () => {
    await clientOf({ ...keys(), ...byName }).list({});
    expect((await cloud.counts()).CreateTemporaryAccessKeyByAgency).toBe(1);
    await clientOf({ ...user, ...byId }).list({});
    expect(await cloud.counts()).toMatchObject({
      CreateTemporaryAccessKeyByAgency: 2,
      KeystoneCreateUserTokenByPassword: 1,
    });
  });

  test("that may not be assumed, or lacks a part, is named", async () => {
    expect(await failureOf(clientOf({ ...keys(), ...byId, HW_ASSUME_ROLE_AGENCY_NAME: "other" }).list({}))).toMatch(
      /assume agency "other" of account \w+ through STS: 403 .*sts:agencies:assume/,
    );
    expect(() => clientOf({ ...keys(), ...named })).toThrow("expected also HW_ASSUME_ROLE_DOMAIN_ID");
    expect(() => clientOf({ ...keys(), ...byId, HW_ASSUME_ROLE_DURATION: "1h" })).toThrow('"1h" is not a number');
  });
});

test("an OIDC id token is exchanged for keys, and read again from its file", async () => {
  const file = join(folder, "id-token");
  writeFileSync(file, `${principals.oidcIdToken}\n`);
  const client = clientOf({
    HUAWEICLOUD_OIDC_PROVIDER_URN: principals.oidcProviderUrn,
    HUAWEICLOUD_OIDC_AGENCY_URN: agencyUrn,
    HUAWEICLOUD_OIDC_TOKEN_FILE: file,
  });
  await client.list({});
  writeFileSync(file, "stale");
  await cloud.control("POST", "expire");
  const failure = await failureOf(client.list({}));
  expect(failure).toContain("exchange the OIDC token for keys");
  expect(failure).not.toContain("stale");
  expect((await cloud.counts()).AssumeAgencyWithOIDC).toBe(2);
});

describe("the shared file of the vendor's CLI", () => {
  const { HW_REGION_NAME: _, ...nothing } = { HW_REGION_NAME: "" };
  const profile = () => ({
    name: "work",
    mode: "AKSK",
    accessKeyId: cloud.emulator.accessKey,
    secretAccessKey: cloud.emulator.secretKey,
    securityToken: "",
    region: cloud.emulator.region,
    projectId: cloud.emulator.projectId,
  });
  const written = (content: object): { [name: string]: string } => {
    const file = join(folder, "config.json");
    writeFileSync(file, JSON.stringify(content));
    return { ...nothing, HW_REGION_NAME: "", HW_SHARED_CONFIG_FILE: file };
  };

  test("gives keys, region and project", async () => {
    await clientOf(written({ current: "work", authEncrypt: "false", profiles: [profile()] })).list({});
    expect(await cloud.counts()).toEqual({ ListScheduledTasks: 1 });
  });

  test("gives the profile that was named, after the environment", async () => {
    const environment = written({ current: "none", profiles: [{ name: "none" }, profile()] });
    await clientOf({ ...environment, HW_PROFILE: "work" }).list({});
    await clientOf({ ...environment, ...keys(), HW_REGION_NAME: cloud.emulator.region }).list({});
    expect(() => clientOf(environment)).toThrow('profile "none" holds no access key pair');
    expect(() => clientOf({ ...environment, HW_PROFILE: "x" })).toThrow(
      'there is no profile "x"; there are "none", "work"',
    );
  });

  test("leads on to the agency of the profile", async () => {
    const agency = { agencyName: principals.agencyName, agencyDomainId: principals.domainId };
    await clientOf(written({ current: "work", profiles: [{ ...profile(), ...agency }] })).list({});
    expect(await cloud.counts()).toEqual({ AssumeAgency: 1, ListScheduledTasks: 1 });
  });

  test("gives the keys of a login through IAM Identity Center", async () => {
    const { accessKeyId, secretAccessKey, ...rest } = profile();
    const sso = { ...rest, mode: "SSO", ssoAuth: { stsToken: { accessKeyId, secretAccessKey } } };
    await clientOf(written({ current: "work", profiles: [sso] })).list({});
  });

  test("is refused in clear words when it is encrypted, and no value of it is shown", () => {
    const encrypted = { ...profile(), accessKeyId: "c2VjcmV0+/==", secretAccessKey: "dG9wIHNlY3JldA==" };
    for (const file of [
      { current: "work", authEncrypt: "true", profiles: [profile()] },
      { current: "work", profiles: [encrypted] },
    ]) {
      const read = () => clientOf(written(file));
      expect(read).toThrow(
        "the file is encrypted, which only the CLI can read. Run `hcloud configure set --cli-auth-encrypt=false`",
      );
      expect(read).not.toThrow(cloud.emulator.secretKey);
    }
  });

  test("is named when it is not there or broken", () => {
    const file = join(folder, "none.json");
    expect(() => clientOf({ HW_SHARED_CONFIG_FILE: file })).toThrow(`"${file}": the file cannot be read (ENOENT)`);
    writeFileSync(file, "{");
    expect(() => clientOf({ HW_SHARED_CONFIG_FILE: file })).toThrow("the file is no JSON object");
  });
});

describe("the metadata of an ECS instance", () => {
  test("give the keys of its agency", async () => {
    const { credentials } = await keysOfInstance(serviceAt(cloud.emulator.url));
    const { url: endpoint, projectId } = cloud.emulator;
    const client = new ScheduledTasksApi(transport({ endpoint, projectId }, credentials), {
      engineRuns: async () => true,
      tell: () => {},
    });
    await client.list({});
    expect(await cloud.counts()).toEqual({ CreateMetadataToken: 1, GetSecurityKey: 1, ListScheduledTasks: 1 });
  });

  test("are waited for no longer than a second", async () => {
    await cloud.control("PUT", "faults", [{ operation: "CreateMetadataToken", do: "hang" }]);
    const started = performance.now();
    const failure = await failureOf(keysOfInstance(serviceAt(cloud.emulator.url)));
    expect(performance.now() - started).toBeLessThan(1_500);
    expect(failure).toContain("Run it on an ECS instance that has an agency, or take ecsMetadata back");
  });
});

describe("a denial", () => {
  const environment = () => ({ ...keys(), HW_PROJECT_ID: cloud.emulator.projectId });

  test("is explained by STS", async () => {
    await cloud.control("PUT", "denied", ["UpdateScheduledTasks"]);
    expect(await failureOf(clientOf(environment()).update("nightly", "1", { task_name: "n" }))).toMatch(
      /^Denied: update ScheduledTask "nightly" \(id 1\): 403 .*workspace:scheduledTasks:update\..*workspace:scheduledTasks:\*.*docs\/permissions\.md\. The reason, as STS decodes it: .*implicit deny by identity-based policy/,
    );
  });

  test("that STS may not explain names the action and the least policy, and STS is not asked again", async () => {
    await cloud.control("PUT", "denied", ["UpdateScheduledTasks", "DecodeAuthorizationMessage"]);
    const client = clientOf(environment());
    for (let time = 0; time < 2; time++) {
      const failure = await failureOf(client.update("nightly", "1", { task_name: "n" }));
      expect(failure).toMatch(/action workspace:scheduledTasks:update\..*workspace:scheduledTasks:\*/);
      expect(failure).toContain("sts::decodeAuthorizationMessage");
      expect(failure).not.toContain("emulator.");
    }
    expect((await cloud.counts()).DecodeAuthorizationMessage).toBe(1);
  });
});

test("no credential follows a redirect", async () => {
  const elsewhere = await startCloud();
  try {
    const location = `${elsewhere.emulator.url}/v2/p/scheduled-tasks`;
    const redirect = { status: 307, headers: { Location: location }, body: { error_msg: "over there" } };
    await cloud.control("PUT", "faults", [{ operation: "*", do: redirect }]);
    for (const environment of [{ ...keys(), HW_PROJECT_ID: cloud.emulator.projectId }, keys(), user])
      expect(await failureOf(clientOf(environment).list({}))).toContain(
        "status 307 with a redirect, which is not followed",
      );
    expect(await elsewhere.counts()).toEqual({});
  } finally {
    await elsewhere.stop();
  }
});

const taskOf = (name: string) => ({
  task_name: name,
  task_type: "STOP",
  scheduled_type: "DAY",
  day_interval: 1,
  scheduled_time: "03:00:00",
  time_zone: "Asia/Shanghai",
});
