/** Tasks as a team leaves them in a console: of every kind, with the names that people give. */

export interface Made {
  /** What is posted. */
  readonly posted: { readonly [wireName: string]: unknown };
  /** What can be set only afterwards. */
  readonly later: object;
}

const zone = { scheduled_time: "19:30:00", time_zone: "Asia/Shanghai" };
const schedules: { readonly [type: string]: (index: number) => object } = {
  FIXED_TIME: (index) => ({ scheduled_date: `2033-02-${String((index % 28) + 1).padStart(2, "0")}`, ...zone }),
  DAY: (index) => ({ day_interval: (index % 3) + 1, ...zone }),
  WEEK: (index) => ({ week_list: index % 2 === 0 ? "2,6" : "1,3,7", ...zone, scheduled_time: "07:05:30" }),
  MONTH: (index) =>
    index % 2 === 0
      ? { month_list: "1,2,3,4,5,6,7,8,9,10,11,12", date_list: "1", ...zone }
      : { month_list: "3,6,9,12", date_list: "15,28", ...zone, time_zone: "Europe/Berlin" },
  LIFE_CYCLE: (index) => ({ life_cycle_type: "POST_DESKTOP_DISCONNECTED", wait_time: index % 2 === 0 ? 30 : 0 }),
};
const taskTypes = ["START", "STOP", "REBOOT", "HIBERNATE", "REBUILD", "EXECUTE_SCRIPT", "CREATE_SNAPSHOT"];
const departments = ["sales", "support", "factory", "研发"];
const pool = (id: string) => [{ object_type: "DESKTOP_POOL", object_id: id }];
const desktops = (index: number) =>
  Array.from({ length: (index % 4) + 2 }, (_, at) => ({
    object_type: "DESKTOP",
    object_id: `5e8b31e2-d520-4a6f-9b1c-${String(index * 10 + at).padStart(12, "0")}`,
  }));

/** Each action with each schedule that it may have, for each department: 132 less what an event cannot trigger. */
const usual: readonly Made[] = departments.flatMap((department, at) =>
  taskTypes.flatMap((type, typeAt) =>
    Object.entries(schedules)
      .filter(([schedule]) => schedule !== "LIFE_CYCLE" || !["START", "REBUILD"].includes(type))
      // The factory and the developers have less.
      .filter((_, index) => at < 2 || (index + typeAt) % 2 === 0)
      .map(([schedule, fields], index): Made => {
        const number = typeAt * 5 + index;
        return {
          posted: {
            task_name: `${department}-${type}-${schedule}`.toLowerCase().replaceAll("_", "-"),
            task_type: type,
            scheduled_type: schedule,
            ...fields(number),
            apply_objects: number % 3 === 0 ? desktops(number) : pool(`pool-${department}`),
            ...(number % 4 === 0 && { description: `Asked for by ${department}: "don't ask", 50% \\ $5 \${x} #1` }),
            ...(number % 5 === 0 && { extra_params: JSON.stringify({ notify_message: "请保存。\nPlease save." }) }),
            ...(number % 6 === 0 && { force_execute: true }),
            ...(number % 7 === 0 && { expire_time: "2034-12-31 09:00:00" }),
            ...(type === "EXECUTE_SCRIPT" && {
              extra_params: JSON.stringify({
                script: `#!/bin/sh\necho "\${HOME}" $$ '${number}'`,
                password: "planted",
              }),
              ...(index % 2 === 0 && { gray_count: 3, gray_fail_threshold: 2 }),
              ...(index === 1 && { gray_desktop_ids: ["d-2", "d-1"] }),
            }),
          },
          later: {
            ...(number % 8 === 0 && { enable: false }),
            ...(schedule === "LIFE_CYCLE" && number % 2 === 0 && { priority: 7, life_cycle_exec_period: 60 }),
            ...(type === "EXECUTE_SCRIPT" && index % 2 === 0 && { is_gray: true }),
          },
        };
      }),
  ),
);

const oddNames = [
  'the "quoted" one',
  "don't",
  "back\\slash",
  `\${x}`,
  "$$ {dollar} `tick`",
  "two\nlines",
  "tab\tand bell\u0007",
  "2024 plan",
  "007",
  "class",
  "import",
  "constructor",
  "__proto__",
  "pulumi",
  "true",
  "null",
  "晚间 关机",
  "晚间关机",
  "!!!",
  "💤",
  "a::b/c",
  "Nightly Stop",
  "nightly-stop",
  "nightly-stop",
  "nightly-stop-2",
  "Straße ②",
  "\u202eright to left",
  "%s #{ruby} {{jinja}}",
  " padded ",
  "v1.2",
  "toString",
  "v1-2",
  "patch-extraParams",
  "patch",
  "हिन्दी-क",
  "Patch!",
];

/** As text, for a number that JavaScript would round. */
const scriptOf = (name: string): string =>
  `{"script":${JSON.stringify(name)},"none":null,"some":[1.50,{"deep":null}],"long":9007199254740993}`;
const odd = oddNames.map(
  (name, index): Made => ({
    posted: {
      task_name: name,
      task_type: index % 2 === 0 ? "STOP" : "EXECUTE_SCRIPT",
      scheduled_type: "DAY",
      day_interval: 1,
      ...zone,
      apply_objects: index % 5 === 0 ? [{ object_type: "ALL_DESKTOPS" }] : [],
      description: name,
      ...(index % 2 === 1 && { extra_params: scriptOf(name) }),
    },
    later: {},
  }),
);

export const madeByHand: readonly Made[] = [...odd, ...usual.slice(0, 120 - odd.length)];
