/** The words of the page, beside those of every report, in each language; `{}` stands for what is inserted. */
import type { Language } from "../../provider/scheduledTask/fields";
import type { Part } from "./markup";

/** A text about one of something, and about any other number. */
export interface Counted {
  readonly one: string;
  readonly other: string;
}

const english = {
  /** Between the items of a list, between the parts of a sentence, and around a remark. */
  list: ", ",
  comma: ", ",
  remark: " ({})",
  colon: ": ",
  title: "Review of scheduled tasks",
  reviewed: "Reviewed",
  skip: "Skip to the changes",
  noScript: "Without JavaScript there is no calendar, no filter and no list of unchanged tasks. All changes are below.",
  calm: "Nothing differs: an up changes no task.",
  tiles: { changes: "to change", drift: "drifted", findings: "to look at twice", conflicts: "in conflict" },
  nextChange: "First change in the calendar",
  noNextChange: "No change in the calendar of the next 14 days is known.",
  changedOtherwise: "at the same time, but changed",
  sections: {
    summary: "Summary",
    filter: "Filter",
    findings: "Look twice",
    changes: "Changes",
    calendar: "Next 14 days, before and after",
    targets: "Targets of several tasks",
  },
  search: "Search",
  searchHint: "name, target, field, sentence",
  verdictFilter: "Show only",
  onlyFindings: "to look at twice",
  timesIn: "Times in",
  clear: "Clear",
  means: {
    new: "an up makes it",
    removed: "an up deletes it",
    adopted: "an up takes over what is live",
    released: "an up leaves it in the cloud",
    replaced: "an up deletes it and makes it anew",
    planned: "an up changes it",
    drift: "changed in the cloud; an up puts it back",
    both: "changed in the cloud and in the code",
    unclear: "a secret value changes",
    gone: "deleted in the cloud; an up makes it again",
    accepted: "changed in the cloud; an up leaves that",
    unmanaged: "in the cloud, in none of these stacks",
  },
  why: "why",
  more: "{} more",
  moreInJson: "{} more, which --format json has",
  tooLong: "Too long for this page: --format json has it.",
  shortened: "shortened",
  length: {
    why: "To keep this page short",
    shortened: { one: "{} card is shortened", other: "{} cards are shortened" },
    leftOut: { one: "{} task is left out", other: "{} tasks are left out" },
    searched: {
      one: "of the targets of a task the search knows the first one",
      other: "of the targets of a task the search knows the first {}",
    },
    whole: "--format json has the whole report",
  },
  schedule: "Schedule",
  happened: "Changed in the cloud",
  willHappen: "An up",
  nextRun: "Next run",
  nextRunWas: " (was {})",
  noRun: "none within 14 days",
  noRunDeleted: "none: it is deleted",
  targets: "Targets",
  noTargets: "none: it acts on nothing",
  otherTargets: "others: {}",
  secret: "secret",
  declared: "Declared as",
  conflicts: {
    power: "START and STOP within 30 minutes",
    rebuilds: "Two REBUILDs within 24 hours",
    script: "Script while its target is stopped",
  },
  mayBe: "possible",
  first: "first",
  count: { one: "once in 14 days", other: "{} times in 14 days" },
  followedBy: "then",
  noConflict: "No conflict found.",
  noShared: "No target is named by more than one task.",
  compared:
    "Only equal targets are compared, and all desktops with every other target, which may conflict. Which desktops a pool or a tag holds is not known here, nor what ran before this review, nor what is secret or known after deployment.",
  shared: { one: "{} target of several tasks", other: "{} targets of several tasks" },
  target: "Target",
  tasks: "Tasks",
  calendarNote: "A run marked {} is there only after an up, {} only before, {} at another time of the same day.",
  openNote: "What an up does to a run marked {} is not known.",
  untoldRuns: "Not known here is when these run after an up",
  script: {
    shown: { one: "{} task", other: "{} tasks" },
    shownOf: { one: "{} of {} task", other: "{} of {} tasks" },
    unchanged: "{} unchanged",
    unchangedOf: "{} of {} unchanged",
    noRuns: "no run",
    moreRuns: "{} more",
    keptRuns: "{} unchanged",
    marks: { added: "added", removed: "removed", moved: "moved", open: "may change", kept: "unchanged" },
    was: "was {}",
    calendarZone: "Times in {}.",
    calendarZones: "The times of each task are in the zone that is named beside it.",
    copy: "Copy",
    copied: "Copied",
    selected: "Selected: copy it with your keyboard",
    copyWhat: "Copy: {}",
    dark: "Dark",
    light: "Light",
    taskZones: "each task's zone",
    readerZone: "my zone: {}",
    noMatch: "No task matches.",
  },
};

export type PageWords = typeof english;
export type ScriptWords = PageWords["script"];

