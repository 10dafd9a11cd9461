import { UNKNOWN } from "../provider/scheduledTask/fields";
import { markdown } from "./markdown";
import type { PreviewedResource } from "./preview";
import { now, preview, resource, weekly } from "./preview.fixture";
import { noneUnmanaged, type Report, type ReportTask, reportOf, reviewedStack } from "./report";

type Values = { readonly [field: string]: unknown };

const reportIn = (one: PreviewedResource, language: "en" | "zh" = "en"): Report =>
  reportOf([reviewedStack(preview([one]))], noneUnmanaged, { now, language });
function only(one: PreviewedResource): ReportTask {
  const [task] = reportIn(one).stacks.flatMap(({ tasks }) => tasks);
  if (task === undefined) throw new Error("no task");
  return task;
}
const becoming = (edit: Values, live: Values = {}): ReportTask =>
  only(resource("stop", weekly(live), weekly(live), weekly({ ...live, ...edit })));
const secret = (edit: Values): ReportTask => only(resource("stop", weekly(edit), weekly(edit), weekly(edit)));

test("targets that are secret, or not known yet, are not none", () => {
  const known = { objectType: "DESKTOP", objectId: "d1" };
  const told = ({ targets, untold }: ReportTask) => [targets, untold.targets];
  expect(told(secret({ applyObjects: "[secret]" }))).toEqual([[], "secret"]);
  expect(told(becoming({ applyObjects: UNKNOWN }))).toEqual([[], "unknown"]);
  expect(told(becoming({ applyObjects: [known, { objectType: "DESKTOP", objectId: UNKNOWN }] }))).toEqual([
    ["DESKTOP d1"],
    "unknown",
  ]);
  expect(told(becoming({ applyObjects: [] }))).toEqual([[], null]);
});

test.each([
  ["a time that is not known yet", { scheduledTime: UNKNOWN }],
  ["a zone that is not known yet", { timeZone: UNKNOWN }],
  ["a type of schedule that is not known yet", { scheduledType: UNKNOWN }],
  ["an expiry that is not known yet", { expireTime: UNKNOWN }],
  ["whether it is switched on is not known yet", { enable: UNKNOWN }],
])("%s leaves open when a task runs, and removes no run", (_, edit) => {
  const { runs, untold, sentence, willHappen } = becoming(edit);
  expect(runs.before).not.toEqual([]);
  expect([runs.after, untold.runs]).toEqual([null, "unknown"]);
  expect(`${sentence} ${willHappen}`).not.toMatch(/next |not valid/);
});

test("a schedule that is secret is as unknown before as after", () => {
  const { runs, untold, sentence } = secret({ scheduledTime: "[secret]" });
  expect([runs, untold.runs]).toEqual([{ before: null, after: null }, "secret"]);
  expect(sentence).toBe("a schedule that is secret");
});

test("where the clock decides nothing, nothing is left open", () => {
  const off = becoming({ scheduledTime: UNKNOWN, enable: false });
  expect([off.runs.after, off.untold.runs]).toEqual([[], null]);
  const event = { scheduledType: "LIFE_CYCLE", lifeCycleType: "POST_DESKTOP_DISCONNECTED", waitTime: UNKNOWN };
  const triggered = becoming(event);
  expect([triggered.runs.after, triggered.untold.runs]).toEqual([[], null]);
  const named = becoming({ taskName: UNKNOWN, extraParams: UNKNOWN });
  expect([named.runs.after, named.untold.runs]).toEqual([named.runs.before, null]);
});

test("of a task of a fleet of which nothing is known yet, what is live is not told as what will be", () => {
  const fleet = (task: unknown) => ({ tasks: { one: task }, taskIds: { one: "id-of-one" } });
  const task = only(
    resource("fleet", fleet(weekly()), fleet(weekly()), { tasks: { one: UNKNOWN } }, { isFleet: true }),
  );
  expect(task.untold).toEqual({ runs: "unknown", targets: "unknown" });
  expect([task.runs.before, task.runs.after, task.targets]).toEqual([expect.any(Array), null, []]);
  expect(task.sentence).toBe("what the code wants is known after deployment");
});

test("when a task runs that is taken over is only known where it was asked for", () => {
  const one = resource("stop", undefined, undefined, weekly({ adoptTaskId: "id1" }));
  expect(only(one).runs).toEqual({ before: null, after: expect.any(Array) });
  const found = { tasks: [{ id: "id1", stack: "dev", inputs: weekly() }], leftToOwners: {} };
  const [task] = reportOf([reviewedStack(preview([one]))], found, { now, language: "en" }).stacks[0]?.tasks ?? [];
  expect(task?.runs.before).toEqual(task?.runs.after);
  expect(only(resource("stop", undefined, undefined, weekly())).runs.before).toEqual([]);
});

describe("the zone of a next run", () => {
  const headline = (live: Values, wanted: Values, language: "en" | "zh" = "en"): string =>
    /^- \*\*.*$/m.exec(markdown(reportIn(resource("stop", weekly(), weekly(live), weekly(wanted)), language)))?.[0] ??
    "";

  test("stands beside it where the sentence has none", () => {
    expect(headline({ enable: false }, {})).toBe(
      "- **`stop`** (drift): changed in the cloud: switched off. An up: switched on; next Fri 27 Nov 2026 19:30 Asia/Shanghai",
    );
    expect(headline({ enable: false }, {}, "zh")).toContain("下次 2026年11月27日 周五 19:30（Asia/Shanghai）");
    expect(headline({}, { applyObjects: [{ objectType: "DESKTOP", objectId: "d2" }] })).toContain(
      "19:30 Asia/Shanghai",
    );
  });

  test("is not said twice", () => {
    const said = headline({}, { scheduledTime: "20:00" });
    expect(said).toContain("Mon and Fri 19:30 Asia/Shanghai becomes Mon and Fri 20:00; next Fri 27 Nov 2026 20:00");
    expect(said.match(/Shanghai/g)).toHaveLength(1);
    expect(headline({}, { timeZone: "Asia/Tokyo" })).toMatch(
      /19:30 Asia\/Shanghai becomes Mon and Fri 19:30 Asia\/Tokyo; next Fri 27 Nov 2026 19:30$/,
    );
  });

  test("goes before what is only expected of the run", () => {
    const zone = { timeZone: "Europe/Berlin", scheduledType: "DAY", weekList: undefined, dayInterval: 3 };
    const said = headline({ ...zone, enable: false }, zone);
    expect(said).toMatch(/next \w+ \d+ Nov 2026 19:30 Europe\/Berlin \\\(expected/);
  });
});
