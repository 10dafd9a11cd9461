import { editable, taskOf } from "./examples.fixture";
import { type FieldName, row, UNKNOWN } from "./fields";
import { equal, fromWire, isJson, isLive, isUnknown, shown, sortedJson, toWire, writtenAs } from "./wire";

const read = (name: FieldName, wire: unknown) => fromWire(row(name), { [String(row(name).wireName)]: wire });

test.each<[FieldName, unknown, unknown]>([
  ["scheduledTime", "9:05", "09:05:00"],
  ["scheduledTime", "19:30:07", "19:30:07"],
  ["expireTime", "2030-12-31T9:05", "2030-12-31 09:05:00"],
  ["expireTime", "2030-12-31 09:05:07", "2030-12-31 09:05:07"],
  ["timeZone", "PRC", "PRC"],
  ["weekList", [6, "2", "MON", "SUN"], "1,2,6"],
  ["monthList", [12, 7, 2, 7], "2,7,12"],
  ["dateList", ["L", 15, "2", 10, 2], "2,10,15,L"],
  ["grayDesktopIds", ["b", "a", "b"], ["a", "b"]],
  ["applyObjects", [{ objectType: "ALL_DESKTOPS" }], [{ object_type: "ALL_DESKTOPS" }]],
  [
    "applyObjects",
    [
      { objectType: "DESKTOP", objectId: "b" },
      { objectType: "DESKTOP", objectId: "a" },
    ],
    [
      { object_type: "DESKTOP", object_id: "a" },
      { object_type: "DESKTOP", object_id: "b" },
    ],
  ],
  ["extraParams", { b: 1, a: { d: [2, "x"], c: null } }, '{"a":{"c":null,"d":[2,"x"]},"b":1}'],
  ["extraParams", '{ "b": 1, "a": 2 }', '{ "b": 1, "a": 2 }'],
])("%s %j is sent as %j", (name, value, wire) => {
  expect(toWire(row(name), value)).toStrictEqual(wire);
});

describe("what the API answers is read", () => {
  test.each<[FieldName, unknown, unknown]>([
    ["scheduledDate", "2030-12-23T00:00:00Z", "2030-12-23"],
    ["scheduledTime", "19:30", "19:30:00"],
    ["expireTime", "2030-12-31T09:05:07Z", "2030-12-31 09:05:07"],
    ["weekList", "6, 2,", ["MON", "FRI"]],
    ["weekList", ",", undefined],
    ["monthList", [7, 1], [1, 7]],
    ["dateList", "15, 2,L", ["2", "15", "L"]],
    ["monthList", "12,7", [7, 12]],
    [
      "applyObjects",
      [
        { object_type: "DESKTOP", object_id: "d", object_name: "D" },
        { object_type: "ALL_DESKTOPS", object_id: "" },
        { object_type: "DESKTOP_POOL", object_id: null },
      ],
      [{ objectType: "ALL_DESKTOPS" }, { objectType: "DESKTOP", objectId: "d" }, { objectType: "DESKTOP_POOL" }],
    ],
    ["extraParams", '{ "b": 1, "a": 2 }', '{"a":2,"b":1}'],
    ["extraParams", '{ "id": 12345678901234567890 }', '{"id":12345678901234567890}'],
    ["isGray", false, false],
    ["waitTime", 0, 0],
  ])("%s %j", (name, wire, value) => {
    expect(read(name, wire)).toStrictEqual(value);
  });

  test.each<[FieldName, unknown]>([
    ["scheduledDate", "on 2030-12-23"],
    ["scheduledTime", "at 19:30"],
    ["expireTime", "by 2030-12-31 09:00:00"],
    ["timeZone", "Asia/Nowhere"],
    ["extraParams", "notify"],
  ])("%s %j, of no known form, as it is", (name, wire) => {
    expect(read(name, wire)).toBe(wire);
  });

  test.each(editable.map(([name]) => name))("no %s, however the API writes that, as what it means", (name) => {
    const none = { enable: true, forceExecute: false, waitTime: 0, lifeCycleExecPeriod: 1440, grayCount: 0 }[
      String(name)
    ];
    for (const wire of ["", null, undefined, []]) expect(read(name, wire)).toBe(none);
    expect(fromWire(row(name), {})).toBe(none);
  });
});

