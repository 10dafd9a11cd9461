import { chinese } from "./chinese";
import { english } from "./english";
import { editable, taskOf, without } from "./examples.fixture";
import { type Inputs, languageOf, objectTypes, rows, UNKNOWN } from "./fields";
import { nextRuns } from "./nextRuns";
import { changeSentence, driftSentence, runText, taskSentence } from "./sentences";

/** A Tuesday, 18:00 in Shanghai. */
const now = new Date("2026-11-24T10:00:00Z");
const week = without(taskOf("WEEK"), "expireTime");
const everyMonth = { ...taskOf("MONTH"), monthList: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], scheduledTime: "03:00" };
const daily = { ...taskOf("DAY"), dayInterval: 1, scheduledTime: "03:00" };
const once = { ...taskOf("FIXED_TIME"), scheduledDate: "2032-12-23" };
const event = taskOf("LIFE_CYCLE");
const berlin = { ...daily, scheduledTime: "02:30", timeZone: "Europe/Berlin" };
const newYork = { ...berlin, timeZone: "America/New_York" };

describe("a task", () => {
  test.each<[string, object, string, string]>([
    [
      "on days of the week",
      week,
      "Mon and Fri 19:30 Asia/Shanghai; next Fri 27 Nov 2026 19:30",
      "周一和周五 19:30（Asia/Shanghai）；下次 2026年11月27日 周五 19:30",
    ],
    [
      "on three days in a row or more",
      { ...week, weekList: ["FRI", "MON", "TUE", "WED", "THU"] },
      "Mon-Fri 19:30 Asia/Shanghai; next Tue 24 Nov 2026 19:30",
      "周一至周五 19:30（Asia/Shanghai）；下次 2026年11月24日 周二 19:30",
    ],
    [
      "on days in a row and others",
      { ...week, weekList: ["SUN", "MON", "WED", "SAT", "FRI"] },
      "Mon, Wed and Fri-Sun 19:30 Asia/Shanghai; next Wed 25 Nov 2026 19:30",
      "周一、周三和周五至周日 19:30（Asia/Shanghai）；下次 2026年11月25日 周三 19:30",
    ],
    [
      "on all days of the week",
      { ...week, weekList: [1, 2, 3, 4, 5, 6, 7] },
      "every day 19:30 Asia/Shanghai; next Tue 24 Nov 2026 19:30",
      "每天 19:30（Asia/Shanghai）；下次 2026年11月24日 周二 19:30",
    ],
    [
      "every day",
      daily,
      "every day 03:00 Asia/Shanghai; next Wed 25 Nov 2026 03:00",
      "每天 03:00（Asia/Shanghai）；下次 2026年11月25日 周三 03:00",
    ],
    [
      "every n days",
      { ...daily, dayInterval: 3 },
      "every 3 days 03:00 Asia/Shanghai; next Wed 25 Nov 2026 03:00 (expected: from which day the days count is not documented)",
      "每 3 天 03:00（Asia/Shanghai）；下次 2026年11月25日 周三 03:00（预计；从哪一天起计数未见文档说明）",
    ],
    [
      "on days of every month",
      { ...everyMonth, dateList: ["L", "1"] },
      "on the 1st and the last day of every month 03:00 Asia/Shanghai; next Mon 30 Nov 2026 03:00",
      "每月1日和最后一天 03:00（Asia/Shanghai）；下次 2026年11月30日 周一 03:00",
    ],
    [
      "on a day of some months",
      { ...everyMonth, monthList: [10, 4, 1], dateList: [15] },
      "on the 15th of Jan, Apr and Oct 03:00 Asia/Shanghai; next Fri 15 Jan 2027 03:00",
      "每年1月、4月和10月的15日 03:00（Asia/Shanghai）；下次 2027年1月15日 周五 03:00",
    ],
    [
      "on many days of months in a row",
      { ...everyMonth, monthList: [6, 7, 8, 9], dateList: [2, 3, 11, 12, 13, 21, 22, 31] },
      "on the 2nd, the 3rd, the 11th-13th, the 21st, the 22nd and the 31st of Jun-Sep 03:00 Asia/Shanghai; next Wed 2 Jun 2027 03:00",
      "每年6月至9月的2日、3日、11日至13日、21日、22日和31日 03:00（Asia/Shanghai）；下次 2027年6月2日 周三 03:00",
    ],
    ["once", once, "once on 23 Dec 2032 09:00 Asia/Shanghai", "仅一次 2032年12月23日 09:00（Asia/Shanghai）"],
    [
      "once, in the past",
      { ...once, scheduledDate: "2026-11-24", scheduledTime: "18:00" },
      "once on 24 Nov 2026 18:00 Asia/Shanghai; its time has passed",
      "仅一次 2026年11月24日 18:00（Asia/Shanghai）；执行时间已过",
    ],
    [
      "once, after its expiry",
      { ...once, expireTime: "2032-12-23 08:59:59" },
      "once on 23 Dec 2032 09:00 Asia/Shanghai; until 23 Dec 2032 08:59:59 (zone not documented); no run to come",
      "仅一次 2032年12月23日 09:00（Asia/Shanghai）；至 2032年12月23日 08:59:59（时区未见文档说明）；今后不会再执行",
    ],
    [
      "with an expiry",
      taskOf("WEEK"),
      "Mon and Fri 19:30 Asia/Shanghai; until 31 Dec 2030 09:00 (zone not documented); next Fri 27 Nov 2026 19:30",
      "周一和周五 19:30（Asia/Shanghai）；至 2030年12月31日 09:00（时区未见文档说明）；下次 2026年11月27日 周五 19:30",
    ],
    [
      "without a run before its expiry",
      { ...week, expireTime: "2026-11-27 19:29" },
      "Mon and Fri 19:30 Asia/Shanghai; until 27 Nov 2026 19:29 (zone not documented); no run to come",
      "周一和周五 19:30（Asia/Shanghai）；至 2026年11月27日 19:29（时区未见文档说明）；今后不会再执行",
    ],
    [
      "that has expired",
      { ...week, expireTime: "2026-11-24 17:59:59" },
      "Mon and Fri 19:30 Asia/Shanghai; has expired on 24 Nov 2026 17:59:59 (zone not documented)",
      "周一和周五 19:30（Asia/Shanghai）；已于 2026年11月24日 17:59:59 到期（时区未见文档说明）",
    ],
    [
      "that is switched off",
      { ...week, enable: false },
      "Mon and Fri 19:30 Asia/Shanghai; switched off",
      "周一和周五 19:30（Asia/Shanghai）；已停用",
    ],
    [
      "after an event",
      event,
      "after a desktop is disconnected and a wait of 30 (unit not documented)",
      "桌面断开连接后等待 30（单位未见文档说明）再执行",
    ],
    ["at once after an event", without(event, "waitTime"), "after a desktop is disconnected", "桌面断开连接后执行"],
    [
      "after an event that the documents do not name",
      { ...event, lifeCycleType: "POST MORTEM", waitTime: 0, enable: false },
      'after "POST MORTEM"; switched off',
      '"POST MORTEM"后执行；已停用',
    ],
    [
      "after an event, until it expired in UTC",
      { ...event, waitTime: 0, expireTime: "2026-11-24 09:59:59" },
      "after a desktop is disconnected; has expired on 24 Nov 2026 09:59:59 (zone not documented)",
      "桌面断开连接后执行；已于 2026年11月24日 09:59:59 到期（时区未见文档说明）",
    ],
    [
      "in an offset",
      { ...week, timeZone: "GMT+8" },
      "Mon and Fri 19:30 GMT+8; next Fri 27 Nov 2026 19:30",
      "周一和周五 19:30（GMT+8）；下次 2026年11月27日 周五 19:30",
    ],
    [
      "whose zone is not yet known",
      { ...week, timeZone: UNKNOWN },
      "a schedule that is not valid or not yet known",
      "无效或尚未确定的计划",
    ],
  ])("%s", (_what, inputs, en, zh) => {
    expect(taskSentence(inputs as Inputs, now, "en")).toBe(en);
    expect(taskSentence(inputs as Inputs, now, "zh")).toBe(zh);
  });
});

