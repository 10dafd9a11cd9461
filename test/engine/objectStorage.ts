import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, request } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { goCommand } from "../../tools/goCommand";

const server = "github.com/versity/versitygw/cmd/versitygw@v1.8.0";
const domain = "obs.example.test";
const bucket = "pulumi-state";
const keys = { access: "state-access-key", secret: "state-secret-key" };
const startMs = 15_000;

export type ObjectStorage = Awaited<ReturnType<typeof startObjectStorage>>;

/**
 * An S3 server with one bucket, at a domain that a proxy leads to, so that buckets are named by host as OBS wants it.
 * It refuses requests that name the bucket by path.
 */
export async function startObjectStorage() {
  const folder = mkdtempSync(join(tmpdir(), "s3-"));
  const [files, metadata] = [join(folder, "files"), join(folder, "metadata")];
  for (const each of [files, metadata, join(files, bucket)]) mkdirSync(each);
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(
    await goCommand(server),
    ["--port", address, "--virtual-domain", domain, "--quiet", "posix", "--sidecar", metadata, files],
    { env: { PATH: process.env.PATH, ROOT_ACCESS_KEY: keys.access, ROOT_SECRET_KEY: keys.secret }, stdio: "ignore" },
  );
  await answering(child, address);
  const hosts = new Set<string>();
  const proxy = await startProxy(address, (host) => hosts.add(host));

  return {
    /** What leads Pulumi's CLI to the bucket; the region is the server's own. */
    env: {
      PULUMI_BACKEND_URL: `s3://${bucket}?endpoint=${domain}&disableSSL=true&region=us-east-1`,
      AWS_ACCESS_KEY_ID: keys.access,
      AWS_SECRET_ACCESS_KEY: keys.secret,
      AWS_REQUEST_CHECKSUM_CALCULATION: "when_required",
      AWS_RESPONSE_CHECKSUM_VALIDATION: "when_required",
      AWS_EC2_METADATA_DISABLED: "true",
      HTTP_PROXY: proxy.url,
      NO_PROXY: "127.0.0.1,localhost",
    },
    /** The hosts that were asked. */
    hosts,
    /** Names of the objects, sorted. */
    objects: (): string[] =>
      readdirSync(join(files, bucket), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(join(files, bucket).length + 1))
        .sort(),
    stop: async () => {
      proxy.close();
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createTcpServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

async function answering(child: ChildProcess, address: string): Promise<void> {
  const end = Date.now() + startMs;
  while (Date.now() < end) {
    if (child.exitCode !== null) break;
    const isUp = await fetch(`http://${address}/`).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await sleep(50);
  }
  throw new Error(`the S3 server does not answer at ${address}`);
}

/** Hands on requests to whatever host, as they are. */
async function startProxy(address: string, asked: (host: string) => void) {
  const [hostname, port] = address.split(":");
  const proxy = createServer((incoming, answer) => {
    asked(incoming.headers.host ?? "");
    const { pathname, search } = new URL(incoming.url ?? "/", "http://unknown");
    const { method, rawHeaders } = incoming;
    const onward = request({ hostname, port, method, path: pathname + search, setHost: false });
    for (let index = 0; index < rawHeaders.length; index += 2) {
      const [name = "", value = ""] = rawHeaders.slice(index, index + 2);
      if (!/^proxy-/i.test(name)) onward.appendHeader(name, value);
    }
    onward.on("response", (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    incoming.pipe(onward);
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    close: () => {
      proxy.close();
      proxy.closeAllConnections();
    },
  };
}
