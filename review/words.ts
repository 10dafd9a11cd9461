/** The words of a report, in each language. */
import type { Language } from "../provider/scheduledTask/fields";
import type { Cause, HiddenField, Verdict } from "./tasks";
import type { Untold } from "./untold";

export interface Words {
  readonly language: Language;
  readonly title: string;
  readonly verdicts: { readonly [V in Verdict | "unmanaged"]: string };
  readonly field: string;
  readonly old: string;
  readonly live: string;
  readonly wanted: string;
  readonly cause: { readonly [C in Cause]: string };
  /** In place of a cause, of a field that is in neither the cloud nor the code any more. */
  readonly unused: string;
  /** In place of a cause, of a field that nothing declared until now. */
  readonly unread: string;
  readonly none: string;
  readonly unknown: string;
  readonly stack: string;
  readonly unchanged: (count: number) => string;
  readonly others: (text: string) => string;
  readonly reviewed: (moment: string) => string;
  readonly notRefreshed: string;
  /** Of a place in which tasks of the stack are, and which was not searched for others. */
  readonly unsearched: (place: string, reason: string) => string;
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
  /** What comes back of a task that is gone, and what the code changed of it meanwhile. */
  readonly makesAgain: (sentence: string) => string;
  readonly codeChanged: (changes: string) => string;
  readonly becomes: (label: string, before: string, after: string) => string;
  readonly forgets: string;
  readonly deletes: (sentence: string) => string;
  readonly releases: (sentence: string) => string;
  /** Of a task that is taken over: its live values are not known, equal, or not. */
  readonly adopts: (sentence: string) => string;
  readonly adoptsEqual: (sentence: string) => string;
  readonly adoptsUnequal: (labels: string, live: string, wanted: string) => string;
  readonly accepts: (sentence: string) => string;
  readonly unknownTask: string;
  /** In place of a schedule. */
  readonly untoldSchedule: { readonly [U in Untold]: string };
  readonly restore: string;
  /** Said of a command that deploys more than it is meant for: of the task, or of its fleet. */
  readonly wholeTask: (what: string, labels: string) => string;
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
  /** Counts of what a text has no room for. */
  readonly leftOut: {
    readonly notes: (count: number) => string;
    readonly findings: (count: number) => string;
    readonly tasks: (count: number) => string;
    readonly details: (count: number) => string;
  };
  /** Of details of which values or commands are too long. */
  readonly shortened: string;
  /** Of a list: items that all versions share. */
  readonly inCommon: (count: number) => string;
  readonly project: string;
}

