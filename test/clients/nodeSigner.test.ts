import { BasicCredentials } from "@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials";
import { HcClient } from "@huaweicloud/huaweicloud-sdk-core/HcClient";
import { DefaultHttpClient } from "@huaweicloud/huaweicloud-sdk-core/http/DefaultHttpClient";
import fc from "fast-check";
import { verifySignature } from "../../emulator/signature";
import { authorization } from "../../provider/cloud/sign";
import { encoded, type Meant, randomRequest } from "./randomRequests";

const endpoint = "https://workspace.cn-north-4.myhuaweicloud.com";
const projectId = "0123456789abcdef0123456789abcdef";
const client = new HcClient(new DefaultHttpClient({}, [endpoint]));

/**
 * Not in a path: what the Node signer encodes twice there (a space and `"'<>^{|}`, the backtick and a percent sign),
 * takes for its end (`?`, `#`) or drops (a tab, a line's end) or turns into a slash (`\`). The vendor's Python signer
 * does none of this, and signs such a path as we do: see pythonSdk.test.ts.
 */
const withoutItsMistakes = (text: string) => text.replace(/[\s"'<>^{|}`%?#\\]/g, "測");

/** The headers that the vendor's Node SDK sends, Authorization among them. */
async function vendorHeaders({ method, segments, query, body, keys }: Meant): Promise<Record<string, string>> {
  const { accessKey: ak, secretKey: sk, securityToken } = keys;
  const credentials = new BasicCredentials({ ak, sk, projectId, ...(securityToken && { securityToken }) });
  const valuesOf = (name: string) => query.filter(([other]) => other === name).map(([, value]) => value);
  const { headers } = await credentials.processAuthRequest(client, {
    endpoint,
    url: `/${segments.join("/")}`,
    method,
    queryParams: Object.fromEntries(query.map(([name]) => [name, valuesOf(name)])),
    headers: { "content-type": "application/json" },
    data: body,
  });
  return headers;
}

test("agrees with the vendor's Node signer on 1,000 random requests, and the emulator accepts its signatures", async () => {
  await fc.assert(
    fc.asyncProperty(randomRequest(withoutItsMistakes), async (meant) => {
      const { Authorization: theirs = "", ...headers } = await vendorHeaders(meant);
      const request = encoded(meant);

      expect(authorization({ ...request, headers }, meant.keys)).toBe(theirs);

      const { method, path, query, body } = request;
      const sent = Object.entries({ ...headers, authorization: theirs }).map(([name, value]) => [
        name.toLowerCase(),
        value,
      ]);
      const target = query === "" ? path : `${path}?${query}`;
      const arrived = { method, target, headers: Object.fromEntries(sent), body: Buffer.from(body) };
      verifySignature(arrived, meant.keys, Date.now());
    }),
    { numRuns: 1000 },
  );
});
