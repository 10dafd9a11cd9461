/** What a reviewer should look at twice: how far a change reaches, and when it strikes; pure. */
import { diff, meant } from "../provider/scheduledTask/diff";
import {
  type FieldName,
  type Inputs,
  type Language,
  row,
  rows,
  scheduledTypes,
} from "../provider/scheduledTask/fields";
import { nextRuns } from "../provider/scheduledTask/nextRuns";
import { isUnknown } from "../provider/scheduledTask/wire";

/** One task that a deployment touches. */
export interface Touched {
  readonly name: string;
  /** As the cloud has it; undefined when it is made. */
  readonly before: Inputs | undefined;
  /** As it will be; undefined when it is deleted. */
  readonly after: Inputs | undefined;
  readonly isReplaced: boolean;
  /** Fields whose values are not told, since they are secret. */
  readonly secret: readonly FieldName[];
  /** Those of them that change, or may do so. */
  readonly secretChanges: readonly FieldName[];
}

/** Thresholds and acknowledgements: stack configuration `huaweicloud-workspace:review`, as JSON. */
export interface RuleSettings {
  /** More targets than this are many. @default 100 */
  readonly maxTargets: number;
  /** A run within so many minutes before or after the deployment is close. @default 60 */
  readonly minutes: number;
  /** `rule:taskName` of what somebody has looked at. @default [] */
  readonly acknowledged: readonly string[];
}

export const defaultRuleSettings: RuleSettings = { maxTargets: 100, minutes: 60, acknowledged: [] };

export interface Finding {
  readonly rule: string;
  readonly text: string;
  readonly isAcknowledged: boolean;
}

interface Rule {
  readonly name: string;
  /** Fields without which it cannot judge. */
  readonly reads: readonly FieldName[];
  readonly applies: (task: Judged, settings: RuleSettings, now: Date) => boolean;
  readonly text: { readonly [L in Language]: (task: Judged, settings: RuleSettings) => string };
}

/** A task that is there afterwards, and what of it changes. */
interface Judged {
  readonly before: Inputs | undefined;
  readonly after: Inputs;
  readonly isReplaced: boolean;
  readonly changed: ReadonlySet<FieldName>;
  readonly secret: readonly FieldName[];
}

/** Fields that change neither when a task runs, nor on what, nor what it does. */
const harmless: readonly FieldName[] = ["taskName", "description"];
const scheduling = new Set<FieldName>([
  "scheduledType",
  "expireTime",
  "timeZone",
  "scheduledTime",
  "enable",
  ...rows.filter(({ usedBy }) => usedBy && usedBy.length < scheduledTypes.length).map(({ name }) => name),
]);

/** Whether it runs otherwise than before; one that is switched off does not run, and is judged when it is switched on. */
const strikes = ({ after, changed }: Judged): boolean =>
  after.enable !== false && [...changed].some((name) => !harmless.includes(name));
const isMoved = ({ before, changed }: Judged): boolean =>
  before === undefined || [...changed].some((name) => scheduling.has(name));
const targetsOf = (inputs: Inputs | undefined): readonly unknown[] =>
  Array.isArray(inputs?.applyObjects) ? inputs.applyObjects : [];
const isAll = (target: unknown): boolean =>
  typeof target === "object" && target !== null && "objectType" in target && target.objectType === "ALL_DESKTOPS";

/** Whether a first batch is smaller than the whole: a count of 0 and no desktop make none. */
function hasFirstBatch(inputs: Inputs): boolean {
  const { isGray, grayCount, grayDesktopIds } = meant(inputs);
  const isSome = isUnknown(grayCount) || Number(grayCount ?? 0) > 0 || (grayDesktopIds?.length ?? 0) > 0;
  return isGray !== false && isSome;
}

