import { daily, monthly, once, onEvent, weekly } from "./schedules";

test.each([
  [
    once({ on: "2030-12-23", at: "09:00" }),
    { scheduledType: "FIXED_TIME", scheduledDate: "2030-12-23", scheduledTime: "09:00" },
  ],
  [daily({ at: "09:00" }), { scheduledType: "DAY", dayInterval: 1, scheduledTime: "09:00" }],
  [daily({ every: 3, at: "09:00" }), { scheduledType: "DAY", dayInterval: 3, scheduledTime: "09:00" }],
  [
    weekly({ on: ["MON"], at: "19:30", timeZone: "UTC" }),
    { scheduledType: "WEEK", weekList: ["MON"], scheduledTime: "19:30", timeZone: "UTC" },
  ],
  [
    monthly({ on: [1, "L"], at: "09:00" }),
    {
      scheduledType: "MONTH",
      monthList: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
      dateList: [1, "L"],
      scheduledTime: "09:00",
    },
  ],
  [
    monthly({ on: ["1"], months: [2], at: "09:00" }),
    { scheduledType: "MONTH", monthList: [2], dateList: ["1"], scheduledTime: "09:00" },
  ],
  [onEvent("POST_X"), { scheduledType: "LIFE_CYCLE", lifeCycleType: "POST_X" }],
  [onEvent("POST_X", { waitTime: 5 }), { scheduledType: "LIFE_CYCLE", lifeCycleType: "POST_X", waitTime: 5 }],
])("%#", (schedule, fields) => {
  expect(schedule).toEqual(fields);
});
