/** The words of a report, in each language. */
import type { Language } from "../provider/scheduledTask/fields";
import type { Cause, HiddenField, Verdict } from "./tasks";

export interface Words {
  readonly language: Language;
  readonly title: string;
  readonly verdicts: { readonly [V in Verdict | "unmanaged"]: string };
  readonly field: string;
  readonly old: string;
  readonly live: string;
  readonly wanted: string;
  readonly cause: { readonly [C in Cause]: string };
  readonly none: string;
  readonly unknown: string;
  readonly stack: string;
  readonly unchanged: (count: number) => string;
  readonly others: (text: string) => string;
  readonly reviewed: (moment: string) => string;
  readonly notRefreshed: string;
  /** Of tasks of which nothing visible changes. */
  readonly perhaps: (count: number, where: string) => string;
  readonly leftToOwners: (text: string) => string;
  /** Between the parts of a sentence. */
  readonly separator: string;
  /** What somebody did in the cloud, and what an `up` does about it. */
  readonly story: (happened: string, willHappen: string) => string;
  readonly gone: string;
  /** Deleted in the cloud, and in the code. */
  readonly goneToo: string;
  readonly forgets: string;
  readonly deletes: (sentence: string) => string;
  readonly releases: string;
  /** Of a task that is taken over: its live values are not known, equal, or not. */
  readonly adopts: string;
  readonly adoptsEqual: string;
  readonly adoptsUnequal: (labels: string) => string;
  readonly accepts: string;
  readonly unknownTask: string;
  readonly restore: string;
  /** Said of a command that deploys more than it is meant for. */
  readonly wholeFleet: (what: string, fleet: string) => string;
  /** Fields that the code must drop for it are named, if there are any. */
  readonly keep: (where: string, dropped: string) => string;
  readonly makeAgain: string;
  readonly leaveDeleted: (where: string) => string;
  readonly importIt: string;
  readonly hidden: { readonly [C in HiddenField["cause"]]: (labels: string) => string };
  readonly adopt: string;
  readonly findings: string;
  readonly acknowledged: string;
  readonly cut: (count: number) => string;
  readonly project: string;
}

const english: Words = {
  language: "en",
  title: "Scheduled tasks",
  verdicts: {
    new: "new",
    removed: "removed",
    adopted: "taken over",
    released: "given up",
    replaced: "replaced",
    planned: "planned",
    drift: "drift",
    both: "planned and drift",
    unclear: "secret change",
    gone: "gone",
    accepted: "accepted",
    same: "unchanged",
    unmanaged: "unmanaged",
  },
  field: "field",
  old: "last run",
  live: "live",
  wanted: "code",
  cause: {
    planned: "the code changed",
    drift: "the cloud changed",
    both: "both changed",
    accepted: "the cloud changed; the code says the same or ignores it",
    differs: "the live task differs",
  },
  none: "none",
  unknown: "known after deployment",
  stack: "Stack",
  unchanged: (count) => `${count} unchanged`,
  others: (text) => `other resources: ${text}`,
  reviewed: (moment) => `Next runs as of ${moment}.`,
  notRefreshed: "The live tasks were not read (no --refresh): drift cannot be seen.",
  perhaps: (count, where) =>
    `${where}: of ${count === 1 ? "a task" : `${count} tasks`} that ${count === 1 ? "seems" : "seem"} unchanged a secret value may change: the engine does not tell.`,
  leftToOwners: (text) => `Left out, since their descriptions end in the mark of another owner: ${text}`,
  separator: "; ",
  story: (happened, willHappen) => `changed in the cloud: ${happened}. An up: ${willHappen}`,
  gone: "deleted in the cloud; an up makes it again",
  goneToo: "deleted, as in the code",
  forgets: "takes it out of the state",
  deletes: (sentence) => `an up deletes it: ${sentence}`,
  releases: "an up takes it out of the state; it stays in the cloud and goes on running",
  adopts:
    "an up takes it over; where the live task is as declared nothing is written, else the up stops and names what differs (onConflict overwrite: it is changed)",
  adoptsEqual: "an up takes it over; it is as declared, so nothing is written",
  adoptsUnequal: (labels) =>
    `an up stops, since the live task differs in: ${labels} (with onConflict overwrite it is taken over and changed)`,
  accepts: "writes nothing: the code says the same, or ignores it",
  unknownTask: "what the code wants is known after deployment",
  restore: "Put the code's value back",
  wholeFleet: (what, fleet) => `${what} (deploys every change of the fleet ${fleet})`,
  keep: (where, dropped) => `Keep the live one, in the code of ${where}${dropped === "" ? "" : `, without ${dropped}`}`,
  makeAgain: "Make it again",
  leaveDeleted: (where) => `Leave it deleted: take ${where} out of the code`,
  importIt: "Import it into the plugin",
  hidden: {
    planned: (labels) => `a secret value changes, as the code wants: ${labels}`,
    drift: (labels) => `a secret value that was changed in the cloud is put back: ${labels}`,
    accepted: (labels) => `a secret value was changed in the cloud, which is left as it is: ${labels}`,
    unclear: (labels) =>
      `a secret value changes (the engine does not tell whether the code or the cloud did): ${labels}`,
    possible: (labels) => `a secret value may change too (the engine does not tell): ${labels}`,
  },
  adopt: "Take it over, in the code",
  findings: "Look twice",
  acknowledged: "acknowledged",
  cut: (count) => `${count} more, left out here for length: see the HTML or JSON report.`,
  project: "Project",
};

