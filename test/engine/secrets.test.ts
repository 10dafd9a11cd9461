import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import { type Cloud, startCloud } from "../emulated";
import { privateEnvironment } from "./project";
import { createTasksStack, type Front, type TasksStack } from "./tasks";
import { type Plugin, preparePlugin } from "./yaml";

const planted = {
  secretKey: "planted-secret-key",
  securityToken: "planted-security-token",
  authToken: "planted-auth-token",
  part: "planted-part-of-extra-params",
  whole: "planted-whole-extra-params",
  zone: "planted-time-zone",
  json: "planted-bad-json",
  weekday: "planted-weekday",
  description: "planted-description",
};
type Planted = keyof typeof planted;

/** Where something was printed, line by line. */
type Place = "terminal" | "engine log" | "event log" | "state" | "emulator record";
interface Hit {
  readonly place: Place;
  readonly secret: Planted;
  /** Who wrote the line, if not this provider. */
  readonly writer: string | undefined;
}

/**
 * What the engine and its SDK print of every resource of every provider, whatever the provider does: the values that go
 * between them, at -v=9, and what the Node SDK got back, as a debug message.
 */
const writers = {
  "engine, -v=9": /"msg":"(Unm|M)arshaling property for RPC\[/,
  "Node SDK, debug message": /RegisterResource RPC finished/,
};
const writerOf = (line: string): string | undefined =>
  Object.entries(writers).find(([, pattern]) => pattern.test(line))?.[0];

function scan(place: Place, text: string): Hit[] {
  const secrets = Object.keys(planted) as Planted[];
  // The engine may begin its own line at the end of another's.
  return text
    .split(/\n|(?=\{"time":)/)
    .flatMap((line) =>
      secrets
        .filter((secret) => line.includes(planted[secret]))
        .map((secret) => ({ place, secret, writer: writerOf(line) })),
    );
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesIn(path) : [path]));

let plugin: Plugin;
let cloud: Cloud;
beforeAll(async () => {
  plugin = preparePlugin();
  cloud = await startCloud();
}, 600_000);
afterAll(async () => {
  await cloud?.stop();
  plugin?.cleanup();
});
beforeEach(() => cloud.reset());

const { taskName: _, ...week } = taskOf("WEEK");
const secret = (value: unknown): object => ({ secret: value });
const declared = (part: string, description = planted.description) => ({
  part: { args: { ...week, extraParams: { notify_message: secret(part), open: "seen" } } },
  whole: { args: { ...week, extraParams: secret(`{"notify_message":"${planted.whole}"}`) } },
  text: { args: { ...week, description: secret(description) } },
});
const keys = {
  HW_ACCESS_KEY: "an-access-key",
  HW_SECRET_KEY: planted.secretKey,
  HW_SECURITY_TOKEN: planted.securityToken,
};

test.each<Front>(["dynamic", "plugin"])("%s front: nothing but the engine itself prints a secret", async (front) => {
  const logs = join(plugin.folder, front);
  mkdirSync(logs);
  const env = {
    PATH: [plugin.folder, privateEnvironment(logs).PATH].join(delimiter),
    // The option --event-log.
    PULUMI_DEBUG_COMMANDS: "true",
    NODE_DEBUG: "http,http2,net,tls,stream,undici,fetch",
    GRPC_TRACE: "all",
    GRPC_VERBOSITY: "DEBUG",
  };
  const stack: TasksStack = await createTasksStack(cloud, { secrets: {}, env }, front);
  const hits: Hit[] = [];
  const run = async (args: string[], credentials: { [name: string]: string }) => {
    const events = join(logs, `events-${readdirSync(logs).length}`);
    const verbose = [...args, "-v=9", "--logtostderr", "--logflow", "--event-log", events];
    const { code, stdout, stderr } = await stack.run(verbose, { env: credentials });
    const said = `${stdout}\n${stderr}`;
    hits.push(...scan("engine log", said), ...scan("event log", readFileSync(events, "utf8")));
    return { code, output: said };
  };
  try {
    stack.declare(declared("old part"));
    expect(await run(["up", "--yes"], keys)).toMatchObject({ code: 0 });

    stack.declare(declared(planted.part));
    const refusal = { error_code: "WKS.0001", error_msg: `${planted.part} and ${planted.secretKey} are too rude` };
    const what = { status: 400, body: refusal };
    await cloud.control("PUT", "faults", [{ operation: "UpdateScheduledTasks", nth: 1, when: "before", do: what }]);
    const refused = await run(["up", "--yes", "--refresh"], keys);
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain("[secret] and [secret] are too rude");
    expect(await run(["up", "--yes"], { HW_AUTH_TOKEN: planted.authToken })).toMatchObject({ code: 0 });
    expect(JSON.stringify(await cloud.tasks())).toContain(planted.part);

    const bad = {
      timeZone: secret(planted.zone),
      extraParams: secret(`{${planted.json}`),
      weekList: secret([planted.weekday]),
    };
    stack.declare({ bad: { args: { ...week, ...bad } } });
    await stack.run(["config", "set", "--secret", "huaweicloud-workspace:authToken", planted.authToken]);
    const failed = await run(["preview", "--diff"], {});
    expect(failed.code).not.toBe(0);
    expect(failed.output).toContain('timeZone: \\"[secret]\\" is not');

    stack.declare(declared(planted.part, "another"));
    hits.push(...scan("terminal", (await stack.run(["preview", "--refresh", "--diff"])).output));
    hits.push(...scan("terminal", (await stack.run(["preview", "--json"])).output));
    for (const file of filesIn(join(stack.folder, "..", "backend")))
      hits.push(...scan("state", readFileSync(file, "utf8")));
    const { requests } = (await cloud.control("GET", "requests")) as { requests: { body: { description?: string } }[] };
    // The cloud is told the description, which nobody but its writer can know to be a secret.
    for (const { body } of requests) delete body?.description;
    hits.push(...scan("emulator record", JSON.stringify(requests)));
  } finally {
    stack.cleanup();
  }
  expect(hits.filter(({ writer }) => writer === undefined)).toEqual([]);
  const byTheEngine = Object.keys(writers).map(
    (name) => `${name}: ${hits.filter(({ writer }) => writer === name).length}`,
  );
  process.stdout.write(
    `secrets, ${front} front: 0 lines of the provider; of the engine itself: ${byTheEngine.join(", ")}\n`,
  );
});
