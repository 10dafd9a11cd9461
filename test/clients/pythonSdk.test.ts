import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { authorization } from "../../provider/cloud/sign";
import { type Python, preparePython } from "../../tools/pythonEnvironment";
import { type Cloud, startCloud } from "../emulated";
import { encoded, randomRequest } from "./randomRequests";
import { vendorsSdk } from "./vendorsSdk";

const operations: string[] = JSON.parse(
  readFileSync(join(__dirname, "../../emulator/fixtures/scheduled-tasks.json"), "utf8"),
).endpoints.map(({ operation }: { operation: string }) => operation);

/** A call that the script reports. */
interface Call {
  readonly operation: string;
  readonly status: number;
  readonly [fact: string]: unknown;
}

let python: Python;
let cloud: Cloud;
let calls: Call[];
const called = (operation: string) => calls.filter((call) => call.operation === operation);

const seed = Date.now() % 2 ** 31;

// The first time on a machine, the SDK is downloaded.
const prepareMs = 300_000;

beforeAll(async () => {
  python = await preparePython(vendorsSdk("requirements.txt"));
  cloud = await startCloud({ requireSignature: true });
  const { url, projectId, accessKey, secretKey } = cloud.emulator;
  const output = await python.run(vendorsSdk("thirteen_calls.py"), [
    JSON.stringify({ url, projectId, accessKey, secretKey }),
  ]);
  calls = output.map((line) => JSON.parse(line));
}, prepareMs);

afterAll(() => cloud?.stop());

test("the vendor's Python SDK does 13 of 13 calls, all signed", () => {
  const succeeded = new Set(calls.filter(({ status }) => status === 200).map(({ operation }) => operation));
  expect(operations).toHaveLength(13);
  expect([...succeeded].sort()).toEqual([...operations].sort());
  expect(calls.filter(({ status }) => status !== 200).map(({ operation }) => operation)).toEqual(["wrong key"]);
});

test("a wrong key gets 401 with APIGW.0301 and a request id", () => {
  expect(called("wrong key")).toEqual([
    {
      operation: "wrong key",
      status: 401,
      code: "APIGW.0301",
      message: "Incorrect IAM authentication information: verify aksk signature fail",
      requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
    },
  ]);
});

test("LIFE_CYCLE tasks are listed only when asked for, also by a part of a non-ASCII name", () => {
  expect(called("ListScheduledTasks").map(({ names }) => names)).toEqual([
    ["rollout", "short-lived 0", "short-lived 1", "short-lived 2"],
    ["测试 任务"],
    ["测试 任务"],
  ]);
});

test("the emulator's state is what the SDK asked for", async () => {
  const [rollout, triggered, ...others] = await cloud.tasks();
  expect(others).toEqual([]);
  expect(rollout).toEqual({
    id: expect.any(String),
    task_name: "rollout",
    task_type: "EXECUTE_SCRIPT",
    scheduled_type: "DAY",
    day_interval: 1,
    scheduled_time: "09:00:00",
    time_zone: "Asia/Shanghai",
    description: "",
    enable: true,
    force_execute: false,
    is_gray: true,
    gray_count: 3,
    gray_fail_threshold: 2,
    apply_objects: Array.from({ length: 10 }, (_, number) => ({ object_type: "DESKTOP", object_id: `d-${number}` })),
  });
  expect(triggered).toEqual({
    id: expect.any(String),
    task_name: "测试 任务",
    task_type: "STOP",
    scheduled_type: "LIFE_CYCLE",
    life_cycle_type: "POST_DESKTOP_DISCONNECTED",
    life_cycle_exec_period: 1440,
    wait_time: 15,
    priority: 7,
    enable: false,
    force_execute: false,
    apply_objects: [{ object_type: "ALL_DESKTOPS" }],
  });
});

test("the SDK reads a detail, times to come, events and zones", () => {
  expect(called("ShowScheduledTasks")).toMatchObject([{ grayCount: 3, targets: 10, description: "" }]);
  expect(called("ListFutureExecutions")).toMatchObject([{ first: ["2026-12-05 09:00:00", "2026-12-06 09:00:00"] }]);
  expect(called("ListLifeCycleTypeConfigurations")[0]?.events).toContain("POST_DESKTOP_DISCONNECTED");
  expect(called("ListTimeZones")).toMatchObject([{ offsets: ["GMT+08:00"] }]);
});

test("a gray rollout of 10 desktops stops after the first batch of 3, two of which failed", () => {
  expect(called("ListScheduledTasksRecords")).toMatchObject([
    { records: [{ status: "FAIL", succeeded: 1, failed: 2, skipped: 7 }] },
  ]);
  expect(called("ListScheduledTasksRecordsDetails").map(({ desktops }) => desktops)).toEqual([
    { "d-0": "FAIL", "d-1": "SUCCESS", "d-2": "FAIL" },
  ]);
});

/** The SDKs order characters beyond U+FFFF in two ways; the names of this API are ASCII and never repeated. */
const withoutSurrogates = (text: string) => text.replace(/[\u{10000}-\u{10ffff}]/gu, "測");

test("our signature agrees with the vendor's Python signer on 1,000 random requests, with any character in the path", async () => {
  const requests = fc.sample(
    randomRequest((text) => text, withoutSurrogates),
    { numRuns: 1000, seed },
  );
  const signed = requests.map((meant) => {
    const headers = {
      Host: "workspace.cn-north-4.myhuaweicloud.com",
      "Content-Type": "application/json",
      "X-Sdk-Date": "20260102T030405Z",
      ...(meant.keys.securityToken && { "X-Security-Token": meant.keys.securityToken }),
    };
    const request = { ...encoded(meant), headers };
    return { sent: { ...request, query: meant.query, ...meant.keys }, ours: authorization(request, meant.keys) };
  });
  const theirs = await python.run(vendorsSdk("sign.py"), [], signed.map(({ sent }) => JSON.stringify(sent)).join("\n"));
  const differing = signed.filter(({ ours }, index) => ours !== theirs[index]).map(({ sent }) => sent);
  expect({ seed, count: theirs.length, differing: differing.slice(0, 3) }).toEqual({
    seed,
    count: 1000,
    differing: [],
  });
});
