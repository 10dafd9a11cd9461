import { authorization, sdkDate } from "./sign";

/** Made by signer/signer.py of the vendor's Python package huaweicloudsdkcore 3.1.219 with made-up keys. */
const keys = { accessKey: "EXAMPLEACCESSKEY0001", secretKey: "exampleSecretKey0123456789abcdefghijklmn" };
const project = "/v2/0123456789abcdef0123456789abcdef/scheduled-tasks";
const headers = {
  "X-Sdk-Date": "20260102T030405Z",
  "Content-Type": "application/json",
  "X-Project-Id": "0123456789abcdef0123456789abcdef",
  Host: "workspace.cn-north-4.myhuaweicloud.com",
};

test("signs a list with a non-ASCII query as the vendor's signer does", () => {
  const query = "limit=10&offset=0&task_name=%E6%B5%8B%E8%AF%95%20%E4%BB%BB%E5%8A%A1";
  expect(authorization({ method: "GET", path: project, query, headers, body: "" }, keys)).toBe(
    "SDK-HMAC-SHA256 Access=EXAMPLEACCESSKEY0001, SignedHeaders=content-type;host;x-project-id;x-sdk-date, Signature=6a11785224cfa6334804f2bae2f6755923360192937bef02c81158c7d9670f32",
  );
});

test("signs a create with temporary keys as the vendor's signer does", () => {
  const body =
    '{"task_name":"t1","task_type":"START","scheduled_type":"DAY","day_interval":1,"scheduled_time":"09:00:00"}';
  const signed = {
    method: "POST",
    path: project,
    query: "",
    headers: { ...headers, "X-Security-Token": "TOKEN123" },
    body,
  };
  expect(authorization(signed, keys)).toBe(
    "SDK-HMAC-SHA256 Access=EXAMPLEACCESSKEY0001, SignedHeaders=content-type;host;x-project-id;x-sdk-date;x-security-token, Signature=a7c55b9344b90fd9f56c56c0183992d7bcf65681e8af3104ce07cb8d809ae593",
  );
});

test("writes the date without separators and fractions", () => {
  expect(sdkDate(new Date("2026-01-02T03:04:05.678Z"))).toBe("20260102T030405Z");
});
