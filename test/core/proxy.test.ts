import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { access } from "../../provider/cloud/access";
import type { Settings } from "../../provider/cloud/configuration";
import { transport } from "../../provider/cloud/transport";
import { type Cloud, startCloud } from "../emulated";

/** A certificate for localhost that no authority has signed, good until 2126. */
const certificate = join(__dirname, "localhost/cert.pem");
const key = join(__dirname, "localhost/key.pem");

let cloud: Cloud;
let secure: Server;
let proxy: Server;
let tunnels: string[];
let refuses: boolean;
let cacertFile: string;
let folder: string;
const outer = { ...process.env };
const sockets = new Set<Socket>();

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
const kept = (socket: Socket): Socket => {
  sockets.add(socket.on("error", () => socket.destroy()));
  return socket;
};
const joined = (one: Socket, other: Socket): void => {
  kept(one).pipe(kept(other)).pipe(one);
};
const listening = async <S extends Server>(server: S): Promise<S> => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
};

beforeEach(async () => {
  cloud = await startCloud({ requireSignature: true });
  const emulatorPort = Number(new URL(cloud.emulator.url).port);
  const options = { key: readFileSync(key), cert: readFileSync(certificate) };
  secure = await listening(createTlsServer(options, (socket) => joined(socket, connect(emulatorPort, "127.0.0.1"))));
  tunnels = [];
  refuses = false;
  proxy = await listening(
    createHttpServer((request, response) => {
      tunnels.push(String(request.url));
      response.end();
    }).on("connect", ({ url = "", headers }, client: Socket) => {
      tunnels.push([url, headers["proxy-authorization"]].filter(Boolean).join(" "));
      if (refuses) client.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
      else {
        client.write("HTTP/1.1 200 OK\r\n\r\n");
        joined(client, connect(Number(url.split(":")[1]), "127.0.0.1"));
      }
    }),
  );
  // Each file has connections of its own, which know the proxy of the time when they were made.
  folder = mkdtempSync(join(tmpdir(), "proxy-"));
  cacertFile = join(folder, "ca.pem");
  copyFileSync(certificate, cacertFile);
});
afterEach(async () => {
  process.env = { ...outer };
  for (const socket of sockets) socket.destroy();
  for (const server of [secure, proxy]) await new Promise((resolve) => server.close(resolve));
  await cloud.stop();
  rmSync(folder, { recursive: true });
});

/** Lists the tasks, after looking up the project, with this environment. */
async function list(environment: { [name: string]: string }, settings: Settings = {}): Promise<unknown> {
  for (const name of ["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"]) {
    delete process.env[name];
    delete process.env[name.toLowerCase()];
  }
  Object.assign(process.env, environment);
  const { accessKey, secretKey, region } = cloud.emulator;
  const endpoint = `https://localhost:${portOf(secure)}`;
  const { place, credentials } = access({ accessKey, secretKey, region, endpoint, cacertFile, ...settings });
  return transport(place, credentials).send({
    what: "list ScheduledTasks",
    operation: "ListScheduledTasks",
    method: "GET",
    path: "/scheduled-tasks",
    query: { offset: 0, limit: 50 },
  });
}
const proxyUrl = (login = "") => `http://${login}127.0.0.1:${portOf(proxy)}`;
const empty = { scheduled_tasks: [], total_count: 0 };

test("https goes through HTTPS_PROXY, with its login, and the CA file is trusted", async () => {
  expect(await list({ HTTPS_PROXY: proxyUrl("me:proxy-password@") })).toEqual(empty);
  const login = `Basic ${Buffer.from("me:proxy-password").toString("base64")}`;
  expect([...new Set(tunnels)]).toEqual([`localhost:${portOf(secure)} ${login}`]);
  expect(await cloud.counts()).toEqual({ KeystoneListProjects: 1, ListScheduledTasks: 1 });
});

test("an address without a scheme is one of a proxy too", async () => {
  expect(await list({ HTTPS_PROXY: `127.0.0.1:${portOf(proxy)}` })).toEqual(empty);
  expect(tunnels).toContain(`localhost:${portOf(secure)}`);
});

test("a host of NO_PROXY is asked directly, and HTTP_PROXY is not for https", async () => {
  expect(await list({ HTTPS_PROXY: proxyUrl(), NO_PROXY: "localhost" })).toEqual(empty);
  cacertFile = join(folder, "another.pem");
  copyFileSync(certificate, cacertFile);
  expect(await list({ HTTP_PROXY: proxyUrl() })).toEqual(empty);
  expect(tunnels).toEqual([]);
});

test("plain http, which leads to this machine, never goes to a proxy", async () => {
  const environment = { HTTPS_PROXY: proxyUrl(), HTTP_PROXY: proxyUrl() };
  expect(await list(environment, { endpoint: cloud.emulator.url })).toEqual(empty);
  expect(tunnels).toEqual([]);
});

test("a certificate that nobody vouches for is refused", async () => {
  await expect(list({}, { cacertFile: key, projectId: "p" })).rejects.toThrow(
    /no answer from https:\/\/localhost:\d+: (DEPTH_ZERO_SELF_SIGNED_CERT|ERR_)/,
  );
});

test("what a proxy refuses is told, its password is not", async () => {
  refuses = true;
  const failed = list({ HTTPS_PROXY: proxyUrl("me:proxy-password@") }, { projectId: cloud.emulator.projectId });
  await expect(failed).rejects.toThrow(/407.*Check the network, the proxy and the endpoint/);
  await expect(failed).rejects.not.toThrow(/proxy-password/);
});

test("what is no proxy and no CA file is named by its setting", async () => {
  await expect(list({ HTTPS_PROXY: "http://me:proxy-password@:x" })).rejects.toThrow(
    /^HTTPS_PROXY: not the address of a proxy; expected http:/,
  );
  await expect(list({}, { cacertFile: join(folder, "none.pem") })).rejects.toThrow(
    /^huaweicloud-workspace:cacertFile: ".*none\.pem" cannot be read \(ENOENT\)/,
  );
});