describe("02:30 on the days of summer time", () => {
  test.each<[string, Inputs, string, string, string]>([
    [
      "that Berlin skips",
      berlin,
      "2027-03-27T12:00:00Z",
      "every day 02:30 Europe/Berlin; next Sun 28 Mar 2027 03:30 (02:30 does not exist on that day; expected 03:30)",
      "每天 02:30（Europe/Berlin）；下次 2027年3月28日 周日 03:30（当天没有 02:30，预计 03:30 执行）",
    ],
    [
      "that Berlin has twice",
      berlin,
      "2027-10-30T12:00:00Z",
      "every day 02:30 Europe/Berlin; next Sun 31 Oct 2027 02:30 (02:30 comes twice; expected the first)",
      "每天 02:30（Europe/Berlin）；下次 2027年10月31日 周日 02:30（当天有两次 02:30，预计第一次执行）",
    ],
    [
      "that New York skips",
      newYork,
      "2027-03-13T12:00:00Z",
      "every day 02:30 America/New_York; next Sun 14 Mar 2027 03:30 (02:30 does not exist on that day; expected 03:30)",
      "每天 02:30（America/New_York）；下次 2027年3月14日 周日 03:30（当天没有 02:30，预计 03:30 执行）",
    ],
    [
      "that New York has once: there it is 01:30 that comes twice",
      newYork,
      "2027-11-06T12:00:00Z",
      "every day 02:30 America/New_York; next Sun 7 Nov 2027 02:30",
      "每天 02:30（America/New_York）；下次 2027年11月7日 周日 02:30",
    ],
    [
      "on the only date of a task",
      { ...once, scheduledDate: "2027-03-28", scheduledTime: "02:30", timeZone: "Europe/Berlin" },
      "2027-03-27T12:00:00Z",
      "once on 28 Mar 2027 02:30 Europe/Berlin; next Sun 28 Mar 2027 03:30 (02:30 does not exist on that day; expected 03:30)",
      "仅一次 2027年3月28日 02:30（Europe/Berlin）；下次 2027年3月28日 周日 03:30（当天没有 02:30，预计 03:30 执行）",
    ],
  ])("%s", (_what, inputs, at, en, zh) => {
    expect(taskSentence(inputs, new Date(at), "en")).toBe(en);
    expect(taskSentence(inputs, new Date(at), "zh")).toBe(zh);
  });
});