describe("two values mean the same", () => {
  test.each<[FieldName, unknown, unknown, boolean]>([
    ["description", "", undefined, true],
    ["extraParams", "", undefined, true],
    ["extraParams", {}, undefined, false],
    ["grayDesktopIds", [], undefined, true],
    ["weekList", ["MON"], ["TUE"], false],
    ["grayDesktopIds", ["a"], ["b"], false],
    ["applyObjects", [{ objectType: "ALL_DESKTOPS", objectId: "x" }], [{ objectType: "ALL_DESKTOPS" }], true],
    ["applyObjects", [{ objectType: "DESKTOP", objectId: "x" }], [{ objectType: "DESKTOP", objectId: "y" }], false],
    ["extraParams", '{"n":1.00,"m":100,"l":1.00000000000000}', { m: 1e2, n: 1, l: 1 }, true],
    ["extraParams", String.raw`{"t":"\u0041 1234567890123456"}`, { t: "A 1234567890123456" }, true],
    ["extraParams", '{"a":[1,2]}', '{"a":[2,1]}', false],
    ["extraParams", '{"a":[1,2]}', '{"a":[12]}', false],
  ])("%s %j and %j: %s", (name, one, other, expected) => {
    expect(equal(row(name), one, other)).toBe(expected);
  });
});

test.each<[unknown, unknown, boolean]>([
  ["Asia/Shanghai", "Asia/Shanghai", true],
  ["Asia/Shanghai", "PRC", true],
  ["Asia/Shanghai", "GMT+8", true],
  ["Asia/Shanghai", "GMT+9", false],
  ["Asia/Shanghai", undefined, false],
  [undefined, "+00:00", false],
])("the zone %j is live as %j: %s", (value, live, expected) => {
  expect(isLive(row("timeZone"), value, { time_zone: live })).toBe(expected);
});

describe("a live value is written as the user wrote the declared one", () => {
  test.each<[FieldName, unknown, unknown, unknown]>([
    ["weekList", ["FRI", 2, "SAT"], ["SUN", "MON", "FRI"], ["FRI", 2, "SUN"]],
    ["dateList", [15, "1"], ["1", "2", "15"], [15, "1", "2"]],
    ["monthList", [7, 1], undefined, undefined],
    ["grayDesktopIds", ["b", "a"], ["a", "b", "c"], ["b", "a", "c"]],
    ["extraParams", { a: 1 }, '{"a":2}', { a: 2 }],
    ["extraParams", '{ "a": 1 }', '{"a":2}', '{"a":2}'],
    ["extraParams", { a: 1 }, "[1]", "[1]"],
    ["extraParams", { a: 1 }, "null", "null"],
    ["extraParams", { a: 1 }, "5", "5"],
    ["extraParams", { a: 1 }, "notify", "notify"],
    ["extraParams", { a: 1 }, undefined, undefined],
    ["scheduledTime", "9:00", "10:00:00", "10:00:00"],
  ])("%s %j, now %j: %j", (name, declared, live, expected) => {
    expect(writtenAs(row(name), declared, live)).toEqual(expected);
  });

  test("targets", () => {
    const [a, b, c] = ["a", "b", "c"].map((objectId) => ({ objectType: "DESKTOP", objectId }));
    expect(writtenAs(row("applyObjects"), [b, a], [a, b, c])).toEqual([b, a, c]);
  });
});

test.each<[FieldName, unknown, string]>([
  ["weekList", ["MON"], '["MON"]'],
  ["weekList", undefined, "none"],
  ["description", undefined, "none"],
  ["description", "a\u{1f600}b", "a text of 3 characters"],
  ["extraParams", { a: 1 }, "a hidden value"],
])("in a message %s %j is %s", (name, value, expected) => {
  expect(shown(row(name), value)).toBe(expected);
});

test.each<[unknown, boolean]>([
  [UNKNOWN, true],
  [[{ objectType: "DESKTOP", objectId: UNKNOWN }], true],
  [taskOf("WEEK"), false],
  [null, false],
  ["", false],
])("%j is unknown: %s", (value, expected) => {
  expect(isUnknown(value)).toBe(expected);
});

test.each(["{}", "null", "5", '"x"'])("%s is JSON", (text) => {
  expect(isJson(text)).toBe(true);
});

test.each(["", "{", "x"])("%j is none", (text) => {
  expect(isJson(text)).toBe(false);
});

test.each([[[undefined, null]], [{ a: true }], ['"quoted"'], [[]], [{}]])(
  "%j is written as JSON.stringify writes it",
  (value) => {
    expect(sortedJson(value)).toBe(JSON.stringify(value));
  },
);
