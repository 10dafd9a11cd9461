import { tmpdir } from "node:os";
import { access } from "./access";
import { readSettings } from "./configuration";

const from = (config: { [name: string]: string }, environment: { [name: string]: string } = {}) =>
  readSettings((key) => config[key.replace("huaweicloud-workspace:", "")], environment);
const place = { region: "cn-north-4", projectId: "p" };
const environment = { HW_ACCESS_KEY: "ea", HW_SECRET_KEY: "es", HW_SECURITY_TOKEN: "et" };

test("stack config goes before the environment", () => {
  expect(from(place, { HW_REGION_NAME: "x", HW_PROJECT_ID: "y" })).toEqual(place);
  expect(from({}, { HW_REGION_NAME: "x", HW_PROJECT_ID: "y" })).toEqual({ region: "x", projectId: "y" });
  expect(from({ region: "" }, { HW_REGION_NAME: "x" })).toEqual({ region: "x" });
});

test("credentials come from one source as a whole", () => {
  const credentials = (config: { [name: string]: string }) =>
    access(from({ ...place, ...config }, environment)).credentials.current();
  expect(credentials({})).toEqual({ keys: { accessKey: "ea", secretKey: "es", securityToken: "et" } });
  expect(credentials({ accessKey: "ca", secretKey: "cs" })).toEqual({ keys: { accessKey: "ca", secretKey: "cs" } });
  expect(credentials({ authToken: "ct" })).toEqual({ token: "ct" });
  expect(() => credentials({ accessKey: "ca" })).toThrow("an access key is given, its secret key is not");
  expect(() => credentials({ oidcTokenFile: "file" })).toThrow("an OIDC token is given, the URN of its provider");
  expect(() => credentials({ ecsMetadata: "true", password: "p" })).toThrow(
    "a password is given, its user name is not",
  );
});

test("a credential that is given only in part is not filled up from the shared file, a user name is none", () => {
  const environment = { HW_SHARED_CONFIG_FILE: "/there/is/none" };
  expect(() => access(from(place, { ...environment, HW_ACCESS_KEY: "a" }))).toThrow("its secret key is not");
  expect(() => access(from(place, { ...environment, HW_USER_NAME: "a" }))).toThrow('"/there/is/none": the file cannot');
});

test("a switch is set for one run by its variable, and its value is checked", () => {
  expect(from({ onExisting: "error" }, { HUAWEICLOUD_WORKSPACE_ON_EXISTING: "adopt" })).toEqual({
    onExisting: "adopt",
  });
  expect(() => from({ onConflict: "ask" })).toThrow(
    'huaweicloud-workspace:onConflict: "ask" is not allowed; expected one of warn, fail, overwrite.',
  );
});

test("everything that is missing is named at once", () => {
  // Whoever runs this may have a shared file.
  process.env.HOME = tmpdir();
  const message =
    /region: HW_REGION_NAME[\s\S]*project id: HW_PROJECT_ID[\s\S]*HW_ACCESS_KEY and HW_SECRET_KEY[\s\S]*HW_AUTH_TOKEN/;
  expect(() => access(from({}))).toThrow(message);
});

test("an endpoint with a path is refused, not cut", () => {
  expect(() => access(from({ ...place, authToken: "t", endpoint: "https://x.example/path" }))).toThrow(
    '"https://x.example/path" has a path',
  );
});
