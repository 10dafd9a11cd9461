import { hasOffset, isDate, isTimeZone, wallClock, zoneId, zoneName } from "./calendar";

test.each([
  "Asia/Shanghai",
  "Asia/Muscat",
  "Australia/Hobart",
  "UTC",
  "Etc/UTC",
  "PRC",
  "EST5EDT",
  "PST8PDT",
  "Etc/GMT-8",
  "GMT+8",
  "UTC+08:00",
  "GMT+0830",
  "GMT-3:30",
  "GMT+14",
  "GMT",
])("%s is a time zone", (zone) => {
  expect(isTimeZone(zone)).toBe(true);
});

test.each([
  "Paris",
  "",
  "+8",
  "GMT+99",
  "UTC+25:99",
  "GMT+14:30",
  "GMT+8:99",
  "MyGMT+8",
  "PST",
  "CST",
  "cst",
  "Asia/Nowhere",
  "8",
  " UTC",
])("%j is none", (zone) => {
  expect(isTimeZone(zone)).toBe(false);
});

test("an alias has the name of its zone", () => {
  expect(zoneName("PRC")).toBe(zoneName("Asia/Shanghai"));
  expect(zoneName("Asia/Kolkata")).toBe(zoneName("Asia/Calcutta"));
  expect(zoneName("UTC")).toBe(zoneName("Etc/UTC"));
  expect(zoneName("Asia/Nowhere")).toBeUndefined();
});

test.each([
  ["Europe/Berlin", "Europe/Berlin"],
  ["PRC", zoneName("Asia/Shanghai")],
  ["GMT", "UTC"],
  ["GMT+8", "+08:00"],
  ["UTC-3:30", "-03:30"],
  ["GMT-0", "+00:00"],
  ["PST", undefined],
  ["GMT+15", undefined],
  ["Paris", undefined],
])("%s is %s to JavaScript", (zone, expected) => {
  expect(zoneId(zone)).toBe(expected);
});

test.each([
  ["Asia/Shanghai", "GMT+8", true],
  ["Asia/Shanghai", "+08:00", true],
  ["Asia/Shanghai", "GMT+9", false],
  ["Europe/Paris", "GMT+1", true],
  ["Europe/Paris", "UTC+2", true],
  ["Europe/Paris", "GMT+3", false],
  ["America/St_Johns", "GMT-3:30", true],
  ["Etc/UTC", "GMT+0", true],
  ["Asia/Shanghai", "Asia/Shanghai", false],
  ["Asia/Nowhere", "GMT+8", false],
  ["Asia/Nowhere", "Asia/Shanghai", false],
])("%s has the offset %s: %s", (zone, name, expected) => {
  expect(hasOffset(zone, name)).toBe(expected);
});

test.each([
  ["2028-02-29", true],
  ["2027-02-29", false],
  ["2027-04-31", false],
  ["2027-13-01", false],
  ["2027-00-10", false],
])("%s exists: %s", (date, expected) => {
  expect(isDate(date)).toBe(expected);
});

test("clock time in a zone, on both sides of its summer time, and in an offset", () => {
  const winter = new Date("2026-01-15T12:00:00Z");
  const summer = new Date("2026-07-15T12:00:00Z");
  expect(wallClock(winter, "Europe/Berlin")).toBe("2026-01-15 13:00:00");
  expect(wallClock(summer, "Europe/Berlin")).toBe("2026-07-15 14:00:00");
  expect(wallClock(winter, "America/St_Johns")).toBe("2026-01-15 08:30:00");
  expect(wallClock(winter, "GMT+8")).toBe("2026-01-15 20:00:00");
  expect(wallClock(winter, "UTC")).toBe("2026-01-15 12:00:00");
});