const chinese: Words = {
  language: "zh",
  title: "定时任务",
  verdicts: {
    new: "新建",
    removed: "移除",
    adopted: "接管",
    released: "放弃管理",
    replaced: "替换",
    planned: "计划变更",
    drift: "漂移",
    both: "计划变更并漂移",
    unclear: "保密值变更",
    gone: "已被删除",
    accepted: "已接受",
    same: "未变更",
    unmanaged: "未纳管",
  },
  field: "字段",
  old: "上次部署",
  live: "云上",
  wanted: "代码",
  cause: {
    planned: "代码已变更",
    drift: "云上已变更",
    both: "两者均变更",
    accepted: "云上已变更，代码与之相同或忽略",
    differs: "云上任务不同",
  },
  none: "无",
  unknown: "部署后可知",
  stack: "栈",
  unchanged: (count) => `${count} 个未变更`,
  others: (text) => `其他资源：${text}`,
  reviewed: (moment) => `下次执行按 ${moment} 计算。`,
  notRefreshed: "未读取云上任务（没有 --refresh），无法发现漂移。",
  perhaps: (count, where) => `${where}：${count} 个看似未变更的任务可能有保密的值变更，引擎未说明。`,
  leftToOwners: (text) => `未列出描述以其他 owner 标记结尾的任务：${text}`,
  separator: "；",
  story: (happened, willHappen) => `云上变更：${happened}。执行 up 后：${willHappen}`,
  gone: "已在云上被删除；执行 up 会重新创建",
  goneToo: "已被删除，与代码一致",
  forgets: "将其移出状态",
  deletes: (sentence) => `执行 up 会删除：${sentence}`,
  releases: "执行 up 会将其移出状态；任务留在云上并继续执行",
  adopts: "执行 up 会接管；云上任务与声明一致则不写入，否则 up 停止并列出不同之处（onConflict 为 overwrite 时则变更）",
  adoptsEqual: "执行 up 会接管；与声明一致，不写入",
  adoptsUnequal: (labels) => `执行 up 会停止，云上任务不同之处：${labels}（onConflict 为 overwrite 时接管并变更）`,
  accepts: "不写入：代码与之相同或忽略",
  unknownTask: "代码所需的值部署后可知",
  restore: "恢复为代码中的值",
  wholeFleet: (what, fleet) => `${what}（会部署 ${fleet} 的全部变更）`,
  keep: (where, dropped) => `在 ${where} 的代码中保留云上的值${dropped === "" ? "" : `，并移除 ${dropped}`}`,
  makeAgain: "重新创建",
  leaveDeleted: (where) => `保持删除：从代码中移除 ${where}`,
  importIt: "导入到插件",
  hidden: {
    planned: (labels) => `保密的值按代码变更：${labels}`,
    drift: (labels) => `云上改过的保密的值将恢复：${labels}`,
    accepted: (labels) => `云上改过的保密的值保持不变：${labels}`,
    unclear: (labels) => `保密的值有变更（引擎未说明来自代码还是云上）：${labels}`,
    possible: (labels) => `保密的值可能也有变更（引擎未说明）：${labels}`,
  },
  adopt: "在代码中接管",
  findings: "需仔细核对",
  acknowledged: "已确认",
  cut: (count) => `另有 ${count} 项因篇幅省略，见 HTML 或 JSON 报告。`,
  project: "项目",
};

export const words: { readonly [L in Language]: Words } = { en: english, zh: chinese };
