import { dayAfter, dayText, momentIn, momentText, usableZone } from "./moments";

const minutes = Date.UTC(2026, 10, 27, 16, 30) / 60_000;

test.each([
  ["UTC", "2026-11-27", "16:30"],
  ["Asia/Shanghai", "2026-11-28", "00:30"],
  ["America/Sao_Paulo", "2026-11-27", "13:30"],
])("in %s it is %s %s", (zone, day, time) => {
  expect(momentIn(zone, minutes)).toEqual({ day, time });
});

test("a moment reads as in the sentences", () => {
  expect(momentText("UTC", minutes, "en")).toBe("Fri 27 Nov 16:30");
  expect(momentText("Asia/Shanghai", minutes, "zh")).toBe("11月28日周六 00:30");
  expect(dayText("2026-12-01", "en")).toBe("Tue 1 Dec");
});

test("a zone that is none, or is not known here, is UTC", () => {
  expect([null, "Mars/Olympus", "Europe/Berlin"].map(usableZone)).toEqual(["UTC", "UTC", "Europe/Berlin"]);
});

test("days go on over the end of a month", () => {
  expect(dayAfter("2026-11-30")).toBe("2026-12-01");
  expect(dayAfter("2026-12-25", 13)).toBe("2027-01-07");
});
