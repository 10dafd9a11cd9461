/** The words of a report, in each language. */
import type { Language } from "../provider/scheduledTask/fields";
import type { Verdict } from "./tasks";

export interface Words {
  readonly title: string;
  readonly verdicts: { readonly [V in Verdict | "unmanaged"]: string };
  readonly field: string;
  readonly old: string;
  readonly live: string;
  readonly wanted: string;
  readonly cause: { readonly planned: string; readonly drift: string; readonly both: string };
  readonly none: string;
  readonly unknown: string;
  readonly stack: string;
  readonly unchanged: (count: number) => string;
  readonly others: (text: string) => string;
  readonly notRefreshed: string;
  /** What somebody did in the cloud, and what an `up` does about it. */
  readonly story: (happened: string, willHappen: string) => string;
  readonly gone: string;
  readonly deletes: (sentence: string) => string;
  readonly restore: string;
  readonly keep: (where: string) => string;
  readonly makeAgain: string;
  readonly leaveDeleted: (where: string) => string;
  readonly importIt: string;
  readonly hidden: (names: string) => string;
  readonly adopt: string;
  readonly findings: string;
  readonly acknowledged: string;
  readonly cut: (count: number) => string;
  readonly project: string;
}

const english: Words = {
  title: "Scheduled tasks",
  verdicts: {
    new: "new",
    removed: "removed",
    replaced: "replaced",
    planned: "planned",
    drift: "drift",
    both: "planned and drift",
    gone: "gone",
    same: "unchanged",
    unmanaged: "unmanaged",
  },
  field: "field",
  old: "last run",
  live: "live",
  wanted: "code",
  cause: { planned: "the code changed", drift: "the cloud changed", both: "both changed" },
  none: "none",
  unknown: "known after the update",
  stack: "Stack",
  unchanged: (count) => `${count} unchanged`,
  others: (text) => `other resources: ${text}`,
  notRefreshed: "The live tasks were not read (no --refresh): drift cannot be seen.",
  story: (happened, willHappen) => `changed in the cloud: ${happened}. An up: ${willHappen}`,
  gone: "deleted in the cloud; an up makes it again",
  deletes: (sentence) => `an up deletes it: ${sentence}`,
  restore: "Put the code's value back",
  keep: (where) => `Keep the live one, in the code of ${where}`,
  makeAgain: "Make it again",
  leaveDeleted: (where) => `Leave it deleted: take ${where} out of the code`,
  importIt: "Import it into the plugin",
  hidden: (names) => `a secret value changes: ${names}`,
  adopt: "Take it over, in the code",
  findings: "Look twice",
  acknowledged: "acknowledged",
  cut: (count) => `${count} more, left out here for length: see the HTML or JSON report.`,
  project: "Project",
};

const chinese: Words = {
  title: "定时任务",
  verdicts: {
    new: "新建",
    removed: "移除",
    replaced: "替换",
    planned: "计划变更",
    drift: "漂移",
    both: "计划变更并漂移",
    gone: "已被删除",
    same: "未变更",
    unmanaged: "未纳管",
  },
  field: "字段",
  old: "上次部署",
  live: "云上",
  wanted: "代码",
  cause: { planned: "代码已变更", drift: "云上已变更", both: "两者均变更" },
  none: "无",
  unknown: "更新后可知",
  stack: "栈",
  unchanged: (count) => `${count} 个未变更`,
  others: (text) => `其他资源：${text}`,
  notRefreshed: "未读取云上任务（没有 --refresh），无法发现漂移。",
  story: (happened, willHappen) => `云上变更：${happened}。执行 up 后：${willHappen}`,
  gone: "已在云上被删除；执行 up 会重新创建",
  deletes: (sentence) => `执行 up 会删除：${sentence}`,
  restore: "恢复为代码中的值",
  keep: (where) => `在 ${where} 的代码中保留云上的值`,
  makeAgain: "重新创建",
  leaveDeleted: (where) => `保持删除：从代码中移除 ${where}`,
  importIt: "导入到插件",
  hidden: (names) => `保密的值有变更：${names}`,
  adopt: "在代码中接管",
  findings: "需仔细核对",
  acknowledged: "已确认",
  cut: (count) => `另有 ${count} 项因篇幅省略，见 HTML 或 JSON 报告。`,
  project: "项目",
};

export const words: { readonly [L in Language]: Words } = { en: english, zh: chinese };