describe("a change", () => {
  const next = ["; next Fri 27 Nov 2026 19:30", "；下次 2026年11月27日 周五 19:30"] as const;
  const workdays: Inputs = { ...week, weekList: ["MON", "TUE", "WED", "THU", "FRI"] };
  const script: Inputs = { ...event, taskType: "EXECUTE_SCRIPT" };
  const many = (count: number) =>
    Array.from({ length: count }, (_, number) => ({ objectType: "DESKTOP", objectId: `d${number}` }));

  test.each<[string, Inputs, object, string, string]>([
    [
      "of the days, told without the zone that stays",
      workdays,
      { ...workdays, weekList: ["MON", "TUE", "WED", "THU", "FRI", "SAT"] },
      "Mon-Fri 19:30 Asia/Shanghai becomes Mon-Sat 19:30; next Tue 24 Nov 2026 19:30",
      "周一至周五 19:30（Asia/Shanghai）改为周一至周六 19:30；下次 2026年11月24日 周二 19:30",
    ],
    [
      "of the zone",
      week,
      { ...week, timeZone: "Europe/Berlin" },
      `Mon and Fri 19:30 Asia/Shanghai becomes Mon and Fri 19:30 Europe/Berlin${next[0]}`,
      `周一和周五 19:30（Asia/Shanghai）改为周一和周五 19:30（Europe/Berlin）${next[1]}`,
    ],
    [
      "of the schedule type",
      week,
      { ...without(week, "weekList"), scheduledType: "DAY", dayInterval: 1 },
      "Mon and Fri 19:30 Asia/Shanghai becomes every day 19:30; next Tue 24 Nov 2026 19:30",
      "周一和周五 19:30（Asia/Shanghai）改为每天 19:30；下次 2026年11月24日 周二 19:30",
    ],
    [
      "to an event",
      week,
      {
        ...without(without(without(week, "weekList"), "scheduledTime"), "timeZone"),
        scheduledType: "LIFE_CYCLE",
        lifeCycleType: "POST_DESKTOP_DISCONNECTED",
        priority: 7,
      },
      "Mon and Fri 19:30 Asia/Shanghai becomes after a desktop is disconnected; time zone Asia/Shanghai removed; priority becomes 7",
      "周一和周五 19:30（Asia/Shanghai）改为桌面断开连接后执行；删除时区 Asia/Shanghai；优先级改为 7",
    ],
    [
      "to a schedule not yet known",
      week,
      { ...week, weekList: UNKNOWN },
      "Mon and Fri 19:30 Asia/Shanghai becomes a schedule that is not valid or not yet known",
      "周一和周五 19:30（Asia/Shanghai）改为无效或尚未确定的计划",
    ],
    [
      "of a schedule that could not be read before either",
      { ...week, timeZone: "Nowhere" },
      { ...week, timeZone: "Elsewhere", weekList: ["MON"] },
      "days of the week changed; time zone Nowhere becomes Elsewhere",
      "星期有变更；时区 Nowhere 改为 Elsewhere",
    ],
    ["that switches off", week, { ...week, enable: false }, "switched off", "已停用"],
    [
      "that switches on",
      { ...week, enable: false },
      { ...week, enable: true },
      `switched on${next[0]}`,
      `已启用${next[1]}`,
    ],
    [
      "of a task that is and stays switched off",
      { ...week, enable: false },
      { ...week, enable: false, taskName: "other" },
      'name "task" becomes "other"; switched off',
      '名称 "task" 改为 "other"；已停用',
    ],
    [
      "of the name to one with blanks and a turn of direction",
      week,
      { ...week, taskName: "a \u202eb\nc" },
      `name "task" becomes "a \\u202eb\\nc"${next[0]}`,
      `名称 "task" 改为 "a \\u202eb\\nc"${next[1]}`,
    ],
    [
      "of the name to that of an action",
      week,
      { ...week, taskName: "STOP" },
      `name "task" becomes "STOP"${next[0]}`,
      `名称 "task" 改为 "STOP"${next[1]}`,
    ],
    [
      "of the targets",
      week,
      { ...week, applyObjects: [{ objectType: "DESKTOP", objectId: "d1" }, { objectType: "ALL_DESKTOPS" }] },
      `targets: 1 added (all desktops), 1 removed (pool p1)${next[0]}`,
      `目标：新增 1 个（所有桌面），移除 1 个（桌面池 p1）${next[1]}`,
    ],
    [
      "of three targets, and of more",
      { ...week, applyObjects: many(3) },
      { ...week, applyObjects: many(7).slice(3) },
      `targets: 4 added, 3 removed (desktop d0, desktop d1 and desktop d2)${next[0]}`,
      `目标：新增 4 个，移除 3 个（桌面 d0、桌面 d1和桌面 d2）${next[1]}`,
    ],
    [
      "that takes all targets, one of a kind that the documents do not name",
      { ...week, applyObjects: [{ objectType: "SITE", objectId: "s 1" }] },
      without(week, "applyObjects"),
      `targets: 1 removed (SITE "s 1")${next[0]}`,
      `目标：移除 1 个（SITE "s 1"）${next[1]}`,
    ],
    [
      "to targets not yet known",
      week,
      { ...week, applyObjects: UNKNOWN },
      `targets: a value not yet known${next[0]}`,
      `目标：尚未确定的值${next[1]}`,
    ],
    [
      "of a text, which is not told",
      week,
      { ...week, description: "new secret", extraParams: UNKNOWN },
      `description changed; extended parameters changed${next[0]}`,
      `描述有变更；扩展参数有变更${next[1]}`,
    ],
    [
      "that adds one text and removes another",
      without(week, "description"),
      { ...without(week, "extraParams"), description: "new secret" },
      `description set; extended parameters removed${next[0]}`,
      `设置描述；删除扩展参数${next[1]}`,
    ],
    [
      "of the expiry",
      taskOf("WEEK"),
      { ...week, expireTime: "2031-01-01 00:00" },
      `expiry 31 Dec 2030 09:00 becomes 1 Jan 2031 00:00 (zone not documented)${next[0]}`,
      `到期时间 2030年12月31日 09:00 改为 2031年1月1日 00:00（时区未见文档说明）${next[1]}`,
    ],
    [
      "that removes the expiry",
      taskOf("WEEK"),
      week,
      `expiry 31 Dec 2030 09:00 removed${next[0]}`,
      `删除到期时间 2030年12月31日 09:00${next[1]}`,
    ],
    [
      "of a task that has expired",
      { ...week, expireTime: "2026-11-01 00:00:00" },
      { ...week, expireTime: "2026-11-01 00:00:00", forceExecute: true },
      "forced becomes yes; has expired on 1 Nov 2026 00:00 (zone not documented)",
      "强制执行改为是；已于 2026年11月1日 00:00 到期（时区未见文档说明）",
    ],
    [
      "of the first batch",
      script,
      { ...script, grayCount: 3, grayDesktopIds: ["d1", "d2"] },
      "gray rollout becomes yes; first batch size becomes 3; first batch desktops: 2 added (d1 and d2)",
      "灰度执行改为是；首批数量改为 3；首批桌面：新增 2 个（d1和d2）",
    ],
    [
      "that ends the gray rollout",
      { ...script, grayCount: 3, grayFailThreshold: 2 },
      script,
      "gray rollout removed; first batch size 3 removed; failures that stop the rollout 2 removed",
      "删除灰度执行；删除首批数量 3；删除停止灰度的失败数 2",
    ],
    [
      "that stops declaring what cannot be removed",
      event,
      without(event, "priority"),
      "priority: no longer declared, stays as it is",
      "不再声明优先级，其值保持不变",
    ],
    [
      "of a wait, in no unit",
      event,
      { ...event, waitTime: 5 },
      "after a desktop is disconnected and a wait of 30 (unit not documented) becomes after a desktop is disconnected and a wait of 5 (unit not documented)",
      "桌面断开连接后等待 30（单位未见文档说明）再执行改为桌面断开连接后等待 5（单位未见文档说明）再执行",
    ],
    [
      "of what is done and where, which replaces the task",
      { ...week, region: "r1", projectId: "p1" },
      { ...week, taskType: "REBOOT", region: "r2", projectId: "p 2" },
      `the task is replaced, the old one is deleted first; region "r1" becomes "r2"; project "p1" becomes "p 2"; action stop becomes reboot${next[0]}`,
      `任务将被替换，先删除旧任务；区域 "r1" 改为 "r2"；项目 "p1" 改为 "p 2"；操作关机改为重启${next[1]}`,
    ],
    ["of nothing", week, { ...week, scheduledTime: "19:30" }, "no change", "无变更"],
  ])("%s", (_what, before, after, en, zh) => {
    expect(changeSentence(before, after as Inputs, now, "en")).toBe(en);
    expect(changeSentence(before, after as Inputs, now, "zh")).toBe(zh);
  });

  test.each(editable)("of %s is one line that tells no free text", (name, { of, to }) => {
    for (const language of ["en", "zh"] as const) {
      const line = changeSentence(taskOf(of), { ...taskOf(of), [name]: to }, now, language);
      expect(line).not.toMatch(/\n|undefined|\[object|no change|无变更|after work|notify_message|see you/);
    }
  });
});

test("a run by itself", () => {
  const [run] = nextRuns(berlin, new Date("2027-03-27T12:00:00Z"), 1);
  expect(run && runText(run, "en")).toBe("Sun 28 Mar 2027 03:30 (02:30 does not exist on that day; expected 03:30)");
  expect(run && runText(run, "zh")).toBe("2027年3月28日 周日 03:30（当天没有 02:30，预计 03:30 执行）");
});

test("every documented value and every field has a name in both languages", () => {
  const open = rows.filter(({ closed }) => !closed).flatMap(({ values }) => values ?? []);
  const documented = [...open, ...objectTypes].sort();
  expect([...english.names.keys()].sort()).toEqual(documented);
  expect([...chinese.names.keys()].sort()).toEqual(documented);
  const [inEnglish, inChinese] = [/^[a-z ]+$/, /^\p{Script=Han}+$/u].map((letters) => expect.stringMatching(letters));
  for (const { label } of rows) expect(label).toEqual({ en: inEnglish, zh: inChinese });
  for (const value of documented) {
    expect(english.names.get(value)).toEqual(inEnglish);
    expect(chinese.names.get(value)).toEqual(inChinese);
  }
});

describe("a change that somebody else made", () => {
  test.each<[string, object, object, string, string]>([
    ["of nothing", week, week, "no change", "无变更"],
    [
      "tells the old and the new schedule, and no next run",
      week,
      { ...week, scheduledTime: "20:00" },
      "Mon and Fri 19:30 Asia/Shanghai becomes Mon and Fri 20:00",
      "周一和周五 19:30（Asia/Shanghai）改为周一和周五 20:00",
    ],
    ["of a switch", week, { ...week, enable: false }, "switched off", "已停用"],
    [
      "of what an update could not clear says that it is gone",
      { ...event, priority: 7 },
      without(event, "priority"),
      "priority 7 removed",
      "删除优先级 7",
    ],
  ])("%s", (_what, before, live, en, zh) => {
    expect(driftSentence(before, live, "en")).toBe(en);
    expect(driftSentence(before, live, "zh")).toBe(zh);
  });
});

test.each([
  ["zh", "zh"],
  ["zh_CN.UTF-8", "zh"],
  ["en_US.UTF-8", "en"],
  ["xzh", "en"],
  ["", "en"],
  [undefined, "en"],
])("the locale %s means the language %s", (locale, language) => expect(languageOf(locale)).toBe(language));