const leftOut = (what: string, isOne: boolean): string =>
  `${what} ${isOne ? "is" : "are"} left out here for length: see the HTML or JSON report.`;

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
  unused: "the code's schedule type does not use it",
  unread: "the code declares it now; what the cloud has was not read",
  none: "none",
  unknown: "known after deployment",
  stack: "Stack",
  unchanged: (count) => `${count} unchanged`,
  others: (text) => `other resources: ${text}`,
  reviewed: (moment) => `Next runs as of ${moment}.`,
  notRefreshed: "The live tasks were not read (no --refresh): drift cannot be seen.",
  unsearched: (place, reason) => `Not searched for tasks that no stack holds: ${place}: ${reason}`,
  perhaps: (count, where) =>
    `${where}: of ${count === 1 ? "a task" : `${count} tasks`} that ${count === 1 ? "seems" : "seem"} unchanged a secret value may change: the engine does not tell.`,
  leftToOwners: (text) => `Left out, since their descriptions end in the mark of another owner: ${text}`,
  separator: "; ",
  story: (happened, willHappen) => `changed in the cloud: ${happened}. An up: ${willHappen}`,
  gone: "deleted",
  goneToo: "deleted, as in the code",
  makesAgain: (sentence) => `makes it again: ${sentence}`,
  codeChanged: (changes) => `changed in the code: ${changes}`,
  becomes: (label, before, after) => `${label} ${before} becomes ${after}`,
  forgets: "takes it out of the state",
  deletes: (sentence) => `it will be deleted: ${sentence}`,
  releases: (sentence) => `it will be taken out of the state; it stays in the cloud and goes on running: ${sentence}`,
  adopts: (sentence) =>
    `an up takes it over; where the live task is as declared nothing is written, else the up stops and names what differs (onConflict overwrite: it is changed): ${sentence}`,
  adoptsEqual: (sentence) => `an up takes it over; it is as declared, so nothing is written: ${sentence}`,
  adoptsUnequal: (labels, live, wanted) =>
    `an up stops, since the live task differs in: ${labels}; it stays as it is: ${live} (with onConflict overwrite it is taken over and changed${wanted === live ? "" : `: ${wanted}`})`,
  accepts: (sentence) => `writes nothing, for the code says the same, or ignores it: ${sentence}`,
  unknownTask: "what the code wants is known after deployment",
  untoldSchedule: { secret: "a schedule that is secret", unknown: "a schedule that is known after deployment" },
  restore: "Put the code's value back",
  wholeTask: (what, labels) => `${what} (deploys what the code changed too: ${labels})`,
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
  leftOut: {
    notes: (count) => leftOut(`${count} more ${count === 1 ? "note" : "notes"}`, count === 1),
    findings: (count) => leftOut(`${count} more to look at twice`, count === 1),
    tasks: (count) => leftOut(`${count} more ${count === 1 ? "task" : "tasks"}`, count === 1),
    details: (count) => leftOut(`Details of ${count === 1 ? "one task" : `${count} tasks`}`, false),
  },
  shortened: "Shortened here: the HTML or JSON report has all of it.",
  inCommon: (count) => `${count} in common`,
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
  unused: "代码的计划类型不使用它",
  unread: "代码新声明了它；未读取云上的值",
  none: "无",
  unknown: "部署后可知",
  stack: "栈",
  unchanged: (count) => `${count} 个未变更`,
  others: (text) => `其他资源：${text}`,
  reviewed: (moment) => `下次执行按 ${moment} 计算。`,
  notRefreshed: "未读取云上任务（没有 --refresh），无法发现漂移。",
  unsearched: (place, reason) => `未查找未纳管的任务：${place}：${reason}`,
  perhaps: (count, where) => `${where}：${count} 个看似未变更的任务可能有保密的值变更，引擎未说明。`,
  leftToOwners: (text) => `未列出描述以其他 owner 标记结尾的任务：${text}`,
  separator: "；",
  story: (happened, willHappen) => `云上变更：${happened}。执行 up 后：${willHappen}`,
  gone: "已被删除",
  goneToo: "已被删除，与代码一致",
  makesAgain: (sentence) => `重新创建：${sentence}`,
  codeChanged: (changes) => `代码变更：${changes}`,
  becomes: (label, before, after) => `${label} ${before} 改为 ${after}`,
  forgets: "将其移出状态",
  deletes: (sentence) => `将被删除：${sentence}`,
  releases: (sentence) => `将被移出状态；任务留在云上并继续执行：${sentence}`,
  adopts: (sentence) =>
    `执行 up 会接管；云上任务与声明一致则不写入，否则 up 停止并列出不同之处（onConflict 为 overwrite 时则变更）：${sentence}`,
  adoptsEqual: (sentence) => `执行 up 会接管；与声明一致，不写入：${sentence}`,
  adoptsUnequal: (labels, live, wanted) =>
    `执行 up 会停止，云上任务不同之处：${labels}；任务保持不变：${live}（onConflict 为 overwrite 时接管并变更${wanted === live ? "" : `：${wanted}`}）`,
  accepts: (sentence) => `不写入，代码与之相同或忽略：${sentence}`,
  unknownTask: "代码所需的值部署后可知",
  untoldSchedule: { secret: "保密的计划", unknown: "部署后可知的计划" },
  restore: "恢复为代码中的值",
  wholeTask: (what, labels) => `${what}（也会部署代码的变更：${labels}）`,
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
  leftOut: {
    notes: (count) => `另有 ${count} 条说明因篇幅省略，见 HTML 或 JSON 报告。`,
    findings: (count) => `另有 ${count} 条需核对项因篇幅省略，见 HTML 或 JSON 报告。`,
    tasks: (count) => `另有 ${count} 个任务因篇幅省略，见 HTML 或 JSON 报告。`,
    details: (count) => `${count} 个任务的详情因篇幅省略，见 HTML 或 JSON 报告。`,
  },
  shortened: "此处已缩短，全文见 HTML 或 JSON 报告。",
  inCommon: (count) => `${count} 项相同`,
  project: "项目",
};

export const words: { readonly [L in Language]: Words } = { en: english, zh: chinese };