const chinese: PageWords = {
  list: "、",
  comma: "，",
  remark: "（{}）",
  colon: "：",
  title: "定时任务审阅",
  reviewed: "审阅时间",
  skip: "跳到变更",
  noScript: "未启用 JavaScript：没有日历、筛选和未变更任务的列表。全部变更见下文。",
  calm: "没有差异：执行 up 不会变更任何任务。",
  tiles: { changes: "待变更", drift: "已漂移", findings: "需仔细核对", conflicts: "有冲突" },
  nextChange: "日历中的首个变化",
  noNextChange: "未来 14 天的日历中没有已知的变化。",
  changedOtherwise: "时间不变，内容有变更",
  sections: {
    summary: "概要",
    filter: "筛选",
    findings: "需仔细核对",
    changes: "变更",
    calendar: "未来 14 天，变更前后",
    targets: "多个任务共用的目标",
  },
  search: "搜索",
  searchHint: "名称、目标、字段、描述",
  verdictFilter: "仅显示",
  onlyFindings: "需仔细核对",
  timesIn: "时区",
  clear: "清除",
  means: {
    new: "执行 up 将新建",
    removed: "执行 up 将删除",
    adopted: "执行 up 将接管云上任务",
    released: "执行 up 将其留在云上",
    replaced: "执行 up 将先删除再新建",
    planned: "执行 up 将变更",
    drift: "云上已变更，执行 up 将恢复",
    both: "云上与代码均已变更",
    unclear: "保密的值有变更",
    gone: "云上已删除，执行 up 将再次新建",
    accepted: "云上已变更，执行 up 保持不变",
    unmanaged: "存在于云上，不属于这些栈",
  },
  why: "原因",
  more: "另有 {} 项",
  moreInJson: "另有 {} 项，见 --format json",
  tooLong: "过长，未列入本页，见 --format json。",
  shortened: "已缩短",
  length: {
    why: "为控制篇幅",
    shortened: { one: "{} 个任务已缩短", other: "{} 个任务已缩短" },
    leftOut: { one: "{} 个任务未列出", other: "{} 个任务未列出" },
    searched: { one: "搜索仅包含每个任务的首个目标", other: "搜索仅包含每个任务的前 {} 个目标" },
    whole: "完整报告见 --format json",
  },
  schedule: "计划",
  happened: "云上变更",
  willHappen: "执行 up 后",
  nextRun: "下次执行",
  nextRunWas: "（原为 {}）",
  noRun: "14 天内无执行",
  noRunDeleted: "无：任务将被删除",
  targets: "目标",
  noTargets: "无：不作用于任何对象",
  otherTargets: "其余：{}",
  secret: "保密",
  declared: "声明为",
  conflicts: {
    power: "开机与关机相隔不超过 30 分钟",
    rebuilds: "24 小时内两次重建",
    script: "目标关机时执行脚本",
  },
  mayBe: "可能",
  first: "首次",
  count: { one: "14 天内一次", other: "14 天内 {} 次" },
  followedBy: "随后",
  noConflict: "未发现冲突。",
  noShared: "没有被多个任务指定的目标。",
  compared:
    "仅比较相同的目标，以及所有桌面与其他目标（可能冲突）。桌面池或标签包含哪些桌面在此未知，审阅之前执行过什么、保密的值和部署后才可知的值也未知。",
  shared: { one: "{} 个目标被多个任务指定", other: "{} 个目标被多个任务指定" },
  target: "目标",
  tasks: "任务",
  calendarNote: "标记 {} 的执行仅在 up 之后存在，{} 仅在之前存在，{} 为同一天的其他时间。",
  openNote: "标记 {} 的执行在 up 之后如何未知。",
  untoldRuns: "以下任务在 up 之后何时执行在此未知",
  script: {
    shown: { one: "{} 个任务", other: "{} 个任务" },
    shownOf: { one: "{} / {} 个任务", other: "{} / {} 个任务" },
    unchanged: "{} 个未变更",
    unchangedOf: "{} / {} 个未变更",
    noRuns: "无执行",
    moreRuns: "另有 {} 次",
    keptRuns: "{} 次未变更",
    marks: { added: "新增", removed: "移除", moved: "移动", open: "可能变化", kept: "未变更" },
    was: "原为 {}",
    calendarZone: "时间按 {}。",
    calendarZones: "各任务的时间按其旁边所注的时区。",
    copy: "复制",
    copied: "已复制",
    selected: "已选中，请用键盘复制",
    copyWhat: "复制：{}",
    dark: "深色",
    light: "浅色",
    taskZones: "各任务的时区",
    readerZone: "我的时区：{}",
    noMatch: "没有匹配的任务。",
  },
};

export const pageWords: { readonly [L in Language]: PageWords } = { en: english, zh: chinese };

/** Parts with the same text between each two. */
export const joined = (parts: readonly Part[], between: string): Part =>
  parts.map((part, place) => [place > 0 ? between : null, part]);

/** A text with a part of the page inserted into it. */
export function around(text: string, part: Part): Part {
  const [start = "", end = ""] = text.split("{}");
  return [start, part, end];
}

/** A text with what is inserted into it, in order. */
export function fill(text: string, ...values: readonly (string | number)[]): string {
  const [start = "", ...rest] = text.split("{}");
  return rest.reduce((filled, part, place) => `${filled}${values[place] ?? ""}${part}`, start);
}

/** The same of a count, which is the last of the values. */
export const fillCount = (text: Counted, ...values: readonly number[]): string =>
  fill(values.at(-1) === 1 ? text.one : text.other, ...values);