function runsWithin(inputs: Inputs, from: Date, to: Date): boolean {
  const [run] = nextRuns(inputs, from, 1);
  return run !== undefined && run.at.epochMilliseconds <= to.getTime();
}
const shifted = (now: Date, minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

const allOf = (count: number): string => (count === 1 ? "its only target is" : `all its ${count} targets are`);

const timing: readonly FieldName[] = [...scheduling];

const rules: readonly Rule[] = [
  {
    name: "rebuild",
    reads: ["taskType", "enable"],
    applies: (task) => strikes(task) && task.after.taskType === "REBUILD",
    text: { en: () => "it rebuilds desktops", zh: () => "会重建桌面" },
  },
  {
    name: "force-execute",
    reads: ["forceExecute", "enable"],
    applies: (task) => strikes(task) && task.after.forceExecute === true,
    text: { en: () => "it runs although users are connected", zh: () => "有用户连接时也会执行" },
  },
  {
    name: "all-desktops",
    reads: ["applyObjects", "enable"],
    applies: (task) => strikes(task) && targetsOf(task.after).some(isAll),
    text: { en: () => "it acts on all desktops of the project", zh: () => "作用于项目的全部桌面" },
  },
  {
    name: "no-gray-rollout",
    reads: ["taskType", "enable", "isGray", "grayCount", "grayDesktopIds"],
    applies: (task) => strikes(task) && task.after.taskType === "EXECUTE_SCRIPT" && !hasFirstBatch(task.after),
    text: {
      en: () => "it runs a script everywhere at once, without gray rollout",
      zh: () => "脚本未经灰度，一次全部执行",
    },
  },
  {
    name: "many-targets",
    reads: ["applyObjects", "enable"],
    applies: (task, { maxTargets }) => strikes(task) && targetsOf(task.after).length > maxTargets,
    text: {
      en: ({ after }, { maxTargets }) => `its number of targets is ${targetsOf(after).length}, more than ${maxTargets}`,
      zh: ({ after }, { maxTargets }) => `有 ${targetsOf(after).length} 个目标，超过 ${maxTargets} 个`,
    },
  },
  {
    name: "no-targets",
    reads: ["applyObjects"],
    applies: ({ before, after }) =>
      targetsOf(before).length > 0 && !isUnknown(after.applyObjects) && targetsOf(after).length === 0,
    text: {
      en: ({ before }) => `${allOf(targetsOf(before).length)} taken away: it acts on nothing`,
      zh: ({ before }) => `移除全部 ${targetsOf(before).length} 个目标，任务不再作用于任何对象`,
    },
  },
  {
    name: "gap",
    reads: [],
    applies: ({ isReplaced, before }) => isReplaced && before?.enable !== false,
    text: {
      en: () => "it is deleted and made again: a run that falls between is missed",
      zh: () => "先删除后重建，其间的执行会错过",
    },
  },
  {
    name: "runs-soon",
    reads: timing,
    applies: (task, { minutes }, now) => strikes(task) && runsWithin(task.after, now, shifted(now, minutes)),
    text: {
      en: (_, { minutes }) => `it runs next within ${minutes} minutes`,
      zh: (_, { minutes }) => `${minutes} 分钟内将执行`,
    },
  },
  {
    name: "window-passed",
    reads: timing,
    applies: (task, { minutes }, now) => {
      const hadIt = task.before !== undefined && runsWithin(task.before, shifted(now, -minutes), now);
      return isMoved(task) && !hadIt && runsWithin(task.after, shifted(now, -minutes), now);
    },
    text: {
      en: (_, { minutes }) => `its time passed within the last ${minutes} minutes: that run is missed`,
      zh: (_, { minutes }) => `其时间在过去 ${minutes} 分钟内已过，该次执行错过`,
    },
  },
];

/** Whether the task may be one that uses the field: a taskType that is not told may be the one. */
const isUsed = (name: FieldName, { taskType }: Inputs): boolean => {
  const { taskType: only } = row(name);
  return only === undefined || taskType === undefined || isUnknown(taskType) || taskType === only;
};

const isSecret = (name: FieldName, { after, secret }: Judged): boolean => secret.includes(name) && isUsed(name, after);

/** Of a target the rules read its kind, so that its id may be unknown. */
const isUntold = (name: FieldName, { after }: Judged): boolean => {
  const value: unknown = after[name];
  if (name !== "applyObjects" || !Array.isArray(value)) return isUnknown(value) && isUsed(name, after);
  return value.some((target) => isUnknown(target?.objectType ?? target));
};

/** Said where others are silent, since they cannot see what they judge. */
const unjudged = "unjudged";
const unjudgedTexts: { readonly [L in Language]: (secret: string, unknown: string, rules: string) => string } = {
  en: (secret, unknown, names) => {
    const reasons = [
      ...(secret === "" ? [] : [`its ${secret} cannot be seen, being secret`]),
      ...(unknown === "" ? [] : [`its ${unknown} will be known only after the deployment`]),
    ];
    return `${reasons.join(", and ")}: not judged by ${names}`;
  },
  zh: (secret, unknown, names) => {
    const reasons = [
      ...(secret === "" ? [] : [`${secret} 保密不可见`]),
      ...(unknown === "" ? [] : [`${unknown} 部署后可知`]),
    ];
    return `${reasons.join("，")}，以下规则无法判断：${names}`;
  },
};

export const ruleNames: readonly string[] = [...rules.map(({ name }) => name), unjudged];

/** What the rules say of a task that a deployment touches; nothing of one that it deletes or leaves as it is. */
export function findingsOf(task: Touched, settings: RuleSettings, now: Date, language: Language): Finding[] {
  const { before, after, isReplaced, secret, secretChanges } = task;
  if (after === undefined) return [];
  const changed = new Set<FieldName>([
    ...(before ? diff(before, after).changes.map(({ field }) => field.name) : (["taskType"] as const)),
    ...secretChanges,
  ]);
  const judged: Judged = { before, after, isReplaced, changed: isReplaced ? changed.add("taskType") : changed, secret };
  const finding = (rule: string, text: string): Finding => ({
    rule,
    text,
    isAcknowledged: settings.acknowledged.includes(`${rule}:${task.name}`),
  });
  const isSeen = ({ reads }: Rule): boolean => !reads.some((name) => isSecret(name, judged));
  const found = rules.filter((rule) => isSeen(rule) && rule.applies(judged, settings, now));
  const findings = found.map(({ name, text }) => finding(name, text[language](judged, settings)));
  const unseeing = changed.size > 0 ? rules.filter((rule) => !found.includes(rule) && isBlind(rule, judged)) : [];
  if (unseeing.length === 0) return findings;
  const read = rows.map(({ name }) => name).filter((name) => unseeing.some(({ reads }) => reads.includes(name)));
  const labels = (isOne: (name: FieldName, task: Judged) => boolean): string =>
    read
      .filter((name) => isOne(name, judged))
      .map((name) => row(name).label[language])
      .join(", ");
  const names = unseeing.map(({ name }) => name).join(", ");
  return [...findings, finding(unjudged, unjudgedTexts[language](labels(isSecret), labels(isUntold), names))];
}

/** Whether a rule would have to know what is not told; of a task that is switched off most have nothing to say. */
const isBlind = ({ reads }: Rule, task: Judged): boolean =>
  !(reads.includes("enable") && task.after.enable === false) &&
  reads.some((name) => isSecret(name, task) || isUntold(name, task));

/**
 * Reads the settings of the rules.
 *
 * @throws when they are not what is documented: what an acknowledgement misspells would otherwise seem acknowledged
 */
export function readRuleSettings(text: string | undefined): RuleSettings {
  if (text === undefined || text === "") return defaultRuleSettings;
  const where = "stack configuration huaweicloud-workspace:review";
  const value = parsed(text, where);
  for (const [name, given] of Object.entries(value)) {
    const reason = settingFailure(name, given);
    if (reason !== undefined) throw new Error(`${where}: ${name}: ${reason}`);
  }
  return { ...defaultRuleSettings, ...value };
}

function parsed(text: string, where: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Said below.
  }
  throw new Error(`${where}: expected a JSON object such as {"maxTargets": 50, "acknowledged": ["rebuild:monthly"]}`);
}

function settingFailure(name: string, value: unknown): string | undefined {
  switch (name) {
    case "maxTargets":
    case "minutes":
      return Number.isInteger(value) && Number(value) >= 0 ? undefined : "expected a whole number from 0";
    case "acknowledged": {
      const known = (one: unknown): boolean =>
        typeof one === "string" && ruleNames.some((rule) => one.startsWith(`${rule}:`));
      return Array.isArray(value) && value.every(known)
        ? undefined
        : `expected a list of rule:taskName, where rule is one of ${ruleNames.join(", ")}`;
    }
    default:
      return `unknown; known are ${Object.keys(defaultRuleSettings).join(", ")}`;
  }
}
