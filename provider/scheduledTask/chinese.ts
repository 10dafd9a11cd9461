import { calendarNames, partsOf, type Words } from "./words";

const { weekday, month } = calendarNames("zh-CN");
const conjunction = new Intl.ListFormat("zh-CN");

/** With a blank between Chinese and other characters only, and none after a bracket. */
const joined = (first: string, second: string): string =>
  /）$/.test(first) || /\p{Script=Han}\p{Script=Han}/u.test(`${first.slice(-1)}${second.slice(0, 1)}`)
    ? `${first}${second}`
    : `${first} ${second}`;

const date = (text: string): string => {
  const { year, month: number, day } = partsOf(text);
  return `${year}年${number}月${day}日`;
};

export const chinese: Words = {
  language: "zh",
  separator: "；",
  and: (items) => conjunction.format(items),
  range: (first, last) => `${first}至${last}`,
  remarked: (text, remarks) => `${text}（${remarks.join("；")}）`,

  date,
  dayAndDate: (text) => `${date(text)} ${weekday(partsOf(text).weekday)}`,
  weekday,
  month,
  dayOfMonth: (day) => (day === "L" ? "最后一天" : `${day}日`),

  once: (text) => `仅一次 ${text}`,
  everyDays: (interval) => (interval === 1 ? "每天" : `每 ${interval} 天`),
  monthly: (days, months) => (months === undefined ? `每月${days}` : `每年${months}的${days}`),
  inZone: (time, zone) => `${time}（${zone}）`,
  after: (event, wait) => `${event}后${wait > 0 ? `等待 ${wait}（单位未见文档说明）再` : ""}执行`,
  noSchedule: "无效或尚未确定的计划",

  until: (moment) => `至 ${moment}`,
  expired: (moment) => `已于 ${moment} 到期`,
  expiryZone: "时区未见文档说明",
  next: (moment) => `下次 ${moment}`,
  passed: "执行时间已过",
  noRun: "今后不会再执行",
  on: "已启用",
  off: "已停用",
  doubts: {
    gap: (declared, expected) => `当天没有 ${declared}，预计 ${expected} 执行`,
    overlap: (declared) => `当天有两次 ${declared}，预计第一次执行`,
    anchor: () => "预计；从哪一天起计数未见文档说明",
  },

  becomes: (before, after) => joined(joined(before, "改为"), after),
  set: (what) => `设置${what}`,
  changed: (what) => `${what}有变更`,
  removed: (what) => `删除${what}`,
  left: (what) => `不再声明${what}，其值保持不变`,
  named: joined,
  listed: (what, facts) => `${what}：${facts.join("，")}`,
  itemsAdded: (count) => `新增 ${count} 个`,
  itemsRemoved: (count) => `移除 ${count} 个`,
  yes: "是",
  no: "否",
  unknown: "尚未确定的值",
  replaced: "任务将被替换，先删除旧任务",
  noChange: "无变更",

  names: new Map(
    Object.entries({
      START: "开机",
      STOP: "关机",
      REBOOT: "重启",
      HIBERNATE: "休眠",
      REBUILD: "重建",
      EXECUTE_SCRIPT: "执行脚本",
      CREATE_SNAPSHOT: "创建快照",
      POST_CREATE_DESKTOP_SUCCESS: "桌面创建成功",
      POST_REBUILD_DESKTOP_SUCCESS: "桌面重建成功",
      POST_REATTACH_DESKTOP_SUCCESS: "桌面重新分配并重建成功",
      POST_DESKTOP_DISCONNECTED: "桌面断开连接",
      POST_DESKTOP_CANNOT_CONNECT: "桌面无法连接",
      DESKTOP: "桌面",
      DESKTOP_POOL: "桌面池",
      ALL_DESKTOPS: "所有桌面",
      DESKTOP_TAG: "标签",
    }),
  ),
};
