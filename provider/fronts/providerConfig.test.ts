import { UNKNOWN } from "../scheduledTask/fields";
import { checkConfig, diffConfig } from "./providerConfig";

test.each([
  [
    "everything that may be given",
    {
      region: "r",
      projectId: "p",
      endpoint: "https://a.b",
      timeZone: "UTC",
      onConflict: "overwrite",
      version: "1.0.0",
    },
    [],
  ],
  ["nothing", {}, []],
  ["values that are not known yet", { region: UNKNOWN, endpoint: UNKNOWN, timeZone: UNKNOWN }, []],
  ["addresses of IAM and STS", { iamEndpoint: "iam", stsEndpoint: "https://a.b/v5" }, ["iamEndpoint", "stsEndpoint"]],
  ["plain http to this machine", { endpoint: "http://127.0.0.1:1" }, []],
  ["empty texts", { endpoint: "", timeZone: "", onConflict: "" }, []],
  ["an unknown name", { regoin: "r" }, ["regoin"]],
  [
    "several at once",
    { endpoint: "http://a.b", timeZone: "Paris", onConflict: "ask", region: 3, assumeRoleDuration: "1h" },
    ["endpoint", "timeZone", "onConflict", "region", "assumeRoleDuration"],
  ],
])("%s", (_, config, paths) => {
  expect(checkConfig(config).map(({ path }) => path)).toEqual(paths);
});

test.each([
  ["another region", { region: "a" }, { region: "b" }, { region: "update-replace" }],
  ["another project", { projectId: "a" }, { projectId: "b" }, { projectId: "update-replace" }],
  ["a region that the environment gave before", {}, { region: "b" }, { region: "add" }],
  [
    "another endpoint, another key",
    { endpoint: "a", secretKey: "a" },
    { endpoint: "b", secretKey: "b" },
    { endpoint: "update", secretKey: "update" },
  ],
  ["one less", { timeZone: "UTC" }, {}, { timeZone: "delete" }],
  ["another version of the plugin", { version: "1" }, { version: "2" }, {}],
])("%s in the configuration", (_, old, wanted, paths) => {
  expect(diffConfig(old, wanted)).toEqual(paths);
});
