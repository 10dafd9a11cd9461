import { endpointsOf } from "./endpoints";

test.each([
  ["cn-north-4", "com"],
  ["eu-west-101", "eu"],
  ["eu-west-0", "com"],
])("%s is a region of myhuaweicloud.%s", (region, domain) => {
  expect(endpointsOf({}, region)).toEqual({
    workspace: `https://workspace.${region}.myhuaweicloud.${domain}`,
    iam: `https://iam.${region}.myhuaweicloud.${domain}`,
    sts: `https://sts.${region}.myhuaweicloud.${domain}`,
  });
});

test("an endpoint on this machine is asked for tokens too, another one is not", () => {
  const local = "http://127.0.0.1:8080";
  expect(endpointsOf({ endpoint: local }, "r")).toEqual({ workspace: local, iam: local, sts: local });
  expect(endpointsOf({ endpoint: "https://gateway.example" }, "r").iam).toBe("https://iam.r.myhuaweicloud.com");
  expect(endpointsOf({ endpoint: local, iamEndpoint: "https://iam.example" }, "r").iam).toBe("https://iam.example");
});

test("each address is checked, by its own name", () => {
  expect(() => endpointsOf({ stsEndpoint: "http://sts.example" }, "r")).toThrow(
    'huaweicloud-workspace:stsEndpoint: "http://sts.example" is not an https address',
  );
});
