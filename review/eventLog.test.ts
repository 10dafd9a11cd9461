import type { EngineEvent } from "@pulumi/pulumi/automation";
import { eventLog, parseEventLog } from "./eventLog";

const prelude: EngineEvent = { sequence: 0, timestamp: 0, preludeEvent: { config: {} } };
const step = (op: string) =>
  ({ sequence: 1, timestamp: 0, resourcePreEvent: { metadata: { op } } }) as unknown as EngineEvent;

test("saved events are those of each preview by themselves", () => {
  const previews = [
    [prelude, step("same")],
    [prelude, step("update")],
  ];
  expect(parseEventLog(eventLog(previews))).toEqual(previews);
});

test("lines that tell of nothing are passed over", () => {
  const line = JSON.stringify(prelude);
  expect(parseEventLog(`{"version":"v3.259.0"}\n\nnull\n${line}\n{"sequence":2}\n`)).toEqual([[prelude]]);
  expect(parseEventLog("null\n")).toEqual([]);
});

test("a line that is none is named by its number", () => {
  expect(() => parseEventLog('{"sequence":0}\n\nnonsense\n')).toThrow("line 3 is no JSON");
  expect(() => parseEventLog('"text"\n')).toThrow("line 1 is no event");
  expect(() => parseEventLog("[]\n")).toThrow("line 1 is no event");
});
